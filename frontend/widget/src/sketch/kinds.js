import { h, icon } from "../dom.js";
import { roving, settle } from "../results/nodes.js";

/** What a shopper may say is drawn: ids of the taxonomy. */
const KINDS = [
  "t-shirt", "shirt", "blouse", "tank-top", "sweater", "sweatshirt", "hoodie", "cardigan", "jacket", "blazer", "coat", "vest",
  "dress", "jumpsuit", "skirt", "trousers", "jeans", "shorts", "leggings", "hat", "bag", "sneakers", "boots", "heels", "flats", "sandals",
];
/** The box of an outline, and the part of the pad that it takes. */
const BOX = 100;
const PART = 0.84;
const VIEW = 24;

/**
 * Chips that say what is drawn: what was seen in it, until the shopper says it. `seen({id, label, unsure})` tells
 * that; what is unsure stands first, and is not said.
 * @param {(kind: string | null) => void} onchoose
 */
export function kindChips(t, onchoose) {
  let chosen = null;
  let found = null;
  const bar = h("div", { class: "chips", role: "toolbar", "aria-label": t("sketch.kind") });
  const node = h("div", { class: "reel pad-kinds", part: "pad-kinds" }, bar);
  const stops = roving(bar);
  const nameOf = (id) => (t.has("sketch.kind." + id) ? t("sketch.kind." + id) : found?.label || id);
  const make = (id) => {
    const chip = h("button", { class: "chip", type: "button", part: "pad-kind", onclick: () => {
      choose(chosen === id ? null : id);
      onchoose(chosen);
    } }, nameOf(id));
    change(chip, id);
    return chip;
  };
  const said = () => chosen || (found?.unsure ? null : found?.id);
  const change = (chip, id) => chip.setAttribute("aria-pressed", String(id === said()));
  function draw() {
    const first = chosen || found?.id;
    // Under the finger nothing moves.
    const moves = first && !bar.contains(bar.getRootNode().activeElement);
    const known = [...bar.children].map((chip) => chip.dataset.key);
    const order = moves ? [first, ...KINDS.filter((id) => id !== first)] : known.length ? known : KINDS;
    settle(bar, order, { key: (id) => id, make, change });
    if (moves) node.scrollLeft = 0;
    stops();
  }
  function choose(id) {
    chosen = id;
    draw();
  }
  draw();
  return {
    node,
    choose,
    seen(kind) {
      found = kind;
      draw();
    },
    get chosen() {
      return chosen;
    },
    /** How a reader names what is drawn; "" while nobody knows. */
    get name() {
      const id = said();
      return id ? nameOf(id) : "";
    },
  };
}

/**
 * Outlines to begin with; draws nothing where this build has none.
 * @param {import("../lens/session.js").Session} session
 * @param {(kind: string, paths: number[][]) => void} onchoose
 */
export function outlineRow(session, onchoose) {
  const { t } = session;
  const bar = h("div", { class: "chips", role: "toolbar", "aria-label": t("sketch.startFrom") });
  const node = h("div", { class: "pad-outlines", part: "pad-outlines", hidden: true }, h("p", { class: "lead" }, t("sketch.startFrom")), h("div", { class: "reel" }, bar));
  const stops = roving(bar);
  session.part("outlines").then((part) => {
    const outlines = Object.entries(part?.default || {});
    bar.append(...outlines.map(([kind, paths]) => {
      const name = t.has("sketch.kind." + kind) ? t("sketch.kind." + kind) : kind;
      return h("button", { class: "outline", type: "button", part: "pad-outline", onclick: () => onchoose(kind, paths.map(onPad)) },
        icon(paths.map(asLine)), h("span", {}, name));
    }));
    node.hidden = !outlines.length;
    stops();
  }).catch(() => {
    // One can draw without.
  });
  return node;
}

const onPad = (path) => path.map((part) => Math.round(1e4 * ((1 - PART) / 2 + (part / BOX) * PART)) / 1e4);

function asLine(path) {
  const parts = path.map((part) => Math.round((10 * part * VIEW) / BOX) / 10);
  return "M" + parts.join(" ");
}
