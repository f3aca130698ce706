import { h } from "../dom.js";
import { webAddress } from "./addresses.js";
import { glyph } from "./icons.js";
import { picture } from "./picture.js";
import { drawButton } from "./pen.js";
import { heart } from "./wishes.js";

/** Products that are on the screen before a person scrolls. */
const EAGER = 6;
const STEP_MS = 30;
const STEPS = 8;
const PARTS = ["shape", "color", "pattern", "category", "words"];

/** @typedef {import("./view.js").View} View */

/** Sale price first, then the price it was. @param {View["t"]} t */
export function priceLine(t, product) {
  const now = product.sale_price || product.price;
  if (!now) return null;
  if (!product.sale_price || !product.price) return h("div", { class: "price", part: "price" }, now.display);
  return h("div", { class: "price", part: "price" },
    h("span", {}, h("span", { class: "said" }, t("results.sale") + " "), now.display),
    h("s", {}, h("span", { class: "said" }, t("results.was") + " "), product.price.display));
}

/**
 * A product as one item of a list: its link, and around the link what else can be done with it.
 * `item.change(product)` says anew how it was found, without taking focus or open bars away.
 * @param {View} view @param {number} position from 0, for how soon it is seen
 */
export function card(view, product, position) {
  const { t } = view;
  const href = webAddress(product.url);
  const why = h("div", { class: "why", part: "why" });
  const link = h("a", { class: "card", part: "product", href,
    // A product without a page is still the shop's to act on, by lookus:select.
    role: href ? null : "link", tabindex: href ? null : 0, onkeydown: (event) => !href && event.key === "Enter" && link.click(),
    onclick: (event) => view.select(event, product, placeOf(item)) },
    h("div", { class: "pic" }, picture(product, position < EAGER), product.in_stock === false && h("span", { class: "flag" }, t("results.soldOut"))),
    h("div", { class: "text" },
      product.brand && h("div", { class: "brand", part: "product-brand" }, product.brand),
      h("div", { class: "name", part: "product-title" }, product.title),
      priceLine(t, product), why));
  const more = tools(view, product);
  const item = h("li", { class: "in item", "data-product": product.product_id }, link, heart(view, product), view.mayDraw && drawButton(view, product, "heart pen"), more.node);
  const pen = item.querySelector(".pen");
  item.change = (now) => {
    product = now;
    // While one draws; elsewhere it would only be one button more on every photo.
    if (pen) pen.hidden = !view.session.query.sketch;
    why.replaceChildren(...whyLine(t, product));
    more.change(product);
  };
  item.change(product);
  item.style.animationDelay = STEP_MS * Math.min(position, STEPS) + "ms";
  return item;
}

/** From 1, as it stands now: sliders move products before the API has answered. */
const placeOf = (item) => [...item.parentNode.children].indexOf(item) + 1;

function whyLine(t, { score, why }) {
  const percent = Math.round(100 * Math.min(1, Math.max(0, score)));
  const alike = Number.isFinite(percent) && h("b", {}, t("results.alike", { percent }));
  return [alike, alike && why?.sentence && " · ", why?.sentence].filter(Boolean);
}

/** Why it was found, what it stands for, and more like it. @param {View} view */
function tools(view, first) {
  const { t } = view;
  let product = first;
  const bars = h("dl", { class: "bars", part: "why-shares", hidden: true });
  const why = h("button", { class: "quiet", type: "button", part: "why-button", "aria-expanded": "false",
    "aria-label": t("results.whyOf", { title: first.title }),
    onclick: () => {
      bars.hidden = !bars.hidden;
      why.setAttribute("aria-expanded", String(!bars.hidden));
      fill();
    } }, t("results.why"), glyph("down"));
  const like = h("button", { class: "quiet", type: "button", part: "like-button", "aria-label": t("results.likeOf", { title: first.title }),
    onclick: () => view.like(product) }, glyph("like"), t("results.like"));
  const acts = h("div", { class: "acts-of" }, why, like);
  const fill = () => bars.replaceChildren(...(bars.hidden ? [] : shares(t, product.why)));
  const node = h("div", { class: "tools" }, acts, bars);
  return {
    node,
    change(now) {
      product = now;
      why.hidden = !Number.isFinite(product.why?.shape) || !view.hasShape();
      const held = acts.firstChild !== why && acts.firstChild === acts.getRootNode().activeElement;
      if (acts.firstChild !== why) acts.firstChild.remove();
      acts.prepend(...others(view, product));
      if (held) like.focus({ preventScroll: true });
      fill();
    },
  };
}

/** What a result stands for besides itself; pressed, each is shown by itself. */
function others(view, { variants, duplicates }) {
  const { t } = view;
  const lines = [
    variants?.count > 0 && t("results.variants", { count: variants.count }),
    duplicates?.count > 0 && t("results.duplicates", { count: duplicates.count }),
  ].filter(Boolean);
  if (!lines.length) return [];
  return [h("button", { class: "quiet fold", type: "button", part: "variants", title: t("results.unfold"),
    onclick: () => view.ask({ group_by: "none", fold: false }) }, lines.join(" · "))];
}

/** Each respect with its share of likeness, in words and as a bar. */
function shares(t, why) {
  return PARTS.filter((part) => Number.isFinite(why[part]) && (part !== "words" || why.words > 0)).map((part) => {
    const percent = Math.round(100 * why[part]);
    const bar = h("i", {});
    bar.style.setProperty("--share", why[part]);
    return h("div", {}, h("dt", {}, t("results.part." + part)), h("dd", {}, h("span", { class: "meter" }, bar), percent + "%"));
  });
}
