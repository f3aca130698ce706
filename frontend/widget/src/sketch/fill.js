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
/** The cells at the paper's edge: what is reached from there is outside. */
const RIM = Array.from({ length: RASTER }, (_, at) => [at, CELLS - RASTER + at, at * RASTER, at * RASTER + RASTER - 1]).flat();

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
  for (const reach of REACHES) {
    const near = distanceTo(walls, reach);
    const isFree = (at) => near[at] > reach;
    const seed = seedAt(isFree, cell(x), cell(y), reach);
    // In a place as narrow as the gaps, the smaller reach had it right.
    if (seed < 0) return null;
    const outside = flood(isFree, RIM);
    if (!outside[seed]) return runsOf(grown(flood(isFree, [seed]), outside, walls));
  }
  return null;
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
function seedAt(isFree, x, y, reach) {
  for (let away = 0; away <= reach + 3; away++) {
    for (let dy = -away; dy <= away; dy++) {
      for (let dx = -away; dx <= away; dx += Math.abs(dy) === away ? 1 : 2 * away || 1) {
        const [column, row] = [x + dx, y + dy];
        const on = column >= 0 && row >= 0 && column < RASTER && row < RASTER;
        if (on && isFree(row * RASTER + column)) return row * RASTER + column;
      }
    }
  }
  return -1;
}

/** The cells that can be entered from these. */
function flood(mayEnter, seeds) {
  const inside = new Uint8Array(CELLS);
  const waiting = seeds.filter(mayEnter);
  for (const at of waiting) inside[at] = 1;
  while (waiting.length) {
    for (const to of around(waiting.pop())) {
      if (inside[to] || !mayEnter(to)) continue;
      inside[to] = 1;
      waiting.push(to);
    }
  }
  return inside;
}

/**
 * Back to the lines it was held off from: what lies between it and the ground outside goes to the nearer one, so that
 * a gap is closed across its middle. And one cell under the lines, for no pale rim to be left.
 */
function grown(inside, outside, walls) {
  const OURS = 1;
  const taken = inside.map((on, at) => (on ? OURS : 2 * outside[at]));
  let edge = [...taken.keys()].filter((at) => taken[at]);
  while (edge.length) {
    const next = [];
    for (const at of edge) {
      for (const to of around(at)) {
        if (taken[to] || walls[to] === WALL) continue;
        taken[to] = taken[at];
        next.push(to);
      }
    }
    edge = next;
  }
  const whole = taken.map((whose) => Number(whose === OURS));
  for (let at = 0; at < CELLS; at++) {
    if (taken[at] === OURS) for (const to of around(at, true)) if (walls[to] === WALL) whole[to] = 1;
  }
  return whole;
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
