import { LookusClient } from "../../../../clients/javascript/src/index.js";
import { LookusError } from "../../../../clients/javascript/src/errors.js";
import { firstWords, ours, wordsFor } from "../words/index.js";
import { hasPart, loadPart } from "./parts.js";

const DEFAULT_TIMEOUT_S = 20;
const DEFAULT_LIMIT = 12;
const MAX_LIMIT = 48;

/**
 * What an element of ours says of itself by its attributes, and what follows from that: the client of
 * the API, the words, the events. Attributes are read when they are needed, so a page may set them at
 * any time.
 */
export class Access extends EventTarget {
  #client;
  #asked = "";
  #t;

  /** @param {HTMLElement} host the element */
  constructor(host) {
    super();
    this.host = host;
  }

  /** The reader's language, as `ko` or `pt-BR`. */
  get lang() {
    return this.host.getAttribute("lang") || this.host.closest("[lang]")?.lang || document.documentElement.lang || navigator.language;
  }

  /** The language of what the API says. */
  get spoken() {
    return ours(this.lang);
  }

  /** Results on a page. */
  get limit() {
    const limit = Number.parseInt(this.host.getAttribute("limit"), 10);
    return limit >= 1 && limit <= MAX_LIMIT ? limit : DEFAULT_LIMIT;
  }

  /** Throws LookusError `no_key` where the element has none. */
  get client() {
    const key = this.host.getAttribute("key");
    if (!key) throw new LookusError("no_key", { detail: 'the attribute key="pk_…" is missing' });
    const given = this.host.getAttribute("endpoint");
    const endpoint = new URL(given || "../api/v1/", given ? document.baseURI : import.meta.url).href;
    const timeout = 1000 * (Number(this.host.getAttribute("timeout")) || DEFAULT_TIMEOUT_S);
    const settings = { key, endpoint, timeout, lang: this.spoken };
    const asked = JSON.stringify(settings);
    if (asked !== this.#asked) this.#client = new LookusClient(settings);
    this.#asked = asked;
    return this.#client;
  }

  /** Says a key of src/words; before `speak()` only those that begin with "first.". */
  get t() {
    return this.#t || firstWords(this.lang);
  }

  /** Loads the words. */
  async speak() {
    this.#t = await wordsFor(this.lang, this.host.getAttribute("words"));
    return this.#t;
  }

  /** A part of the widget, as `part("crop")`; null where this build has none of the name. */
  async part(name) {
    return hasPart(name) ? loadPart(name) : null;
  }

  hasPart(name) {
    return hasPart(name);
  }

  /** Sends `lookus:<name>` from the element; false when the page prevented it. */
  emit(name, detail = {}, cancelable = false) {
    return this.host.dispatchEvent(new CustomEvent("lookus:" + name, { detail, cancelable, bubbles: true, composed: true }));
  }
}
