// All products' places, as the server packs them: 20 bytes each (analytics/map/packing.py).

const RECORD = 5;
const NOTHING = 255;

export class Places {
  /** @param {ArrayBuffer} packed */
  constructor(packed) {
    const words = new Uint32Array(packed, 0, Math.floor(packed.byteLength / 4));
    const floats = new Float32Array(packed, 0, words.length);
    const bytes = new Uint8Array(packed);
    this.count = Math.floor(words.length / RECORD);
    this.ids = new Float64Array(this.count);
    this.xy = new Float32Array(2 * this.count);
    this.color = new Uint8Array(this.count);
    this.category = new Uint8Array(this.count);
    for (let i = 0; i < this.count; i += 1) {
      this.ids[i] = words[RECORD * i] + 2 ** 32 * words[RECORD * i + 1];
      this.xy[2 * i] = floats[RECORD * i + 2];
      this.xy[2 * i + 1] = floats[RECORD * i + 3];
      this.color[i] = bytes[4 * RECORD * i + 16];
      this.category[i] = bytes[4 * RECORD * i + 17];
    }
    this.box = this.#box();
  }

  #box() {
    if (!this.count) return { x: -1, y: -1, width: 2, height: 2 };
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < this.count; i += 1) {
      left = Math.min(left, this.xy[2 * i]);
      right = Math.max(right, this.xy[2 * i]);
      top = Math.min(top, this.xy[2 * i + 1]);
      bottom = Math.max(bottom, this.xy[2 * i + 1]);
    }
    const room = 0.04 * Math.max(right - left, bottom - top, 0.1);
    return {
      x: left - room, y: top - room,
      width: right - left + 2 * room, height: bottom - top + 2 * room,
    };
  }

  /** @returns {number[]} the places (not ids) of the `count` products nearest to (x, y) */
  nearest(x, y, count) {
    /** @type {{at: number, off: number}[]} */
    const best = [];
    for (let i = 0; i < this.count; i += 1) {
      const off = (this.xy[2 * i] - x) ** 2 + (this.xy[2 * i + 1] - y) ** 2;
      if (best.length === count && off >= best[count - 1].off) continue;
      let place = best.length;
      while (place && best[place - 1].off > off) place -= 1;
      best.splice(place, 0, { at: i, off });
      if (best.length > count) best.pop();
    }
    return best.map((one) => one.at);
  }

  /** @param {ArrayBuffer} packed ids of 8 bytes @returns {Uint8Array} 1 for each that is named */
  marked(packed) {
    const words = new Uint32Array(packed);
    const named = new Set();
    for (let i = 0; i < words.length; i += 2) named.add(words[i] + 2 ** 32 * words[i + 1]);
    const marks = new Uint8Array(this.count);
    for (let i = 0; i < this.count; i += 1) marks[i] = named.has(this.ids[i]) ? 1 : 0;
    return marks;
  }

  /** @returns {[number, number, number]} the product's colour, 0..255 each */
  paint(i, palette) {
    return palette[this.color[i]] ?? palette[NOTHING];
  }
}

/** @param {string} hex as #1f4fd8 @returns {[number, number, number]} */
export function rgb(hex) {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** The colours of the families by their number, and grey for what is not known. */
export function paletteOf(tables) {
  const palette = tables.color.map((one) => rgb(one.hex));
  palette[NOTHING] = rgb(tables.grey);
  return palette;
}
