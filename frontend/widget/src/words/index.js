/**
 * Words in the reader's language. A table is flat: {"lens.looking": "Looking"}; values have {holes}.
 * Returns t(key, values), with t.has(key). Keys that `words` lacks are looked up in `fallback`.
 */
export function translator(words, fallback = {}) {
  const t = (key, values = {}) => (words[key] ?? fallback[key] ?? key).replace(/\{(\w+)\}/g, (hole, name) => values[name] ?? hole);
  t.has = (key) => key in words || key in fallback;
  return t;
}
