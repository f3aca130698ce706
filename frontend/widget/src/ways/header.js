/** Of a JPEG, thumbnails and colour profiles may stand before its size. */
const HEAD_BYTES = 256 * 1024;

/** By their first bytes (Latin-1), whatever a file's name says. */
const KINDS = [
  ["jpeg", /^\xff\xd8\xff/],
  ["png", /^\x89PNG/],
  ["webp", /^RIFF[^]{4}WEBP/],
  ["heif", /^[^]{4}ftyp(?:hei|hev|mif1|msf1|avi[fs])/],
  ["gif", /^GIF8/],
  ["bmp", /^BM[^]{4}\0{4}/],
  ["tiff", /^(?:II\*\0|MM\0\*)/],
];
const ORIENTATION = 0x0112;
/** From this EXIF orientation on, width and height are exchanged. */
const FIRST_TURNED = 5;

/**
 * What a file is, before anybody decodes it: {kind, width, height}. `kind` is "" for no picture that
 * we know. `width` and `height` are 0 where they are not told here; only large JPEG need them.
 * They are of the photo turned upright.
 * @param {Blob} file
 */
export async function readHeader(file) {
  const data = new DataView(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const first = String.fromCharCode(...new Uint8Array(data.buffer, 0, Math.min(16, data.byteLength)));
  const kind = KINDS.find(([, pattern]) => pattern.test(first))?.[0] || "";
  return { kind, ...(kind === "jpeg" ? sizeOfJpeg(data) : { width: 0, height: 0 }) };
}

/** ITU T.81, B.2: segments of a marker, a length and a body, up to the one with the size. */
function sizeOfJpeg(data) {
  let turned = false;
  try {
    for (let at = 2; data.getUint8(at) === 0xff; at += 2 + data.getUint16(at + 2)) {
      const marker = data.getUint8(at + 1);
      if (marker === 0xe1 && data.getUint32(at + 4) === 0x45786966) turned ||= orientationAt(data, at + 10) >= FIRST_TURNED;
      const isSize = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
      if (!isSize) continue;
      const [height, width] = [data.getUint16(at + 5), data.getUint16(at + 7)];
      return turned ? { width: height, height: width } : { width, height };
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return { width: 0, height: 0 };
}

/** The orientation in the first directory of the TIFF at `start` (EXIF 2.3, 4.6.4); 1 where there is none. */
function orientationAt(data, start) {
  const little = data.getUint16(start) === 0x4949;
  const directory = start + data.getUint32(start + 4, little);
  const count = data.getUint16(directory, little);
  for (let entry = 0; entry < count; entry++) {
    const at = directory + 2 + 12 * entry;
    if (data.getUint16(at, little) === ORIENTATION) return data.getUint16(at + 8, little);
  }
  return 1;
}
