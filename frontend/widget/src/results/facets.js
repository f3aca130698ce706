import { chosen } from "./refine.js";

/** The order in which a shopper narrows down; what is not named here comes behind, as the API has it. */
const ORDER = ["color", "category", "price", "pattern", "brand", "in_stock", "sleeve", "neckline", "length", "material", "fit", "season", "gender"];
/** Groups of kinds say the same as `category`, only less. */
const LEFT_OUT = new Set(["group"]);

/** The facets that a shopper can choose from. */
export function useful(facets = []) {
  const place = ({ kind }) => (ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length);
  const several = ({ kind, values, low, high }) =>
    kind === "price" ? high > low : values.length > 1 || values.some((one) => one.selected);
  return facets.filter((facet) => !LEFT_OUT.has(facet.kind) && several(facet)).sort((a, b) => place(a) - place(b));
}

/** How many values of a facet the shopper has chosen. */
export function chosenCount(filters, kind) {
  return kind === "price" ? Number(Boolean(filters?.price)) : chosen(filters, kind).length;
}
