import { h } from "../dom.js";
import { glyph } from "./icons.js";

/** Lets a shopper draw on from a product's own lines. @param {import("./view.js").View} view */
export function drawButton(view, product, look) {
  const name = view.t("sketch.from", { title: product.title });
  return h("button", { class: look, type: "button", part: "draw-button", "aria-label": name, title: name, onclick: () => view.draw(product) }, glyph("pen"));
}
