import { firstWords } from "../words/index.js";
import { h, icon } from "../dom.js";

/** What a shop writes on a product's photo, or on the link around it: its SKU. */
const ATTRIBUTE = "data-lookus";
const SELECTOR = `[${ATTRIBUTE}]`;
/** Photos this far outside the window get their button before they come in. */
const MARGIN = "300px";
/** Between the button and the photo's edge, px. */
const GAP = 4;
const SIDE = 44;

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host { all: initial !important; position: absolute !important; display: block !important; z-index: 1 !important; width: 0 !important; height: 0 !important; margin: 0 !important; padding: 0 !important; inset: auto !important; float: none !important; }
:host([hidden]) { display: none !important; }
button { position: absolute; display: grid; place-items: center; width: 44px; height: 44px; margin: 0; padding: 0; border: 0; border-radius: 50%; background: none; color: #171614; cursor: pointer; -webkit-tap-highlight-color: transparent; }
span { display: grid; place-items: center; width: 34px; height: 34px; border-radius: 50%; background: rgb(255 255 255 / .92); box-shadow: 0 1px 4px rgb(0 0 0 / .18); transition: transform .16s ease-out; }
button:hover span { transform: scale(1.06); }
button:focus-visible { outline: none; }
button:focus-visible span { outline: 2px solid #fff; box-shadow: 0 0 0 4px #1f4fd8; }
svg { width: 20px; height: 20px; fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; }
@media (prefers-reduced-motion: reduce) { span { transition: none; } }
@media (forced-colors: active) { span { border: 1px solid; } }
`);

/** The button on one product photo. It takes no room: it lies over the photo, behind its link. */
class Mark extends HTMLElement {
  #button;

  /** Draws the button for `photo`; `onpress` opens the lens. */
  draw(photo, name, onpress) {
    this.photo = photo;
    const t = firstWords(photo.closest("[lang]")?.lang || navigator.language);
    this.#button = h("button", { type: "button", "aria-haspopup": "dialog", title: t("first.mark"), onclick: onpress,
      "aria-label": name ? t("first.markOf", { name }) : t("first.mark") }, h("span", {}, icon("lens")));
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.append(this.#button);
  }

  /** Where the button belongs, seen from where the element lies. */
  measured() {
    const own = this.getBoundingClientRect();
    const photo = this.photo.getBoundingClientRect();
    const room = photo.width > SIDE && photo.height > SIDE;
    return { left: photo.right - own.left - SIDE - GAP, top: photo.bottom - own.top - SIDE - GAP, room };
  }

  put({ left, top, room }) {
    this.#button.hidden = !room;
    this.#button.style.left = left + "px";
    this.#button.style.top = top + "px";
  }
}

/** @type {Map<Element, Mark | null>} marked elements, with their buttons once they come near */
const known = new Map();
let onpress = null;
let scanning = false;

const sizes = new ResizeObserver(() => {
  const marks = [...known.values()].filter(Boolean);
  marks.forEach(holdInScroller);
  const places = marks.map((mark) => mark.measured());
  marks.forEach((mark, at) => mark.put(places[at]));
});

const near = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting || !target.isConnected) continue;
    near.unobserve(target);
    known.set(target, markOn(target));
  }
}, { rootMargin: MARGIN });

function markOn(target) {
  const photo = target.matches("img, picture") ? target : target.querySelector("img, picture") || target;
  const image = photo.matches("img") ? photo : photo.querySelector("img");
  const behind = target.closest("a, button") || target.closest("picture") || target;
  const mark = document.createElement("lookus-mark");
  mark.draw(photo, image?.alt.trim() || "", () => onpress(target.getAttribute(ATTRIBUTE)));
  behind.after(mark);
  sizes.observe(photo);
  return mark;
}

/** Where a list scrolls that is no containing block, what lies over its photos would stay behind. */
function holdInScroller(mark) {
  for (let box = mark.parentElement; box && box !== document.body; box = box.parentElement) {
    const { overflow, position } = getComputedStyle(box);
    if (position !== "static") return;
    if (overflow !== "visible") {
      box.style.position = "relative";
      return;
    }
  }
}

function scan() {
  scanning = false;
  for (const [target, mark] of known) {
    if (target.isConnected && target.matches(SELECTOR)) continue;
    near.unobserve(target);
    if (mark) sizes.unobserve(mark.photo);
    mark?.remove();
    known.delete(target);
  }
  // Nothing to open: no buttons.
  if (!document.querySelector("lookus-lens")) return;
  for (const target of document.querySelectorAll(SELECTOR)) {
    if (known.has(target) || !target.getAttribute(ATTRIBUTE)) continue;
    known.set(target, null);
    near.observe(target);
  }
}

/**
 * Puts a button on every photo of the page that the shop marks with its SKU, also on those that come
 * later. `press(sku)` is told; nothing is read of the photo, so it may come from anywhere.
 */
export function watchPhotos(press) {
  if (onpress) return;
  onpress = press;
  if (!customElements.get("lookus-mark")) customElements.define("lookus-mark", Mark);
  const soon = globalThis.requestIdleCallback || setTimeout;
  const later = () => {
    if (!scanning) soon(scan);
    scanning = true;
  };
  new MutationObserver(later).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: [ATTRIBUTE] });
  sizes.observe(document.documentElement);
  later();
}
