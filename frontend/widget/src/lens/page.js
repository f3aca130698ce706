/** A sheet of the page's own, for a strict policy allows no inline style and the page keeps its own styles. */
const still = new CSSStyleSheet();
still.replaceSync("html { overflow: hidden !important; overscroll-behavior: none !important; }");
const room = new CSSStyleSheet();
room.replaceSync("html { scrollbar-gutter: stable !important; }");

let holders = 0;

/** Keeps the page from scrolling behind a sheet, without a jump where its scrollbar was. Returns what lets go. */
export function holdPage() {
  holders += 1;
  if (holders === 1) {
    const hasBar = innerWidth > document.documentElement.clientWidth;
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, still, ...(hasBar ? [room] : [])];
  }
  return () => {
    holders -= 1;
    if (holders > 0) return;
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== still && sheet !== room);
  };
}
