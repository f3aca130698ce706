import { LensError, searchPhoto, sendEvent } from "./client.js";
import { h } from "./dom.js";
import { pictureOf, preparePhoto } from "./picture.js";
import { asProblem, holdRetry, mayRetry, problemView, wordsOf } from "./problems.js";
import { buildShell } from "./shell.js";
import { fill, stringsFor } from "./strings.js";
import { sheet } from "./styles.js";
import * as views from "./views.js";

const SLOW_AFTER_MS = 8000;

class LookusLens extends HTMLElement {
  static observedAttributes = ["lang", "mode"];

  #root;
  #ui;
  #life;
  #control;
  #timers = [];
  #photo;
  #query;
  #selected = 0;
  #answers = new Map();
  #moveMark;
  #problem;
  #again;

  connectedCallback() {
    this.#root ||= this.attachShadow({ mode: "open" });
    this.#root.adoptedStyleSheets = [sheet];
    this.#build();
    this.#life = new AbortController();
    const { signal } = this.#life;
    document.addEventListener("paste", (event) => this.#pasted(event), { signal });
    window.addEventListener("online", () => this.#problem?.code === "offline" && this.#again(), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
    this.#stop();
  }

  attributeChangedCallback(name, before, now) {
    if (!this.#ui || !this.isConnected || before === now) return;
    this.#stop();
    this.#build();
  }

  /** Opens the sheet, or brings the panel into view. */
  open() {
    const { dialog } = this.#ui;
    if (!dialog) this.scrollIntoView({ block: "nearest" });
    else if (!dialog.open) {
      dialog.showModal();
      this.#emit("open");
    }
    this.#focusFirst();
  }

  /** Closes the sheet; a search under way is given up. */
  close() {
    this.#ui.dialog?.close();
  }

  /** Back to the first screen. */
  reset() {
    this.#stop();
    this.#photo = this.#query = null;
    this.#showWays();
    this.#emit("reset");
  }

  /** Searches with a photo (File or Blob), as if the shopper had chosen it. */
  async search(file) {
    this.#stop();
    const { signal } = (this.#control = new AbortController());
    this.#photo = this.#query = null;
    this.#answers.clear();
    if (this.#ui.dialog && !this.#ui.dialog.open) this.open();
    this.#emit("search", { name: file.name || "", size: file.size });
    this.#showLooking().say(this.#t.preparing, 0.05);
    try {
      if (!this.getAttribute("key")) throw new LensError("no_key", { detail: 'the attribute key="pk_…" is missing' });
      const photo = await preparePhoto(file);
      if (signal.aborted) return;
      this.#photo = photo;
    } catch (error) {
      if (!signal.aborted) this.#showProblem(error, () => this.search(file));
      return;
    }
    await this.#ask(0);
  }

  get #t() {
    return stringsFor(this.#lang);
  }

  get #lang() {
    const tag = this.getAttribute("lang") || this.closest("[lang]")?.lang || navigator.language;
    return /^ko\b/i.test(tag) ? "ko" : "en";
  }

  /** Where a call goes to and as whom. */
  get #access() {
    const endpoint = this.getAttribute("endpoint");
    const base = endpoint ? new URL(endpoint, document.baseURI) : new URL("../api/v1/", import.meta.url);
    return { base: base.href.replace(/\/*$/, "/"), key: this.getAttribute("key") };
  }

  get #limit() {
    const limit = Number.parseInt(this.getAttribute("limit"), 10);
    return limit >= 1 && limit <= 48 ? limit : 6;
  }

  #emit(name, detail = {}, cancelable = false) {
    return this.dispatchEvent(new CustomEvent("lookus:" + name, { detail, cancelable, bubbles: true, composed: true }));
  }

  #stop() {
    this.#control?.abort();
    this.#control = this.#problem = null;
    this.#timers.splice(0).forEach(clearTimeout);
  }

  #build() {
    this.#ui = buildShell({
      t: this.#t,
      lang: this.#lang,
      panel: this.getAttribute("mode") === "panel",
      on: {
        open: () => this.open(),
        close: () => this.close(),
        closed: () => this.#closed(),
        back: () => this.#backToWays(),
        photo: (file) => this.search(file),
      },
    });
    this.#root.replaceChildren(this.#ui.root);
    this.#showWays();
  }

  #closed() {
    if (this.#control || !this.#query) this.reset();
    this.#emit("close");
  }

  #backToWays() {
    this.reset();
    this.#focusFirst();
  }

  #focusFirst() {
    const ways = [...this.#ui.body.querySelectorAll(".pick, .touch .main")].filter((node) => node.getClientRects().length);
    (ways.pop() || this.#ui.title).focus({ preventScroll: true });
  }

  #pasted(event) {
    const mine = this.#ui.dialog ? this.#ui.dialog.open : this.matches(":hover, :focus-within");
    const file = mine && pictureOf(event.clipboardData);
    if (!file) return;
    event.preventDefault();
    this.search(file);
  }

  #say(text) {
    this.#ui.status.textContent = text;
  }

  /** Swaps the body; a focus that would be lost goes to the title, which then says where one is. */
  #show({ title, first = false, small = first, line = first }, ...nodes) {
    const { body, back, head, foot, dialog } = this.#ui;
    const held = body.contains(this.#root.activeElement);
    this.#ui.title.textContent = title;
    back.hidden = first;
    foot.hidden = !line;
    head.classList.toggle("deep", !first);
    dialog?.classList.toggle("wide", !small);
    body.replaceChildren(...nodes);
    body.scrollTop = 0;
    if (held) this.#ui.title.focus({ preventScroll: true });
  }

  #showWays() {
    this.#say("");
    this.#show({ title: this.#t.title, first: true }, views.waysIn(this.#t, {
      onchoose: () => this.#ui.file.click(),
      oncamera: () => this.#ui.camera.click(),
    }));
  }

  /** The photo on one side, ghosts of results on the other; returns the progress words. */
  #showLooking() {
    const t = this.#t;
    const steps = views.progressSteps(t, () => this.#backToWays());
    const stage = this.#photo ? views.photoStage(t, this.#photo) : views.emptyStage();
    stage.firstChild.append(h("div", { class: "glow" }));
    this.#show({ title: t.looking, line: true }, h("div", { class: "split" },
      h("div", { class: "query" }, stage, steps.node),
      h("div", { "aria-busy": "true" }, views.ghostGrid(this.#limit))));
    this.#say(t.looking);
    return steps;
  }

  /** Searches for garment `index` of the photo; before the first answer that is the photo itself. */
  async #ask(index) {
    this.#stop();
    const { signal } = (this.#control = new AbortController());
    const first = !this.#query;
    this.#selected = index;
    const steps = first ? this.#showLooking() : this.#showSearchingAgain();
    try {
      if (!navigator.onLine) throw new LensError("offline");
      const answer = await searchPhoto({
        ...this.#access,
        blob: this.#photo.blob,
        box: first ? null : this.#query.garments[index].box,
        limit: this.#limit,
        lang: this.#lang,
        signal,
        timeout: 1000 * (Number(this.getAttribute("timeout")) || 20),
        onprogress: (part) => this.#tellProgress(steps, part),
      });
      this.#stop();
      this.#take(answer, first);
    } catch (error) {
      if (!signal.aborted) this.#showProblem(error, () => this.#ask(index));
    }
  }

  #tellProgress(steps, part) {
    const t = this.#t;
    if (part < 1) return steps.say(fill(t.sending, { percent: Math.round(100 * part) }), 0.05 + 0.5 * part);
    steps.say(t.working, 0.92, true);
    this.#timers.push(setTimeout(() => {
      steps.say(t.slow, 0.96, true);
      this.#say(t.slow);
    }, SLOW_AFTER_MS));
  }

  #take(answer, first) {
    const { search_id, total, results, query } = answer;
    if (first) {
      this.#query = { ...query, garments: query.garments || [] };
      this.#selected = query.selected || 0;
    }
    this.#answers.set(this.#selected, answer);
    if (first || !this.#ui.results?.isConnected) this.#showAnswer();
    else this.#fillResults();
    this.#emit("results", { search_id, total, results, query });
  }

  #pick(index) {
    if (index === this.#selected && this.#answers.has(index)) return;
    if (!this.#answers.has(index)) {
      this.#ask(index);
      return;
    }
    this.#stop();
    this.#selected = index;
    this.#fillResults();
  }

  #showAnswer() {
    const t = this.#t;
    const { garments, width, height, found } = this.#query;
    const stage = views.photoStage(t, this.#photo);
    this.#moveMark = found && garments.length
      ? views.layGarments(t, stage, { garments, width, height }, (index) => this.#pick(index))
      : () => {};
    this.#ui.about = h("div", {});
    this.#ui.results = h("div", {});
    this.#ui.another = h("button", { class: "act plain", part: "action", type: "button", onclick: () => this.#backToWays() }, t.another);
    this.#show({ title: t.yourPhoto }, h("div", { class: "split" },
      h("div", { class: "query" }, stage, h("div", { class: "under" }, this.#ui.about, this.#ui.another)),
      this.#ui.results));
    this.#fillResults();
  }

  #fillAbout() {
    const { garments, found } = this.#query;
    this.#moveMark(this.#selected);
    const garment = found && garments[this.#selected];
    this.#ui.about.replaceChildren(...(garment ? [views.garmentNotes(this.#t, garment, garments.length > 1)] : []));
  }

  #showSearchingAgain() {
    const { title, results } = this.#ui;
    this.#fillAbout();
    title.textContent = this.#t.looking;
    this.#say(this.#t.looking);
    results.setAttribute("aria-busy", "true");
    results.replaceChildren(views.ghostGrid(this.#limit));
    return { say() {} };
  }

  #fillResults() {
    const t = this.#t;
    const { title, results } = this.#ui;
    const { found, garments } = this.#query;
    const products = this.#answers.get(this.#selected).results;
    const count = products.length;
    this.#fillAbout();
    title.textContent = count ? fill(count === 1 ? t.countOne : t.count, { count }) : t.yourPhoto;
    const label = found ? views.garmentLabel(t, garments[this.#selected]) : t.noGarment;
    this.#say(count ? fill(t.countSaid, { count, label }) : t.nothing + ". " + t.nothingHint);
    results.removeAttribute("aria-busy");
    this.#ui.another.hidden = !count;
    if (!count) results.replaceChildren(views.nothingView(t, () => this.#backToWays()));
    else results.replaceChildren(...(found ? [] : [views.note(t.noGarment, t.noGarmentHint)]),
      views.resultGrid(t, products, (event, product, position) => this.#chose(event, product, position)));
  }

  /** `position` is counted from 1. */
  #chose(event, product, position) {
    const { search_id } = this.#answers.get(this.#selected);
    sendEvent({ ...this.#access, event: { search_id, type: "click", product_id: product.product_id, position } });
    if (!this.#emit("select", { search_id, product, position }, true)) event.preventDefault();
  }

  #showProblem(error, again) {
    const t = this.#t;
    const problem = asProblem(error);
    this.#stop();
    this.#problem = problem;
    this.#again = again;
    const word = problemView(t, problem, {
      retry: () => this.#again(),
      another: () => this.#backToWays(),
      close: this.#ui.dialog && (() => this.close()),
    });
    if (this.#query && this.#ui.results.isConnected) {
      this.#ui.title.textContent = t.yourPhoto;
      this.#ui.another.hidden = true;
      this.#ui.results.removeAttribute("aria-busy");
      this.#ui.results.replaceChildren(word);
    } else if (this.#photo && mayRetry(problem)) {
      this.#show({ title: t.yourPhoto }, h("div", { class: "split" }, h("div", { class: "query" }, views.photoStage(t, this.#photo)), word));
    } else this.#show({ title: t.title, small: true }, word);
    const held = holdRetry(t, word.querySelector(".act"), problem.retryAfter);
    if (held) this.#timers.push(held);
    this.#say(wordsOf(t, problem).join(". "));
    const { code, status, detail, requestId } = problem;
    this.#emit("error", { code, status, detail, request_id: requestId });
  }
}

if (!customElements.get("lookus-lens")) customElements.define("lookus-lens", LookusLens);
