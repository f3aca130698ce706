/**
 * A search as the text behind `?lookus=`. It holds words, SKU, filters, weights and order as they are; of a
 * photo only the name under which the API remembers what was seen in it (half an hour), and one product that
 * looks like it, for later. A link comes from anywhere: what is read from one is checked here, and by the API.
 */

export const PARAMETER = "lookus";
const FORM = "1.";
/** Addresses that are longer break in chats. */
export const LONGEST = 1800;
const TEXT_MOST = 200;
const SKU_MOST = 100;

/** The names in a link, short as it is read by nobody. */
const NAMES = { text: "t", words_off: "o", product_id: "p", image_id: "i", image_url: "u", box: "b", object: "n", filters: "f", weights: "w", sort: "s" };
const LATER = "x";

const isText = (most) => (value) => typeof value === "string" && value.length > 0 && value.length <= most;
const isPlain = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isNumbers = (values) => values.every((one) => Number.isFinite(one));
const GOOD = {
  text: isText(TEXT_MOST),
  words_off: (value) => Array.isArray(value) && value.length <= 50 && value.every(isText(TEXT_MOST)),
  product_id: isText(SKU_MOST),
  image_id: (value) => /^[0-9a-f-]{36}$/.test(value),
  image_url: (value) => isText(1000)(value) && /^https?:\/\//.test(value),
  box: (value) => Array.isArray(value) && value.length === 4 && isNumbers(value),
  object: (value) => Number.isInteger(value) && value >= 0,
  filters: (value) => isPlain(value) && Object.keys(value).length <= 30,
  weights: (value) => isPlain(value) && isNumbers(Object.values(value)),
  sort: (value) => ["price_asc", "price_desc", "newest"].includes(value),
};

/**
 * @param {Record<string, any>} query of the session
 * @param {any} answer to it
 * @returns {string | null} null for what fits in no link
 */
export function codeOf(query, answer) {
  const image = answer?.query?.image_id;
  const asked = { ...query, ...(image && { image_id: image, image_url: undefined }) };
  const told = Object.entries(NAMES).filter(([name]) => asked[name] !== undefined && GOOD[name](asked[name]));
  const said = Object.fromEntries(told.map(([name, short]) => [short, asked[name]]));
  if (image && answer.results?.length) said[LATER] = answer.results[0].product_id;
  const code = FORM + toBase64(new TextEncoder().encode(JSON.stringify(said)));
  return isSearch(asked) && code.length <= LONGEST ? code : null;
}

/** @param {string} code @returns {{query: Record<string, any>, later: string | null} | null} null for what is no link of ours */
export function readCode(code) {
  if (!code?.startsWith(FORM) || code.length > LONGEST) return null;
  let said;
  try {
    said = JSON.parse(new TextDecoder().decode(fromBase64(code.slice(FORM.length))));
  } catch {
    return null;
  }
  if (!isPlain(said)) return null;
  const told = Object.entries(NAMES).filter(([name, short]) => said[short] !== undefined && GOOD[name](said[short]));
  const query = Object.fromEntries(told.map(([name, short]) => [name, said[short]]));
  if (!isSearch(query)) return null;
  return { query, later: query.image_id && GOOD.product_id(said[LATER]) ? said[LATER] : null };
}

const isSearch = ({ text, product_id, image_id, image_url }) => Boolean(text || product_id || image_id || image_url);

/** The page that stands open, with the search behind it. @param {string} code */
export function linkOf(code) {
  const url = new URL(location.href);
  url.searchParams.set(PARAMETER, code);
  url.hash = "";
  return url.href;
}

function toBase64(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
}
