import { LensError } from "../lens/client.js";

/** Longest side of a sent photo, px: more does not change what the analyser sees, less loses prints. */
const MAX_SIDE = 1024;
const JPEG_QUALITY = 0.9;
/** What the API takes, bytes. Only a photo that the browser itself cannot read is sent as it is. */
const MAX_BYTES = 10 * 1024 * 1024;

/**
 * Makes a photo small and upright.
 * Returns {blob, canvas, width, height}; `canvas` is null where the browser cannot show the format
 * (HEIC in Chrome): then the file goes as it is and the API reads it or says why not.
 * Throws LensError `empty` or `too_large`.
 */
export async function preparePhoto(file) {
  if (!file.size) throw new LensError("empty");
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    if (file.size > MAX_BYTES) throw new LensError("too_large");
    return { blob: file, canvas: null, width: 3, height: 4 };
  }
  const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", JPEG_QUALITY));
  return { blob: blob || file, canvas, width: canvas.width, height: canvas.height };
}

/** The first picture among pasted or dropped things, or else their first file; null where there is none. */
export function pictureOf(transfer) {
  const files = [...(transfer?.files || [])];
  return files.find((file) => file.type.startsWith("image/")) || files[0] || null;
}
