/** A fill is found on a raster of this side, whatever the pad's is. */
export const RASTER = 256;
const CELLS = RASTER * RASTER;
/** A line's rim is half clear, of 255. */
const IS_LINE = 60;
/** Sum of three channels from which on a colour is another one: a rim of paint is not. */
const IS_OTHER = 90;
/** Gaps that are closed: so many cells from either side, the least first. */
const REACHES = [1, 3, 6, 11];
const [FREE, WALL] = [0, 1];

/**
 * The ground around a point up to the next lines and colours, over small gaps, as runs (row, from, to) of a raster.
 * Null where no line closes it: then the whole paper would be filled.
 * @param {Uint8ClampedArray} ink RGBA of the lines, RASTER × RASTER
 * @param {Uint8ClampedArray} paint RGBA of the colours
 * @param {number} x 0 to 1 @param {number} y 0 to 1
 * @returns {number[] | null}
 */
export function fillAround(ink, paint, x, y) {
  const cell = (part) => Math.min(RASTER - 1, Math.max(0, Math.floor(part * RASTER)));
  const walls = wallsFor(ink, paint, cell(y) * RASTER + cell(x));
  let best = null;
  for (const reach of REACHES) {
    const near = distanceTo(walls, reach);
    const seed = seedAt(near, cell(x), cell(y), reach);
    // In a place as narrow as the gaps, the smaller reach had it right.
    if (seed < 0) break;
    const inside = flood((at) => near[at] > reach, seed);
    if (!inside) continue;
    best = grown(inside, walls, reach + 1);
    break;
  }
  return best && runsOf(best);
}

/** A wall is a line, or a colour that is another one than where the fill begins. */
function wallsFor(ink, paint, seed) {
  const walls = new Uint8Array(CELLS);
  const own = paint.subarray(4 * seed, 4 * seed + 4);
  for (let at = 0; at < CELLS; at++) {
    const p = 4 * at;
    const covered = paint[p + 3] > 127;
    const differs = Math.abs(paint[p] - own[0]) + Math.abs(paint[p + 1] - own[1]) + Math.abs(paint[p + 2] - own[2]) > IS_OTHER;
    const other = covered && (own[3] <= 127 || differs);
    walls[at] = ink[p + 3] > IS_LINE || other ? WALL : FREE;
  }
  return walls;
}

/** Steps to the next wall, counted to one beyond `most`. */
function distanceTo(walls, most) {
  const steps = new Uint8Array(CELLS).fill(most + 1);
  let edge = [];
  for (let at = 0; at < CELLS; at++) {
    if (walls[at] === WALL) {
      steps[at] = 0;
      edge.push(at);
    }
  }
  for (let step = 1; step <= most && edge.length; step++) {
    const next = [];
    for (const at of edge) {
      // All eight in turn with four: the reach is round rather than square.
      for (const to of around(at, step % 2 === 0)) {
        if (steps[to] > step) {
          steps[to] = step;
          next.push(to);
        }
      }
    }
    edge = next;
  }
  return steps;
}

/** Where to begin: the place itself, or close by where it lies on a line; -1 for nowhere. */
function seedAt(near, x, y, reach) {
  for (let away = 0; away <= reach + 3; away++) {
    for (let dy = -away; dy <= away; dy++) {
      for (let dx = -away; dx <= away; dx += Math.abs(dy) === away ? 1 : 2 * away || 1) {
        const [column, row] = [x + dx, y + dy];
        const on = column >= 0 && row >= 0 && column < RASTER && row < RASTER;
        if (on && near[row * RASTER + column] > reach) return row * RASTER + column;
      }
    }
  }
  return -1;
}

/** Null where it runs out of the paper. */
function flood(mayEnter, seed) {
  const inside = new Uint8Array(CELLS);
  const waiting = [seed];
  inside[seed] = 1;
  while (waiting.length) {
    const at = waiting.pop();
    const [x, y] = [at % RASTER, Math.floor(at / RASTER)];
    if (!x || !y || x === RASTER - 1 || y === RASTER - 1) return null;
    for (const to of around(at)) {
      if (!inside[to] && mayEnter(to)) {
        inside[to] = 1;
        waiting.push(to);
      }
    }
  }
  return inside;
}

/** Back to the lines it was held off from, and one cell under them: no pale rim is left. */
function grown(inside, walls, times) {
  let edge = [];
  for (let at = 0; at < CELLS; at++) if (inside[at]) edge.push(at);
  for (let time = 0; time <= times; time++) {
    const next = [];
    for (const at of edge) {
      if (walls[at] === WALL) continue;
      for (const to of around(at, time % 2 === 1)) {
        if (!inside[to]) {
          inside[to] = 1;
          next.push(to);
        }
      }
    }
    edge = next;
  }
  return inside;
}

function around(at, corners = false) {
  const x = at % RASTER;
  const [left, right] = [x > 0, x < RASTER - 1];
  const near = [];
  for (const row of [at - RASTER, at, at + RASTER]) {
    if (row < 0 || row >= CELLS) continue;
    if (row !== at) near.push(row);
    if (left && (row === at || corners)) near.push(row - 1);
    if (right && (row === at || corners)) near.push(row + 1);
  }
  return near;
}

function runsOf(inside) {
  const runs = [];
  for (let y = 0; y < RASTER; y++) {
    for (let x = 0, from = -1; x <= RASTER; x++) {
      const on = x < RASTER && inside[y * RASTER + x];
      if (on && from < 0) from = x;
      if (!on && from >= 0) {
        runs.push(y, from, x);
        from = -1;
      }
    }
  }
  return runs;
}
