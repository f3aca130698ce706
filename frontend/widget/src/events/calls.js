/** The shop's own calls as events of the API. */

/**
 * @typedef {{product?: string, quantity?: number, price?: number, currency?: string}} Item
 * @typedef {{order?: string | number, items?: Item[], total?: number, currency?: string}} Order
 */

/**
 * The event of a call, or null where it says too little: the page's console says what.
 * @param {{name: string, detail: any}} call
 * @param {import("./device.js").Device} device knows the search that showed a product
 */
export function eventOf({ name, detail }, device) {
  if (name === "cart") return cart(detail || {}, device);
  if (name === "purchase") return purchase(detail || {}, device);
  return name === "view" ? view(detail || {}, device) : null;
}

/** @param {Item} item */
function view({ product }, device) {
  return product ? { type: "view", product_id: String(product), ...device.found(String(product)) } : wrong("LookUs.view needs { product }");
}

/** @param {Item} item */
function cart(item, device) {
  if (!item.product) return wrong("LookUs.cart needs { product }");
  return { type: "cart", ...line(item, device), ...(item.currency && { currency: item.currency }) };
}

/** @param {Order} order */
function purchase({ order, items, total, currency }, device) {
  const bought = (Array.isArray(items) ? items : []).filter((item) => item?.product);
  // Without its number, a page that is loaded again would count again.
  if (!order || !bought.length) return wrong("LookUs.purchase needs { order, items: [{ product }] }");
  return {
    type: "purchase",
    order: String(order),
    items: bought.map((item) => line(item, device)),
    ...amount("total", total),
    ...(currency && { currency }),
  };
}

/** @param {Item} item */
function line({ product, quantity, price }, device) {
  const sku = String(product);
  return { product_id: sku, ...(quantity && { quantity }), ...amount("price", price), ...device.found(sku) };
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
