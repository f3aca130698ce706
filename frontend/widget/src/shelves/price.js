import { h } from "../dom.js";
import { money } from "../results/money.js";
import { priced } from "../results/refine.js";

const REST_MS = 450;
const STEPS = 60;

/** @typedef {import("../results/view.js").View} View */

/** Whole steps that a hand can hit: 1, 2 or 5 times a power of ten. */
export function stepOf(low, high) {
  const rough = Math.max(1, (high - low) / STEPS);
  const ten = 10 ** Math.floor(Math.log10(rough));
  return ten * [1, 2, 5, 10].find((one) => one * ten >= rough);
}

/**
 * Two ends of a price, and the shop's own ranges with their counts.
 * @param {View} view @param {any} facet of `price`
 */
export function priceShelf(view, facet) {
  const { t, session } = view;
  const { low, high } = facet;
  const currency = session.answer.results.map((one) => one.price?.currency).find(Boolean) || view.currency;
  const step = stepOf(low, high);
  const [least, most] = [Math.floor(low / step) * step, Math.ceil(high / step) * step];
  const asked = session.query.filters?.price || {};
  let rest;
  const shown = h("div", { class: "span", "aria-hidden": "true" });
  const end = (name, value) => h("input", { type: "range", min: least, max: most, step, value, part: "slider",
    "aria-label": t("results.price." + name), oninput: moved });
  const min = end("min", asked.min ?? least);
  const max = end("max", asked.max ?? most);
  const pair = h("div", { class: "pair" }, min, max);

  function tell() {
    const [from, to] = [Number(min.value), Number(max.value)];
    pair.style.setProperty("--from", (from - least) / (most - least || 1));
    pair.style.setProperty("--to", (to - least) / (most - least || 1));
    min.setAttribute("aria-valuetext", money(from, currency, view.lang));
    max.setAttribute("aria-valuetext", money(to, currency, view.lang));
    shown.textContent = `${money(from, currency, view.lang)} – ${money(to, currency, view.lang)}`;
  }
  function moved(event) {
    // The ends may meet, never pass.
    if (Number(min.value) > Number(max.value)) event.target.value = (event.target === min ? max : min).value;
    tell();
    clearTimeout(rest);
    rest = setTimeout(() => ask(Number(min.value) > least ? Number(min.value) : null, Number(max.value) < most ? Number(max.value) : null), REST_MS);
  }
  const ask = (from, to) => view.ask({ filters: priced(session.query.filters, from, to) });
  const range = (one) => h("button", { class: "chip", type: "button", "aria-pressed": String(Boolean(one.selected)),
    onclick: () => {
      clearTimeout(rest);
      if (one.selected) ask(null, null);
      else ask(one.low, one.high);
    } }, one.label, h("small", {}, String(one.count)));
  tell();
  view.signal.addEventListener("abort", () => clearTimeout(rest));
  return h("div", { class: "prices" }, shown, pair, h("div", { class: "values", role: "group", "aria-label": facet.label }, facet.values.map(range)));
}
