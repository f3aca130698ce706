import { h } from "../dom.js";
import { Asking } from "./asking.js";
import { Easel } from "./easel.js";
import { kindChips, outlineRow } from "./kinds.js";
import { COLORS, palette } from "./palette.js";
import { toolBar, undoKeys } from "./tools.js";

export { sheet } from "./styles.js";

/** Drawings of this page's lenses, and what they are said to be: who comes back to the pad goes on. @type {WeakMap<Element, Drawing>} */
const kept = new WeakMap();

/** @typedef {{strokes: import("./strokes.js").Step[], category?: string | null}} Drawing */

/**
 * The pad: a drawing, how it is seen, and what is drawn. Every change asks the session; the results are drawn by
 * their own part. `from(sku)` draws on from a product's lines.
 * @param {HTMLElement} host
 * @param {import("../lens/session.js").Session} session
 * @param {{beside: HTMLElement, onempty: () => void}} places `beside` is for the picture; `onempty` is told when
 *   nothing is on the paper
 * @returns {{unmount(): void, focus(): void, from(sku: string): Promise<void>}}
 */
export function open(host, session, { beside, onempty }) {
  const { t } = session;
  const life = new AbortController();
  const { signal } = life;
  const words = h("p", { class: "pad-said", role: "status" });
  const say = (key, values) => (words.textContent = key && t(key, values));

  /** @type {Drawing} of the search that is gone on with, else of the time before */
  const before = session.query.sketch || kept.get(session.host) || { strokes: [] };
  const easel = new Easel({
    steps: before.strokes.map(withoutLines),
    color: COLORS.red,
    // Not an image: arrow keys draw on it, and what a reader is told is its name and the words below.
    props: { role: "application", "aria-label": t("sketch.pad"), "aria-describedby": "pad-keys pad-drawn" },
    on: { say, onchange: () => changed(), onhand: () => asking.hold() },
  });
  const drawn = h("p", { class: "said", id: "pad-drawn" });
  const tools = toolBar(t, easel, () => redraw());
  const colors = palette(t, easel, { say, onchoose: () => redraw() });
  const picture = h("canvas", { width: 1, height: 1, role: "img", part: "pad-picture" });
  const kinds = kindChips(t, () => asking.changed());
  const outlines = outlineRow(session, (kind, paths) => {
    kinds.choose(kind);
    easel.start({ paths });
    // The button that was pressed is gone.
    easel.pad.canvas.focus({ preventScroll: true });
  });
  const seen = h("div", { class: "pad-seen" }, h("div", { class: "pad-picture" }, picture), h("div", { class: "pad-what" }, kinds.node, colors.used));
  const hint = h("div", { class: "pad-hint" }, h("h3", {}, t("sketch.hint")), h("p", {}, t("sketch.hintMore")), outlines);
  const asking = new Asking(session, easel, { kind: () => kinds.chosen, picture: show, onempty });

  function redraw() {
    tools.draw();
    colors.draw();
    const { shown } = easel.strokes;
    seen.hidden = !shown.length;
    hint.hidden = shown.length > 0;
    drawn.textContent = shown.length ? t("sketch.drawn", { count: shown.length }) : t("sketch.empty");
  }
  function changed() {
    if (!easel.strokes.shown.length) kinds.choose(null);
    kept.set(session.host, { strokes: easel.strokes.steps, category: kinds.chosen });
    redraw();
    asking.changed();
  }
  /** @param {ImageBitmap | null} bitmap */
  function show(bitmap) {
    picture.classList.toggle("none", !bitmap);
    if (!bitmap) return;
    [picture.width, picture.height] = [bitmap.width, bitmap.height];
    picture.getContext("2d").drawImage(bitmap, 0, 0);
    bitmap.close();
    name();
  }
  function name() {
    picture.setAttribute("aria-label", kinds.name ? t("sketch.seenAs", { kind: kinds.name }) : t("sketch.seen"));
  }
  function answered() {
    if (!session.query.sketch) return;
    const { garments = [], selected = 0 } = session.answer.query;
    const kind = garments[selected]?.category;
    kinds.seen(kind?.id ? kind : null);
    name();
  }
  async function from(sku) {
    host.scrollIntoView({ block: "start" });
    say("sketch.fetching");
    try {
      const image = await linesOf(session, sku, signal);
      kinds.choose(null);
      easel.start({ sku, image });
      easel.pad.canvas.focus({ preventScroll: true });
    } catch {
      if (!signal.aborted) say("sketch.noLines");
    }
  }

  kinds.choose(before.category || null);
  name();
  redraw();
  host.append(h("div", { class: "pad", part: "sketch" }, easel.pad.node, tools.node, colors.node, words, drawn,
    h("p", { class: "said", id: "pad-keys" }, t("sketch.keys"))));
  beside.append(hint, seen);
  undoKeys(host.closest(".split"), easel, signal);
  session.addEventListener("answer", answered, { signal });
  if (session.query.sketch && session.answer) {
    answered();
    asking.goOn(session.query.sketch);
  } else if (easel.strokes.shown.length) asking.changed();
  fetchLines(session, easel, signal);
  return {
    from,
    focus: () => easel.pad.canvas.focus({ preventScroll: true }),
    unmount() {
      life.abort();
      asking.stop();
      easel.unmount();
      host.replaceChildren();
      beside.replaceChildren();
    },
  };
}

/** What was written down for later holds no pictures: they are fetched anew. */
const withoutLines = (step) => ("image" in step && !(step.image instanceof ImageBitmap) ? { ...step, image: undefined } : step);

const linesOf = async (session, sku, signal) => createImageBitmap(await session.client.lines(sku, { signal }));

/** The products' lines that a drawing began with, where they are missing. */
async function fetchLines(session, easel, signal) {
  for (const step of easel.strokes.steps.filter(({ sku, image }) => sku && !image)) {
    try {
      step.image = await linesOf(session, step.sku, signal);
      easel.pad.again();
    } catch {
      // What was drawn over them is still there.
    }
  }
}
