import { h } from "../dom.js";
import { scrollerOf } from "./nodes.js";

/** The next page is asked for this far before its place comes into view. */
const AHEAD = "600px";
const KEYS = new Set(["ArrowDown", "PageDown", "End", " "]);

/** @typedef {import("./view.js").View} View */

/**
 * The end of the list: a button for the next page, which in a sheet comes by itself as one scrolls. In a
 * panel it does not: what stands below the panel in the page must stay within reach.
 * @param {View} view
 */
export function listEnd(view) {
  const { t, session } = view;
  const button = h("button", { class: "act plain", type: "button", part: "more", onclick: () => more(true) }, t("results.more"));
  const line = h("p", { class: "hint" });
  const node = h("div", { class: "end" }, line, button);
  let asking = false;
  let moved = false;
  let near = false;
  let watcher;

  async function more(pressed = false) {
    if (asking || node.hidden || !session.answer?.next_cursor) return;
    asking = true;
    const before = view.results.length;
    button.setAttribute("aria-disabled", "true");
    button.textContent = t("results.loading");
    let failed = false;
    try {
      await session.more();
    } catch (error) {
      failed = !(await again(error, before));
    }
    asking = false;
    draw();
    if (failed) {
      // It stays where it is: the next press tries again, scrolling does not.
      moved = false;
      line.hidden = false;
      view.say((line.textContent = t("results.moreFailed")));
    }
    if (pressed && view.results.length > before) view.focusItem(before);
  }
  /** A list is kept for half an hour: after that it is asked for anew, as far as one had come. */
  async function again(error, count) {
    if (error?.code !== "cursor_expired") return false;
    await view.ask({});
    try {
      while (!session.problem && session.answer?.next_cursor && view.results.length <= count) await session.more();
      return true;
    } catch {
      return false;
    }
  }
  function watch() {
    const box = scrollerOf(node);
    if (!box || watcher) return;
    const listen = (name, listener) => box.addEventListener(name, listener, { signal: view.signal, passive: true });
    // Only a person's own movement: what is scrolled to by a click asks for nothing.
    const move = () => {
      moved = true;
      if (near) more();
    };
    for (const name of ["wheel", "touchmove"]) listen(name, move);
    listen("keydown", ({ key }) => KEYS.has(key) && move());
    listen("pointerdown", ({ target }) => target === box && move());
    listen("scroll", () => near && moved && more());
    view.session.host.addEventListener("lookus:close", () => (moved = false), { signal: view.signal });
    watcher = new IntersectionObserver(([entry]) => {
      near = entry.isIntersecting;
      if (near && moved) more();
    }, { root: box, rootMargin: AHEAD });
    watcher.observe(node);
    view.signal.addEventListener("abort", () => watcher.disconnect());
  }
  function draw() {
    const left = Boolean(session.answer?.next_cursor);
    button.hidden = !left;
    button.removeAttribute("aria-disabled");
    button.textContent = t("results.more");
    line.textContent = left || view.results.length < 2 ? "" : t("results.all", { count: view.results.length });
    line.hidden = !line.textContent;
    node.hidden = !view.results.length;
    watch();
  }
  return { node, draw, fresh: () => (moved = false) };
}
