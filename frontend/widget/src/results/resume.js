import { PARAMETER, readCode } from "./link.js";
import { placeOf } from "./place.js";

/**
 * Goes on where somebody left: the place before the browser's back, else the search of a link. True where
 * there was something to go on with.
 * @param {import("../lens/session.js").Session} session
 * @param {() => Promise<{view: import("./view.js").View} | null>} shown what `mount` gave, once the answer is drawn
 */
export async function resume(session, shown, { back = false } = {}) {
  const place = back && (await placeOf(session.host));
  if (place) {
    session.restore({ query: place.query, answer: place.answer });
    const { view } = (await shown()) || {};
    if (!view) return true;
    view.takeWords(place.words);
    view.parts.drawWords();
    const item = view.item(place.last);
    if (item) {
      view.scroller.scrollTop += view.offset(item) - place.top;
      item.querySelector("a")?.focus({ preventScroll: true });
    }
    return true;
  }
  const link = readCode(new URLSearchParams(location.search).get(PARAMETER));
  if (!link) return false;
  const { query, later } = link;
  if (later) {
    // What was seen in the photo is forgotten after half an hour: then what looks like it has to do.
    const { image_id, box, object, ...rest } = query;
    const gone = ({ problem }) => {
      if (problem.code === "image_expired") session.ask({ ...rest, product_id: later }, { keep: "nothing" });
    };
    session.addEventListener("problem", gone, { once: true });
    session.addEventListener("answer", () => session.removeEventListener("problem", gone), { once: true });
  }
  session.ask(query, { keep: "nothing" });
  return true;
}
