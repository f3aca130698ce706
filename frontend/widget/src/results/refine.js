/** What a shopper may change of a question, as changes for `session.ask`. No page, no storage. */

/** @typedef {Record<string, any>} Filters as the API takes them */

const PARTS = ["shape", "color", "pattern", "category"];
/** Of the three shares that a shopper moves, what a full slider asks for; the kind of garment keeps its own. */
const FULL = 0.6;
const KIND_SHARE = 0.4;

/** The values of a kind that are chosen, as texts. @param {Filters} filters @returns {string[]} */
export function chosen(filters, kind) {
  const value = filters?.[kind];
  if (value === undefined || value === null || kind === "price") return [];
  return [value].flat().map(String);
}

/** The filters with one value switched on or off; `in_stock` is one answer, the others are lists. */
export function switched(filters, kind, value) {
  const values = chosen(filters, kind);
  if (kind === "in_stock") return put(filters, kind, values.includes(value) ? undefined : value === "true");
  const left = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  return put(filters, kind, left.length ? left : undefined);
}

/** The filters with a price between two ends, null for an open one. */
export function priced(filters, min, max) {
  const ends = { ...(min !== null && { min }), ...(max !== null && { max }) };
  return put(filters, "price", Object.keys(ends).length ? ends : undefined);
}

/** @param {Filters} filters @returns {Filters} */
function put(filters, kind, value) {
  const { [kind]: _, ...others } = filters || {};
  return value === undefined ? others : { ...others, [kind]: value };
}

/** Words of the shopper's own and what "but…" adds, as one text. */
export function asText(own, but) {
  return [own, ...[...but.values()].map(({ label }) => label)].filter(Boolean).join(" ") || undefined;
}

/** Where sliders stand (0 to 100) for weights of the API. */
export function slidersOf(weights) {
  const slide = (part) => Math.min(100, Math.round((100 * (weights[part] || 0)) / FULL));
  return { shape: slide("shape"), color: slide("color"), pattern: slide("pattern") };
}

/** Weights of the API for sliders from 0 to 100. */
export function weightsOf({ shape, color, pattern }) {
  const share = (slider) => Number(((slider / 100) * FULL).toFixed(3));
  return { shape: share(shape), color: share(color), pattern: share(pattern), category: KIND_SHARE };
}

/** The weights that an answer was ordered by, read off what each part gave; null where nothing says. */
export function weightsGiven(results) {
  const found = {};
  for (const part of PARTS) {
    const told = results.find(({ why }) => why?.gave && why[part] > 0.05);
    found[part] = told ? told.why.gave[part] / told.why[part] : 0;
  }
  const total = PARTS.reduce((sum, part) => sum + found[part], 0);
  return total ? Object.fromEntries(PARTS.map((part) => [part, found[part] / total])) : null;
}

/**
 * The products that are here in the order that other weights would give, before the API has answered.
 * What the shop pinned keeps its place.
 */
export function reordered(results, weights) {
  const total = PARTS.reduce((sum, part) => sum + (weights[part] || 0), 0) || 1;
  const worded = results.some(({ why }) => why?.gave?.words > 0);
  const score = ({ why }) =>
    PARTS.reduce((sum, part) => sum + ((weights[part] || 0) / total) * (why?.[part] || 0), 0) * (worded ? 0.7 : 1) +
    (why?.gave?.words || 0);
  const free = results.filter(({ pinned }) => !pinned).sort((a, b) => score(b) - score(a));
  return results.map((one) => (one.pinned ? one : free.shift()));
}
