import { LookusError } from "../../../../clients/javascript/src/errors.js";
import { Access } from "./access.js";
import { asProblem } from "./problems.js";
import { merged, paramsOf, subjectOf } from "./query.js";

/** The API no longer knows the photo by its name, or has not looked at this part of it. */
const PHOTO_NEEDED = new Set(["image_expired", "photo_needed"]);

/** A drawing as the API takes it. */
const drawn = ({ blob, colors, category }) => ({ sketch: blob, colors, category });

/** True where the shopper told the shop so; undefined is left out. */
export const mayKeepPhotos = () => globalThis.LookUs?.consented?.photos === true || undefined;

/**
 * One search and how it goes on: what is asked, what was answered, what went wrong. An EventTarget that
 * tells
 *
 * | event | fields | when |
 * |---|---|---|
 * | `reading` | `name` | a photo is being made small |
 * | `ask` | `first` | a question goes out; `first`: a new one, not a change of the one before |
 * | `progress` | `part` | 0 to 1 of the photo has been sent |
 * | `seen` | `seen` | what is in the photo, as `answer.query`: its products are still looked up |
 * | `answer` | `first` | `answer` has come, or was put back |
 * | `more` | `results` | the next page has come; it is in `answer.results` too |
 * | `problem` | `problem` | LookusError; `retry()` asks the same again |
 * | `reset` | – | back at the first screen |
 * | `draw` | `sku` | a product's lines are to be drawn over |
 * | `say` | `text` | for a screen reader, politely |
 */
export class Session extends Access {
  /** What is asked, by the API's names; `photo` is {blob, canvas, width, height}, `sketch` {blob, colors, category, strokes}. @type {Record<string, any>} */
  query = { filters: {} };
  /** The API's last reply. @type {any} */
  answer = null;
  /** @type {LookusError | null} */
  problem = null;
  /** Who asks, for tests of two orders: set by the part "events" where the shopper agreed. @type {string | undefined} */
  visitor;

  #control = null;
  #again = null;
  #first = false;
  #seen = null;
  #coming = null;
  /** @type {{query: Record<string, any>, answer: any} | null} */
  #answered = null;
  /** Photo, its address or a drawing to the name that the API gave it. @type {Map<any, string>} */
  #names = new Map();

  /** Whether something is being read or asked. */
  get busy() {
    return Boolean(this.#control);
  }

  /**
   * Searches with what was handed over: a File or Blob, or {file}, {address} of a photo, {words}.
   * @param {Blob | {file?: Blob, address?: string, words?: string}} given
   */
  async take(given) {
    const { file, address, words } = given instanceof Blob ? { file: given } : given;
    if (!file) return this.ask(address ? { image_url: address } : { text: words }, { keep: "nothing" });
    const { signal } = this.#begin(() => this.take(file));
    this.#tell("reading", { name: file.name || "", size: file.size });
    try {
      const { preparePhoto } = await this.part("ways");
      const photo = await preparePhoto(file);
      if (!signal.aborted) return this.ask({ photo }, { keep: "nothing" });
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
  }

  /**
   * Changes the question and asks it; a request before it is given up. `undefined` takes a key away.
   * @param {Record<string, any>} [change]
   * @param {{keep?: "photo" | "nothing"}} [options] "photo" goes on with the question before, "nothing"
   *   begins a new one
   */
  async ask(change = {}, { keep = "photo" } = {}) {
    // Another garment of a photo whose products have not come is still that first question.
    const first = keep === "nothing" || !this.answer || (this.busy && this.#first);
    const { signal } = this.#begin(() => this.#ask(first));
    this.query = merged(this.query, change, keep);
    if (keep === "nothing") this.emit("search", { by: subjectOf(this.query), size: (this.query.photo || this.query.sketch)?.blob.size || 0 });
    await this.#ask(first, signal);
  }

  /**
   * The next page; [] where there is none, or where another question was asked meanwhile. Rejects with
   * LookusError: what is on the screen stays, and `more()` may be called again.
   */
  more() {
    this.#coming ||= this.#nextPage().finally(() => (this.#coming = null));
    return this.#coming;
  }

  /** Asks again what failed. The photo is still here. */
  retry() {
    return this.#again?.();
  }

  /** The last answer counts again, after a problem or instead of what is on the way. */
  dismiss() {
    if (this.#answered) this.restore(this.#answered);
    else this.reset();
  }

  /** Puts back a search that was answered before. @param {{query: Record<string, any>, answer: any}} kept */
  restore({ query, answer }) {
    this.stop();
    this.#again = this.problem = null;
    this.#answer(query, answer, false);
  }

  /** Gives up what is on the way. */
  stop() {
    this.#control?.abort();
    this.#control = null;
  }

  /** Back to the first screen: nothing of the search is kept. */
  reset() {
    this.stop();
    this.#again = this.problem = this.answer = this.#answered = this.#seen = null;
    this.query = { filters: {} };
    this.#names.clear();
    this.#tell("reset");
  }

  /** Lets a shopper draw on from a product's lines. @param {string} sku */
  draw(sku) {
    this.#tell("draw", { sku });
  }

  /** For a screen reader. */
  say(text) {
    this.#tell("say", { text });
  }

  #tell(name, fields = {}) {
    this.dispatchEvent(Object.assign(new Event(name), fields));
  }

  #begin(again) {
    this.stop();
    this.#again = again;
    this.problem = null;
    this.#control = new AbortController();
    return this.#control;
  }

  async #ask(first, signal = this.#begin(() => this.#ask(first)).signal) {
    this.#first = first;
    this.#tell("ask", { first });
    try {
      const answer = await this.#search(signal);
      if (!signal.aborted) this.#take(answer, first);
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
  }

  /**
   * A photo is looked at first, so that what is in it can be shown while its products are looked up by its
   * name. The photo itself goes again only where the name is not enough.
   */
  async #search(signal) {
    if (!navigator.onLine) throw new LookusError("offline");
    const { photo, sketch, image_url, box } = this.query;
    const params = { ...paramsOf(this.query), limit: this.limit, facets: "all", visitor: this.visitor };
    const picture = photo ? { image: photo.blob, consent: mayKeepPhotos() } : sketch && drawn(sketch);
    const onprogress = photo && ((part) => signal.aborted || this.#tell("progress", { part }));
    const send = (limit) => this.client.search({ ...params, ...picture, limit }, { signal, onprogress });
    const subject = photo || sketch || image_url;
    if ((photo || image_url) && !box && !this.#names.has(subject)) {
      this.#seen = (await send(0)).query;
      this.#names.set(subject, this.#seen.image_id);
    }
    const name = this.#names.get(subject);
    if (!name) return send(this.limit);
    if (this.#seen?.image_id === name && !signal.aborted) this.#tell("seen", { seen: this.#seen });
    try {
      return await this.client.search({ ...params, image_url: undefined, image_id: name }, { signal });
    } catch (error) {
      if (!PHOTO_NEEDED.has(error.code)) throw error;
      return send(this.limit);
    }
  }

  #take(answer, first) {
    this.#control = this.#again = null;
    this.#answer(this.query, answer, first);
    const { search_id, total, results, query } = answer;
    this.emit("results", { search_id, total, results, query });
  }

  #answer(query, answer, first) {
    const subject = query.photo || query.sketch || query.image_url;
    if (subject && answer.query.image_id) this.#names.set(subject, answer.query.image_id);
    Object.assign(this, { query, answer });
    this.#answered = { query, answer };
    this.#tell("answer", { first });
  }

  async #nextPage() {
    const { answer } = this;
    if (!answer?.next_cursor) return [];
    const page = await this.client.more(answer.next_cursor, { limit: this.limit });
    if (this.answer !== answer) return [];
    answer.results.push(...page.results);
    answer.next_cursor = page.next_cursor;
    this.#tell("more", { results: page.results });
    return page.results;
  }

  #fail(error) {
    this.#control = null;
    this.problem = asProblem(error);
    this.#tell("problem", { problem: this.problem });
    const { code, status, detail, requestId } = this.problem;
    this.emit("error", { code, status, detail, request_id: requestId });
  }
}
