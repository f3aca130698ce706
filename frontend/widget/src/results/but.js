import { h } from "../dom.js";
import { roving, settle } from "./nodes.js";
import { swatch } from "./swatch.js";

/** What words can change of a photo, and how many values of each are offered. */
const OFFERED = { color: 8, pattern: 5, sleeve: 4, neckline: 4, length: 3 };

/** @typedef {import("./view.js").View} View */

/**
 * "Like this, but…": what the words of a search change of its photo, one tap each.
 * @param {View} view
 */
export function butRow(view) {
  const { t } = view;
  const bar = h("div", { class: "chips", role: "toolbar", "aria-label": t("results.but") });
  const node = h("div", { class: "reel", part: "but", hidden: true }, h("span", { class: "lead", "aria-hidden": "true" }, t("results.but")), bar);
  const stops = roving(bar);
  let order = [];

  const press = ({ kind, value, label }) => {
    if (view.but.get(kind)?.value === value) view.but.delete(kind);
    else view.but.set(kind, { value, label });
    draw();
    view.askWords();
  };
  const make = (item) => {
    const chip = h("button", { class: "chip", type: "button", part: "but-chip", "aria-pressed": "false", onclick: () => press(item) }, swatch(item), item.label);
    change(chip, item);
    return chip;
  };
  const change = (chip, { kind, value }) => chip.setAttribute("aria-pressed", String(view.but.get(kind)?.value === value));

  /** Chips keep their places while a shopper tries one after another. */
  const draw = (answer) => {
    if (answer) order = offered(view, answer, order);
    node.hidden = !order.length;
    settle(bar, order, { key: ({ kind, value }) => `${kind}:${value}`, make, change });
    stops();
  };
  return { node, draw, forget: () => (order = []) };
}

/** What the shop has of each kind, but for what the garment is already; what is chosen stays. */
function offered(view, answer, before) {
  const garment = answer.query?.garments?.[answer.query.selected || 0];
  if (!garment || !answer.query.found) return [];
  if (before.length) return before;
  const own = { color: garment.colors?.[0]?.family, pattern: garment.pattern?.id };
  return Object.entries(OFFERED).flatMap(([kind, most]) => {
    const values = answer.facets?.find((facet) => facet.kind === kind)?.values || [];
    return values.filter(({ value, count }) => count > 0 && value !== own[kind]).slice(0, most).map((one) => ({ ...one, kind }));
  });
}
