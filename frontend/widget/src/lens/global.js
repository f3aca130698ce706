/**
 * `window.LookUs`: what the shop's own page tells. Calls wait here until the part "events" listens, so that
 * a page may make them at any time; also those that it put into `window.lookusCalls` before this script.
 */

/** @typedef {{name: "cart" | "purchase" | "view", detail: any}} Call */

/** Calls of a page that was left too soon, for the shop's next one. */
const LEFT = "lookus:calls";
const TOLD = ["consent", "cart", "purchase", "view"];

/** @type {Call[]} */
const waiting = [];
/** @type {((call: Call) => void) | null} */
let listener = null;

function call(name, detail) {
  if (listener) return listener({ name, detail });
  waiting.push({ name, detail });
  calls.onfirst?.();
}

export const calls = {
  /** Told when a call waits that nobody listens to. @type {(() => void) | null} */
  onfirst: null,
  /** Tells every call so far and from now on to `listen`. @param {(call: Call) => void} listen */
  listen(listen) {
    listener = listen;
    waiting.splice(0).forEach(listen);
  },
  /** A button that puts into the cart often leaves the page at once: what waits is kept for the next. */
  leave() {
    try {
      if (waiting.length) sessionStorage.setItem(LEFT, JSON.stringify(waiting.splice(0).map(({ name, detail: { of, ...told } }) => [name, told])));
    } catch {
      // Nothing can be kept here.
    }
  },
  /** Takes up what the page before left, and what this one said before the script was there. */
  resume() {
    let left = [];
    try {
      left = JSON.parse(sessionStorage.getItem(LEFT) || "[]");
      sessionStorage.removeItem(LEFT);
    } catch {
      // Nothing was kept.
    }
    const early = window.lookusCalls;
    const take = (...made) => made.forEach(([name, detail]) => TOLD.includes(name) && window.LookUs[name]?.(detail));
    window.lookusCalls = { push: take };
    take(...left, ...(Array.isArray(early) ? early : []));
  },
};

/** Sets `window.LookUs`; one that an older script of ours set stays. */
export function announce() {
  window.LookUs ??= {
    /** What the shopper agreed to; undefined: nobody asked. */
    consented: {},
    /** @param {{analytics?: boolean, storage?: boolean, photos?: boolean}} given */
    consent(given) {
      this.consented = { ...this.consented, ...given };
      document.dispatchEvent(new CustomEvent("lookus:consent", { detail: this.consented }));
    },
    /** @param {{product: string, quantity?: number, price?: number, currency?: string, key?: string}} item */
    cart: (item) => call("cart", { ...item }),
    /** @param {{order: string, items: any[], total?: number, currency?: string, key?: string}} order */
    purchase: (order) => call("purchase", { ...order }),
    /** @param {{product: string, key?: string}} page */
    view: (page) => call("view", { ...page }),
  };
}
