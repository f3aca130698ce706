/**
 * Whether a page that opens has to go on with something, told from as little as can be: this is in v1.js,
 * what goes on is in the part.
 */

/** @param {HTMLElement} host @returns {{back: boolean} | null} */
export function arrival(host) {
  try {
    const [{ type }] = performance.getEntriesByType("navigation");
    if (type === "back_forward" && sessionStorage.getItem("lookus:place")) return { back: true };
  } catch {
    // No storage, no place.
  }
  const first = document.querySelector(host.localName) === host;
  return first && /[?&]lookus=1\./.test(location.search) ? { back: false } : null;
}
