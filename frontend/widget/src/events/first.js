/** What stands in v1.js of the events: it loads the part when the shop's page calls. */
import { Access } from "../lens/access.js";
import { calls } from "../lens/global.js";
import { hasPart, loadPart } from "../lens/parts.js";
import { mayKeep } from "./consent.js";

const OURS = "lookus-lens[key], lookus-similar[key], lookus-outfit[key]";
/** What an element says by attributes, a call may say itself. */
const SAID = ["key", "endpoint", "consent", "storage"];
const PATIENCE_MS = 1000;
const AGAIN_MS = 15_000;

/** @type {Map<Element | string, Access>} */
const speakers = new Map();

/** The element that speaks for a call: whose key, address and consent are meant; null where nobody is. */
function speakerOf({ detail }) {
  const host = detail.of || (detail.key ? null : document.querySelector(OURS));
  const name = host || SAID.map((attribute) => detail[attribute]).join(" ");
  if (!host && !detail.key) return null;
  if (!speakers.has(name)) speakers.set(name, new Access(host || madeOf(detail)));
  return speakers.get(name);
}

/** For a page without an element of ours, as a thank-you page. */
function madeOf(detail) {
  const host = document.createElement("span");
  for (const name of SAID) if (detail[name]) host.setAttribute(name, detail[name]);
  return host;
}

/** Loads the part with the first call. */
export function hearCalls() {
  let coming = false;
  calls.onfirst = () => {
    if (coming || !hasPart("events")) return;
    coming = true;
    const load = () =>
      loadPart("events").then(
        (events) => events.listen(calls, speakerOf),
        () => setTimeout(() => ((coming = false), calls.onfirst()), AGAIN_MS),
      );
    // The page's own work goes first.
    if (globalThis.requestIdleCallback) requestIdleCallback(load, { timeout: PATIENCE_MS });
    else setTimeout(load);
  };
  window.addEventListener("pagehide", () => mayKeep(document.querySelector(OURS)) && calls.leave());
  calls.resume();
}

const viewed = new Set();

/** An element of ours says whose page this is: a view of the product, once a page. @param {Element} host */
export function pageViewed(host) {
  const product = host.getAttribute("product");
  if (!product || !host.getAttribute("key") || host.getAttribute("view") === "none" || viewed.has(product)) return;
  viewed.add(product);
  window.LookUs.view?.({ product, of: host });
}
