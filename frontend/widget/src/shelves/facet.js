import { h } from "../dom.js";
import { applied } from "../results/applied.js";
import { glyph } from "../results/icons.js";
import { settle } from "../results/nodes.js";
import { chosen, switched } from "../results/refine.js";
import { swatch } from "../results/swatch.js";
import { priceShelf } from "./price.js";

/** Values that are seen before the rest is asked for. */
const AT_FIRST = 14;

/** @typedef {import("../results/view.js").View} View */

/** What the shopper's words chose of a facet. */
const wordsSay = (answer, kind, value) =>
  answer.understood?.find((one) => one.kind === kind && !one.negated && one.applied !== false && one.value.split(",").includes(value));

/**
 * What is in a facet, to be chosen from. Returns {node, draw(facet)}; the values keep their places while
 * counts change.
 * @param {View} view @param {any} facet
 */
export function facetShelf(view, facet) {
  if (facet.kind === "price") return { node: priceShelf(view, facet), draw() {} };
  const { t, session } = view;
  const list = h("div", { class: "values", role: "group", "aria-label": facet.label });
  const more = h("button", { class: "quiet", type: "button", onclick: () => {
    all = true;
    const first = list.children.length;
    draw(facet);
    list.children[first]?.focus();
  } }, t("results.allValues"), glyph("down"));
  const order = [];
  let all = false;

  const own = (value) => chosen(session.query.filters, facet.kind).includes(value);
  const said = (value) => wordsSay(session.answer, facet.kind, value);
  const press = (value) => {
    const word = !own(value) && said(value) && applied(view).find(({ key }) => key === "word:" + said(value).id);
    if (word) word.off();
    else view.ask({ filters: switched(session.query.filters, facet.kind, value) });
  };
  const make = (one) => {
    const chip = h("button", { class: "chip", type: "button", part: "facet-value", onclick: () => press(one.value) },
      swatch(one), h("span", {}, one.label), h("small", {}));
    change(chip, one);
    return chip;
  };
  const change = (chip, { value, count }) => {
    const pressed = own(value) || Boolean(said(value));
    chip.setAttribute("aria-pressed", String(pressed));
    chip.lastChild.textContent = count;
    chip.classList.toggle("none", !count && !pressed);
  };
  const draw = (now) => {
    facet = now;
    const values = new Map(facet.values.map((one) => [one.value, one]));
    order.push(...[...values.keys()].filter((value) => !order.includes(value)));
    const here = order.filter((value) => values.has(value)).map((value) => values.get(value));
    const shown = here.filter((one, at) => all || at < AT_FIRST || one.selected);
    more.hidden = shown.length === here.length;
    settle(list, shown, { key: ({ value }) => value, make, change });
  };
  draw(facet);
  return { node: h("div", {}, list, more), draw };
}
