import { h, icon } from "../dom.js";

/** Colours below this share of a garment are seams and shadows, not what a shopper would name. */
const SHOWN_COLOR_SHARE = 0.12;
const SHOWN_COLORS = 3;
/** About the room of a label and of the photo on a phone, px: labels must not cover each other there. */
const LABEL = { width: 84, height: 28 };
const PHOTO = { width: 330, height: 272 };
/** Steps from the middle of a box, in label sizes, the nearest in px first. */
const NEAR = [0, 0.55, -0.55, 1.05, -1.05, 2.05, -2.05, 3.05, -3.05]
  .flatMap((dy) => [0, 0.55, -0.55, 1.05, -1.05].map((dx) => [dx, dy]))
  .sort((a, b) => Math.hypot(a[0] * LABEL.width, a[1] * LABEL.height) - Math.hypot(b[0] * LABEL.width, b[1] * LABEL.height));

/** The first screen: every way to hand over a photo. */
export function waysIn(t, { onchoose, oncamera }) {
  return h("div", { part: "ways" },
    h("button", { class: "pick", part: "pick", type: "button", onclick: onchoose, "aria-label": t("ways.choose") },
      h("span", { class: "view" }, icon("corners"), icon("shirt")),
      h("b", {}, t("ways.choose")),
      h("span", { class: "hint" }, t("ways.dropHint"))),
    h("div", { class: "touch" },
      h("button", { class: "act main", part: "action", type: "button", onclick: oncamera }, icon("camera"), t("ways.camera")),
      h("button", { class: "act plain", part: "action", type: "button", onclick: onchoose }, icon("gallery"), t("ways.gallery"))),
    h("p", { class: "tip" }, t("ways.tip")));
}

/** The shopper's photo; drawn on a canvas, so no `blob:` is needed in the page's policy. */
export function photoStage(t, photo) {
  const inner = photo.canvas || h("div", { class: "blank" }, icon("gallery"), photo.blob.name || t("lens.yourPhoto"));
  if (photo.canvas) {
    inner.setAttribute("role", "img");
    inner.setAttribute("aria-label", t("lens.yourPhoto"));
  }
  const box = h("div", { class: "photo", part: "photo" }, inner);
  box.style.setProperty("--ratio", photo.width / photo.height);
  return h("div", { class: "stage" }, box);
}

/** The place of the photo while it is still being read. */
export function emptyStage() {
  const box = h("div", { class: "photo", part: "photo" });
  box.style.setProperty("--ratio", 3 / 4);
  return h("div", { class: "stage" }, box);
}

/** Words, a bar and a way out while the API works. Returns {node, say(text, done, wait)}; `wait` lets the bar creep. */
export function progressSteps(t, oncancel) {
  const words = h("span", {});
  const fillBar = h("i", {});
  const bar = h("div", { class: "bar" }, fillBar);
  const node = h("div", { class: "steps", part: "progress" },
    bar,
    h("div", { class: "row" }, words,
      h("button", { class: "act plain", part: "action", type: "button", onclick: oncancel }, t("lens.cancel"))));
  return {
    node,
    say(text, done, wait = false) {
      words.textContent = text;
      bar.classList.toggle("wait", wait);
      fillBar.style.setProperty("--done", done);
    },
  };
}

/** Empty cards of the size the real ones will have. */
export function ghostGrid(count) {
  const card = () => h("li", { class: "ghost" }, h("div", { class: "pic" }), h("div", { class: "line" }), h("div", { class: "line" }));
  return h("ul", { class: "grid", "aria-hidden": "true" }, Array.from({ length: count }, card));
}

export function garmentLabel(t, garment) {
  const label = garment?.category?.label || "";
  return garment?.category?.unsure && label ? t("lens.unsure", { label }) : label;
}

/** Where labels go, as parts of the photo: the middle of each box, or the nearest free place around it. */
export function pinPlaces(boxes, width, height) {
  const scale = Math.min(PHOTO.width / width, PHOTO.height / height);
  const room = { x: Math.min(1, LABEL.width / (width * scale)), y: LABEL.height / (height * scale) };
  const inside = (part, axis) => Math.min(1 - room[axis] / 2, Math.max(room[axis] / 2, part));
  const places = [];
  for (const [x0, y0, x1, y1] of boxes) {
    const x = inside((x0 + x1) / 2 / width, "x");
    const y = inside((y0 + y1) / 2 / height, "y");
    const free = (p) => !places.some((q) => Math.abs(p.x - q.x) < room.x && Math.abs(p.y - q.y) < room.y);
    const around = NEAR.map(([dx, dy]) => ({ x: inside(x + dx * room.x, "x"), y: inside(y + dy * room.y, "y") }));
    places.push(around.find(free) || { x, y });
  }
  return places;
}

const percent = (part) => 100 * part + "%";

/** Lays the garments on the photo. Returns select(index), which moves the outline. */
export function layGarments(t, stage, { garments, width, height }, onpick) {
  const box = stage.querySelector(".photo");
  box.style.setProperty("--ratio", width / height);
  const mark = h("div", { class: "mark", part: "outline" });
  const places = pinPlaces(garments.map((garment) => garment.box), width, height);
  const pins = garments.map((garment, index) => {
    const label = garmentLabel(t, garment);
    const pin = h("button", { class: "pin", part: "pin", type: "button", onclick: () => onpick(index),
      "aria-label": t("crop.show", { label }) }, h("span", {}, garment.category?.label || ""));
    pin.style.left = percent(places[index].x);
    pin.style.top = percent(places[index].y);
    return pin;
  });
  box.append(h("div", { class: "clip" }, mark), h("div", { role: "group", "aria-label": t("crop.found") }, pins));
  return (selected) => {
    const [x0, y0, x1, y1] = garments[selected].box;
    mark.style.left = percent(x0 / width);
    mark.style.top = percent(y0 / height);
    mark.style.width = percent((x1 - x0) / width);
    mark.style.height = percent((y1 - y0) / height);
    pins.forEach((pin, index) => pin.setAttribute("aria-pressed", index === selected));
  };
}

/** What was seen of the chosen garment: its name, pattern and colours as swatches. */
export function garmentNotes(t, garment, several) {
  const pattern = garment.pattern && !garment.pattern.unsure ? garment.pattern.label : "";
  const colors = (garment.colors || []).filter((c, i) => !i || c.share >= SHOWN_COLOR_SHARE).slice(0, SHOWN_COLORS);
  const swatches = colors.map((color) => {
    const dot = h("span", { class: "swatch", part: "swatch" });
    dot.style.setProperty("--swatch", color.hex);
    return h("li", {}, dot, color.name);
  });
  return h("div", { class: "about", part: "garment" },
    h("h3", {}, [garmentLabel(t, garment), pattern].filter(Boolean).join(" · ")),
    swatches.length > 0 && h("ul", { class: "colors", "aria-label": t("lens.colors") }, swatches),
    several && h("p", {}, t("crop.choose")));
}

/** Only web addresses: a catalogue may hold anything. */
function webAddress(text) {
  if (!text) return null;
  try {
    const url = new URL(text, document.baseURI);
    return /^https?:$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function priceLine(t, product) {
  const now = product.sale_price || product.price;
  if (!now) return null;
  if (!product.sale_price || !product.price) return h("div", { class: "price", part: "price" }, now.display);
  return h("div", { class: "price", part: "price" },
    h("span", {}, h("span", { class: "said" }, t("results.sale") + " "), now.display),
    h("s", {}, h("span", { class: "said" }, t("results.was") + " "), product.price.display));
}

function productCard(t, product, position, onselect) {
  const image = h("img", { part: "product-image", src: webAddress(product.image_url), alt: "", width: 300, height: 400,
    loading: position < 6 ? "eager" : "lazy", decoding: "async", onerror: (event) => event.target.classList.add("off") });
  const alike = Math.round(100 * Math.min(1, Math.max(0, product.score)));
  const href = webAddress(product.url);
  const card = h("a", { class: "card", part: "product", href,
    // A product without a page is still the shop's to act on, by lookus:select.
    role: href ? null : "link", tabindex: href ? null : 0, onkeydown: (event) => !href && event.key === "Enter" && card.click(),
    onclick: (event) => onselect(event, product, position + 1) },
    h("div", { class: "pic" }, image, product.in_stock === false && h("span", { class: "flag" }, t("results.soldOut"))),
    h("div", { class: "text" },
      product.brand && h("div", { class: "brand", part: "product-brand" }, product.brand),
      h("div", { class: "name", part: "product-title" }, product.title),
      priceLine(t, product),
      h("div", { class: "why", part: "why" }, Number.isFinite(alike) && h("b", {}, t("results.alike", { percent: alike })),
        product.why?.sentence && " · " + product.why.sentence)));
  const item = h("li", { class: "in" }, card);
  item.style.animationDelay = 30 * Math.min(position, 8) + "ms";
  return item;
}

export function resultGrid(t, results, onselect) {
  return h("ul", { class: "grid", part: "grid" }, results.map((product, position) => productCard(t, product, position, onselect)));
}

/** The shop has nothing of the kind. */
export function nothingView(t, onanother) {
  return statement({ part: "nothing", image: "shirt", title: t("lens.nothing"), text: t("lens.nothingHint"), small: [], actions: [[t("lens.another"), onanother]] });
}

export function note(title, text) {
  return h("div", { class: "note", part: "note" }, h("h3", {}, title), h("p", {}, text));
}

/** A plain statement with ways on; `actions` are [label, onclick], the first one is the main way. */
export function statement({ image, title, text, small, actions, part }) {
  return h("div", { class: "word", part },
    icon(image), h("h3", {}, title), h("p", {}, text),
    small.map((line) => h("small", {}, line)),
    h("div", { class: "acts" }, actions.map(([label, onclick], index) =>
      h("button", { class: index ? "act plain" : "act main", part: "action", type: "button", onclick }, label))));
}
