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
 * `offline` or `network`, with `isPart`; asked again, it tries again.
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
  const [part, ...needed] = files[name].map((file) => new URL("parts/" + file, import.meta.url).href);
  // The part imports them itself: asked for now, they come at the same time. After an update of LookUs the
  // part is another one under the old name, and needs others.
  for (const address of needed) import(address).catch(() => {});
  try {
    return await import(part + again);
  } catch (cause) {
    throw Object.assign(new LookusError(navigator.onLine ? "network" : "offline", { cause }), { isPart: true });
  }
}
