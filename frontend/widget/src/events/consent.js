/**
 * What may be told and kept. The browser's own wish stands first (Do Not Track, Global Privacy Control),
 * then what the shop's consent call said, then the attribute consent="ask-shop", which waits for it.
 */

/** @typedef {{analytics?: boolean, storage?: boolean}} Given what the shopper agreed to, as the shop said it */

const given = () => /** @type {Given} */ (globalThis.LookUs?.consented || {});
const asks = (host) => host?.getAttribute("consent") === "ask-shop";

/** Whether this browser asks not to be tracked. */
export function refused() {
  const { globalPrivacyControl, doNotTrack } = /** @type {any} */ (navigator);
  return globalPrivacyControl === true || doNotTrack === "1";
}

/**
 * Whether events may be told: true, false, or undefined while the shop has not said.
 * @param {Element | null} host the element with the attributes
 */
export function mayTell(host) {
  if (refused()) return false;
  return given().analytics ?? (asks(host) ? undefined : true);
}

/** Whether something may be kept on the device; undefined as above. @param {Element | null} host */
export function mayKeep(host) {
  const tell = mayTell(host);
  if (tell === false || host?.getAttribute("storage") === "none") return false;
  const keep = given().storage ?? (asks(host) ? undefined : true);
  return keep && tell;
}

/** Whether a visitor may be known again on another day: only where the shopper said so. @param {Element | null} host */
export function mayRecognize(host) {
  return mayKeep(host) === true && given().analytics === true && given().storage === true;
}
