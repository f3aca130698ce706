/** A hand that rests so long has drawn what it wanted to, for now, ms: a search goes out. */
const REST_MS = 350;
/** As many colours as the API takes. */
const MOST_COLORS = 32;
/** Pictures are asked for no more often, ms: a quick hand keeps within the API's rate. */
const APART_MS = 250;
/** Where the API names no time, s. */
const CALM_S = 5;

/**
 * Shows a drawing to the API: a picture at every change, at once, and a search when the hand rests. The newest wins.
 */
export class Asking {
  #session;
  #easel;
  #on;
  #timer;
  #turn = 0;
  #control = null;
  #calmUntil = 0;
  #asked = 0;

  /**
   * @param {import("../lens/session.js").Session} session
   * @param {import("./easel.js").Easel} easel
   * @param {{kind: () => string | null, picture: (bitmap: ImageBitmap | null) => void, onempty: () => void}} on
   */
  constructor(session, easel, on) {
    this.#session = session;
    this.#easel = easel;
    this.#on = on;
  }

  /** A stroke begins: what was drawn before it is not looked for any more. */
  hold() {
    clearTimeout(this.#timer);
    this.#turn += 1;
  }

  /** Something else is on the paper, or it is said to be something else. */
  async changed() {
    this.hold();
    const turn = this.#turn;
    const sketch = await this.#sketch();
    if (turn !== this.#turn) return;
    this.#control?.abort();
    if (!sketch) {
      this.#on.picture(null);
      this.#session.stop();
      this.#on.onempty();
      return;
    }
    this.#preview(sketch);
    this.#timer = setTimeout(() => this.#search(sketch), REST_MS);
  }

  /** A search that was put back has no picture to be sent yet: it gets one. */
  async goOn(sketch) {
    const turn = (this.#turn += 1);
    const now = await this.#sketch();
    if (!now || turn !== this.#turn) return;
    sketch.blob ??= now.blob;
    this.#preview(now);
  }

  stop() {
    this.hold();
    this.#control?.abort();
  }

  async #sketch() {
    const { pad, strokes } = this.#easel;
    const blob = strokes.shown.length ? await pad.png() : null;
    const colors = strokes.colors.slice(0, MOST_COLORS);
    return blob && { blob, colors: colors.length ? colors : undefined, category: this.#on.kind() || undefined, strokes: strokes.steps };
  }

  async #preview({ blob, colors, category }) {
    if (!navigator.onLine || Date.now() < this.#calmUntil) return;
    const { signal } = (this.#control = new AbortController());
    const wait = this.#asked + APART_MS - Date.now();
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    if (signal.aborted) return;
    this.#asked = Date.now();
    try {
      const picture = await this.#session.client.preview({ sketch: blob, colors, category }, { signal });
      const bitmap = await createImageBitmap(picture);
      if (!signal.aborted) this.#on.picture(bitmap);
    } catch (error) {
      if (signal.aborted) return;
      // In words the search says it.
      this.#on.picture(null);
      if (error.status === 429) this.#calmUntil = Date.now() + 1000 * (error.retryAfter || CALM_S);
    }
  }

  #search(sketch) {
    const { query, answer } = this.#session;
    this.#session.ask({ sketch }, { keep: query.sketch && answer ? "photo" : "nothing" });
  }
}
