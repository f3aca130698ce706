/**
 * What stays on the shopper's own device: products that were kept, and recent searches. Nothing of it
 * is sent anywhere. Where the page says storage="none", or the shop's consent call says no, or the
 * browser refuses, nothing is kept and `allowed` is false.
 */

const MOST = { wish: 200, recent: 8 };
/** Of a publishable key: enough to tell shops of one site apart. */
const PREFIX = 11;

/** Told `change` by every keeper of the page, so that two lenses show the same. */
const changes = new EventTarget();

document.addEventListener("lookus:consent", ({ detail }) => {
  // What was kept before the shopper said no goes too.
  if (detail?.storage === false) ["localStorage", "sessionStorage"].forEach(forgetAll);
  changes.dispatchEvent(new Event("change"));
});

/** @typedef {{id: string, at?: number, [name: string]: any}} Kept */

/** @param {HTMLElement} host the lens */
export function keeper(host) {
  const name = (list) => `lookus:${(host.getAttribute("key") || "").slice(0, PREFIX)}:${list}`;
  const allowed = () => mayKeep(host) && works();

  /** @returns {Kept[]} */
  const list = (of) => {
    if (!allowed()) return [];
    const kept = readJson(name(of));
    return Array.isArray(kept) ? kept.filter((one) => typeof one?.id === "string") : [];
  };

  /** Writes a list, with fewer of it where the device is full. */
  const write = (of, kept) => {
    for (let left = kept.slice(0, MOST[of]); ; left = left.slice(0, -1)) {
      try {
        if (left.length) localStorage.setItem(name(of), JSON.stringify(left));
        else localStorage.removeItem(name(of));
        break;
      } catch {
        if (left.length < 2) return false;
      }
    }
    changes.dispatchEvent(new Event("change"));
    return true;
  };

  return {
    get allowed() {
      return allowed();
    },
    list,
    has: (of, id) => list(of).some((one) => one.id === id),
    /** The newest first, each once. @param {"wish" | "recent"} of @param {Kept} one */
    add: (of, one) => allowed() && write(of, [{ ...one, at: Date.now() }, ...list(of).filter(({ id }) => id !== one.id)]),
    remove: (of, id) => allowed() && write(of, list(of).filter((one) => one.id !== id)),
    clear: (of) => write(of, []),
    onchange(listener, signal) {
      changes.addEventListener("change", listener, { signal });
      // Another tab of the shop.
      window.addEventListener("storage", listener, { signal });
    },
  };
}

/**
 * Whether anything may be kept. Unlike events this is the shopper's own list, told to nobody, so Do Not Track
 * does not stand against it.
 * @param {HTMLElement} host
 */
export function mayKeep(host) {
  if (host.getAttribute("storage") === "none") return false;
  // With consent="ask-shop" nothing is kept until the shop's consent call says so.
  return globalThis.LookUs?.consented?.storage ?? host.getAttribute("consent") !== "ask-shop";
}

function works() {
  try {
    return Boolean(localStorage);
  } catch {
    return false;
  }
}

function forgetAll(store) {
  try {
    const names = Object.keys(window[store]).filter((name) => /^lookus:.*:(wish|recent)$|^lookus:place/.test(name));
    names.forEach((name) => window[store].removeItem(name));
  } catch {
    // A browser that forbids storage holds nothing.
  }
}

function readJson(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}
