/**
 * Where a shopper was when a product was opened, for the browser's back: the question, the pages so far and
 * the place in them, in this tab only. A photo stays too, as it was sent, for a box that may be drawn on it.
 */
import { mayKeep } from "./keep.js";

export const PLACE = "lookus:place";
const PHOTO = "lookus:place:photo";
/** As long as the API remembers the photo and the list. */
const LASTS_MS = 30 * 60 * 1000;

/** @typedef {import("./view.js").View} View */

/** @param {HTMLElement} host */
export const numberOf = (host) => [...document.querySelectorAll(host.localName)].indexOf(host);

/** Writes the place when the page is left. @param {View} view */
export function keepPlace(view) {
  const { session, signal } = view;
  const forget = () => attempt(() => [PLACE, PHOTO].forEach((name) => sessionStorage.removeItem(name)));
  let photo;
  const write = () => {
    const { query, answer, host } = session;
    if (!answer || !mayKeep(host) || !view.host.getClientRects().length) return forget();
    const { photo: _, sketch, ...asked } = query;
    // Of a drawing its strokes: it is drawn again.
    if (sketch) asked.sketch = { ...sketch, blob: undefined };
    const first = view.item(view.last) || view.parts.grid.firstElementChild;
    attempt(() => sessionStorage.setItem(PLACE, JSON.stringify({
      lens: numberOf(host), key: host.getAttribute("key"), page: location.pathname, at: Date.now(), query: asked,
      answer,
      words: { own: view.own, but: [...view.but] },
      last: first?.dataset.key || "", top: first ? view.offset(first) : 0,
    })));
  };
  addEventListener("pagehide", write, { signal });
  signal.addEventListener("abort", () => (photo = null));
  return {
    /** Reading a photo takes time that a page which is left has not. */
    answered() {
      const { query, host } = session;
      if (query.photo === photo || !mayKeep(host)) return;
      photo = query.photo;
      if (!photo?.blob) return attempt(() => sessionStorage.removeItem(PHOTO));
      const reader = new FileReader();
      reader.onload = () => attempt(() => sessionStorage.setItem(PHOTO, String(reader.result)));
      reader.readAsDataURL(photo.blob);
    },
    forget,
  };
}

/** The place that was kept for this lens, null where there is none. @param {HTMLElement} host */
export async function placeOf(host) {
  const kept = attempt(() => JSON.parse(sessionStorage.getItem(PLACE)));
  const mine = kept?.lens === numberOf(host) && kept.key === host.getAttribute("key") && kept.page === location.pathname;
  if (!mine || Date.now() - kept.at > LASTS_MS || !Array.isArray(kept.answer?.results)) return null;
  const photo = await photoOf(attempt(() => sessionStorage.getItem(PHOTO)));
  return { ...kept, query: { ...kept.query, ...(photo && { photo }) } };
}

/** From a `data:` text; without fetch, which a page's policy may forbid for these. */
async function photoOf(text) {
  const [head, body] = (text || "").split(",");
  if (!body) return null;
  const bytes = Uint8Array.from(atob(body), (one) => one.charCodeAt(0));
  const blob = new Blob([bytes], { type: /:(.*?);/.exec(head)?.[1] });
  return photoFrom(blob);
}

/** A photo as the session takes it; without a canvas where the browser cannot read it. @param {Blob} blob */
export async function photoFrom(blob) {
  try {
    const bitmap = await createImageBitmap(blob);
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
    canvas.getContext("2d").drawImage(bitmap, 0, 0);
    bitmap.close();
    return { blob, canvas, width: canvas.width, height: canvas.height };
  } catch {
    return { blob, canvas: null, width: 3, height: 4 };
  }
}

/** Storage may be forbidden, or full. */
function attempt(action) {
  try {
    return action() ?? null;
  } catch {
    return null;
  }
}
