import { arrival } from "../results/arrive.js";
import { Lens } from "./lens.js";

/**
 * `<lookus-lens>`: a button that opens a sheet, or a panel in the page. Everything else is in Lens, which is
 * built anew when the language or the mode changes.
 */
export class LookusLens extends HTMLElement {
  static observedAttributes = ["lang", "mode", "words"];

  #root;
  #lens = null;
  #arrived = false;

  connectedCallback() {
    this.#root ||= this.attachShadow({ mode: "open" });
    this.#build();
    // Once: an element that the page puts elsewhere has gone on already.
    const left = !this.#arrived && arrival(this);
    this.#arrived = true;
    if (left) this.#lens.resume(left);
  }

  disconnectedCallback() {
    this.#lens?.end();
    this.#lens = null;
  }

  attributeChangedCallback(_name, before, now) {
    if (!this.#lens || before === now) return;
    this.#lens.end();
    this.#build();
  }

  /** The search of this lens: what is asked and answered; null while the element stands in no page. */
  get session() {
    return this.#lens?.session ?? null;
  }

  /** Opens the sheet, or brings the panel into view. */
  open() {
    this.#lens?.open();
  }

  /** Closes the sheet; a search under way is given up. */
  close() {
    this.#lens?.close();
  }

  /** Back to the first screen. */
  reset() {
    this.#lens?.session.reset();
  }

  /** Searches with a photo (File or Blob), as if the shopper had chosen it. */
  async search(file) {
    await this.#lens?.after((session) => session.take(file));
  }

  /** Searches with what the API takes: `{text}`, `{product_id}`, `{image_url}`, `{image_id}`, and filters beside it. */
  async find(query) {
    await this.#lens?.after((session) => session.ask(query, { keep: "nothing" }));
  }

  #build() {
    this.#lens = new Lens(this, this.#root);
  }
}
