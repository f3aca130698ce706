import { h, icon } from "../dom.js";
import { PASTE, PEN } from "./icons.js";
import { sayForm } from "./say.js";
import { canReadClipboard, readClipboard } from "./transfer.js";

export { preparePhoto } from "./photo.js";
export { sheet } from "./styles.js";
export { readTransfer, mayHoldPhoto } from "./transfer.js";

/**
 * The first screen: every way to say what one looks for. `draw()` opens the pad where there is one;
 * `recents(slot)` fills the place of recent searches.
 * @param {HTMLElement} host
 * @param {import("../lens/session.js").Session} session
 * @param {{draw?: () => void, recents?: (slot: HTMLElement) => void}} options
 * @returns {{unmount(): void, focus(): void}}
 */
export function mount(host, session, { draw, recents } = {}) {
  const { t } = session;
  const touch = matchMedia("(pointer: coarse)").matches;
  const files = { gallery: fileInput(session), camera: fileInput(session, { capture: "environment" }) };
  const say = sayForm(session);
  const slot = h("div", { class: "ways-recents", part: "recents" });
  const pick = touch
    ? pickButton(t("ways.camera"), null, () => files.camera.click())
    : pickButton(t("ways.choose"), t("ways.dropHint"), () => files.gallery.click());
  const others = [
    touch && way(t("ways.gallery"), "gallery", () => files.gallery.click()),
    touch && canReadClipboard() && way(t("ways.paste"), PASTE, () => paste(session, say)),
    draw && way(t("ways.draw"), PEN, draw),
  ].filter(Boolean);
  host.append(
    h("div", { class: "ways", part: "ways" },
      pick,
      others.length > 0 && h("div", { class: "ways-row" }, others),
      say.node,
      slot,
      Object.values(files)));
  recents?.(slot);
  return {
    focus: () => pick.focus({ preventScroll: true }),
    unmount() {
      say.stop();
      host.replaceChildren();
    },
  };
}

function pickButton(name, hint, onclick) {
  return h("button", { class: "pick", part: "pick", type: "button", onclick, "aria-label": name },
    h("span", { class: "pick-view" }, icon("corners"), icon(hint ? "shirt" : "camera")),
    h("b", {}, name),
    hint && h("span", { class: "pick-hint" }, hint));
}

const way = (name, paths, onclick) =>
  h("button", { class: "way", part: "way", type: "button", onclick }, icon(paths), h("span", {}, name));

function fileInput(session, props = {}) {
  const onchange = (event) => {
    const [file] = event.target.files;
    if (file) session.take(file);
    event.target.value = "";
  };
  return h("input", { type: "file", accept: "image/*,.heic,.heif,.avif", hidden: true, tabindex: -1, onchange, ...props });
}

async function paste(session, say) {
  try {
    const given = await readClipboard();
    if (given) session.take(given);
    else say.tell("ways.pasteNothing");
  } catch {
    say.tell("ways.pasteRefused");
  }
}
