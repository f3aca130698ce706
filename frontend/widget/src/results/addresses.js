/** Only web addresses: a catalogue and a device may hold anything. @param {unknown} text */
export function webAddress(text) {
  if (!text || typeof text !== "string") return null;
  try {
    const url = new URL(text, document.baseURI);
    return /^https?:$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
