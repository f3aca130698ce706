import { RASTER } from "./fill.js";

/** What lines are drawn with; the API knows it. */
export const INK = "#1a1a1a";
/** Parts of the pad's side: a line stays a line on a phone, colour covers ground quickly. */
const WIDTHS = { pen: 0.009, brush: 0.06, eraser: 0.05 };
/** Runs of a fill lie one over the other, so that no seam is seen between them. */
const LAP = 0.4;

/**
 * The paper's two sheets, as colour never covers a line.
 * @typedef {{ink: CanvasRenderingContext2D, paint: CanvasRenderingContext2D}} Sheets
 */

/**
 * Draws a step, or what has come to it since its point `from`; `whole` is false while the hand still moves.
 * @param {Sheets} sheets @param {number} side px
 * @param {import("./strokes.js").Stroke | import("./strokes.js").Fill | import("./strokes.js").Start} step
 */
export function drawStep({ ink, paint }, side, step, from = 0, whole = true) {
  const { tool } = step;
  const pens = tool === "eraser" ? [ink, paint] : tool === "brush" || tool === "fill" ? [paint] : [ink];
  for (const pen of pens) {
    pen.globalCompositeOperation = tool === "eraser" ? "destination-out" : "source-over";
    pen.fillStyle = pen.strokeStyle = step.color || INK;
    pen.lineCap = pen.lineJoin = "round";
    pen.lineWidth = WIDTHS[tool] || WIDTHS.pen;
    pen.setTransform(side, 0, 0, side, 0, 0);
    if (tool === "start") start(pen, step);
    else if (tool === "fill") fill(pen, step.spans);
    else {
      line(pen, step, from, whole);
      pen.setTransform(-side, 0, 0, side, side, 0);
      if (step.mirror) line(pen, step, from, whole);
    }
  }
}

function start(pen, { paths = [], image }) {
  pen.beginPath();
  for (const path of paths) {
    for (let at = 0; at < path.length; at += 2) at ? pen.lineTo(path[at], path[at + 1]) : pen.moveTo(path[0], path[1]);
  }
  pen.stroke();
  if (!image) return;
  pen.imageSmoothingQuality = "high";
  const scale = 0.9 / Math.max(image.width, image.height);
  const [width, height] = [image.width * scale, image.height * scale];
  pen.drawImage(image, (1 - width) / 2, (1 - height) / 2, width, height);
}

function fill(pen, spans) {
  pen.scale(1 / RASTER, 1 / RASTER);
  pen.beginPath();
  for (let at = 0; at < spans.length; at += 3) {
    const [row, left, right] = [spans[at], spans[at + 1], spans[at + 2]];
    pen.rect(left - LAP, row - LAP, right - left + 2 * LAP, 1 + 2 * LAP);
  }
  pen.fill();
}

/** Curves from the middle of two points to the middle of the next two: no corner that the hand did not make. */
function line(pen, { tool, points, press }, from, whole) {
  const last = points.length / 2 - 1;
  const middle = (at) => [(points[2 * at] + points[2 * at + 2]) / 2, (points[2 * at + 1] + points[2 * at + 3]) / 2];
  if (!last) {
    if (from) return;
    pen.beginPath();
    pen.arc(points[0], points[1], (pen.lineWidth * (press?.[0] ?? 1)) / 2, 0, 2 * Math.PI);
    return pen.fill();
  }
  const width = WIDTHS[tool];
  const first = Math.max(from, 1);
  pen.beginPath();
  pen.moveTo(...(first > 1 ? middle(first - 2) : points));
  for (let at = first; at <= last; at++) {
    const end = middle(at - 1);
    pen.quadraticCurveTo(points[2 * at - 2], points[2 * at - 1], ...end);
    if (!press) continue;
    pen.lineWidth = width * press[at];
    pen.stroke();
    pen.beginPath();
    pen.moveTo(...end);
  }
  if (whole) pen.lineTo(points[2 * last], points[2 * last + 1]);
  pen.stroke();
}
