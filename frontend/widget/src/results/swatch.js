import { h } from "../dom.js";

/** A colour's own look beside its name; one that is no single colour shows several. */
export function swatch({ value, hex }) {
  if (!hex && value !== "multicolour") return null;
  const dot = h("span", { class: hex ? "swatch" : "swatch many", part: "swatch" });
  if (hex) dot.style.setProperty("--swatch", hex);
  return dot;
}
