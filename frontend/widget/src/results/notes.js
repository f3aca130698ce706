import { h } from "../dom.js";

/** @typedef {import("./view.js").View} View */

/** What is to be known about an answer before its products: a guess, a word that was mended, a wish that gave way. @param {View} view */
export function notes(view) {
  const { t, session } = view;
  const { query, words = {}, understood = [] } = session.answer;
  const lines = [];
  for (const [typed, read] of Object.entries(words.mended || {})) lines.push(t("results.mended", { typed, read }));
  if (words.unknown?.length) lines.push(t("results.unknown", { words: words.unknown.join(", ") }));
  if (words.foreign) lines.push(t("results.foreign", { words: words.foreign }));
  const idle = understood.filter(({ applied }) => applied === false).map(({ label }) => label);
  if (idle.length) lines.push(t("results.gaveWay", { label: idle.join(", ") }));
  const guess = query?.found === false && query.garments?.length > 0 && view.results.length > 0;
  return [
    guess && h("div", { class: "note", part: "note" }, h("h3", {}, t(session.query.sketch ? "sketch.unsure" : "results.noGarment")),
      h("p", {}, t(session.query.sketch ? "sketch.nothing" : "results.noGarmentHint"))),
    lines.length > 0 && h("div", { class: "note", part: "note" }, lines.map((line) => h("p", {}, line))),
  ].filter(Boolean);
}
