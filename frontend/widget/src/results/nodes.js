/**
 * Brings the children of `parent` to one node an item, in order. Nodes of items that stay are kept, so
 * that focus, photos and open bars stay too. `change(node, item)` brings a kept one up to date.
 * @template T
 * @param {HTMLElement} parent
 * @param {T[]} items
 * @param {{key: (item: T) => string, make: (item: T, at: number) => HTMLElement, change?: (node: HTMLElement, item: T) => void}} how
 */
export function settle(parent, items, { key, make, change }) {
  const known = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const held = parent.getRootNode().activeElement;
  let next = parent.firstElementChild;
  items.forEach((item, at) => {
    const name = key(item);
    let node = known.get(name);
    known.delete(name);
    if (node) change?.(node, item);
    else {
      node = make(item, at);
      node.dataset.key = name;
    }
    if (node === next) next = next.nextElementSibling;
    else parent.insertBefore(node, next);
  });
  known.forEach((node) => node.remove());
  if (held && parent.contains(held)) held.focus({ preventScroll: true });
}

/** One stop for the Tab key; arrows, Home and End go through the buttons. @param {HTMLElement} bar */
export function roving(bar) {
  const stops = () => [...bar.querySelectorAll("button")];
  const settleStop = (chosen) => stops().forEach((one) => (one.tabIndex = one === chosen ? 0 : -1));
  bar.addEventListener("focusin", (event) => settleStop(event.target.closest("button")));
  bar.addEventListener("keydown", (event) => {
    const all = stops();
    const at = all.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    all[(to + all.length) % all.length].focus();
  });
  /** After the buttons have changed. */
  return () => settleStop(stops().find((one) => one.tabIndex === 0) || stops()[0]);
}

/** The box that scrolls around a node; null where it is the page itself. @param {HTMLElement} node */
export function scrollerOf(node) {
  for (let box = node; box; box = box.parentElement || box.getRootNode().host) {
    if (box === document.body || box === document.documentElement) return null;
    if (/auto|scroll/.test(getComputedStyle(box).overflowY)) return box;
  }
  return null;
}
