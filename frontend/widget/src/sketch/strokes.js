/** A drawing holds so much; beyond that every stroke would be felt. */
export const MOST_STROKES = 5000;
export const MOST_POINTS = 200_000;

/**
 * What a hand did, in a pad of 1 × 1: `points` are x, y in turn, `press` a width for each (a pen's pressure, around
 * 1), `mirror` also the other way round. `spans` are a fill's runs: row, from, to in a raster. A `start` takes the
 * place of all before it: `paths` of an outline, or the lines of the product `sku` as `image`.
 * @typedef {{tool: "pen" | "brush" | "eraser", color: string, points: number[], press?: number[], mirror?: boolean}} Stroke
 * @typedef {{tool: "fill", color: string, spans: number[]}} Fill
 * @typedef {{tool: "start", paths?: number[][], sku?: string, image?: ImageBitmap}} Start
 * @typedef {{tool: "clear"} | {tool: "recolor", from: string, to: string}} Change
 * @typedef {Stroke | Fill | Start | Change} Step
 */

const ANEW = new Set(["clear", "start"]);
/** Steps that put a colour onto the paper. */
const PAINTS = new Set(["brush", "fill"]);

/** Every step of a drawing, with the way back and forth. */
export class Strokes {
  /** @type {Step[]} */
  #steps;
  #at;
  /** @type {(Stroke | Fill | Start)[] | null} */
  #shown = null;
  /** Strokes in another colour, made once. @type {WeakMap<Step, Map<Step, Step>>} */
  #recolored = new WeakMap();

  /** @param {Step[]} [steps] */
  constructor(steps = []) {
    this.#steps = [...steps];
    this.#at = steps.length;
  }

  /** The steps up to here, to go on from another time. */
  get steps() {
    return this.#steps.slice(0, this.#at);
  }

  /** What is on the paper, in order. A stroke that stays is the same object every time. */
  get shown() {
    this.#shown ||= this.steps.reduce((shown, step) => this.#after(shown, step), []);
    return this.#shown;
  }

  get canUndo() {
    return this.#at > 0;
  }

  get canRedo() {
    return this.#at < this.#steps.length;
  }

  /** Points that may still be drawn; 0 where nothing more fits. */
  get room() {
    const points = this.shown.reduce((sum, step) => sum + sizeOf(step), 0);
    return this.shown.length < MOST_STROKES ? Math.max(0, MOST_POINTS - points) : 0;
  }

  /** The colours on the paper, in the order of their first use. */
  get colors() {
    return [...new Set(this.shown.filter(({ tool }) => PAINTS.has(tool)).map(({ color }) => color))];
  }

  /** @param {Step} step */
  add(step) {
    this.#steps.length = this.#at;
    // A new sheet: what was far too much before it is not carried on.
    if (ANEW.has(step.tool) && this.#steps.length > MOST_STROKES) this.#steps = [];
    this.#steps.push(step);
    this.#go(this.#steps.length);
  }

  undo() {
    this.#go(Math.max(0, this.#at - 1));
  }

  redo() {
    this.#go(Math.min(this.#steps.length, this.#at + 1));
  }

  #go(to) {
    this.#at = to;
    this.#shown = null;
  }

  #after(shown, step) {
    if (step.tool === "clear") return [];
    if (step.tool === "start") return [step];
    if (step.tool === "recolor") return shown.map((one) => (PAINTS.has(one.tool) && one.color === step.from ? this.#inColor(one, step) : one));
    shown.push(step);
    return shown;
  }

  #inColor(one, change) {
    const made = this.#recolored.get(change) || new Map();
    this.#recolored.set(change, made);
    if (!made.has(one)) made.set(one, { ...one, color: change.to });
    return made.get(one);
  }
}

const sizeOf = ({ points = [], spans = [], paths = [] }) =>
  points.length / 2 + spans.length / 3 + paths.reduce((sum, path) => sum + path.length / 2, 0);
