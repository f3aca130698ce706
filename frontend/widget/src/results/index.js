import { h } from "../dom.js";
import { appliedRow } from "./applied.js";
import { toolBar } from "./bar.js";
import { butRow } from "./but.js";
import { card } from "./card.js";
import { likeTrail } from "./trail.js";
import { listEnd } from "./scroll.js";
import { notes } from "./notes.js";
import { nothingView } from "./nothing.js";
import { settle } from "./nodes.js";
import { keepPlace } from "./place.js";
import { View } from "./view.js";
import { drawHearts, wishList } from "./wishes.js";

export { resume } from "./resume.js";
export { sheet } from "./styles.js";

/**
 * The products of an answer, and every way to narrow, move and keep them.
 * @param {HTMLElement} host inside the shadow root
 * @param {import("../lens/session.js").Session} session
 */
export function mount(host, session) {
  const life = new AbortController();
  const parts = { grid: h("ul", { class: "grid", part: "grid" }) };
  const view = new View({ host, session, life: life.signal, parts });
  const { t } = view;
  const but = butRow(view);
  const bar = (parts.bar = toolBar(view));
  const chips = appliedRow(view);
  const trail = (parts.trail = likeTrail(view));
  const end = listEnd(view);
  const note = h("div", { class: "notes" });
  const empty = h("div", {});
  const found = h("div", { class: "found" }, note, parts.grid, empty, end.node);
  const node = h("div", { class: "results", part: "results" }, trail.node, but.node, bar.node, bar.shelf, chips.node, found);
  const place = keepPlace(view);
  let source;
  let wishes = null;

  parts.drawGrid = () => {
    settle(parts.grid, view.results, {
      key: ({ product_id }) => product_id,
      make: (product, at) => card(view, product, at),
      change: (item, product) => item.change(product),
    });
    drawHearts(view, parts.grid);
  };
  parts.drawWords = () => {
    but.draw();
    chips.draw();
  };
  view.keep.onchange(() => drawHearts(view, parts.grid), life.signal);
  parts.showWishes = () => {
    bar.close();
    wishes = wishList(view, () => {
      hideWishes();
      parts.back();
      bar.node.querySelector("[part=wish-button]").focus({ preventScroll: true });
    });
    const top = view.top();
    parts.back = () => view.scrollTo(top);
    node.hidden = true;
    node.after(wishes.node);
    wishes.node.scrollIntoView({ block: "start" });
    wishes.focus();
    view.emit("wishes", { products: view.keep.list("wish") });
  };
  function hideWishes() {
    wishes?.close();
    wishes = null;
    node.hidden = false;
  }

  function asking() {
    hideWishes();
    view.readWords();
    trail.asked();
    found.setAttribute("aria-busy", "true");
    chips.draw();
    bar.draw();
  }
  function answered() {
    const { answer } = session;
    const now = sourceOf(session.query, answer);
    const fresh = now !== source;
    source = now;
    hideWishes();
    view.readWords();
    trail.asked();
    view.results = unique(answer.results);
    if (fresh) {
      but.forget();
      bar.close();
    }
    trail.draw();
    but.draw(answer);
    bar.draw();
    chips.draw();
    note.replaceChildren(...notes(view));
    parts.drawGrid();
    empty.replaceChildren(...(view.results.length ? [] : [nothingView(view)]));
    end.fresh();
    end.draw();
    found.removeAttribute("aria-busy");
    place.answered();
  }
  function more({ results }) {
    const before = view.results.length;
    view.results = unique([...view.results, ...results]);
    parts.drawGrid();
    end.draw();
    view.say(t("results.moreSaid", { count: view.results.length - before, all: view.results.length }));
  }

  const { signal } = life;
  session.addEventListener("ask", asking, { signal });
  session.addEventListener("answer", answered, { signal });
  session.addEventListener("more", more, { signal });
  session.addEventListener("problem", () => found.removeAttribute("aria-busy"), { signal });
  host.append(node);
  if (session.answer) answered();
  return {
    view,
    unmount() {
      life.abort();
      place.forget();
      node.remove();
      wishes?.close();
    },
  };
}

/** What is looked for, apart from how: a change of it is another search. */
function sourceOf({ photo, sketch, image_url, product_id, box, object, text }, answer) {
  const subject = answer.query?.image_id || image_url || product_id || (photo ? "photo" : sketch ? "sketch" : text);
  return [subject, box, object].join("|");
}

function unique(results) {
  return [...new Map(results.map((one) => [one.product_id, one])).values()];
}
