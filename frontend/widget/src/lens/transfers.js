/**
 * Photos that are dropped on the lens, or pasted while it is open. `reader` gives the part "ways" once it
 * is loaded: then addresses and words are understood too.
 * @param {{ui: any, signal: AbortSignal, isOpen: () => boolean, reader: () => any, take: (given: any) => void}} given
 */
export function takeTransfers({ ui, signal, isOpen, reader, take }) {
  const read = (transfer) => (reader() ? reader().readTransfer(transfer) : fileOf(transfer));
  const mayHold = (transfer) => (reader() ? reader().mayHoldPhoto(transfer) : transfer.types.includes("Files"));
  const accept = (event, transfer) => {
    const given = !event.defaultPrevented && read(transfer);
    if (!given) return;
    event.preventDefault();
    take(given);
  };
  for (const target of [ui.trigger, ui.dialog || ui.frame].filter(Boolean)) {
    target.addEventListener("dragover", (event) => {
      if (!mayHold(event.dataTransfer)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      ui.drop.hidden = false;
    }, { signal });
    target.addEventListener("dragleave", (event) => {
      if (!target.contains(event.relatedTarget)) ui.drop.hidden = true;
    }, { signal });
    target.addEventListener("drop", (event) => {
      ui.drop.hidden = true;
      accept(event, event.dataTransfer);
    }, { signal });
  }
  document.addEventListener("paste", (event) => {
    const into = event.composedPath()[0];
    if (isOpen() && !into?.matches?.("input, textarea, [contenteditable]")) accept(event, event.clipboardData);
  }, { signal });
}

function fileOf(transfer) {
  const files = [...(transfer?.files || [])];
  const file = files.find((one) => one.type.startsWith("image/")) || files[0];
  return file ? { file } : null;
}
