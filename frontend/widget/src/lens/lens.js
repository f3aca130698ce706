import { Mounted } from "./mounted.js";
import { asProblem, holdRetry } from "./problems.js";
import { Screens } from "./screens.js";
import { Session } from "./session.js";
import { Sheet } from "./sheet.js";
import { buildShell } from "./shell.js";
import { Stages } from "./stages.js";
import { sheet } from "./styles.js";
import { takeTransfers } from "./transfers.js";
import { Waiting } from "./waiting.js";

/** A panel begins to load this far from the screen. */
const NEAR = "400px 0px";

/** The frame of one search: loads the parts when they are needed and gives each its place. */
export class Lens {
  #host;
  #ui;
  #sheet;
  #screens;
  #parts;
  #waiting;
  #stages;
  #life = new AbortController();
  /** The part "ways", and a promise of it and the words. */
  #ways = null;
  #ready = null;
  #drawn = null;
  /** What the button of a problem does; `lost`: parts of the widget itself did not come. */
  #again = null;
  #lost = false;

  /** @param {import("./element.js").LookusLens} host @param {ShadowRoot} root */
  constructor(host, root) {
    this.#host = host;
    const panel = host.getAttribute("mode") === "panel";
    const session = (this.session = new Session(host));
    const ui = (this.#ui = buildShell({ t: session.t, lang: session.lang, panel,
      on: { open: () => this.open(), close: () => this.close(), back: () => session.reset() } }));
    this.#sheet = ui.dialog && new Sheet(ui.dialog, { grips: [ui.grip, ui.head],
      onclosed: () => this.#closed(), mayStep: () => host.getAttribute("history") !== "none" });
    this.#screens = new Screens({ ui, session, on: {
      another: () => session.reset(),
      stop: () => (this.#screens.places ? session.dismiss() : session.reset()),
      retry: () => this.#again?.(),
      dismiss: () => session.dismiss(),
      close: panel ? null : () => this.close(),
    } });
    this.#parts = new Mounted(root, session, this.#life.signal);
    this.#waiting = new Waiting(session, (text) => this.#screens.say(text));
    this.#stages = new Stages({ session, screens: this.#screens, parts: this.#parts, onempty: () => this.#waiting.end() });
    root.adoptedStyleSheets = [sheet];
    root.replaceChildren(ui.root);
    this.#screens.opening();
    this.#listen();
    if (panel) this.#whenNear();
  }

  /** Leaves nothing behind: the element is taken away, or built anew. */
  end() {
    this.#life.abort();
    this.session.stop();
    this.#sheet?.drop();
    this.#waiting.end();
  }

  open() {
    this.#show();
    this.#begin(() => this.open()).then((ready) => ready && this.#focusFirst());
  }

  close() {
    this.#sheet?.close();
  }

  /** Opens, and acts once the first screen's part and the words are there. */
  async after(action) {
    this.#show();
    if (await this.#begin(() => this.after(action))) await action(this.session);
  }

  /** Goes on with a search that this page was left with, or that is in its address. */
  async resume(options) {
    const results = (await this.#begin(null)) && (await this.session.part("results").catch(() => null));
    if (!results || this.#life.signal.aborted) return;
    const shown = async () => {
      this.#show();
      await this.#drawn;
      return this.#parts.get("results");
    };
    if (await results.resume(this.session, shown, options)) this.#show();
  }

  #listen() {
    const { signal } = this.#life;
    const { session } = this;
    const on = (name, listener) => session.addEventListener(name, listener, { signal });
    on("reading", () => this.#looking(null));
    on("ask", ({ first }) => this.#asked(first));
    on("progress", ({ part }) => this.#waiting.sent(part));
    on("seen", ({ seen }) => this.#outline(seen));
    on("answer", () => (this.#drawn = this.#answered()));
    on("problem", ({ problem }) => this.#failed(problem, () => session.retry()));
    on("reset", () => this.#wasReset());
    on("draw", ({ sku }) => this.#draw(sku));
    on("say", ({ text }) => this.#screens.say(text));
    window.addEventListener("online", () => (this.#lost || session.problem?.code === "offline") && this.#again?.(), { signal });
    document.addEventListener("lookus:consent", () => this.#ways && this.#ui.dress(session.t), { signal });
    const take = (given) => this.after(() => session.take(given));
    takeTransfers({ ui: this.#ui, signal, isOpen: () => this.#isOpen, reader: () => this.#ways, take });
    // The finger is down: the click comes in about 100 ms.
    this.#ui.trigger?.addEventListener("pointerdown", () => this.#begin(null), { signal });
  }

  get #isOpen() {
    return this.#sheet ? this.#sheet.open : this.#host.matches(":hover, :focus-within");
  }

  #show() {
    if (!this.#sheet) this.#host.scrollIntoView({ block: "nearest" });
    else if (!this.#sheet.open) {
      this.#sheet.show();
      this.session.emit("open");
    }
  }

  #whenNear() {
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      watch.disconnect();
      this.#begin(() => this.#begin(null));
    }, { rootMargin: NEAR });
    watch.observe(this.#host);
    this.#life.signal.addEventListener("abort", () => watch.disconnect());
  }

  /**
   * Words and first screen; whether they are here. Where they do not come, that is said, with `again` as
   * the way on; null says nothing: nobody has asked yet.
   */
  async #begin(again) {
    const ready = (this.#ready ||= this.#load());
    try {
      await ready;
      return !this.#life.signal.aborted;
    } catch (error) {
      if (this.#ready === ready) this.#ready = null;
      if (again && !this.#life.signal.aborted) {
        this.#lost = true;
        this.#failed(asProblem(error), () => {
          this.#screens.opening();
          again();
        });
      }
      return false;
    }
  }

  async #load() {
    const [t, ways] = await Promise.all([this.session.speak(), this.session.part("ways")]);
    if (this.#life.signal.aborted) return;
    this.#lost = false;
    this.#ways = ways;
    this.#ui.dress(t);
    this.#showWays();
  }

  #showWays() {
    const { session } = this;
    const options = { recents: (slot) => this.#recents(slot) };
    if (session.hasPart("sketch")) options.draw = () => this.#draw();
    this.#parts.put("ways", this.#ways, this.#screens.ways(), options);
  }

  /** Opens the pad; with a SKU to draw on from that product's lines. */
  async #draw(sku) {
    try {
      await this.#stages.openPad(sku);
    } catch (error) {
      this.#failed(asProblem(error), () => this.#draw(sku));
    }
  }

  async #recents(slot) {
    const kept = await this.session.part("kept").catch(() => null);
    if (kept && slot.isConnected) this.#parts.put("recents", kept, slot);
  }

  #looking(query) {
    const steps = this.#screens.looking(query);
    this.#parts.drop("ways", "recents", "outline");
    if (query) this.#waiting.begin(steps);
    else this.#waiting.reading(steps);
  }

  #asked(first) {
    this.#show();
    this.#lost = false;
    // They come while the photo is on its way.
    const { query } = this.session;
    for (const name of [query.sketch ? "sketch" : "crop", "results"]) this.session.part(name).catch(() => {});
    const { places } = this.#screens;
    const goesOn = places && (!first || query.product_id || (query.sketch && places.sketch));
    if (!goesOn) return this.#looking(query);
    this.#screens.lookingAgain();
    this.#waiting.begin(null, () => this.#screens.stillLooking());
  }

  /** What is in the photo, while its products are looked up. */
  async #outline(seen) {
    const { waiting } = this.#screens;
    const crop = await this.session.part("crop").catch(() => null);
    if (crop && waiting?.isConnected) this.#parts.put("outline", { ...crop, mount: crop.outline }, waiting, seen);
  }

  async #answered() {
    const { session } = this;
    const { answer, query } = session;
    const stale = () => session.answer !== answer || session.busy || this.#life.signal.aborted;
    try {
      const loaded = await this.#stages.load(Boolean(query.sketch));
      if (stale()) return;
      this.#waiting.end();
      this.#stages.answer(loaded);
      this.#screens.told();
      // What only listens, now that there is something to listen to.
      for (const name of ["events", "kept"]) this.#parts.follow(name);
    } catch (error) {
      this.#lost = true;
      if (!stale()) this.#failed(asProblem(error), () => (this.#drawn = this.#answered()));
    }
  }

  #failed(problem, again) {
    this.#waiting.end();
    this.#again = again;
    this.#waiting.keep(holdRetry(this.session.t, this.#screens.problem(problem), problem.retryAfter));
    this.#parts.drop("ways", "recents", "outline");
  }

  #wasReset() {
    const held = this.#host.shadowRoot.activeElement;
    this.#waiting.end();
    this.#again = null;
    this.#stages.forget();
    if (this.#ways) this.#showWays();
    else this.#screens.opening();
    if (held) this.#focusFirst();
    this.session.emit("reset");
  }

  #closed() {
    const { session } = this;
    if (session.busy && this.#screens.places) session.dismiss();
    else if (session.busy || !session.answer) session.reset();
    session.emit("close");
  }

  #focusFirst() {
    const ways = this.#parts.get("ways");
    if (ways?.focus) ways.focus();
    else this.#ui.title.focus({ preventScroll: true });
  }
}
