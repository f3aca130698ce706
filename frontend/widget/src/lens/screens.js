import { h } from "../dom.js";
import { mayRetry, problemView, wordsOf } from "./problems.js";
import { garmentNotes } from "./seen.js";
import { emptyStage, ghostGrid, ghostWays, photoStage, progressSteps } from "./views.js";

/** Cards that are promised while a first answer is on its way. */
const GHOSTS = 6;

/**
 * Draws each state of the lens into its shell; what stands in the places of the parts is theirs.
 * `on` has another (begin anew), stop (give up what is on the way), retry, dismiss and, in a sheet, close.
 */
export class Screens {
  /** Where the parts draw; kept while another photo is looked for. `sketch`: a drawing is searched with. */
  places = null;
  /** The screen while one waits for a first answer. @type {HTMLElement | null} */
  waiting = null;

  #ui;
  #session;
  #on;
  #another;
  #told = "";

  constructor({ ui, session, on }) {
    this.#ui = ui;
    this.#session = session;
    this.#on = on;
  }

  get #t() {
    return this.#session.t;
  }

  /** Tells a screen reader, politely. */
  say(text) {
    this.#ui.status.textContent = text;
  }

  /** The first screen is on its way. */
  opening() {
    this.#show({ title: this.#t("first.title"), first: true, line: false }, ghostWays());
  }

  /** The first screen. Returns its place. */
  ways() {
    this.say("");
    const place = h("div", {});
    this.#show({ title: this.#t("first.title"), first: true }, place);
    return place;
  }

  /** The photo (null while it is read) or words on one side, ghosts of results on the other; returns the progress words. */
  looking(query) {
    const t = this.#t;
    const steps = progressSteps(t, this.#on.stop);
    const stage = query && !query.photo ? null : query ? photoStage(t, query.photo) : emptyStage();
    stage?.firstChild.append(h("div", { class: "glow" }));
    this.waiting = h("div", { class: stage ? "split" : "whole" },
      h("div", { class: "query" }, stage, steps.node),
      h("div", { "aria-busy": "true" }, ghostGrid(GHOSTS)));
    this.#show({ title: t("lens.looking"), line: true }, this.waiting);
    this.say(t("lens.looking"));
    return steps;
  }

  /** The pad and what stands beside it, in sight; its places. */
  pad() {
    const fresh = !this.places?.sketch;
    if (fresh) this.places = this.#placesOf(true);
    this.#hasPicture(true);
    if (!this.places.node.isConnected) this.#show({ title: this.#t("sketch.title"), back: "sketch.leave" }, this.places.node);
    if (fresh) this.padEmpty();
    return this.places;
  }

  /** Nothing is drawn: nothing can be found. */
  padEmpty() {
    this.#ui.title.textContent = this.#t("sketch.title");
    this.places.word.replaceChildren();
    this.places.results.hidden = true;
    this.#told = "";
  }

  #placesOf(sketch) {
    const [stage, beside, results, word, seen] = Array.from({ length: 5 }, () => h("div", {}));
    this.#another = h("button", { class: "act plain", part: "action", type: "button", onclick: this.#on.another }, this.#t("lens.another"));
    if (!sketch) stage.className = "crop";
    const left = h("div", { class: "query" }, stage, !sketch && h("div", { class: "under" }, seen, this.#another));
    const node = h("div", {}, left, h("div", { class: "told" }, sketch && beside, word, results));
    return { sketch, stage, beside, seen, results, word, left, node };
  }

  /** The places of an answer, the same until `clear()`. */
  answer() {
    const t = this.#t;
    this.places ||= this.#placesOf(Boolean(this.#session.query.sketch));
    this.#hasPicture();
    this.#calm();
    const { answer } = this.#session;
    const { found, garments = [], selected = 0 } = answer.query;
    const garment = found && garments[selected];
    this.places.seen.replaceChildren(...(garment ? [garmentNotes(t, garment)] : []));
    const count = answer.found ?? answer.results.length;
    const title = count ? t(count === 1 ? "lens.countOne" : "lens.count", { count }) : t("lens.none");
    if (this.places.node.isConnected) this.#ui.title.textContent = title;
    else this.#show({ title, back: this.places.sketch ? "sketch.leave" : undefined }, this.places.node);
    return this.places;
  }

  /** Says what came, once it is drawn; of a narrower search the results themselves do. */
  told() {
    const t = this.#t;
    const { answer, query } = this.#session;
    const { found, garments = [], selected = 0, image_id } = answer.query;
    const source = JSON.stringify([image_id, query.product_id, query.box, query.object, query.image_url]);
    if (source === this.#told) return;
    this.#told = source;
    const count = answer.found ?? answer.results.length;
    const label = found ? garments[selected]?.category?.label : "";
    if (!count) this.say(t("lens.nothingSaid"));
    else this.say([t(count === 1 ? "lens.countSaidOne" : "lens.countSaid", { count }), label && label + "."].filter(Boolean).join(" "));
  }

  /** What is on the screen is being asked for with a change. */
  lookingAgain() {
    this.#calm();
    if (this.#session.answer) return;
    this.places.results.hidden = true;
    this.places.word.replaceChildren(ghostGrid(GHOSTS));
  }

  /** It takes so long that it has to be said. */
  stillLooking() {
    this.#ui.title.textContent = this.#t("lens.looking");
    this.say(this.#t("lens.looking"));
  }

  /** Says a problem beside what there is to go on with; returns the button of the main way on. */
  problem(problem) {
    const t = this.#t;
    const { photo } = this.#session.query;
    const { retry, another, close, dismiss } = this.#on;
    const stands = this.places?.node.isConnected;
    const sketch = stands && this.places.sketch;
    // Without the first screen there is nowhere else to go.
    const lost = problem.isPart && !this.#session.answer;
    const word = problemView(t, problem, { sketch, retry, another: lost ? null : another, close, back: this.places && this.#session.answer && dismiss });
    if (stands) {
      this.#ui.title.textContent = t("lens.title");
      this.places.results.hidden = true;
      this.#another.hidden = true;
      this.places.word.replaceChildren(word);
    } else if (photo && mayRetry(problem)) {
      this.#show({ title: t("lens.yourPhoto") }, h("div", { class: "split" }, h("div", { class: "query" }, photoStage(t, photo)), word));
    } else this.#show({ title: t("first.title"), first: lost, small: true, line: false }, word);
    this.say(wordsOf(t, problem, sketch).join(". "));
    return word.querySelector(".act");
  }

  /** The parts' places go with them. */
  clear() {
    this.places = null;
    this.#told = "";
  }

  #calm() {
    const { word, results } = this.places;
    word.replaceChildren();
    results.hidden = false;
    this.#another.hidden = false;
  }

  /** Words alone have no picture to stand beside. */
  #hasPicture(drawing = false) {
    const { query } = this.#session;
    const has = drawing || Boolean(query.photo || query.sketch || query.image_url || query.image_id);
    this.places.left.hidden = this.places.beside.hidden = !has;
    this.places.node.className = has ? "split" : "whole";
    this.places.node.classList.toggle("pad-split", has && this.places.sketch);
  }

  /** Swaps the body; a focus that would be lost goes to the title, which then says where one is. */
  #show({ title, first = false, small = first, line = first, back: name = "lens.another" }, ...nodes) {
    const { body, back, head, foot, dialog } = this.#ui;
    const held = body.contains(body.getRootNode().activeElement);
    this.#ui.title.textContent = title;
    back.hidden = first;
    back.setAttribute("aria-label", this.#t(name));
    foot.hidden = !line;
    head.classList.toggle("deep", !first);
    dialog?.classList.toggle("wide", !small);
    body.replaceChildren(...nodes);
    body.scrollTop = 0;
    if (held) this.#ui.title.focus({ preventScroll: true });
  }
}
