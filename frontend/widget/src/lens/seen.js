import { h } from "../dom.js";

/** Colours below this share of a garment are seams and shadows, not what a shopper would name. */
const SHOWN_COLOR_SHARE = 0.12;
const SHOWN_COLORS = 3;

/** What was seen of the chosen garment: its name, pattern and colours as swatches. */
export function garmentNotes(t, garment) {
  const { category, pattern, colors = [] } = garment;
  const label = category?.unsure && category.label ? t("lens.unsure", category) : category?.label;
  const names = [label, pattern && !pattern.unsure && pattern.label].filter(Boolean);
  const swatches = colors.filter(({ share }, at) => !at || share >= SHOWN_COLOR_SHARE).slice(0, SHOWN_COLORS).map((color) => {
    const dot = h("span", { class: "swatch", part: "swatch" });
    dot.style.setProperty("--swatch", color.hex);
    return h("li", {}, dot, color.name);
  });
  return h("div", { class: "seen", part: "garment" },
    h("h3", {}, names.join(" · ")),
    swatches.length > 0 && h("ul", { "aria-label": t("lens.colors") }, swatches));
}
