// Photos of products, from the zoom on at which they have room; two dozen come in one picture.

const WIDTH = 72;
const HEIGHT = 96;
const A_SHEET = 24;
const FROM_ZOOM = 2.5;
const MOST = 72;
const SMALL = 0.62;
const REST_MS = 180;
const KEPT = 600;

export class Thumbs {
  /** @param {string} address @param {() => void} redraw */
  constructor(address, redraw) {
    this.address = address;
    this.redraw = redraw;
    /** @type {Map<number, {sheet: ImageBitmap, at: number} | null>} by id; null: on its way */
    this.known = new Map();
    /** @type {number[]} places of products whose photos are shown */
    this.chosen = [];
  }

  /** Who is shown, of what is in sight: the same products as long as they stay in sight. */
  choose(places, camera) {
    this.chosen = [];
    if (camera.zoom < FROM_ZOOM) return;
    const [width, height] = this.size(camera);
    const taken = [];
    const fits = (left, top) => taken.every(
      ([x, y]) => Math.abs(x - left) > width + 2 || Math.abs(y - top) > height + 2,
    );
    const held = [];
    const others = [];
    for (let i = 0; i < places.count; i += 1) {
      const left = camera.left(places.xy[2 * i]);
      const top = camera.top(places.xy[2 * i + 1]);
      if (left < 0 || top < 0 || left > camera.width || top > camera.height) continue;
      (this.known.get(places.ids[i]) ? held : others).push([i, left, top]);
    }
    for (const [i, left, top] of [...held, ...others]) {
      if (this.chosen.length === MOST) break;
      if (!fits(left, top)) continue;
      taken.push([left, top]);
      this.chosen.push(i);
    }
    this.#later(places);
  }

  size(camera) {
    const share = Math.min(1, SMALL + 0.05 * Math.log2(camera.zoom / FROM_ZOOM));
    return [WIDTH * share, HEIGHT * share];
  }

  /** What is missing is asked for when the map rests. */
  #later(places) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const missing = this.chosen.map((i) => places.ids[i]).filter((id) => !this.known.has(id));
      for (let first = 0; first < missing.length; first += A_SHEET) {
        this.#fetch(missing.slice(first, first + A_SHEET));
      }
    }, REST_MS);
  }

  async #fetch(ids) {
    for (const id of ids) this.known.set(id, null);
    try {
      const answer = await fetch(`${this.address}?ids=${ids.join(",")}`);
      if (!answer.ok) return;
      const sheet = await createImageBitmap(await answer.blob());
      ids.forEach((id, at) => this.known.set(id, { sheet, at }));
      for (const id of this.known.keys()) {
        if (this.known.size <= KEPT) break;
        this.known.delete(id);
      }
      this.redraw();
    } catch {
      // The network is away for a moment: the next rest asks again.
      for (const id of ids) this.known.delete(id);
    }
  }

  draw(context, places, camera, line) {
    const [width, height] = this.size(camera);
    context.strokeStyle = line;
    context.lineWidth = 1;
    for (const i of this.chosen) {
      const found = this.known.get(places.ids[i]);
      if (!found) continue;
      const left = Math.round(camera.left(places.xy[2 * i]) - width / 2);
      const top = Math.round(camera.top(places.xy[2 * i + 1]) - height / 2);
      context.drawImage(
        found.sheet, WIDTH * found.at, 0, WIDTH, HEIGHT, left, top, width, height,
      );
      context.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1);
    }
  }
}
