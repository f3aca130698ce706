/** Boxes are [x0, y0, x1, y1] in px of the photo as sent; `size` is {width, height} of it. */

/** Shortest side of a box, as a share of the photo's longer side and in px: less shows no garment. */
const LEAST_SHARE = 0.08;
const LEAST_PX = 16;
/** A box drawn where no garment was found: this share of the photo, in its middle. */
const FIRST_SHARE = 0.7;

const between = (low, value, high) => Math.max(low, Math.min(high, value));

const leastOf = ({ width, height }) =>
  Math.min(width, height, Math.max(LEAST_PX, LEAST_SHARE * Math.max(width, height)));

export function middleBox({ width, height }) {
  const [x, y] = [(width * (1 - FIRST_SHARE)) / 2, (height * (1 - FIRST_SHARE)) / 2];
  return [x, y, width - x, height - y];
}

/** As the API takes it: whole px within the photo. */
export function wholeBox([x0, y0, x1, y1], { width, height }) {
  const left = between(0, Math.round(x0), width - 1);
  const top = between(0, Math.round(y0), height - 1);
  return [left, top, between(left + 1, Math.round(x1), width), between(top + 1, Math.round(y1), height)];
}

/** Moved by (dx, dy), as far as the photo reaches. */
export function moved([x0, y0, x1, y1], dx, dy, { width, height }) {
  const right = between(-x0, dx, width - x1);
  const down = between(-y0, dy, height - y1);
  return [x0 + right, y0 + down, x1 + right, y1 + down];
}

/** With a corner pulled: `across` is 0 (left) or 1, `down` 0 (top) or 1. */
export function pulled(box, { across, down }, dx, dy, size) {
  const least = leastOf(size);
  const next = [...box];
  const x = across ? 2 : 0;
  const y = down ? 3 : 1;
  next[x] = across ? between(box[0] + least, box[2] + dx, size.width) : between(0, box[0] + dx, box[2] - least);
  next[y] = down ? between(box[1] + least, box[3] + dy, size.height) : between(0, box[1] + dy, box[3] - least);
  return next;
}

/** Made `factor` times as large around its middle, as far as the photo reaches. */
export function scaled([x0, y0, x1, y1], factor, size) {
  const least = leastOf(size);
  const width = between(least, (x1 - x0) * factor, size.width);
  const height = between(least, (y1 - y0) * factor, size.height);
  const left = between(0, (x0 + x1 - width) / 2, size.width - width);
  const top = between(0, (y0 + y1 - height) / 2, size.height - height);
  return [left, top, left + width, top + height];
}

/** Grown to the least size that a box may have, and into the photo. */
export const usable = (box, size) => scaled(box, 1, size);

export const sameBox = (one, other) => one.every((edge, at) => edge === other[at]);

/** A box as shares of the photo, in whole percent: left, top, width, height. */
export function percentOf([x0, y0, x1, y1], { width, height }) {
  const percent = (part, whole) => Math.round((100 * part) / whole);
  return { left: percent(x0, width), top: percent(y0, height), width: percent(x1 - x0, width), height: percent(y1 - y0, height) };
}
