// The map of a catalogue: points, a heat map of a tag, photos from near, shoppers' searches, and the
// products nearest to any place. Everything it shows stands as a list too.
import { Camera } from "./camera.js";
import { Demand } from "./demand.js";
import { heatOf } from "./heat.js";
import { buttons, listen } from "./input.js";
import { Panel } from "./panel.js";
import { paletteOf, Places, rgb } from "./places.js";
import { FlatPoints } from "./points_2d.js";
import { GlPoints } from "./points_gl.js";
import { Thumbs } from "./thumbs.js";

const NEAREST = 12;
const MOST_DENSE = 2;
const SMALLEST = 4.2;
const LARGEST = 13;
const FEW = 4000;
const PALE = 46;
const REST_MS = 120;

class CatalogueMap {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.stage = root.querySelector("[data-stage]");
    this.canvases = Object.fromEntries(
      ["heat", "points", "over"].map((name) => [name, root.querySelector(`[data-layer=${name}]`)]),
    );
    this.tables = JSON.parse(document.getElementById("map-tables").textContent);
    this.palette = paletteOf(this.tables);
    this.camera = new Camera();
    // ?draw=canvas and ?draw=webgl choose for whom the page's own choice does not do.
    const wanted = new URLSearchParams(location.search).get("draw");
    const gl = wanted === "canvas" ? null : GlPoints.on(this.canvases.points, wanted === "webgl");
    this.points = gl ?? this.#flat();
    this.points.onrestored = () => this.redraw();
    root.dataset.renderer = this.points.name;
    this.panel = new Panel(root.querySelector("[data-near]"), root.dataset.products);
    this.thumbs = new Thumbs(root.dataset.sheet, () => this.redraw());
    this.chosen = [];
    this.drawn = 0;
  }

  /** Without WebGL: on a canvas of its own, for one that was asked for WebGL gives nothing else. */
  #flat() {
    const canvas = this.canvases.points.cloneNode();
    this.canvases.points.replaceWith(canvas);
    this.canvases.points = canvas;
    return new FlatPoints(canvas);
  }

  async start() {
    const answer = await fetch(this.root.dataset.places);
    if (!answer.ok) throw new Error(`${answer.status}`);
    this.places = new Places(await answer.arrayBuffer());
    this.points.show(this.places.xy);
    this.#theme();
    this.#resize();
    new ResizeObserver(() => this.#resize()).observe(this.stage);
    new MutationObserver(() => this.#theme()).observe(document.documentElement, {
      attributes: true, attributeFilter: ["data-theme"],
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#theme());
    listen(this.stage, this.camera, {
      moved: () => this.moved(),
      asked: (left, top) => this.ask(left, top),
      left: () => this.clear(),
    });
    buttons(this.root, this.camera, () => this.moved());
    const tag = document.querySelector("[data-tag]");
    tag?.addEventListener("change", () => this.heat(tag));
    if (tag?.value) this.heat(tag);
    if (this.root.dataset.searches) {
      this.demand = new Demand(this.root, () => this.redraw());
      await this.demand.load();
      this.demand.follow((circle) => this.visit(circle));
    }
    this.root.dataset.ready = String(this.places.count);
    this.redraw();
  }

  /** The colours of the page, light or dark. */
  #theme() {
    const style = getComputedStyle(document.documentElement);
    const of = (name) => rgb(style.getPropertyValue(`--lookus-${name}`).trim());
    this.colors = { ink: of("ink"), accent: of("accent"), warn: of("bad"), line: of("line"), paper: of("paper") };
    this.#paint();
    if (this.marks) this.heated = heatOf(this.places, this.marks, this.colors.accent);
    this.redraw();
  }

  #resize() {
    const { clientWidth: width, clientHeight: height } = this.stage;
    if (!width || !height) return;
    this.dense = Math.min(window.devicePixelRatio || 1, MOST_DENSE);
    for (const canvas of Object.values(this.canvases)) {
      canvas.width = Math.round(width * this.dense);
      canvas.height = Math.round(height * this.dense);
    }
    this.camera.fit(width, height, this.places.box);
    this.moved();
  }

  /** Every point in its own colour; with a tag chosen only those that have it are not pale. */
  #paint() {
    const colors = new Uint8Array(4 * this.places.count);
    for (let i = 0; i < this.places.count; i += 1) {
      const pale = this.marks ? !this.marks[i] : Boolean(this.root.dataset.searches);
      colors.set([...this.places.paint(i, this.palette), pale ? PALE : 255], 4 * i);
    }
    this.points.paint(colors);
  }

  /** @param {HTMLSelectElement} select whose value is kind and value, or nothing */
  async heat(select) {
    const [kind, value] = select.value.split("|");
    const asked = select.value;
    let marks = null;
    if (value) {
      const query = new URLSearchParams({ kind, value });
      const answer = await fetch(`${this.root.dataset.tagged}?${query}`);
      if (answer.ok) marks = this.places.marked(await answer.arrayBuffer());
    }
    if (asked !== select.value) return;
    this.marks = marks;
    this.heated = marks ? heatOf(this.places, marks, this.colors.accent) : null;
    this.root.dataset.heated = marks ? asked : "";
    this.#paint();
    this.redraw();
  }

  moved() {
    this.redraw();
    // Who is shown as a photo is chosen while one moves too, but not for every frame.
    this.choosing ??= setTimeout(() => {
      this.choosing = undefined;
      this.thumbs.choose(this.places, this.camera);
      this.redraw();
    }, REST_MS);
  }

  /** The products nearest to a place of the stage. */
  ask(left, top) {
    const [x, y] = this.camera.toMap(left, top);
    this.askAt(x, y);
  }

  askAt(x, y) {
    this.asked = [x, y];
    this.chosen = this.places.nearest(x, y, NEAREST);
    this.panel.show(this.chosen.map((i) => this.places.ids[i]));
    this.redraw();
  }

  /** Go to a region of demand and show what is nearest to it. */
  visit(circle) {
    const zoom = Math.max(this.camera.zoom, 3);
    this.camera.goTo(circle.x, circle.y, zoom);
    this.askAt(circle.x, circle.y);
    this.moved();
    this.stage.scrollIntoView({ block: "nearest" });
  }

  clear() {
    this.asked = undefined;
    this.chosen = [];
    this.panel.clear();
    this.redraw();
  }

  redraw() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.#draw();
    });
  }

  #draw() {
    if (!this.places) return;
    const { camera, dense } = this;
    const crowd = Math.sqrt(FEW / Math.max(this.places.count, FEW));
    const size = Math.min(LARGEST, SMALLEST * (0.6 + 0.9 * crowd) * Math.sqrt(camera.zoom));
    this.points.draw(camera, size * dense, this.colors.ink);
    this.#under();
    const over = this.canvases.over.getContext("2d");
    over.setTransform(dense, 0, 0, dense, 0, 0);
    over.clearRect(0, 0, camera.width, camera.height);
    this.thumbs.draw(over, this.places, camera, css(this.colors.line));
    this.demand?.draw(over, camera, this.colors);
    this.#rings(over, size);
    this.drawn += 1;
    this.root.dataset.drawn = String(this.drawn);
  }

  #under() {
    const context = this.canvases.heat.getContext("2d");
    context.setTransform(this.dense, 0, 0, this.dense, 0, 0);
    context.clearRect(0, 0, this.camera.width, this.camera.height);
    if (!this.heated) return;
    const { box } = this.places;
    context.drawImage(
      this.heated, this.camera.left(box.x), this.camera.top(box.y),
      box.width * this.camera.scale, box.height * this.camera.scale,
    );
  }

  #rings(context, size) {
    if (!this.asked) return;
    context.strokeStyle = css(this.colors.accent);
    context.lineWidth = 2;
    for (const i of this.chosen) {
      context.beginPath();
      const left = this.camera.left(this.places.xy[2 * i]);
      const top = this.camera.top(this.places.xy[2 * i + 1]);
      context.arc(left, top, size / 2 + 4, 0, 2 * Math.PI);
      context.stroke();
    }
    const [left, top] = [this.camera.left(this.asked[0]), this.camera.top(this.asked[1])];
    context.beginPath();
    context.moveTo(left - 9, top);
    context.lineTo(left + 9, top);
    context.moveTo(left, top - 9);
    context.lineTo(left, top + 9);
    context.stroke();
  }
}

/** @param {[number, number, number]} color */
function css(color) {
  return `rgb(${color.join(" ")})`;
}

for (const root of document.querySelectorAll("[data-map]")) {
  new CatalogueMap(root).start().catch((error) => {
    console.error(error);
    root.querySelector("[data-broken]").hidden = false;
  });
}
