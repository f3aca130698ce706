import { h } from "../dom.js";
import { glyph } from "./icons.js";
import { money } from "./money.js";
import { chosen, priced, switched } from "./refine.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {{key: string, label: string, idle?: boolean, off: () => void}} Applied what narrows the results, and how to take it off */

/**
 * Everything that narrows the results: what the words said, and what was chosen.
 * @param {View} view @returns {Applied[]}
 */
export function applied(view) {
  const { query } = view.session;
  const unfolded = query.group_by === "none" && {
    key: "unfolded",
    label: view.t("results.unfolded"),
    off: () => view.ask({ group_by: undefined, fold: undefined }),
  };
  return [...fromWords(view), ...fromFilters(view), unfolded].filter(Boolean);
}

function fromWords(view) {
  const { session } = view;
  const own = view.own && { key: "own", label: `“${view.own}”`, off: () => (view.isWordsAlone ? view.another() : view.dropOwn()) };
  return [...(own ? [own] : []), ...understood(view)];
}

function understood(view) {
  const { session } = view;
  return (session.answer?.understood || []).map((one) => ({
    key: "word:" + one.id,
    label: one.label,
    idle: one.applied === false,
    off() {
      const but = [...view.but].find(([kind, { label, value }]) => kind === one.kind && (value === one.value || label === one.words));
      if (but) {
        view.but.delete(but[0]);
        view.askWords();
      } else view.ask({ words_off: [...(session.query.words_off || []), one.id] });
    },
  }));
}

function fromFilters(view) {
  const { session, t } = view;
  const filters = session.query.filters || {};
  const facet = (kind) => session.answer?.facets?.find((one) => one.kind === kind);
  const label = (kind, value) => facet(kind)?.values.find((one) => one.value === value)?.label || value;
  const values = Object.keys(filters).flatMap((kind) => chosen(filters, kind).map((value) => [kind, value]));
  const chips = values.map(([kind, value]) => ({
    key: `${kind}:${value}`,
    label: label(kind, value),
    off: () => view.ask({ filters: switched(session.query.filters, kind, value) }),
  }));
  const { min, max } = filters.price || {};
  if (min === undefined && max === undefined) return chips;
  const shown = (amount) => money(amount, view.currency, view.lang);
  const form = min === undefined ? "most" : max === undefined ? "least" : "both";
  return [...chips, {
    key: "price",
    label: t("results.price." + form, { min: shown(min), max: shown(max) }),
    off: () => view.ask({ filters: priced(session.query.filters, null, null) }),
  }];
}

/** Takes off all of it, the words that were typed too where they are no search of their own. */
export function clearAll(view) {
  const { session } = view;
  const alone = view.isWordsAlone;
  view.but.clear();
  if (!alone) view.own = "";
  const off = alone ? [...(session.query.words_off || []), ...(session.answer?.understood || []).map(({ id }) => id)] : [];
  view.ask({
    filters: {},
    text: alone ? session.query.text : undefined,
    words_off: off.length ? off : undefined,
    group_by: undefined,
    fold: undefined,
  });
}

/** The chips of what is applied, each of which comes off. @param {View} view */
export function appliedRow(view) {
  const { t } = view;
  const node = h("div", { class: "applied", part: "applied", role: "group", "aria-label": t("results.applied"), hidden: true });
  const draw = () => {
    const held = node.contains(node.getRootNode().activeElement);
    const chips = applied(view);
    node.replaceChildren(...chips.map(({ label, idle, off }) =>
      h("button", { class: idle ? "chip on idle" : "chip on", type: "button", part: "applied-chip", "aria-label": t("results.takeOff", { label }),
        title: idle ? t("results.gaveWay", { label }) : null, onclick: off }, h("span", {}, label), glyph("off"))));
    if (chips.length > 1) node.append(h("button", { class: "quiet", type: "button", onclick: () => clearAll(view) }, t("results.clear")));
    node.hidden = !chips.length;
    // The chip that was pressed is gone: the next one, or what stands before the row.
    if (held) (node.querySelector("button") || view.firstStop()).focus({ preventScroll: true });
  };
  return { node, draw };
}
