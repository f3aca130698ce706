/** Puts a part's sheet beside the others of a shadow root, once. @param {ShadowRoot} root @param {CSSStyleSheet} sheet */
export function adopt(root, sheet) {
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}
