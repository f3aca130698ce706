import { h, icon } from "../dom.js";
import { heartOf, pathAround, pathOf, ringsOf, svg } from "./outline.js";
import { isSmall, labelPlaces } from "./places.js";

/** The photo of a search: drawn on a canvas, so no `blob:` is needed in the page's policy. */
function pictureOf({ photo, image_url: address }, t) {
  if (photo?.canvas) {
    photo.canvas.setAttribute("role", "img");
    photo.canvas.setAttribute("aria-label", t("lens.yourPhoto"));
    return photo.canvas;
  }
  if (address) {
    // The page's policy may not let it in; the outlines then stand on plain ground.
    return h("img", { src: address, alt: t("lens.yourPhoto"), referrerpolicy: "no-referrer", decoding: "async",
      onerror: (event) => event.target.remove() });
  }
  return h("div", { class: "blank" }, icon("gallery"), photo?.blob?.name || t("lens.yourPhoto"));
}

/** The words for a garment, careful where the eyes were not sure. */
export function nameOf(t, garment) {
  const label = garment?.category?.label || "";
  return label && garment.category.unsure ? t("lens.unsure", { label }) : label;
}

/**
 * The photo with what was found on it. `show(index, garment)` outlines a garment; `busy(yes)` lets the
 * outline run while it is searched for; `quiet(yes)` takes labels away while a box is drawn.
 */
export class Stage {
  #seen;
  #pins;
  #around;
  #lines;
  #group;
  #watch;

  constructor({ t, seen, query, onpick }) {
    this.#seen = seen;
    const { width, height, garments, found } = seen;
    this.#around = svg("path", { class: "crop-around", "fill-rule": "evenodd" });
    this.#lines = ["crop-line under", "crop-line"].map((name) => svg("path", { class: name, part: name === "crop-line" ? "outline" : null, pathLength: 100 }));
    const drawing = svg("svg", { class: "crop-drawing", viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" }, this.#around, ...this.#lines);
    this.#pins = found ? garments.map((garment, index) => pinOf(t, garment, () => onpick(index))) : [];
    this.#group = h("div", { role: "group", "aria-label": t("crop.found"), hidden: !this.#pins.length }, this.#pins);
    this.picture = h("div", { class: "photo", part: "photo" }, pictureOf(query, t), drawing, this.#group);
    this.picture.style.setProperty("--ratio", width / height);
    this.node = h("div", { class: "stage" }, this.picture);
    this.#watch = new ResizeObserver(() => this.#place());
    this.#watch.observe(this.picture);
  }

  /** Outlines a garment, null for none; `index` is the label that is pressed. */
  show(index, garment) {
    const rings = garment ? ringsOf(garment) : [];
    this.#around.setAttribute("d", garment ? pathAround(rings, this.#seen) : "");
    for (const line of this.#lines) line.setAttribute("d", pathOf(rings));
    this.#pins.forEach((pin, at) => pin.setAttribute("aria-pressed", at === index));
  }

  busy(yes) {
    this.picture.classList.toggle("crop-busy", yes);
  }

  quiet(yes) {
    this.#group.hidden = yes || !this.#pins.length;
    this.#around.toggleAttribute("hidden", yes);
  }

  unmount() {
    this.#watch.disconnect();
  }

  #place() {
    const { clientWidth: width, clientHeight: height } = this.picture;
    if (!width || !height) return;
    this.picture.classList.toggle("crop-small", isSmall({ width }));
    const places = labelPlaces(this.#seen.garments.map((garment) => heartOf(ringsOf(garment))), this.#seen, { width, height });
    this.#pins.forEach((pin, index) => {
      pin.style.left = 100 * places[index].x + "%";
      pin.style.top = 100 * places[index].y + "%";
    });
  }
}

const pinOf = (t, garment, onclick) =>
  h("button", { class: "pin", part: "pin", type: "button", onclick, "aria-pressed": "false", "aria-label": t("crop.show", { label: nameOf(t, garment) }) },
    h("span", {}, garment.category?.label || ""));
