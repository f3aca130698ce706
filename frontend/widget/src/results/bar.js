import { h } from "../dom.js";
import { adopt } from "./adopt.js";
import { chosenCount, useful } from "./facets.js";
import { glyph } from "./icons.js";
import { roving, settle } from "./nodes.js";

const SORTS = ["relevance", "price_asc", "price_desc", "newest"];
const TUNE = "tune";
const SHARE = "share";

/** @typedef {import("./view.js").View} View */

/**
 * Sort, filters, sliders, the link and the list of what was kept. One shelf is open at a time.
 * @param {View} view
 */
export function toolBar(view) {
  const { t, session } = view;
  const chips = h("div", { class: "reel", role: "toolbar", "aria-label": t("results.refine") });
  const shelf = h("div", { class: "shelf", part: "shelf", hidden: true, id: "shelf" });
  const stops = roving(chips);
  const sort = h("select", { "aria-label": t("results.sort"), part: "sort", onchange: () => view.ask({ sort: sort.value === SORTS[0] ? undefined : sort.value }) },
    SORTS.map((value) => h("option", { value }, t("results.sort." + value))));
  const share = roundButton("share", t("results.share"), () => toggle(SHARE));
  const wish = roundButton("heart", "", () => view.showWishes());
  const count = h("small", { "aria-hidden": "true" });
  wish.append(count);
  wish.setAttribute("part", "wish-button");
  const node = h("div", { class: "refine" }, chips, h("div", { class: "ends" }, h("label", { class: "sort" }, sort, glyph("down")), share, wish));
  let open = null;
  let drawn = null;
  let opener = null;
  let shelves = null;

  async function toggle(key) {
    if (open === key) return close();
    open = key;
    opener = shelf.getRootNode().activeElement;
    mark();
    try {
      shelves = await session.part("shelves");
      adopt(shelf.getRootNode(), shelves.sheet);
    } catch {
      // Another press tries again.
      close();
      return view.say(t("results.shelfFailed"));
    }
    if (open !== key || view.signal.aborted) return;
    fill();
    (shelf.querySelector(".act") || shelf.querySelector("input, button"))?.focus({ preventScroll: true });
    shelf.scrollIntoView({ block: "nearest" });
  }
  function close() {
    if (!open) return;
    const held = shelf.contains(shelf.getRootNode().activeElement);
    open = drawn = null;
    shelf.hidden = true;
    shelf.replaceChildren();
    mark();
    if (held) opener?.focus({ preventScroll: true });
  }
  // The hand is on its way: what will open may come already.
  for (const name of ["pointerover", "focusin"]) node.addEventListener(name, () => session.part("shelves").catch(() => {}), { once: true });
  shelf.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    // The sheet around it stays open.
    event.preventDefault();
    event.stopPropagation();
    close();
  });

  function fill() {
    const facet = facets().find(({ kind }) => kind === open);
    if (open === TUNE) drawn = { node: shelves.sliders(view), draw() {} };
    else if (open === SHARE) drawn = { node: shelves.shareShelf(view), draw() {} };
    else if (facet) drawn = shelves.facetShelf(view, facet);
    else return close();
    shelf.replaceChildren(drawn.node);
    shelf.hidden = false;
  }
  const facets = () => useful(session.answer?.facets);
  const keys = () => [...(view.hasShape() ? [{ kind: TUNE, label: t("results.tune") }] : []), ...facets()];

  const make = ({ kind, label }) => {
    const chip = h("button", { class: "chip", type: "button", part: "facet", "aria-expanded": "false", "aria-controls": "shelf", onclick: () => toggle(kind) },
      kind === TUNE && glyph("tune"), h("span", {}, label), glyph("down"));
    changeChip(chip, { kind, label });
    return chip;
  };
  const changeChip = (chip, { kind, label }) => {
    const chosen = chosenCount(session.query.filters, kind) || Number(kind === TUNE && Boolean(session.query.weights));
    chip.querySelector("span").textContent = kind !== TUNE && chosen ? `${label} · ${chosen}` : label;
    chip.classList.toggle("has", chosen > 0);
  };
  const mark = () => {
    for (const chip of chips.children) chip.setAttribute("aria-expanded", String(chip.dataset.key === open));
    share.setAttribute("aria-expanded", String(open === SHARE));
  };

  /** After an answer, and when what is chosen changes. */
  const draw = () => {
    settle(chips, keys(), { key: ({ kind }) => kind, make, change: changeChip });
    stops();
    node.classList.toggle("bare-bar", !chips.children.length);
    sort.value = session.query.sort || SORTS[0];
    const facet = facets().find(({ kind }) => kind === open);
    if (facet) drawn?.draw(facet);
    else if (open && open !== TUNE && open !== SHARE) close();
    mark();
  };
  const drawWishes = () => {
    const kept = view.keep.list("wish").length;
    wish.hidden = !view.keep.allowed;
    wish.setAttribute("aria-label", t("results.wishes", { count: kept }));
    count.textContent = kept || "";
  };
  drawWishes();
  view.keep.onchange(drawWishes, view.signal);
  return { node, shelf, draw, close, focus: () => (chips.querySelector("[tabindex='0']") || sort).focus() };
}

function roundButton(name, label, onclick) {
  return h("button", { class: "bare", type: "button", "aria-label": label, part: name + "-button", onclick }, glyph(name));
}
