/** What opens under the chips of the results: a facet's values, prices, weights, the link to a search. */
export { facetShelf } from "./facet.js";
export { shareShelf } from "./share.js";
export { sliders } from "./sliders.js";
export { sheet } from "./styles.js";
