/** The demo's bag: it lies in this tab's session and is told to nobody but the lens. */
const { shop, lang } = document.body.dataset;
const BAG = `lookus-shop:${shop}:bag`;
const ORDER = `lookus-shop:${shop}:order`;
const MOST = 99;

/** @typedef {{sku: string, title: string, url: string, image: string, price: number, currency: string, quantity: number}} Line */

const memory = new Map();

/** A browser may refuse storage: then the bag lasts as long as the page. */
function read(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name));
  } catch {
    return memory.get(name) ?? null;
  }
}

function write(name, value) {
  memory.set(name, value);
  try {
    sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    return;
  }
}

/** @returns {Line[]} */
export function lines() {
  const kept = read(BAG);
  return Array.isArray(kept) ? kept : [];
}

/** Puts one more of a product in; returns its line. @param {Omit<Line, "quantity">} product */
export function put(product) {
  const held = lines().find((one) => one.sku === product.sku);
  return set({ ...product, quantity: (held?.quantity || 0) + 1 });
}

/** Keeps a line as it is given; without a quantity it goes. @param {Line} line */
export function set(line) {
  const kept = { ...line, quantity: Math.min(MOST, line.quantity) };
  const held = lines();
  const place = held.findIndex((one) => one.sku === line.sku);
  held.splice(place < 0 ? held.length : place, place < 0 ? 0 : 1, ...(kept.quantity > 0 ? [kept] : []));
  write(BAG, held);
  tellCount();
  return kept;
}

/** What is said on the bag of every page. */
export function tellCount() {
  const link = document.querySelector(".top .bag");
  const count = lines().reduce((sum, line) => sum + line.quantity, 0);
  const shown = link.querySelector("b");
  shown.textContent = String(count);
  shown.hidden = count === 0;
  if (count > 0) link.setAttribute("aria-label", count === 1 ? link.dataset.one : link.dataset.many.replace("{count}", count));
}

/** @param {Line[]} of */
export const total = (of) => of.reduce((sum, line) => sum + line.price * line.quantity, 0);

/** An amount of the currency's smallest unit, as the page's language writes it. */
export function money(amount, currency) {
  const format = new Intl.NumberFormat(lang, { style: "currency", currency, currencyDisplay: "narrowSymbol" });
  return format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits);
}

/** The bag becomes an order and is empty. */
export function order() {
  const bought = lines();
  if (!bought.length) return;
  const number = Array.from(crypto.getRandomValues(new Uint8Array(4)), (one) => one.toString(16).padStart(2, "0")).join("");
  write(ORDER, { number: "DEMO-" + number.toUpperCase(), lines: bought, told: false });
  write(BAG, []);
}

/** The last order; `told` says whether the lens has heard of it. */
export const lastOrder = () => read(ORDER);

export const orderTold = (last) => write(ORDER, { ...last, told: true });

/** A call to the lens, and the same in words for whoever tries the demo. */
export function tell(call, what) {
  window.LookUs?.[call]?.(what);
  const told = [...(read(ORDER + ":told") || []), `LookUs.${call}(${JSON.stringify(what, null, 2)})`].slice(-4);
  write(ORDER + ":told", told);
  showTold();
}

/** The last calls, where the page has a place for them. */
export function showTold() {
  const place = document.querySelector(".told");
  const told = read(ORDER + ":told");
  if (!place || !told?.length) return;
  place.querySelector("pre").textContent = told.join("\n\n");
  place.hidden = false;
}

/** One line of a list from the page's template. @param {Line} line */
export function lineOf(line) {
  const item = document.querySelector("#line").content.firstElementChild.cloneNode(true);
  for (const link of item.querySelectorAll("a")) link.href = line.url;
  const photo = item.querySelector("img");
  if (line.image) photo.src = line.image;
  else photo.remove();
  item.querySelector(".name").textContent = line.title;
  item.querySelector(".price").textContent = line.currency ? money(line.price * line.quantity, line.currency) : "";
  item.querySelector("output").value = String(line.quantity);
  return item;
}
