import { h } from "../dom.js";
import { moved, pulled, sameBox, scaled, usable } from "./geometry.js";

/** One press of an arrow key, as a share of the photo's longer side. */
const STEP_SHARE = 0.02;
/** A press that moves less than this is a tap, px on the screen. */
const TAP_PX = 6;
const GROWTH = 1.06;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const CORNERS = [
  { name: "crop.topLeft", across: 0, down: 0 },
  { name: "crop.topRight", across: 1, down: 0 },
  { name: "crop.bottomLeft", across: 0, down: 1 },
  { name: "crop.bottomRight", across: 1, down: 1 },
];
const LAST_CORNER = CORNERS[3];

/**
 * A box on the photo that fingers, mouse and keys move. It covers its host, which covers the photo.
 * `onchange(box)` comes with each change; `onrelease(box)` when nothing holds it any longer.
 * Drag the box, its corners, or with a mouse a new one; tap where the nearest corner should be;
 * two fingers make it larger. Arrow keys move it, with Shift its last corner.
 */
export class CropBox {
  #size;
  #box;
  #on;
  #window;
  #handles;
  #pressed = new Map();
  #pressedOn = null;
  #held = null;
  #dragged = false;

  constructor({ t, size, box, onchange, onrelease }) {
    this.#size = size;
    this.#on = { change: onchange, release: onrelease };
    this.#window = h("button", { class: "crop-box", part: "crop-box", type: "button", "aria-label": t("crop.box"), "aria-describedby": "crop-keys",
      onkeydown: (event) => this.#key(event, event.shiftKey ? LAST_CORNER : null) });
    this.#handles = CORNERS.map((corner) => h("button", { class: "crop-handle", part: "crop-handle", type: "button", "aria-label": t(corner.name),
      onkeydown: (event) => this.#key(event, corner) }));
    this.node = h("div", { class: "crop-layer", role: "application", "aria-label": t("crop.tool"),
      onpointerdown: (event) => this.#press(event),
      onpointermove: (event) => this.#drag(event),
      onpointerup: (event) => this.#let(event),
      onpointercancel: (event) => this.#let(event),
      onclick: (event) => this.#tap(event) },
      h("div", { class: "crop-clip" }, h("div", { class: "crop-window" })),
      this.#window, this.#handles,
      h("p", { class: "said", id: "crop-keys" }, t("crop.keys")));
    this.set(box);
  }

  get box() {
    return this.#box;
  }

  /** Moves the box without telling anybody. */
  set(box) {
    this.#box = box;
    const [x0, y0, x1, y1] = box;
    const { width, height } = this.#size;
    const edges = { left: x0 / width, top: y0 / height, right: x1 / width, bottom: y1 / height };
    for (const [name, part] of Object.entries(edges)) this.node.style.setProperty("--" + name, part);
  }

  focus() {
    this.#window.focus({ preventScroll: true });
  }

  #change(box) {
    if (sameBox(box, this.#box)) return;
    this.set(box);
    this.#on.change(box);
  }

  /** Where a pointer is, in px of the photo. */
  #at({ clientX, clientY }) {
    const place = this.node.getBoundingClientRect();
    return [((clientX - place.left) * this.#size.width) / place.width, ((clientY - place.top) * this.#size.height) / place.height];
  }

  #press(event) {
    if (event.button || this.#pressed.size > 1) return;
    this.#dragged = this.#pressed.size > 0;
    this.#pressedOn = event.target;
    const at = this.#handles.indexOf(event.target);
    const outside = at < 0 && event.target !== this.#window;
    // Fingers beside the box scroll the sheet.
    if (outside && event.pointerType === "touch") return;
    this.#pressed.set(event.pointerId, [event.clientX, event.clientY]);
    this.node.setPointerCapture(event.pointerId);
    if (this.#pressed.size > 1) this.#held = { spread: this.#spread(), box: this.#box };
    else this.#held = { corner: CORNERS[at], outside, from: this.#at(event), box: this.#box, start: [event.clientX, event.clientY] };
  }

  #drag(event) {
    if (!this.#pressed.has(event.pointerId)) return;
    this.#pressed.set(event.pointerId, [event.clientX, event.clientY]);
    const { spread, corner, outside, from, box, start } = this.#held;
    if (spread) {
      this.#change(scaled(box, this.#spread() / spread, this.#size));
      return;
    }
    const far = Math.hypot(event.clientX - start[0], event.clientY - start[1]) >= TAP_PX;
    if (!far && !this.#dragged) return;
    this.#dragged = true;
    const to = this.#at(event);
    if (outside) this.#change(this.#drawn(from, to));
    else if (corner) this.#change(pulled(box, corner, to[0] - from[0], to[1] - from[1], this.#size));
    else this.#change(moved(box, to[0] - from[0], to[1] - from[1], this.#size));
  }

  /** A new box, from where the mouse was pressed to where it is. */
  #drawn(from, to) {
    const corner = { across: Number(to[0] >= from[0]), down: Number(to[1] >= from[1]) };
    return usable(pulled([...from, ...from], corner, to[0] - from[0], to[1] - from[1], this.#size), this.#size);
  }

  #spread() {
    const [one, other] = [...this.#pressed.values()];
    return Math.hypot(one[0] - other[0], one[1] - other[1]) || 1;
  }

  #let(event) {
    if (!this.#pressed.delete(event.pointerId)) return;
    // A finger that stays behind a pinch moves nothing.
    if (this.#pressed.size) return;
    this.#held = null;
    if (this.#dragged) this.#on.release(this.#box);
  }

  /** Without dragging: the nearest corner goes where one taps (WCAG 2.2, 2.5.7). */
  #tap(event) {
    const dragged = this.#dragged;
    this.#dragged = false;
    if (dragged) return;
    // Enter and Space on the box, and a screen reader's press: search at once.
    if (!event.detail) {
      this.#on.release(this.#box, true);
      return;
    }
    // The captured press gives the click another target.
    if (this.#handles.includes(this.#pressedOn)) return;
    const [x, y] = this.#at(event);
    const [x0, y0, x1, y1] = this.#box;
    const corner = { across: Number(x > (x0 + x1) / 2), down: Number(y > (y0 + y1) / 2) };
    this.#change(pulled(this.#box, corner, x - (corner.across ? x1 : x0), y - (corner.down ? y1 : y0), this.#size));
    this.#on.release(this.#box);
  }

  #key(event, corner) {
    const arrow = ARROWS[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (arrow) {
      const step = STEP_SHARE * Math.max(this.#size.width, this.#size.height);
      const [dx, dy] = arrow.map((way) => way * step);
      this.#change(corner ? pulled(this.#box, corner, dx, dy, this.#size) : moved(this.#box, dx, dy, this.#size));
    } else if (event.key === "+" || event.key === "=") this.#change(scaled(this.#box, GROWTH, this.#size));
    else if (event.key === "-") this.#change(scaled(this.#box, 1 / GROWTH, this.#size));
    else return;
    event.preventDefault();
    this.#on.release(this.#box);
  }
}
