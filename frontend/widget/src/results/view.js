import { keeper } from "./keep.js";
import { scrollerOf } from "./nodes.js";
import { asText, reordered } from "./refine.js";

/**
 * What all pieces of the results share: the session, what a shopper said and chose, and the ways to act.
 * It holds no page; `parts` are put in by `mount`.
 */
export class View {
  /** The shopper's own words, without what "but…" added. */
  own = "";
  /** @type {Map<string, {value: string, label: string}>} by kind */
  but = new Map();
  /** All pages so far, as they stand. @type {any[]} */
  results = [];
  /** The product that was opened last, to come back to. */
  last = "";

  constructor({ host, session, life, parts }) {
    this.host = host;
    this.session = session;
    this.signal = life;
    this.parts = parts;
    this.t = session.t;
    this.lang = session.lang;
    this.keep = keeper(session.host);
  }

  /** Tells a screen reader, politely. @param {string} text */
  say(text) {
    this.session.say(text);
  }

  /** Tells the page: `lookus:<name>`. False where the page prevented it. */
  emit(name, detail, cancelable = false) {
    return this.session.emit(name, detail, cancelable);
  }

  /** Asks the same search with a change; undefined takes a key away. */
  ask(change) {
    return this.session.ask(change);
  }

  askWords() {
    this.ask({ text: asText(this.own, this.but) });
  }

  dropWords() {
    this.own = "";
    this.but.clear();
    this.ask({ text: undefined, words_off: undefined });
  }

  dropOwn() {
    this.own = "";
    this.askWords();
  }

  /** Words that stand for themselves, beside no photo and no product. */
  get isWordsAlone() {
    const { product_id, image_id, photo, sketch, image_url } = this.session.query;
    return !(product_id || image_id || photo || sketch || image_url);
  }

  words() {
    return { own: this.own, but: new Map(this.but) };
  }

  takeWords({ own, but }) {
    this.own = own;
    this.but = new Map(but);
  }

  /** Words that others asked with are the shopper's own. */
  readWords() {
    const { text = "" } = this.session.query;
    if ((asText(this.own, this.but) || "") === text) return;
    this.own = text;
    this.but.clear();
  }

  /** Whether there is a garment to be like, so that shape, colour and pattern mean something. */
  hasShape() {
    return Boolean(this.session.answer?.query?.garments?.length);
  }

  get currency() {
    return this.results.map((one) => one.price?.currency).find(Boolean) || "KRW";
  }

  like(product) {
    this.parts.trail.go(product);
  }

  /** Whether this build has a pad: what was found can be drawn on. */
  get mayDraw() {
    return this.session.hasPart("sketch");
  }

  draw(product) {
    this.session.draw(product.product_id);
  }

  another() {
    this.session.reset();
  }

  closeShelf() {
    this.parts.bar.close();
  }

  showWishes() {
    this.parts.showWishes();
  }

  firstStop() {
    return this.parts.bar.node.querySelector("button[tabindex='0'], select");
  }

  /** What is here, in the order that these weights would give, until the API has answered. */
  reorder(weights) {
    if (this.session.query.sort) return;
    this.results = reordered(this.results, weights);
    this.parts.drawGrid();
  }

  /** A product was clicked; `position` is counted from 1. */
  select(event, product, position) {
    this.last = product.product_id;
    const detail = { search_id: this.session.answer.search_id, product, position };
    if (!this.emit("select", detail, true)) event.preventDefault();
  }

  item(id) {
    return [...this.parts.grid.children].find((node) => node.dataset.key === id);
  }

  focusItem(at) {
    this.parts.grid.children[at]?.querySelector("a")?.focus({ preventScroll: true });
  }

  focusProduct(id, selector) {
    this.item(id)?.querySelector(selector)?.focus({ preventScroll: true });
  }

  get scroller() {
    return scrollerOf(this.host) || document.scrollingElement;
  }

  /** How far below the upper edge of what scrolls a node stands, px. */
  offset(node) {
    const box = scrollerOf(this.host);
    return node.getBoundingClientRect().top - (box ? box.getBoundingClientRect().top : 0);
  }

  top() {
    return this.scroller.scrollTop;
  }

  scrollTo(top) {
    this.scroller.scrollTop = top;
  }
}
