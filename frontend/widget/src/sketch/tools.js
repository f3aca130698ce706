import { h, icon } from "../dom.js";
import { roving } from "../results/nodes.js";
import { BRUSH, CLEAR, ERASER, FILL, MIRROR, PEN, REDO, UNDO } from "./icons.js";

const TOOLS = { pen: PEN, brush: BRUSH, fill: FILL, eraser: ERASER };

/** What one draws with, and the way back. `draw()` shows what holds now. @param {import("./easel.js").Easel} easel */
export function toolBar(t, easel, onchoose) {
  const button = (name, paths, onclick) => h("button", { class: "bare tool", type: "button", part: "pad-tool", "data-tool": name,
    "aria-label": t("sketch." + name), title: t("sketch." + name), onclick }, icon(paths));
  const tools = Object.entries(TOOLS).map(([name, paths]) => button(name, paths, () => choose(name)));
  const mirror = button("mirror", MIRROR, () => {
    easel.mirror = !easel.mirror;
    draw();
  });
  const undo = button("undo", UNDO, () => easel.undo());
  const redo = button("redo", REDO, () => easel.redo());
  const clear = button("clear", CLEAR, () => easel.clear());
  const node = h("div", { class: "pad-tools", role: "toolbar", "aria-label": t("sketch.tools") },
    tools, mirror, h("i", {}), undo, redo, clear);
  const stops = roving(node);

  function choose(name) {
    easel.tool = name;
    draw();
    onchoose();
  }
  /** What cannot be done stays reachable: focus is not lost with the last undo. */
  const may = (one, yes) => one.setAttribute("aria-disabled", String(!yes));
  function draw() {
    for (const one of tools) one.setAttribute("aria-pressed", String(one.dataset.tool === easel.tool));
    mirror.setAttribute("aria-pressed", String(easel.mirror));
    easel.pad.axis.hidden = !easel.mirror;
    may(undo, easel.strokes.canUndo);
    may(redo, easel.strokes.canRedo);
    may(clear, easel.strokes.shown.length > 0);
    stops();
  }
  draw();
  return { node, draw };
}

/** Ctrl+Z and Ctrl+Shift+Z or Ctrl+Y, as everywhere; fields keep their own. @param {HTMLElement} around */
export function undoKeys(around, easel, signal) {
  around.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
    if (!(ctrlKey || metaKey) || altKey || event.composedPath()[0].matches?.("input, textarea, select")) return;
    const name = key.toLowerCase();
    const back = name === "z" && !shiftKey;
    if (!back && name !== "y" && name !== "z") return;
    event.preventDefault();
    if (back) easel.undo();
    else easel.redo();
  }, { signal });
}
