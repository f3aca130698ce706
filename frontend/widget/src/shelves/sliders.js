import { h } from "../dom.js";
import { slidersOf, weightsGiven, weightsOf } from "../results/refine.js";

const PARTS = ["shape", "color", "pattern"];
/** A hand on a slider has come to rest. */
const REST_MS = 350;

/** @typedef {import("../results/view.js").View} View */

/**
 * How much shape, colour and pattern count. The products that are here move at once; the API is asked
 * when the hand rests.
 * @param {View} view
 */
export function sliders(view) {
  const { t, session } = view;
  const weights = session.query.weights || weightsGiven(session.answer.results);
  const at = slidersOf(weights || {});
  let rest;
  const ask = () => view.ask({ weights: weightsOf(at) });
  const move = (part, input) => {
    at[part] = Number(input.value);
    tell(input);
    view.reorder(weightsOf(at));
    clearTimeout(rest);
    rest = setTimeout(ask, REST_MS);
  };
  const tell = (input) => {
    input.style.setProperty("--at", input.value);
    input.setAttribute("aria-valuetext", t("results.counts." + Math.min(3, Math.ceil(input.value / 33))));
  };
  const line = (part) => {
    const input = h("input", { type: "range", min: 0, max: 100, step: 1, value: at[part], part: "slider", id: "weigh-" + part,
      oninput: () => move(part, input) });
    tell(input);
    return h("div", { class: "weigh" }, h("label", { for: "weigh-" + part }, t("results.part." + part)), input);
  };
  const usual = h("button", { class: "quiet", type: "button", onclick: () => {
    clearTimeout(rest);
    view.ask({ weights: undefined });
    view.closeShelf();
  } }, t("results.usual"));
  view.signal.addEventListener("abort", () => clearTimeout(rest));
  return h("div", { class: "weights", part: "weights" },
    h("p", { class: "hint" }, t("results.weighHint")), PARTS.map(line), h("div", { class: "ends" }, usual));
}
