// Where products with a tag stand thick: their share around each place, drawn under the points.

const CELLS = 160;
const BLUR = 3;
const STRONGEST = 205;

/**
 * @param {import("./places.js").Places} places
 * @param {Uint8Array} marks 1 for each product that has the tag
 * @param {[number, number, number]} color
 * @returns {HTMLCanvasElement} CELLS a side, to be stretched over the map's box
 */
export function heatOf(places, marks, color) {
  const all = new Float32Array(CELLS * CELLS);
  const having = new Float32Array(CELLS * CELLS);
  const { box } = places;
  for (let i = 0; i < places.count; i += 1) {
    const across = Math.floor(((places.xy[2 * i] - box.x) / box.width) * CELLS);
    const down = Math.floor(((places.xy[2 * i + 1] - box.y) / box.height) * CELLS);
    const cell = Math.min(down, CELLS - 1) * CELLS + Math.min(across, CELLS - 1);
    all[cell] += 1;
    having[cell] += marks[i];
  }
  for (const grid of [all, having]) for (let turn = 0; turn < 2; turn += 1) blur(grid);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = CELLS;
  const context = canvas.getContext("2d");
  const image = context.createImageData(CELLS, CELLS);
  const most = having.reduce((one, other) => Math.max(one, other), 1e-9);
  for (let cell = 0; cell < all.length; cell += 1) {
    const share = all[cell] ? having[cell] / all[cell] : 0;
    const thick = Math.sqrt(having[cell] / most);
    image.data.set([...color, Math.round(STRONGEST * share * thick)], 4 * cell);
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** A moving mean along the rows and then the columns; twice is nearly a bell. */
function blur(grid) {
  const line = new Float32Array(CELLS);
  for (const [step, next] of [[1, CELLS], [CELLS, 1]]) {
    for (let row = 0; row < CELLS; row += 1) {
      const first = row * next;
      for (let at = 0; at < CELLS; at += 1) {
        let sum = 0;
        const low = Math.max(0, at - BLUR);
        const high = Math.min(CELLS - 1, at + BLUR);
        for (let beside = low; beside <= high; beside += 1) sum += grid[first + beside * step];
        line[at] = sum / (2 * BLUR + 1);
      }
      for (let at = 0; at < CELLS; at += 1) grid[first + at * step] = line[at];
    }
  }
}
