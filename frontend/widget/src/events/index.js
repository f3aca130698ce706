import { eventOf } from "./calls.js";
import { Clicks } from "./clicks.js";
import { mayTell } from "./consent.js";
import { Device } from "./device.js";
import { impressions } from "./impressions.js";
import { Teller } from "./teller.js";

/** What marks a product in a list of ours: `data-product` is its SKU. */
const PRODUCT = "[data-product]";

/** One for each key and address that the page's elements name. @type {Map<string, Teller>} */
const tellers = new Map();

/**
 * @typedef {{host: Element, client: any}} Access
 * @typedef {EventTarget & Access & {answer?: any, visitor?: string}} Source
 *   a session of the lens, or what a strip gives in its place: it sends `answer` and `more`
 */

/**
 * Hears the shop's own calls (`LookUs.cart`, `.purchase`, `.view`), also those made before.
 * @param {{listen(listener: (call: any) => void): void}} calls
 * @param {(call: any) => Access | null} speakerOf the element whose shop a call means
 */
export function listen(calls, speakerOf) {
  calls.listen((call) => {
    const access = speakerOf(call);
    if (!access) return console.warn(`[lookus] LookUs.${call.name}: no element with a key in this page, and no key in the call`);
    const event = eventOf(call);
    if (event) tellerOf(access).tell(event);
  });
}

/**
 * Watches what an element shows: which products a search brought, which were in view, which were clicked.
 * @param {Source} source
 * @param {AbortSignal} [until] ends it too
 */
export function attach(source, until) {
  const life = new AbortController();
  const { signal } = life;
  const shown = { search_id: "", ids: /** @type {string[]} */ ([]) };
  const teller = () => tellerOf(source);
  const root = source.host.shadowRoot || source.host;
  const told = new Set();

  const tell = (type, sku, node) => {
    const { search_id } = shown;
    const name = `${type} ${search_id} ${sku}`;
    // The server counts each once a search too; this spares the way.
    if (!shown.ids.includes(sku) || told.has(name)) return;
    told.add(name);
    const position = placeOf(node) || shown.ids.indexOf(sku) + 1 || undefined;
    if (type === "click") teller().device.show([[sku, { search_id, position }]]);
    teller().tell({ type, search_id, product_id: sku, position });
  };

  const seen = impressions((node) => tell("impression", node.getAttribute("data-product"), node));
  const watchAll = (within) => within.querySelectorAll?.(PRODUCT).forEach(seen.watch);
  const drawn = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (node.matches?.(PRODUCT)) seen.watch(node);
        watchAll(node);
      }
    }
  });

  const took = () => {
    const { search_id, results } = source.answer || {};
    if (!search_id || !results) return;
    const fresh = search_id === shown.search_id ? results.slice(shown.ids.length) : results;
    Object.assign(shown, { search_id, ids: results.map((one) => one.product_id) });
    const first = results.length - fresh.length + 1;
    teller().device.show(fresh.flatMap((one, at) => foundBy(one, { search_id, position: first + at })));
    watchAll(root);
  };

  const knows = () => (source.visitor = teller().device.visitor || undefined);

  document.addEventListener("lookus:consent", knows, { signal });
  for (const name of ["answer", "more"]) source.addEventListener(name, took, { signal });
  drawn.observe(root, { childList: true, subtree: true });
  const clicks = new Clicks(source.host, root, (sku, node) => tell("click", sku, node));
  took();
  knows();

  const unmount = () => {
    life.abort();
    drawn.disconnect();
    seen.end();
    clicks.end();
  };
  until?.addEventListener("abort", unmount);
  return { unmount };
}

/** A product stands for its other sizes too: who buys one of them has found it by the same search. */
function foundBy(product, found) {
  const others = product.variants?.skus || [];
  return [...others.map((sku) => [sku, found]), [product.product_id, found]];
}

/** From 1, as it stands now: sliders move products before the API has answered. */
function placeOf(node) {
  return node?.parentNode ? [...node.parentNode.children].filter((one) => one.matches(PRODUCT)).indexOf(node) + 1 : 0;
}

function tellerOf(access) {
  const name = [access.host.getAttribute("key"), access.host.getAttribute("endpoint")].join(" ");
  let teller = tellers.get(name);
  if (!teller) {
    teller = new Teller(access, new Device(access.host.getAttribute("key") || "", access.host));
    tellers.set(name, teller);
  }
  return teller;
}

function reconsider() {
  for (const teller of tellers.values()) {
    teller.device.recall();
    teller.reconsider();
  }
}

function leave() {
  for (const teller of tellers.values()) if (mayTell(teller.access.host)) teller.leave();
}

document.addEventListener("lookus:consent", reconsider);
document.addEventListener("visibilitychange", () => document.hidden && leave());
window.addEventListener("pagehide", leave);
window.addEventListener("online", () => tellers.forEach((teller) => teller.reconsider()));
