import { h, icon } from "../dom.js";
import { pictureOf } from "../ways/picture.js";

/**
 * What stays while screens change: the button and its sheet, or the panel.
 * `on` has open, close, closed, back and photo(file). Returns the nodes the lens fills.
 */
export function buildShell({ t, lang, panel, on }) {
  const ui = {
    title: h("h2", { part: "title", tabindex: -1, id: "title" }),
    back: h("button", { class: "bare", type: "button", part: "back", "aria-label": t("lens.another"), onclick: on.back }, icon("back")),
    body: h("div", { class: "body", part: "body" }),
    foot: h("footer", { part: "privacy" }, icon("lock"), h("slot", { name: "privacy" }, t("lens.privacy"))),
    status: h("div", { class: "said", role: "status", "aria-live": "polite" }),
    drop: h("div", { class: "drop", hidden: true }, icon("gallery"), t("lens.drop")),
    file: fileInput(on, {}),
    camera: fileInput(on, { capture: "environment" }),
    root: h("div", { class: "root", lang }),
  };
  ui.head = h("header", { part: "header" }, ui.back, ui.title,
    !panel && h("button", { class: "bare", type: "button", part: "close", "aria-label": t("first.close"), onclick: on.close }, icon("close")));
  const frame = h("div", { class: panel ? "frame panel" : "frame", part: panel ? "panel" : "frame" },
    ui.head, ui.body, ui.foot, ui.drop, ui.file, ui.camera);
  if (panel) {
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-labelledby", "title");
    ui.root.append(frame, ui.status);
    acceptDrops(frame, ui, on);
    return ui;
  }
  ui.dialog = h("dialog", { part: "sheet", "aria-labelledby": "title", onclose: on.closed,
    onclick: (event) => event.target === ui.dialog && on.close() }, frame, ui.status);
  const trigger = h("button", { class: "open", type: "button", part: "button", "aria-haspopup": "dialog", onclick: on.open },
    icon("lens"), h("span", { part: "label" }, h("slot", {}, t("first.open"))));
  ui.root.append(trigger, ui.dialog);
  acceptDrops(trigger, ui, on);
  acceptDrops(ui.dialog, ui, on);
  return ui;
}

function fileInput(on, props) {
  const onchange = (event) => {
    const [file] = event.target.files;
    if (file) on.photo(file);
    event.target.value = "";
  };
  return h("input", { type: "file", accept: "image/*,.heic,.heif,.avif", hidden: true, tabindex: -1, onchange, ...props });
}

function acceptDrops(target, ui, on) {
  target.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    ui.drop.hidden = false;
  });
  target.addEventListener("dragleave", (event) => {
    if (!target.contains(event.relatedTarget)) ui.drop.hidden = true;
  });
  target.addEventListener("drop", (event) => {
    ui.drop.hidden = true;
    const file = pictureOf(event.dataTransfer);
    if (!file) return;
    event.preventDefault();
    on.photo(file);
  });
}
