import { h } from "../dom.js";
import { drawStep } from "./draw.js";
import { RASTER, fillAround } from "./fill.js";

/** Pixels of a side that a screen can have; more would only be slow. */
const MAX_SIDE = 1024;
/** A drawing as it is sent, px a side: the API looks at 128. */
const SENT_SIDE = 512;
/** From so many strokes on a copy is kept, of all but the latest: an undo need not begin with the first. */
const COPY_FROM = 150;
const LATEST = 60;

/** The paper: two canvases, colour under lines, that show the strokes crisp at every size. */
export class Pad {
  #strokes;
  #ink;
  #paint;
  #drawn = [];
  #copy = null;
  #watch;

  /** @param {import("./strokes.js").Strokes} strokes @param {Record<string, any>} props of the canvas that is drawn on */
  constructor(strokes, props) {
    this.#strokes = strokes;
    this.#ink = h("canvas", { class: "pad-ink", part: "pad", tabindex: 0, width: 0, height: 0, ...props });
    this.#paint = h("canvas", { "aria-hidden": "true", width: 0, height: 0 });
    this.canvas = this.#ink;
    this.axis = h("div", { class: "pad-axis", hidden: true });
    this.cursor = h("div", { class: "pad-cursor", hidden: true });
    this.node = h("div", { class: "pad-paper" }, this.#paint, this.#ink, this.axis, this.cursor);
    this.#watch = new ResizeObserver(() => this.#fit());
    this.#watch.observe(this.node);
  }

  unmount() {
    this.#watch.disconnect();
  }

  /** Shows what the strokes are now. */
  draw() {
    const { shown } = this.#strokes;
    let same = common(this.#drawn, shown);
    if (same < this.#drawn.length) same = this.#restore(shown);
    for (; same < shown.length; same++) {
      if (same === shown.length - LATEST && same >= COPY_FROM && this.#copy === null) this.#keep(shown.slice(0, same));
      drawStep(this.#sheets, this.#side, shown[same]);
    }
    this.#drawn = [...shown];
  }

  /** Shows what came to a stroke that the hand still draws; see drawStep. */
  live(stroke, from, whole = false) {
    drawStep(this.#sheets, this.#side, stroke, from, whole);
    if (whole) this.#drawn.push(stroke);
  }

  /** All anew: a stroke was given up, or a picture has come. */
  again() {
    this.#drawn = [null];
    this.#copy = null;
    this.draw();
  }

  /** PNG with a clear ground; null where nothing is on the paper. @returns {Promise<Blob | null>} */
  async png() {
    if (!this.#side) this.#fit();
    if (!this.#side) return null;
    const pen = this.#merged(SENT_SIDE, [this.#paint, this.#ink]);
    const { data } = pen.getImageData(0, 0, SENT_SIDE, SENT_SIDE);
    for (let at = 3; at < data.length; at += 4) {
      if (data[at]) return new Promise((done) => pen.canvas.toBlob(done, "image/png"));
    }
    return null;
  }

  /** Runs of a fill around a point of 0 to 1; null where nothing closes it. */
  fillAround(x, y) {
    const [ink, paint] = [this.#ink, this.#paint].map((one) => this.#merged(RASTER, [one]).getImageData(0, 0, RASTER, RASTER).data);
    return fillAround(ink, paint, x, y);
  }

  get #side() {
    return this.#ink.width;
  }

  get #sheets() {
    return { ink: this.#ink.getContext("2d"), paint: this.#paint.getContext("2d") };
  }

  #merged(side, sheets) {
    const pen = h("canvas", { width: side, height: side }).getContext("2d", { willReadFrequently: true });
    pen.imageSmoothingQuality = "high";
    for (const sheet of sheets) if (sheet.width) pen.drawImage(sheet, 0, 0, side, side);
    return pen;
  }

  #fit() {
    const side = Math.min(MAX_SIDE, Math.round(this.node.clientWidth * devicePixelRatio));
    // Out of sight it keeps what it has.
    if (!side || side === this.#side) return;
    for (const sheet of [this.#ink, this.#paint]) sheet.width = sheet.height = side;
    this.again();
  }

  #clean() {
    for (const pen of Object.values(this.#sheets)) {
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.clearRect(0, 0, this.#side, this.#side);
      pen.globalCompositeOperation = "source-over";
    }
  }

  /** How many strokes are on the cleaned paper. */
  #restore(shown) {
    this.#clean();
    const { strokes, sheets } = this.#copy || {};
    if (!strokes || common(strokes, shown) < strokes.length) {
      this.#copy = null;
      return 0;
    }
    Object.values(this.#sheets).forEach((pen, at) => pen.drawImage(sheets[at], 0, 0));
    return strokes.length;
  }

  #keep(strokes) {
    this.#copy = { strokes, sheets: [this.#ink, this.#paint].map((one) => this.#merged(this.#side, [one]).canvas) };
  }
}

/** How many of the first are the same in both. */
function common(one, other) {
  const most = Math.min(one.length, other.length);
  let same = 0;
  while (same < most && one[same] === other[same]) same++;
  return same;
}
