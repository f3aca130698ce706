import { h, icon } from "../dom.js";
import { CropBox } from "./box.js";
import { middleBox, percentOf, usable, wholeBox } from "./geometry.js";
import { BACK, DONE, FRAME } from "./icons.js";
import { Stage, nameOf } from "./stage.js";

export { outline } from "./waiting.js";
export { sheet } from "./styles.js";

/** The shopper's hand rests this long before a search goes out, ms. */
const REST_MS = 700;
/** A screen reader hears where the box is when the keys rest, ms. */
const SAY_MS = 300;

/**
 * The photo of a search: what was found is outlined and can be tapped, and a box can be drawn instead.
 * @param {HTMLElement} host
 * @param {import("../lens/session.js").Session} session
 * @returns {{unmount(): void}}
 */
export function mount(host, session) {
  const view = new Crop(host, session);
  return { unmount: () => view.unmount() };
}

class Crop {
  #host;
  #session;
  #life = new AbortController();
  #timers = {};
  #seen = null;
  #stage = null;
  #bar;
  #status;
  #box = null;
  #chosen = 0;
  #waiting = false;

  constructor(host, session) {
    this.#host = host;
    this.#session = session;
    const { signal } = this.#life;
    session.addEventListener("answer", () => this.#answered(), { signal });
    session.addEventListener("ask", () => this.#stage?.busy(true), { signal });
    session.addEventListener("problem", () => this.#stage?.busy(false), { signal });
    if (session.answer) this.#answered();
  }

  unmount() {
    this.#life.abort();
    this.#forget();
    this.#host.replaceChildren();
  }

  #forget() {
    Object.values(this.#timers).forEach(clearTimeout);
    this.#stage?.unmount();
    this.#stage = this.#box = null;
    this.#host.classList.remove("crop-on");
  }

  #answered() {
    const { answer, query } = this.#session;
    const seen = answer.query;
    this.#stage?.busy(false);
    if (!query.box && seen.width && !this.#sameAs(seen)) this.#build(seen);
    if (!this.#stage) return;
    if (!query.box) this.#chosen = seen.selected || 0;
    this.#show(query.box ? seen.found && seen.garments[0] : null);
  }

  /** Whether this photo is on the stage already; another screen may have shown it meanwhile. */
  #sameAs({ image_id: name, garments }) {
    const { photo } = this.#session.query;
    const onStage = this.#stage && (!photo?.canvas || this.#stage.picture.contains(photo.canvas));
    return onStage && this.#seen.image_id === name && JSON.stringify(this.#seen.garments) === JSON.stringify(garments);
  }

  #build(seen) {
    this.#forget();
    this.#seen = { ...seen, garments: seen.garments || [] };
    const { query, t } = this.#session;
    this.#stage = new Stage({ t, seen: this.#seen, query, onpick: (index) => this.#pick(index) });
    this.#bar = h("div", { class: "crop-bar" });
    this.#status = h("p", { class: "said", role: "status" });
    this.#host.replaceChildren(this.#stage.node, this.#bar, this.#status);
    this.#host.onkeydown = (event) => this.#escape(event);
    this.#drawBar();
  }

  /** Outlines the chosen garment, or what was seen in the box. */
  #show(inBox) {
    const { found, garments } = this.#seen;
    const { box } = this.#session.query;
    const garment = box ? inBox || { box } : found && garments[this.#chosen];
    this.#stage.show(box ? -1 : this.#chosen, garment || null);
  }

  #pick(index) {
    this.#chosen = index;
    this.#stage.show(index, this.#seen.garments[index]);
    this.#session.ask({ object: index, box: undefined });
  }

  /** A box needs the photo itself, which a photo known by its name alone is not. */
  get #mayDraw() {
    const { photo, image_url } = this.#session.query;
    return Boolean(photo || image_url);
  }

  #drawBar() {
    const { t } = this.#session;
    const button = (name, paths, onclick, said = null) =>
      h("button", { class: "act plain crop-act", part: "action", type: "button", onclick, "aria-label": said }, icon(paths), name);
    const { garments, found } = this.#seen;
    const hint = h("p", { class: "crop-hint" }, this.#box ? t("crop.hint") : garments.length > 1 ? t("crop.choose") : "");
    if (this.#box) {
      const label = found ? nameOf(t, garments[this.#chosen]) : t("crop.whole");
      this.#bar.replaceChildren(hint,
        button(t("crop.reset"), BACK, () => this.#reset(), t("crop.resetTo", { label })),
        button(t("crop.done"), DONE, () => this.#done()));
    } else this.#bar.replaceChildren(hint, ...(this.#mayDraw ? [button(t("crop.draw"), FRAME, () => this.#begin())] : []));
  }

  #begin() {
    const { query, t } = this.#session;
    const garment = this.#seen.found && this.#seen.garments[this.#chosen];
    this.#box = new CropBox({
      t,
      size: this.#seen,
      box: usable(query.box || garment?.box || middleBox(this.#seen), this.#seen),
      onchange: () => this.#changed(),
      onrelease: (box, now) => this.#released(now),
    });
    this.#host.classList.add("crop-on");
    this.#stage.quiet(true);
    this.#stage.picture.append(this.#box.node);
    this.#drawBar();
    this.#box.focus();
    this.#stage.node.scrollIntoView({ block: "nearest" });
    if (!garment && !query.box) this.#released();
  }

  /** While the box moves, no search goes out. */
  #changed() {
    this.#waiting = false;
    clearTimeout(this.#timers.rest);
    clearTimeout(this.#timers.say);
  }

  #released(now = false) {
    this.#changed();
    this.#waiting = true;
    this.#timers.rest = setTimeout(() => this.#askBox(), now ? 0 : REST_MS);
    this.#timers.say = setTimeout(() => this.#say(), SAY_MS);
  }

  #askBox() {
    this.#changed();
    const box = wholeBox(this.#box.box, this.#seen);
    if (String(box) !== String(this.#session.query.box)) this.#session.ask({ box, object: undefined });
  }

  #say() {
    this.#status.textContent = this.#session.t("crop.at", percentOf(this.#box.box, this.#seen));
  }

  /** Back to the found garment, or to the whole photo. */
  #reset() {
    const { found, garments } = this.#seen;
    this.#changed();
    this.#end();
    this.#status.textContent = "";
    if (!this.#session.query.box) return;
    this.#session.ask({ box: undefined, object: found && garments.length ? this.#chosen : undefined });
  }

  /** The box stays what is searched with; its handles go. */
  #done() {
    if (this.#waiting) this.#askBox();
    this.#end();
  }

  #end() {
    this.#box.node.remove();
    this.#box = null;
    this.#host.classList.remove("crop-on");
    this.#stage.quiet(false);
    this.#drawBar();
    this.#bar.querySelector("button")?.focus({ preventScroll: true });
  }

  #escape(event) {
    if (event.key !== "Escape" || !this.#box) return;
    event.preventDefault();
    event.stopPropagation();
    this.#done();
  }
}
