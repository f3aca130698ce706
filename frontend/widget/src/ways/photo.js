import { readHeader } from "./header.js";
import { LookusError } from "../../../../clients/javascript/src/errors.js";

/** Longest side of a sent photo, px: more does not change what the analyser sees, less loses prints. */
const MAX_SIDE = 1024;
/** Shortest side that the API takes, px. */
const MIN_SIDE = 32;
const JPEG_QUALITY = 0.9;
/** What the API takes, bytes. Only a photo that the browser itself cannot read is sent as it is. */
const MAX_BYTES = 10 * 1024 * 1024;
/** Decoded at once this would take a phone's memory, bytes. */
const MAX_READ_BYTES = 100 * 1024 * 1024;
/** What the API can read, should the browser not. */
const OF_THE_API = new Set(["jpeg", "png", "webp", "heif"]);
/** Drawn and read back: some browsers answer with noise, to be told from others by nobody. */
const PROBE = [18, 52, 86];
const PROBE_SIDE = 8;
const PROBE_SLACK = 8;

/**
 * Makes a photo small and upright.
 * Returns {blob, canvas, width, height}; `canvas` is null where the browser cannot show the format
 * (HEIC in Chrome): then the file goes as it is and the API reads it or says why not.
 * Throws LookusError `empty`, `too_large`, `too_small`, `not_an_image` or `unsupported_format`.
 * @param {Blob} file
 */
export async function preparePhoto(file) {
  if (!file.size) throw new LookusError("empty");
  if (file.size > MAX_READ_BYTES) throw new LookusError("too_large");
  const header = await readHeader(file).catch(() => {
    throw new LookusError("truncated"); // the file went away, or is only in the cloud
  });
  const bitmap = await decoded(file, header);
  if (!bitmap) return asItIs(file, header.kind);
  const { width, height } = fitted(bitmap);
  if (Math.min(width, height) < MIN_SIDE) {
    bitmap.close();
    throw new LookusError("too_small");
  }
  const canvas = painted(bitmap, width, height);
  bitmap.close();
  const blob = givesTruePixels() && (await new Promise((done) => canvas.toBlob(done, "image/jpeg", JPEG_QUALITY)));
  return { ...(blob ? { blob } : asItIs(file, header.kind)), canvas, width, height };
}

function fitted({ width, height }) {
  const scale = Math.min(1, MAX_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * The picture upright, made small while it is read where its size is known before; null where the
 * browser cannot read it. It is decoded off the main thread, and the large picture is let go before
 * anything is drawn. Of an animation the first one.
 */
async function decoded(file, { width, height }) {
  const upright = { imageOrientation: "from-image" };
  try {
    if (Math.max(width, height) > MAX_SIDE) {
      const size = fitted({ width, height });
      const resized = { ...upright, resizeWidth: size.width, resizeHeight: size.height, resizeQuality: "high" };
      return await createImageBitmap(file, resized);
    }
    return await createImageBitmap(file, upright);
  } catch {
    return null;
  }
}

/** On white, for what is transparent would turn black in a JPEG. */
function painted(bitmap, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(bitmap, 0, 0, width, height);
  return canvas;
}

function givesTruePixels() {
  const pen = Object.assign(document.createElement("canvas"), { width: PROBE_SIDE, height: PROBE_SIDE }).getContext("2d");
  pen.fillStyle = `rgb(${PROBE})`;
  pen.fillRect(0, 0, PROBE_SIDE, PROBE_SIDE);
  const { data } = pen.getImageData(0, 0, PROBE_SIDE, PROBE_SIDE);
  return data.every((level, at) => at % 4 === 3 || Math.abs(level - PROBE[at % 4]) <= PROBE_SLACK);
}

/** Throws what the API would say, without a call, where it cannot read the file either. */
function asItIs(file, kind) {
  if (!kind) throw new LookusError("not_an_image");
  if (!OF_THE_API.has(kind)) throw new LookusError("unsupported_format");
  if (file.size > MAX_BYTES) throw new LookusError("too_large");
  return { blob: file, canvas: null, width: 3, height: 4 };
}
