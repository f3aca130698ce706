import { LookusError } from "../../../../clients/javascript/src/errors.js";
// {part: [its file, files that it imports]}, made by build.mjs.
import files from "lookus:parts";

/** @type {Map<string, Promise<any>>} */
const loaded = new Map();
let attempts = 0;

/** Whether this build has the part. @param {string} name */
export const hasPart = (name) => name in files;

/**
 * A part of the widget, fetched once from where this script came from. Rejects with LookusError
 * `offline` or `network`; asked again, it tries again.
 * @param {string} name folder of src, or words-en, words-ko
 */
export function loadPart(name) {
  if (!loaded.has(name)) {
    const coming = fetchPart(name);
    loaded.set(name, coming);
    coming.catch(() => {
      loaded.delete(name);
      attempts += 1;
    });
  }
  return loaded.get(name);
}

async function fetchPart(name) {
  // Some browsers keep a failed module for ever under its address.
  const again = attempts ? "?try=" + attempts : "";
  const addresses = files[name].map((file) => new URL("parts/" + file, import.meta.url).href);
  try {
    const [part] = await Promise.all(addresses.map((address, at) => import(at ? address : address + again)));
    return part;
  } catch (cause) {
    throw new LookusError(navigator.onLine ? "network" : "offline", { cause });
  }
}
