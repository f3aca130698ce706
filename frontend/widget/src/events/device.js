import { mayKeep, mayRecognize } from "./consent.js";

/** Of a publishable key: enough to tell shops of one site apart. */
const PREFIX = 11;
const VISITOR_DAYS = 30;
const DAY_MS = 86_400_000;
/** Products whose search is remembered; the oldest go first. */
const MOST_SHOWN = 400;

/** @typedef {{search_id: string, position?: number}} Found the search that showed a product, and where */

/**
 * What a shop's events need to know from page to page. In the memory of the page; on the device only as far
 * as that is allowed, and taken away once it no longer is.
 */
export class Device {
  /** @type {Map<string, Found>} by SKU, the latest last */
  #shown = new Map();
  #session = random();
  #visitor = "";

  /** @param {string} key @param {Element | null} host */
  constructor(key, host) {
    this.host = host;
    this.name = (of) => `lookus:${key.slice(0, PREFIX)}:${of}`;
    this.recall();
  }

  /**
   * Reads what is kept, or takes it away; again whenever the shopper has said something new. While nobody has
   * said, it stays as it is and is not read: most banners speak later than this part.
   */
  recall() {
    const keep = mayKeep(this.host);
    if (keep === false) for (const of of ["session", "shown", "unsent"]) remove(tab, this.name(of));
    if (keep) {
      const kept = read(tab, this.name("shown"));
      if (Array.isArray(kept)) this.#shown = new Map([...kept.filter(isFound), ...this.#shown]);
      const session = read(tab, this.name("session"));
      if (typeof session === "string") this.#session = session;
      else write(tab, this.name("session"), this.#session);
      this.#keepShown();
    }
    this.#visitor = this.#recallVisitor();
  }

  /** The page's own random name of this session. */
  get session() {
    return this.#session;
  }

  /** The same for some days, where the shopper agreed; empty otherwise. */
  get visitor() {
    return this.#visitor;
  }

  /** A search showed these products. @param {[string, Found][]} products */
  show(products) {
    for (const [sku, found] of products) {
      this.#shown.delete(sku);
      this.#shown.set(sku, found);
    }
    for (const sku of this.#shown.keys()) {
      if (this.#shown.size <= MOST_SHOWN) break;
      this.#shown.delete(sku);
    }
    this.#keepShown();
  }

  /** The last search that showed a product; nothing where none did. @param {string} sku @returns {Partial<Found>} */
  found(sku) {
    return this.#shown.get(sku) || {};
  }

  /** Events that could not be told on the page before; they are handed over once. @returns {any[]} */
  takeUnsent() {
    if (!mayKeep(this.host)) return [];
    const kept = read(tab, this.name("unsent"));
    remove(tab, this.name("unsent"));
    return Array.isArray(kept) ? kept.filter((one) => typeof one?.event_id === "string") : [];
  }

  /** @param {any[]} events */
  keepUnsent(events) {
    if (events.length && mayKeep(this.host)) write(tab, this.name("unsent"), events);
    else remove(tab, this.name("unsent"));
  }

  #keepShown() {
    if (this.#shown.size && mayKeep(this.host)) write(tab, this.name("shown"), [...this.#shown]);
  }

  /** Not prolonged by coming back: it ends when its days are over. */
  #recallVisitor() {
    const name = this.name("visitor");
    const kept = read(device, name);
    const now = Date.now();
    const good = kept?.until > now && kept.until <= now + VISITOR_DAYS * DAY_MS && typeof kept.id === "string";
    if (!good || mayKeep(this.host) === false) remove(device, name);
    if (!mayRecognize(this.host)) return "";
    if (good) return kept.id;
    const made = { id: random(), until: Date.now() + VISITOR_DAYS * DAY_MS };
    return write(device, name, made) ? made.id : "";
  }
}

function random() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const isFound = (entry) => Array.isArray(entry) && typeof entry[0] === "string" && typeof entry[1]?.search_id === "string";

// The names alone throw where a browser keeps nothing.
const tab = () => globalThis.sessionStorage;
const device = () => globalThis.localStorage;

/** @param {() => Storage} place */
function read(place, name) {
  try {
    return JSON.parse(place().getItem(name) ?? "null");
  } catch {
    return null;
  }
}

/** @param {() => Storage} place */
function write(place, name, value) {
  try {
    place().setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** @param {() => Storage} place */
function remove(place, name) {
  try {
    place().removeItem(name);
  } catch {
    // Nothing is kept there.
  }
}
