import { h } from "../dom.js";
import { glyph } from "./icons.js";
import { drawButton } from "./pen.js";
import { picture } from "./picture.js";

/** @typedef {import("./view.js").View} View */

/** More like one of the results, and the way back to where one was. @param {View} view */
export function likeTrail(view) {
  const { t, session } = view;
  const node = h("div", { class: "trail", part: "trail", hidden: true });
  /** @type {{query: any, answer: any, product: any, top: number, words: any}[]} */
  const steps = [];
  let entering = false;

  function go(product) {
    steps.push({ query: session.query, answer: session.answer, product, top: view.top(), words: view.words() });
    entering = true;
    const nothing = Object.fromEntries(Object.keys(session.query).map((name) => [name, undefined]));
    session.ask({ ...nothing, filters: {}, product_id: product.product_id });
  }
  function back() {
    const step = steps.pop();
    view.takeWords(step.words);
    session.restore(step);
    view.scrollTo(step.top);
    view.focusProduct(step.product.product_id, "[part=like-button]");
  }
  /** Another photo or other words end the trail; a problem that was dismissed leads one step back. */
  function asked() {
    while (steps.length && session.query.product_id !== steps.at(-1).product.product_id) steps.pop();
  }
  function draw() {
    const { product } = steps.at(-1) || {};
    node.hidden = !product;
    if (!product) return node.replaceChildren();
    const button = h("button", { class: "bare", type: "button", part: "trail-back", "aria-label": t("results.backTo"), onclick: back }, glyph("back"));
    node.replaceChildren(button, h("div", { class: "thumb" }, picture(product, true)),
      h("div", { class: "text" }, h("small", {}, t("results.likeThis")), h("b", {}, product.title)),
      ...(view.mayDraw ? [drawButton(view, product, "bare")] : []));
    if (!entering) return;
    // The button that was pressed is gone with its product.
    entering = false;
    node.scrollIntoView({ block: "nearest" });
    button.focus({ preventScroll: true });
  }
  return { node, go, asked, draw };
}
