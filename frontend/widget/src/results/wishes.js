import { h } from "../dom.js";
import { webAddress } from "./addresses.js";
import { glyph } from "./icons.js";
import { picture } from "./picture.js";

/** @typedef {import("./view.js").View} View */

/** What is kept of a product: enough to show it without asking anybody. */
const kept = ({ product_id, title, brand, url, image_url, price, sale_price }) => ({
  id: product_id, title, brand, url: webAddress(url), image_url: webAddress(image_url), price: (sale_price || price)?.display || "",
});

/** The heart of a card; `drawHearts` says which are full and whether there are any. @param {View} view */
export function heart(view, product) {
  const { t, keep } = view;
  return h("button", { class: "heart", type: "button", part: "heart", onclick: () => {
    const was = keep.has("wish", product.product_id);
    if (was) keep.remove("wish", product.product_id);
    else if (!keep.add("wish", kept(product))) return view.say(t("results.notKept"));
    view.say(t(was ? "results.unwished" : "results.wished", { title: product.title }));
    view.emit("wish", { product, kept: !was });
  }, "aria-label": t("results.keep", { title: product.title }), "data-wish": product.product_id }, glyph("heart"));
}

/** Fills the hearts of what is kept; hides them where nothing may be. @param {View} view @param {HTMLElement} list */
export function drawHearts({ keep }, list) {
  const kept = new Set(keep.list("wish").map(({ id }) => id));
  for (const button of list.querySelectorAll("[data-wish]")) {
    button.hidden = !keep.allowed;
    button.setAttribute("aria-pressed", String(kept.has(button.dataset.wish)));
  }
}

/**
 * The list of what was kept on this device.
 * @param {Pick<View, "t" | "keep" | "signal" | "emit" | "say">} view @param {() => void} onback
 */
export function wishList(view, onback) {
  const { t, keep } = view;
  const life = new AbortController();
  const title = h("h3", { tabindex: -1 });
  const list = h("ul", { class: "grid", part: "wishes" });
  const empty = h("p", { class: "hint" }, t("results.noWishes"));
  const node = h("section", { class: "wishes" },
    h("div", { class: "headline" }, h("button", { class: "bare", type: "button", "aria-label": t("results.back"), part: "wishes-back", onclick: onback }, glyph("back")), title),
    h("p", { class: "hint" }, t("results.wishesHint")), empty, list);
  const item = (one) => {
    const href = webAddress(one.url);
    const link = h("a", { class: "card", part: "wish", href, role: href ? null : "link", tabindex: href ? null : 0, onclick: (event) => {
      const product = { ...one, product_id: one.id };
      if (!view.emit("select", { search_id: null, product, position: null }, true)) event.preventDefault();
    } },
      h("div", { class: "pic" }, picture(one, true)),
      h("div", { class: "text" }, one.brand && h("div", { class: "brand" }, one.brand), h("div", { class: "name" }, one.title),
        one.price && h("div", { class: "price" }, one.price)));
    return h("li", { class: "item" }, link, h("button", { class: "heart off", type: "button", part: "wish-remove",
      "aria-label": t("results.unwish", { title: one.title }), onclick: () => remove(one) }, glyph("off")));
  };
  function remove(one) {
    const at = keep.list("wish").findIndex(({ id }) => id === one.id);
    keep.remove("wish", one.id);
    view.say(t("results.unwished", { title: one.title }));
    view.emit("wish", { product: { ...one, product_id: one.id }, kept: false });
    (list.querySelectorAll(".heart")[at] || [...list.querySelectorAll(".heart")].at(-1) || title).focus({ preventScroll: true });
  }
  const draw = () => {
    const wishes = keep.list("wish");
    title.textContent = t("results.wishes", { count: wishes.length });
    empty.hidden = wishes.length > 0;
    list.replaceChildren(...wishes.map(item));
  };
  draw();
  keep.onchange(draw, life.signal);
  view.signal.addEventListener("abort", close);
  function close() {
    life.abort();
    node.remove();
  }
  return { node, close, focus: () => title.focus({ preventScroll: true }) };
}
