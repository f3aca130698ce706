import { LensError, searchPhoto, sendEvent } from "./client.js";
import { pictureOf, preparePhoto } from "../ways/picture.js";
import { asProblem, holdRetry } from "./problems.js";
import { Screens } from "./screens.js";
import { buildShell } from "./shell.js";
import { sheet } from "./styles.js";
import { translator } from "../words/index.js";
import en from "../words/en.json";
import ko from "../words/ko.json";

const T = { en: translator(en), ko: translator(ko, en) };

const SLOW_AFTER_MS = 8000;

class LookusLens extends HTMLElement {
  static observedAttributes = ["lang", "mode"];

  #root;
  #ui;
  #screens;
  #life;
  #control;
  #timers = [];
  #photo = null;
  #query = null;
  #selected = 0;
  #answers = new Map();
  #problem = null;
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
    this.#screens.ways();
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
    this.#screens.looking(null).say(this.#t("lens.preparing"), 0.05);
    try {
      if (!this.getAttribute("key")) throw new LensError("no_key", { detail: 'the attribute key="pk_…" is missing' });
      const photo = await preparePhoto(file);
      if (signal.aborted) return;
      this.#photo = photo;
    } catch (error) {
      if (!signal.aborted) this.#fail(error, () => this.search(file));
      return;
    }
    await this.#ask(0);
  }

  get #t() {
    return T[this.#lang];
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
    const panel = this.getAttribute("mode") === "panel";
    const close = () => this.close();
    const another = () => this.#backToWays();
    const ui = (this.#ui = buildShell({
      t: this.#t,
      lang: this.#lang,
      panel,
      on: { open: () => this.open(), close, closed: () => this.#closed(), back: another, photo: (file) => this.search(file) },
    }));
    this.#screens = new Screens({
      ui,
      t: this.#t,
      limit: () => this.#limit,
      on: {
        choose: () => ui.file.click(),
        camera: () => ui.camera.click(),
        another,
        retry: () => this.#again(),
        close: panel ? null : close,
        pick: (index) => this.#pick(index),
        select: (event, product, position) => this.#select(event, product, position),
      },
    });
    this.#photo = this.#query = null;
    this.#root.replaceChildren(ui.root);
    this.#screens.ways();
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

  /** Searches for garment `index` of the photo; before the first answer that is the photo itself. */
  async #ask(index) {
    this.#stop();
    const { signal } = (this.#control = new AbortController());
    const first = !this.#query;
    this.#selected = index;
    const steps = first ? this.#screens.looking(this.#photo) : this.#screens.lookingAgain(this.#query, index);
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
      if (!signal.aborted) this.#fail(error, () => this.#ask(index));
    }
  }

  #tellProgress(steps, part) {
    const t = this.#t;
    if (part < 1) {
      steps?.say(t("lens.sending", { percent: Math.round(100 * part) }), 0.05 + 0.5 * part);
      return;
    }
    steps?.say(t("lens.working"), 0.92, true);
    this.#timers.push(setTimeout(() => {
      steps?.say(t("lens.slow"), 0.96, true);
      this.#screens.say(t("lens.slow"));
    }, SLOW_AFTER_MS));
  }

  #take(answer, first) {
    const { search_id, total, results, query } = answer;
    if (first) {
      this.#query = { ...query, garments: query.garments || [] };
      this.#selected = query.selected || 0;
      this.#screens.answer(this.#photo, this.#query);
    }
    this.#answers.set(this.#selected, answer);
    this.#screens.results(this.#query, this.#selected, results);
    this.#emit("results", { search_id, total, results, query });
  }

  #pick(index) {
    const answer = this.#answers.get(index);
    if (!answer) this.#ask(index);
    else if (index !== this.#selected) {
      this.#stop();
      this.#selected = index;
      this.#screens.results(this.#query, index, answer.results);
    }
  }

  /** `position` is counted from 1. */
  #select(event, product, position) {
    const { search_id } = this.#answers.get(this.#selected);
    sendEvent({ ...this.#access, event: { search_id, type: "click", product_id: product.product_id, position } });
    if (!this.#emit("select", { search_id, product, position }, true)) event.preventDefault();
  }

  #fail(error, again) {
    const problem = asProblem(error);
    this.#stop();
    this.#problem = problem;
    this.#again = again;
    const button = this.#screens.problem(problem, this.#photo, this.#query);
    const held = holdRetry(this.#t, button, problem.retryAfter);
    if (held) this.#timers.push(held);
    const { code, status, detail, requestId } = problem;
    this.#emit("error", { code, status, detail, request_id: requestId });
  }
}

if (!customElements.get("lookus-lens")) customElements.define("lookus-lens", LookusLens);
