import { h } from "../dom.js";
import { webAddress } from "../results/addresses.js";

const SVG = "http://www.w3.org/2000/svg";
/** Photos that are in view when a strip is. */
const EAGER = 6;

/**
 * A product, and in an outfit what it is worn as, with others for the same place.
 * @typedef {{product: any, slot?: string, choices?: any[]}} Item
 */

/** @param {any} access @param {Item} item @param {number} at from 0 */
export function itemOf(access, { product, slot, choices = [] }, at) {
  const href = webAddress(product.url);
  const link = h("a", { class: "card", part: "product", href, role: href ? null : "link", tabindex: href ? null : 0,
    // A product without a page is still the shop's to act on, by lookus:select.
    onkeydown: (event) => !href && event.key === "Enter" && link.click(),
    onclick: (event) => {
      const { search_id = null } = access.answer;
      if (!access.emit("select", { search_id, product, position: at + 1 }, true)) event.preventDefault();
    } },
    h("div", { class: "pic" }, picture(product, at < EAGER), product.in_stock === false && h("span", { class: "flag" }, access.t("results.soldOut"))),
    h("div", { class: "text" },
      product.brand && h("div", { class: "brand", part: "product-brand" }, product.brand),
      h("div", { class: "name", part: "product-title" }, product.title),
      price(access.t, product)));
  const item = h("li", { part: "item", "data-product": product.product_id }, slot && h("p", { class: "slot", part: "slot" }, slot), link);
  if (choices.length > 1) item.append(another(access, { product, slot, choices }, at, item));
  return item;
}

/** The ground of 3:4 stays where the photo does not come. */
function picture(product, eager) {
  return h("img", { part: "product-image", src: webAddress(product.image_url), alt: "", width: 300, height: 400,
    loading: eager ? "eager" : "lazy", decoding: "async", onerror: (event) => event.target.classList.add("off") });
}

/** The sale price first, then the price it was. */
function price(t, product) {
  const now = product.sale_price || product.price;
  if (!now) return null;
  if (!product.sale_price || !product.price) return h("div", { class: "price", part: "price" }, now.display);
  const said = (key) => h("span", { class: "said" }, t(key) + " ");
  return h("div", { class: "price", part: "price" },
    h("span", {}, said("results.sale"), now.display), h("s", {}, said("results.was"), product.price.display));
}

/** Another product in the same place of the outfit. */
function another(access, { product, slot, choices }, at, item) {
  const says = access.t("strips.another", { slot });
  return h("button", { class: "another", part: "another", type: "button", "aria-label": says, title: says,
    onclick: () => {
      const next = itemOf(access, { product: choices[(choices.indexOf(product) + 1) % choices.length], slot, choices }, at);
      item.replaceWith(next);
      next.querySelector(".another").focus();
    } }, turn());
}

/** Two arrows in a ring. */
function turn() {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", "M5 10a7.2 7.2 0 0 1 12.6-3L19.5 9M19.5 4.5V9H15M19 14a7.2 7.2 0 0 1-12.6 3L4.5 15M4.5 19.5V15H9");
  svg.append(path);
  return svg;
}
