/** What is searched for: one of them. */
const SUBJECTS = ["photo", "sketch", "image_id", "image_url", "product_id"];
/** Which part of a photo: one of them. */
const PLACES = ["box", "object"];

/** Of several that cannot stand together, the one that the change names. */
function settle(query, change, names) {
  const named = names.find((name) => change[name] !== undefined);
  if (named) names.filter((name) => name !== named).forEach((name) => delete query[name]);
}

/**
 * The question after a change; see Session.ask.
 * @param {Record<string, any>} query
 * @param {Record<string, any>} change
 * @param {"photo" | "nothing"} keep
 */
export function merged(query, change, keep) {
  const next = { filters: {}, ...(keep === "photo" && query), ...change };
  const isNewSubject = SUBJECTS.some((name) => change[name] !== undefined);
  settle(next, change, SUBJECTS);
  settle(next, change, PLACES);
  // A part of another photo says nothing of this one.
  if (isNewSubject) PLACES.filter((name) => !(name in change)).forEach((name) => delete next[name]);
  for (const [name, value] of Object.entries(next)) if (value === undefined) delete next[name];
  next.filters ||= {};
  return next;
}

/** What is searched by: photo, sketch, image_id, image_url, product_id or text. @param {Record<string, any>} query */
export const subjectOf = (query) => SUBJECTS.find((name) => name in query) || "text";

/** As the API takes it; the photo or the drawing itself is the caller's to add. @param {Record<string, any>} query */
export function paramsOf({ photo, sketch, filters, ...asked }) {
  return Object.keys(filters || {}).length ? { ...asked, filters } : asked;
}
