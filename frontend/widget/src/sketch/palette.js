import { h, icon } from "../dom.js";
import { roving, settle } from "../results/nodes.js";
import { MORE } from "./icons.js";
import { PAINTS } from "./easel.js";

/** Calm colours of clothes; black and white are a little off, so that they are told from lines and paper. */
export const COLORS = {
  red: "#b8342c", pink: "#e59aa8", beige: "#d9c4a0", yellow: "#e3b93f", green: "#4f7a52", sky: "#8fb8d8",
  blue: "#2f5fa8", navy: "#22304f", brown: "#7a5238", grey: "#9a9a98", black: "#303134", white: "#f4f2ec",
};
const NAMES = Object.fromEntries(Object.entries(COLORS).map(([name, hex]) => [hex, name]));

/** A colour's name; of one that the browser's own picker gave, its value. */
export const nameOf = (t, hex) => (NAMES[hex] ? t("sketch.color." + NAMES[hex]) : hex);

function dotOf(hex) {
  const dot = h("span", { class: "dot" });
  dot.style.setProperty("--swatch", hex);
  return dot;
}

/**
 * The colours to paint with, and those that are on the paper: one of these is pressed to become another.
 * `draw()` shows what holds now.
 * @param {import("./easel.js").Easel} easel
 */
export function palette(t, easel, { say, onchoose }) {
  let changing = null;
  const buttons = Object.values(COLORS).map((hex) => h("button", { class: "bare paint", type: "button", part: "pad-color",
    "aria-label": nameOf(t, hex), title: nameOf(t, hex), "data-hex": hex, "data-name": NAMES[hex], onclick: () => choose(hex) }, dotOf(hex)));
  const own = h("input", { type: "color", value: easel.color, "aria-label": t("sketch.otherColor"), onchange: () => choose(own.value) });
  const other = h("label", { class: "bare paint", title: t("sketch.otherColor") }, dotOf(""), icon(MORE), own);
  const bar = h("div", { class: "chips", role: "toolbar", "aria-label": t("sketch.colors") }, buttons, other);
  const node = h("div", { class: "reel pad-colors" }, bar);
  const stops = roving(bar);

  const usedBar = h("div", { class: "chips", role: "toolbar", "aria-label": t("sketch.used") });
  const used = h("div", { class: "reel pad-used", hidden: true }, h("span", { class: "lead", "aria-hidden": "true" }, t("sketch.used")), usedBar);
  const usedStops = roving(usedBar);

  function choose(hex) {
    easel.color = hex;
    if (changing) {
      const from = changing;
      changing = null;
      easel.recolor(from, hex);
      say("sketch.changed", { from: nameOf(t, from), to: nameOf(t, hex) });
    } else if (!PAINTS.has(easel.tool)) easel.tool = "brush";
    draw();
    onchoose();
  }
  const make = (hex) => h("button", { class: "bare paint", type: "button", part: "pad-used", "aria-label": t("sketch.change", { color: nameOf(t, hex) }),
    title: t("sketch.change", { color: nameOf(t, hex) }), onclick: () => {
      changing = changing === hex ? null : hex;
      draw();
      say(changing ? "sketch.changeTo" : "", { color: nameOf(t, hex) });
    } }, dotOf(hex));
  const mark = (node, hex) => node.setAttribute("aria-pressed", String(hex === changing));

  function draw() {
    const { colors } = easel.strokes;
    if (!colors.includes(changing)) changing = null;
    const paints = PAINTS.has(easel.tool);
    for (const one of buttons) one.setAttribute("aria-pressed", String(paints && one.dataset.hex === easel.color));
    const isOwn = !NAMES[easel.color];
    other.classList.toggle("on", paints && isOwn);
    if (isOwn) other.firstChild.style.setProperty("--swatch", easel.color);
    used.hidden = !colors.length;
    settle(usedBar, colors, { key: (hex) => hex, make: (hex) => {
      const one = make(hex);
      mark(one, hex);
      return one;
    }, change: mark });
    stops();
    usedStops();
  }
  draw();
  return { node, used, draw };
}
