/**
 * What a strip shows: products like one of the shop's, or what goes with it.
 *
 * Events   lookus:strip {kind, product, search_id, results}, what it shows
 *          lookus:select {search_id, product, position}, cancelable
 * Parts    strip title list item product product-image product-brand product-title price slot another step
 */
import { h, icon } from "../dom.js";
import { itemOf } from "./item.js";

export { sheet } from "./styles.js";

/** Empty places of a strip that waits. */
const GHOSTS = 6;
/** Products for each place of an outfit, to change between. */
const CHOICES = 4;

/**
 * @typedef {import("../lens/access.js").Access} Access
 * @typedef {import("./item.js").Item} Item
 */

/**
 * @param {HTMLElement} place
 * @param {Access & {answer?: any}} access
 * @param {{kind: "similar" | "outfit", signal: AbortSignal}} of
 * @returns {{ready: Promise<boolean>, unmount(): void}} `ready` says whether there is anything to show
 */
export function mount(place, access, { kind, signal }) {
  let events;
  const ghosts = Array.from({ length: GHOSTS }, () => h("li", { class: "ghost" }, h("div", { class: "pic" })));
  const list = h("ul", { class: "list", part: "list", "aria-busy": "true" }, ghosts);
  const title = h("h2", { part: "title", id: "title" }, h("slot", { name: "title" }, access.t("strips." + kind)));
  place.append(h("section", { class: "strip", part: "strip", "aria-labelledby": "title" }, h("div", { class: "head" }, title, steps(access, list, signal)), list));

  async function show() {
    const sku = access.host.getAttribute("product");
    const items = await (kind === "outfit" ? outfitOf : similarTo)(access, sku, signal);
    if (signal.aborted || !items.length) return false;
    list.replaceChildren(...items.map((item, at) => itemOf(access, item, at)));
    list.removeAttribute("aria-busy");
    list.dispatchEvent(new Event("scroll"));
    const { search_id = null } = access.answer;
    access.emit("strip", { kind, product: sku, search_id, results: items.map((item) => item.product) });
    const part = await access.part("events").catch(() => null);
    if (!signal.aborted) events = part?.attach(access);
    return true;
  }

  return { ready: show(), unmount: () => events?.unmount() };
}

/** @returns {Promise<Item[]>} */
async function similarTo(access, sku, signal) {
  access.answer = await access.client.similar(sku, { limit: access.limit }, { signal });
  return access.answer.results.map((product) => ({ product }));
}

/** The first of each place is one outfit. @returns {Promise<Item[]>} */
async function outfitOf(access, sku, signal) {
  access.answer = await access.client.outfit(sku, { choices: CHOICES }, { signal });
  const rows = access.answer.rows.filter((row) => row.results.length);
  return rows.slice(0, access.limit).map(({ label, results }) => ({ product: results[0], slot: label, choices: results }));
}

/** For a mouse: a finger pushes the list itself. */
function steps(access, list, signal) {
  const go = (way) => list.scrollBy({ left: way * list.clientWidth * 0.8, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  const step = (way, key) => h("button", { class: "step " + key, part: "step", type: "button", "aria-label": access.t("strips." + key), onclick: () => go(way) }, icon("back"));
  const [back, on] = [step(-1, "before"), step(1, "after")];
  const group = h("div", { class: "steps", hidden: true }, back, on);
  const look = () => {
    const rest = list.scrollWidth - list.clientWidth;
    group.hidden = rest < 2;
    back.disabled = list.scrollLeft < 2;
    on.disabled = list.scrollLeft > rest - 2;
  };
  list.addEventListener("scroll", look, { passive: true });
  const sizes = new ResizeObserver(look);
  sizes.observe(list);
  signal.addEventListener("abort", () => sizes.disconnect());
  return group;
}
