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

/** Files, and what each is called on its way. */
const FILES = { image: "photo.jpg", sketch: "drawing.png" };

/**
 * A form where there is a photo or a drawing (`image`, `sketch`: Blobs), JSON otherwise.
 * @param {Params} params
 * @returns {string | FormData}
 */
export function bodyOf(params) {
  const given = said(params);
  if (!Object.keys(FILES).some((name) => params[name])) return JSON.stringify(Object.fromEntries(given));
  const form = new FormData();
  for (const [name, value] of given) {
    if (name in FILES) form.append(name, value, value.name || FILES[name]);
    else form.append(name, asText(value));
  }
  return form;
}
