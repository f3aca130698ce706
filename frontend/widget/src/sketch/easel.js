import { hand } from "./hand.js";
import { INK } from "./draw.js";
import { keys } from "./keys.js";
import { Pad } from "./pad.js";
import { MOST_POINTS, Strokes } from "./strokes.js";

/** Tools that paint with the chosen colour. */
export const PAINTS = new Set(["brush", "fill"]);

/**
 * The paper with what draws on it: a hand's way becomes a stroke of the chosen tool. Tells `onchange` when
 * something else is on the paper, `onhand` when a stroke begins, and `say` in words why something did not go.
 */
export class Easel {
  tool = "pen";
  color;
  mirror = false;

  #on;
  #stroke = null;
  #room = MOST_POINTS;

  /**
   * @param {{steps: import("./strokes.js").Step[], color: string, props: Record<string, any>,
   *   on: {onchange(): void, onhand(): void, say(key: string): void}}} given
   */
  constructor({ steps, color, props, on }) {
    this.color = color;
    this.#on = on;
    this.strokes = new Strokes(steps);
    this.pad = new Pad(this.strokes, props);
    hand(this.pad.canvas, this);
    keys(this.pad, this);
  }

  unmount() {
    this.pad.unmount();
  }

  /** A stroke begins; false where none may. Part of what a hand tells, with move, end and cancel. */
  begin(x, y, press, eraser = false) {
    this.#on.say("");
    this.#room = this.strokes.room;
    if (!this.#room) {
      this.#on.say("sketch.full");
      return false;
    }
    if (this.tool === "fill" && !eraser) {
      this.#fill(x, y);
      return false;
    }
    const tool = eraser ? "eraser" : this.tool;
    this.#stroke = { tool, color: PAINTS.has(tool) ? this.color : INK, points: [x, y] };
    if (press) this.#stroke.press = [press];
    if (this.mirror) this.#stroke.mirror = true;
    this.#on.onhand();
    this.pad.live(this.#stroke, 0);
    return true;
  }

  move(x, y, press) {
    const stroke = this.#stroke;
    const at = stroke.points.length / 2;
    if (at >= this.#room) return;
    stroke.points.push(x, y);
    stroke.press?.push(press ?? stroke.press.at(-1));
    this.pad.live(stroke, at);
  }

  end() {
    const stroke = this.#stroke;
    this.#stroke = null;
    // Its end is still to be drawn, from the last middle to the last point.
    this.pad.live(stroke, stroke.points.length / 2, true);
    this.strokes.add(stroke);
    this.#changed();
  }

  cancel() {
    this.#stroke = null;
    this.pad.again();
    this.#on.onchange();
  }

  undo() {
    this.strokes.undo();
    this.#changed();
  }

  redo() {
    this.strokes.redo();
    this.#changed();
  }

  clear() {
    if (this.strokes.shown.length) this.#add({ tool: "clear" });
  }

  recolor(from, to) {
    if (from !== to) this.#add({ tool: "recolor", from, to });
  }

  /** Begins anew with lines to draw on. @param {Omit<import("./strokes.js").Start, "tool">} lines */
  start(lines) {
    this.#add({ tool: "start", ...lines });
  }

  #fill(x, y) {
    const spans = this.pad.fillAround(x, y);
    if (!spans) return this.#on.say("sketch.open");
    if (spans.length / 3 > this.#room) return this.#on.say("sketch.full");
    const { color } = this;
    this.strokes.add({ tool: "fill", color, spans });
    this.pad.draw();
    const other = this.mirror && this.pad.fillAround(1 - x, y);
    if (other) this.strokes.add({ tool: "fill", color, spans: other });
    this.#changed();
  }

  #add(step) {
    this.#on.say("");
    this.strokes.add(step);
    this.#changed();
  }

  #changed() {
    this.pad.draw();
    this.#on.onchange();
  }
}
