import { Stage, nameOf } from "./stage.js";

/**
 * What was found in a photo, while its products are still looked up: outlined in the photo's place, and each
 * piece may be asked for at once.
 * @param {HTMLElement} screen the lens's waiting screen
 * @param {import("../lens/session.js").Session} session
 * @param {{width: number, height: number, found: boolean, selected: number, garments: any[]}} seen
 * @returns {{unmount(): void}}
 */
export function outline(screen, session, seen) {
  const { t, query } = session;
  const { garments, found, selected } = seen;
  const at = query.object ?? selected;
  if (!found || !garments[at]) return { unmount() {} };
  const stage = new Stage({ t, seen, query, onpick: (object) => session.ask({ object, box: undefined }) });
  const before = screen.querySelector(".stage");
  if (before) before.replaceWith(stage.node);
  else {
    // A photo from an address has no place before it is known.
    screen.className = "split";
    screen.firstChild.prepend(stage.node);
  }
  stage.show(at, garments[at]);
  stage.busy(true);
  session.say(`${t("crop.found")}: ${garments.map((one) => nameOf(t, one)).filter(Boolean).join(", ")}.`);
  return { unmount: () => stage.unmount() };
}
