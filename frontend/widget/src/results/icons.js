const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  heart: ["M12 19.5 5.2 12.8a4.3 4.3 0 0 1 6-6.1l.8.8.8-.8a4.3 4.3 0 0 1 6 6.1z"],
  share: ["M12 15V4.5M8 8l4-3.5L16 8", "M6 12v7.5h12V12"],
  tune: ["M4 7h9M17 7h3M4 17h3M11 17h9", "M15 5a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM9 15a2 2 0 1 1 0 4 2 2 0 0 1 0-4z"],
  like: ["M8.5 5h7v6h-7z", "M4 14.5h4.5V20H4zM15.5 14.5H20V20h-4.5z"],
  down: ["m7 10 5 5 5-5"],
  off: ["m7.5 7.5 9 9M16.5 7.5l-9 9"],
  pen: ["M5 19l1-4L16.5 4.5l3 3L9 18z", "M14 7l3 3"],
  back: ["M14.5 5.5 8 12l6.5 6.5"],
  words: ["M5 6h14M5 11h14M5 16h8"],
  photo: ["M4 5h16v14H4z", "m4 16 5-5 4.5 4.5 2-2L20 18"],
  shirt: ["M9 4 4 6.6 5.6 11 8 10.4V20h8v-9.6l2.4.6L20 6.6 15 4a3.1 3.1 0 0 1-6 0z"],
};

/** A line icon that screen readers pass over. @param {keyof typeof PATHS} name */
export function glyph(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  for (const d of PATHS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
