/** The shop's own calls as events of the API. */

/**
 * @typedef {{product?: string, quantity?: number, price?: number, currency?: string}} Item
 * @typedef {{order?: string | number, items?: Item[], total?: number, currency?: string}} Order
 */

/**
 * The event of a call, or null where it says too little: the page's console says what.
 * @param {{name: string, detail: any}} call
 */
export function eventOf({ name, detail }) {
  if (name === "cart") return cart(detail || {});
  if (name === "purchase") return purchase(detail || {});
  return name === "view" ? view(detail || {}) : null;
}

/**
 * With the last search that showed each product, where that is known and not said.
 * @param {any} event
 * @param {import("./device.js").Device} device
 */
export function attributed(event, device) {
  if (event.items) return { ...event, items: event.items.map((item) => attributed(item, device)) };
  return event.search_id ? event : { ...event, ...device.found(event.product_id) };
}

/** @param {Item} item */
function view({ product }) {
  return product ? { type: "view", product_id: String(product) } : wrong("LookUs.view needs { product }");
}

/** @param {Item} item */
function cart(item) {
  if (!item.product) return wrong("LookUs.cart needs { product }");
  return { type: "cart", ...line(item), ...(item.currency && { currency: item.currency }) };
}

/** @param {Order} order */
function purchase({ order, items, total, currency }) {
  const bought = (Array.isArray(items) ? items : []).filter((item) => item?.product);
  // Without its number, a page that is loaded again would count again.
  if (!order || !bought.length) return wrong("LookUs.purchase needs { order, items: [{ product }] }");
  return {
    type: "purchase",
    order: String(order),
    items: bought.map(line),
    ...amount("total", total),
    ...(currency && { currency }),
  };
}

/** @param {Item} item */
function line({ product, quantity, price }) {
  return { product_id: String(product), ...(quantity && { quantity }), ...amount("price", price) };
}

/** Whole numbers of the smallest unit only: a fraction may be euros or a mistake, and is not guessed at. */
function amount(name, value) {
  if (value == null) return {};
  if (Number.isSafeInteger(value) && value >= 0) return { [name]: value };
  wrong(`${name} ${value} is left out: give a whole number of the currency's smallest unit, as 3990 for 39.90`);
  return {};
}

/** @returns {null} */
function wrong(text) {
  console.warn("[lookus] " + text);
  return null;
}
