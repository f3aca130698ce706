const SVG = "http://www.w3.org/2000/svg";

/** Makes an element: `on…` props are listeners, booleans are attributes, null children are left out. */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props || {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== false));
  return node;
}

const CORNERS = "M4 8V6a2 2 0 0 1 2-2h2M16 4h2a2 2 0 0 1 2 2v2M20 16v2a2 2 0 0 1-2 2h-2M8 20H6a2 2 0 0 1-2-2v-2";
const ICONS = {
  lens: [CORNERS, "M12 8.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z"],
  corners: [CORNERS],
  shirt: ["M9 4 4 6.6 5.6 11 8 10.4V20h8v-9.6l2.4.6L20 6.6 15 4a3.1 3.1 0 0 1-6 0z"],
  camera: ["M4 8h3l1.6-2.5h6.8L17 8h3v11H4z", "M12 10a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4z"],
  gallery: ["M4 5h16v14H4z", "m4 16 5-5 4.5 4.5 2-2L20 18", "M15.5 8.6h.01"],
  close: ["M6 6l12 12M18 6 6 18"],
  back: ["M14.5 5.5 8 12l6.5 6.5"],
  cloud: ["M7 18h10a3.8 3.8 0 0 0 .6-7.5 5.6 5.6 0 0 0-10.8-.9A4.3 4.3 0 0 0 7 18z", "M5 4l14 16"],
  alert: ["M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16z", "M12 8v5M12 16h.01"],
  lock: ["M6.5 11h11v8.5h-11z", "M9 11V8.2a3 3 0 0 1 6 0V11"],
};

/** A line icon that screen readers pass over: one of the above by its name, or a part's own paths. */
export function icon(drawing) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  for (const d of ICONS[drawing] || drawing) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
