import { h } from "../dom.js";
import { glyph } from "../results/icons.js";
import { codeOf, linkOf } from "../results/link.js";

/** @typedef {import("../results/view.js").View} View */

/** The link to this search, and in words what it carries. @param {View} view */
export function shareShelf(view) {
  const { t, session } = view;
  const code = codeOf(session.query, session.answer);
  if (!code) return h("p", { class: "hint" }, t("results.share.long"));
  const link = linkOf(code);
  const field = h("input", { type: "text", readonly: true, value: link, "aria-label": t("results.share.link"), onfocus: () => field.select() });
  const copy = h("button", { class: "act plain", type: "button", part: "action", onclick: async () => {
    try {
      await navigator.clipboard.writeText(link);
      view.say((copy.textContent = t("results.share.copied")));
    } catch {
      // The page or the browser forbids it: the text is there to be taken by hand.
      field.focus();
      view.say(t("results.share.byHand"));
    }
  } }, t("results.share.copy"));
  const give = () => navigator.share({ title: document.title, url: link }).catch(() => {});
  const held = session.query.sketch ? "sketch.link" : session.answer?.query?.image_id ? "results.share.photo" : "results.share.plain";
  return h("div", { class: "share", part: "share" },
    h("p", { class: "hint" }, t(held)),
    h("div", { class: "row" }, field,
      Boolean(navigator.share) && h("button", { class: "act main", type: "button", part: "action", onclick: give }, glyph("share"), t("results.share.give")),
      copy));
}
