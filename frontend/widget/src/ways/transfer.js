/** The only address that we search with: a photo's on the web. */
const ADDRESS = /^https?:\/\/[^\s/]+\.?[^\s]*$/i;
const IMAGE_OF_PAGE = /<img\b[^>]*?\ssrc\s*=\s*(?:"([^"]+)"|'([^']+)')/i;

/** The address that a text is, as a whole; "" for other texts. */
export function addressOf(text) {
  const one = text.trim();
  return ADDRESS.test(one) && URL.canParse(one) ? one : "";
}

/**
 * What was dropped or pasted: {file}, {address} or {words}; null for nothing of use.
 * A picture dragged from a page comes as a file, or as the address that the page shows it from.
 * @param {DataTransfer | null} transfer
 */
export function readTransfer(transfer) {
  const files = [...(transfer?.files || [])];
  const file = files.find((one) => one.type.startsWith("image/")) || files[0];
  if (file) return { file };
  const [, double, single] = IMAGE_OF_PAGE.exec(transfer?.getData("text/html") || "") || [];
  const text = transfer?.getData("text/plain") || transfer?.getData("text/uri-list") || "";
  const address = addressOf((double || single || "").replaceAll("&amp;", "&")) || addressOf(text);
  if (address) return { address };
  return text.trim() ? { words: text.trim() } : null;
}

/** Whether something dragged may be worth a search; what it is, is told at the drop only. */
export const mayHoldPhoto = ({ types }) => ["Files", "text/uri-list", "text/html"].some((type) => types.includes(type));

/** Whether the page may look into the clipboard at a press of a button. */
export const canReadClipboard = () => Boolean(navigator.clipboard?.read);

/** As `readTransfer`, of the clipboard; rejects where the shopper or the browser refuses. */
export async function readClipboard() {
  const items = await navigator.clipboard.read();
  for (const item of items) {
    const kind = item.types.find((type) => type.startsWith("image/"));
    if (kind) return { file: await item.getType(kind) };
  }
  const said = items.find((item) => item.types.includes("text/plain"));
  const words = said ? (await (await said.getType("text/plain")).text()).trim() : "";
  const address = addressOf(words);
  return address ? { address } : words ? { words } : null;
}
