import { h, icon } from "../dom.js";

/** The shopper's photo; drawn on a canvas, so no `blob:` is needed in the page's policy. */
export function photoStage(t, photo) {
  const inner = photo.canvas || h("div", { class: "blank" }, icon("gallery"), photo.blob.name || t("lens.yourPhoto"));
  if (photo.canvas) {
    inner.setAttribute("role", "img");
    inner.setAttribute("aria-label", t("lens.yourPhoto"));
  }
  return stage(photo.width / photo.height, inner);
}

/** The place of the photo while it is still being read. */
export const emptyStage = () => stage(3 / 4);

function stage(ratio, ...children) {
  const box = h("div", { class: "photo", part: "photo" }, children);
  box.style.setProperty("--ratio", ratio);
  return h("div", { class: "stage" }, box);
}

/** Words, a bar and a way out while the API works. Returns {node, say(text, done, wait)}; `wait` lets the bar creep. */
export function progressSteps(t, oncancel) {
  const words = h("span", {});
  const fillBar = h("i", {});
  const bar = h("div", { class: "bar" }, fillBar);
  const node = h("div", { class: "steps", part: "progress" },
    bar,
    h("div", { class: "row" }, words,
      h("button", { class: "act plain", part: "action", type: "button", onclick: oncancel }, t("lens.cancel"))));
  return {
    node,
    say(text, done, wait = false) {
      words.textContent = text;
      bar.classList.toggle("wait", wait);
      fillBar.style.setProperty("--done", done);
    },
  };
}

/** Empty cards of the size the real ones will have. */
export function ghostGrid(count) {
  const card = () => h("li", { class: "ghost" }, h("div", { class: "plate" }), h("div", { class: "line" }), h("div", { class: "line" }));
  return h("ul", { class: "ghosts", "aria-hidden": "true" }, Array.from({ length: count }, card));
}

/** The place of the first screen while it is on its way. */
export const ghostWays = () => h("div", { class: "ghost ghost-ways", "aria-hidden": "true" }, h("div", { class: "plate" }), h("div", { class: "line" }));

/** A plain statement with ways on; `actions` are [label, onclick], the first one is the main way. */
export function statement({ image, title, text, small = [], actions, part }) {
  return h("div", { class: "word", part },
    icon(image), h("h3", {}, title), h("p", {}, text),
    small.map((line) => h("small", {}, line)),
    h("div", { class: "acts" }, actions.map(([label, onclick], index) =>
      h("button", { class: index ? "act plain" : "act main", part: "action", type: "button", onclick }, label))));
}
