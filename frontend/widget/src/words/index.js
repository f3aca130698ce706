import { LookusError } from "../../../../clients/javascript/src/errors.js";
import { loadPart } from "../lens/parts.js";
// What is said before any words are loaded: the keys of en.json and ko.json that begin with "first.".
import first from "lookus:first-words";

/** @typedef {Record<string, string>} Words flat: {"lens.looking": "Looking"}; values have {holes} */
/** @typedef {((key: string, values?: Record<string, any>) => string) & {has: (key: string) => boolean}} Translate */

const SILENCE_MS = 8000;
/** @type {Map<string, Promise<Words>>} */
const fetched = new Map();

/** @param {...Words} tables the first that has a key says it @returns {Translate} */
function translator(...tables) {
  const find = (key) => tables.find((table) => typeof table[key] === "string")?.[key];
  const t = (key, values = {}) => (find(key) ?? key).replace(/\{(\w+)\}/g, (hole, name) => values[name] ?? hole);
  t.has = (key) => find(key) !== undefined;
  return t;
}

/** The language that LookUs itself speaks, for a tag such as `ko-KR`. @param {string} tag @returns {"en" | "ko"} */
export const ours = (tag) => (/^ko\b/i.test(tag) ? "ko" : "en");

/** What can be said at once. @param {string} tag */
export const firstWords = (tag) => translator(first[ours(tag)], first.en);

/**
 * All words. `address` is a JSON file of another language, with the keys of words/en.json; what it
 * lacks is said in the nearest language that LookUs speaks. Rejects with LookusError when not even
 * those come.
 * @param {string} tag
 * @param {string | null} address
 */
export async function wordsFor(tag, address) {
  const [own, others] = await Promise.all([
    loadPart("words-" + ours(tag)).then((part) => part.default),
    address ? wordsAt(address) : {},
  ]);
  return translator(others, own, first.en);
}

/** @param {string} address @returns {Promise<Words>} */
function wordsAt(address) {
  const { href } = new URL(address, document.baseURI);
  if (!fetched.has(href)) fetched.set(href, readWords(href));
  return fetched.get(href);
}

async function readWords(href) {
  try {
    const reply = await fetch(href, { signal: AbortSignal.timeout(SILENCE_MS) });
    const words = await reply.json();
    if (reply.ok && typeof words === "object" && words) return words;
    throw new LookusError("bad_answer", { status: reply.status });
  } catch (error) {
    // The shop's to mend; shoppers can still search.
    console.warn(`[lookus] no words at ${href}: ${error.message}`);
    fetched.delete(href);
    return {};
  }
}

