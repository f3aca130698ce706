import { h, icon } from "../dom.js";
import { mayKeepPhotos } from "./session.js";

/**
 * What stays while screens change: the button and its sheet, or the panel. Built with the first words;
 * `dress(t)` puts in those that are loaded later.
 * @param {{t: import("../words/index.js").Translate, lang: string, panel: boolean, on: Record<"open" | "close" | "back", () => void>}} given
 */
export function buildShell({ t, lang, panel, on }) {
  const privacy = h("slot", { name: "privacy" });
  const drop = h("div", { class: "drop", hidden: true }, icon("gallery"));
  const ui = {
    title: h("h2", { part: "title", tabindex: -1, id: "title" }, t("first.title")),
    back: h("button", { class: "bare", type: "button", part: "back", onclick: on.back, hidden: true }, icon("back")),
    body: h("div", { class: "body", part: "body" }),
    foot: h("footer", { part: "privacy", hidden: true }, icon("lock"), privacy),
    status: h("div", { class: "said", role: "status", "aria-live": "polite" }),
    drop,
    root: h("div", { class: "root", lang }),
    dress(words) {
      ui.back.setAttribute("aria-label", words("lens.another"));
      privacy.textContent = words(mayKeepPhotos() ? "lens.privacyKept" : "lens.privacy");
      drop.replaceChildren(icon("gallery"), words("lens.drop"));
    },
  };
  ui.grip = panel ? null : h("div", { class: "grip", "aria-hidden": "true" });
  ui.head = h("header", { part: "header" }, ui.back, ui.title,
    !panel && h("button", { class: "bare", type: "button", part: "close", "aria-label": t("first.close"), onclick: on.close }, icon("close")));
  ui.frame = h("div", { class: panel ? "frame panel" : "frame", part: panel ? "panel" : "frame" },
    ui.grip, ui.head, ui.body, ui.foot, drop);
  if (panel) {
    ui.frame.setAttribute("role", "region");
    ui.frame.setAttribute("aria-labelledby", "title");
    ui.root.append(ui.frame, ui.status);
    return ui;
  }
  ui.dialog = h("dialog", { part: "sheet", "aria-labelledby": "title" }, ui.frame, ui.status);
  ui.trigger = h("button", { class: "open", type: "button", part: "button", "aria-haspopup": "dialog", onclick: on.open },
    icon("lens"), h("span", { part: "label" }, h("slot", {}, t("first.open"))));
  ui.root.append(ui.trigger, ui.dialog);
  return ui;
}
