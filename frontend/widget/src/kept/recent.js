import { h } from "../dom.js";
import { photoFrom } from "../results/place.js";

/** Longest side of what is kept of a photo, px: enough to search with again, small enough for eight of them. */
const SIDE = 384;
const QUALITY = 0.72;

/** Photos of this page and the name each was kept under. @type {WeakMap<object, string>} */
const names = new WeakMap();

/**
 * Keeps a search as the shopper began it: a small copy of the photo, an address, or words. More like a
 * product is a step, no search of its own.
 * @param {ReturnType<typeof import("../results/keep.js").keeper>} keep
 * @param {Record<string, any>} query
 */
export function remember(keep, query) {
  if (!keep.allowed || query.product_id) return;
  const { photo, sketch, image_url, text } = query;
  const said = text ? { text } : {};
  if (photo?.canvas) {
    if (!names.has(photo)) names.set(photo, crypto.randomUUID());
    const id = names.get(photo);
    const before = keep.list("recent").find((one) => one.id === id);
    keep.add("recent", { id, thumb: before?.thumb || smallCopy(photo.canvas), ...said });
  } else if (image_url) keep.add("recent", { id: "u:" + image_url, image_url, ...said });
  else if (text && !photo && !sketch && !query.image_id) keep.add("recent", { id: "t:" + text.trim().toLowerCase(), text: text.trim() });
}

/** JPEG as base64. @param {HTMLCanvasElement} from */
function smallCopy(from) {
  const scale = Math.min(1, SIDE / Math.max(from.width, from.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(from.width * scale));
  canvas.height = Math.max(1, Math.round(from.height * scale));
  canvas.getContext("2d").drawImage(from, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", QUALITY).split(",")[1];
}

/** The small copy as a photo to search with; rejects for what is no picture. @param {string} thumb */
export async function photoOf(thumb) {
  const bytes = Uint8Array.from(atob(thumb), (one) => one.charCodeAt(0));
  return photoFrom(new Blob([bytes], { type: "image/jpeg" }));
}

/** Drawn on a canvas, for a page's policy may forbid pictures from anywhere but its own host. @param {string} thumb */
export function thumbnail(thumb) {
  const canvas = h("canvas", { width: 96, height: 128, "aria-hidden": "true" });
  photoOf(thumb).then(({ canvas: from }) => {
    if (!from) return;
    const scale = Math.max(canvas.width / from.width, canvas.height / from.height);
    const [width, height] = [from.width * scale, from.height * scale];
    canvas.getContext("2d").drawImage(from, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
  }).catch(() => {});
  return canvas;
}
