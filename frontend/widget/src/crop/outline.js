const SVG = "http://www.w3.org/2000/svg";
/** Corners of an outline are rounded by this share of its longer side: cloth has few sharp ones. */
const ROUNDING = 0.05;

/** Makes an SVG element; null props are left out. */
export function svg(tag, props, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) if (value != null) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const ringOfBox = ([x0, y0, x1, y1]) => [[x0, y0], [x1, y0], [x1, y1], [x0, y1]];

/** The rings to draw for a garment: its outline, or its box where an older answer has none. */
export const ringsOf = ({ outline, box }) => (outline?.length ? outline : [ringOfBox(box)]);

/** A path around rings of [x, y], with soft corners. */
export const pathOf = (rings) => rings.map(softRing).join("");

/** The whole photo but for the rings: what lies around the garment. */
export const pathAround = (rings, { width, height }) => `M0 0H${width}V${height}H0Z${pathOf(rings)}`;

function softRing(ring) {
  const xs = ring.map(([x]) => x);
  const ys = ring.map(([, y]) => y);
  const radius = ROUNDING * Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
  const curves = ring.map((point, at) => {
    const before = toward(point, ring.at(at - 1), radius);
    const after = toward(point, ring[(at + 1) % ring.length], radius);
    return `${before} Q${round(point)} ${after}`;
  });
  return `M${curves.join(" L")}Z`;
}

/** The point `radius` away from one toward another, at most half way. */
function toward([x, y], [toX, toY], radius) {
  const length = Math.hypot(toX - x, toY - y) || 1;
  const part = Math.min(0.5, radius / length);
  return round([x + part * (toX - x), y + part * (toY - y)]);
}

const round = (point) => point.map((value) => Math.round(10 * value) / 10).join(" ");

/** A point well inside the largest ring, where its label belongs: the middle of its widest row near the middle. */
export function heartOf(rings) {
  const ring = rings[0];
  const ys = ring.map(([, y]) => y);
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const rows = [0.5, 0.4, 0.6, 0.3, 0.7].map((part) => widest(ring, top + part * (bottom - top))).filter(Boolean);
  const best = rows.sort((one, other) => other.width - one.width)[0];
  return best ? [best.x, best.y] : ring[0];
}

/** The longest stretch of the row `y` that lies inside the ring. */
function widest(ring, y) {
  const crossings = [];
  ring.forEach(([x, at], index) => {
    const [toX, to] = ring[(index + 1) % ring.length];
    if (at > y !== to > y) crossings.push(x + ((y - at) / (to - at)) * (toX - x));
  });
  crossings.sort((one, other) => one - other);
  let best = null;
  for (let at = 0; at + 1 < crossings.length; at += 2) {
    const width = crossings[at + 1] - crossings[at];
    if (!best || width > best.width) best = { x: (crossings[at] + crossings[at + 1]) / 2, y, width };
  }
  return best;
}
