/** What stands in a request; undefined and null are left out. @typedef {Record<string, any>} Params */

/** @param {Params} params @returns {[string, any][]} */
const said = (params) => Object.entries(params).filter(([, value]) => value !== undefined && value !== null);

/** Lists and objects go as JSON text wherever there is only text. @param {any} value */
const asText = (value) => (typeof value === "object" ? JSON.stringify(value) : String(value));

/** Behind the question mark, with it; "" for nothing. @param {Params} params */
export function queryOf(params) {
  const query = new URLSearchParams(said(params).map(([name, value]) => [name, asText(value)]));
  return String(query) && "?" + query;
}

/**
 * A form where there is a photo (`image`, a Blob), JSON otherwise.
 * @param {Params} params
 * @returns {string | FormData}
 */
export function bodyOf({ image, ...params }) {
  if (!image) return JSON.stringify(Object.fromEntries(said(params)));
  const form = new FormData();
  form.append("image", image, image.name || "photo.jpg");
  for (const [name, value] of said(params)) form.append(name, asText(value));
  return form;
}
