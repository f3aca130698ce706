import { h } from "../dom.js";
import { applied, clearAll } from "./applied.js";
import { glyph } from "./icons.js";

/** @typedef {import("./view.js").View} View */

/** Nothing was found: what to try, the smallest step first. @param {View} view */
export function nothingView(view) {
  const { t, session } = view;
  const chips = applied(view).filter(({ key }) => key !== "own");
  const worded = Boolean(session.query.text) && view.hasShape();
  const tries = chips.map(({ label, off }) => [t("results.without", { label }), off]);
  if (worded) tries.push([t("results.withoutWords"), () => view.dropWords()]);
  if (chips.length > 1) tries.push([t("results.withoutAll"), () => clearAll(view)]);
  const hint = session.query.sketch ? "sketch.nothing" : session.query.text && !view.hasShape() ? "results.nothingWords" : "results.nothingPhoto";
  return h("div", { class: "word", part: "nothing" },
    glyph("shirt"), h("h3", {}, t("results.nothing")),
    h("p", {}, t(tries.length ? "results.nothingNarrow" : hint)),
    h("div", { class: "acts" },
      tries.map(([label, onclick], at) => h("button", { class: at ? "act plain" : "act main", part: "action", type: "button", onclick }, label)),
      h("button", { class: tries.length ? "act plain" : "act main", part: "action", type: "button", onclick: () => view.another() }, t("results.another"))));
}
