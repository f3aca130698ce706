import { h } from "../dom.js";
import { webAddress } from "../results/addresses.js";
import { glyph } from "../results/icons.js";
import { keeper } from "../results/keep.js";
import { wishList } from "../results/wishes.js";
import { photoOf, remember, thumbnail } from "./recent.js";

export { sheet } from "./styles.js";

/**
 * What this device kept, on the first screen: recent searches, each of which can be forgotten, and the list of
 * kept products. Draws nothing where there is nothing.
 * @param {HTMLElement} host
 * @param {import("../lens/session.js").Session} session
 */
export function mount(host, session) {
  const life = new AbortController();
  const { signal } = life;
  const { t } = session;
  const keep = keeper(session.host);
  const view = { t, keep, signal, say: (text) => session.say(text), emit: (...told) => session.emit(...told) };
  const title = h("h3", { id: "kept-title", tabindex: -1 }, t("kept.recent"));
  const list = h("ul", { class: "recents" });
  const clear = h("button", { class: "quiet", type: "button", part: "recent-clear", onclick: () => {
    keep.clear("recent");
    view.say(t("kept.cleared"));
  } }, t("kept.clear"));
  const recent = h("section", { class: "recent", part: "recent", "aria-labelledby": "kept-title" }, h("div", { class: "headline" }, title, clear), list, h("p", { class: "where" }, t("kept.hint")));
  const wishes = h("button", { class: "chip", type: "button", part: "wish-button", onclick: showWishes }, glyph("heart"), h("span", {}));
  const node = h("div", { class: "kept", part: "kept" }, recent, wishes);

  function forget(one, label) {
    const at = keep.list("recent").findIndex(({ id }) => id === one.id);
    keep.remove("recent", one.id);
    view.say(t("kept.forgot", { label }));
    (list.children[Math.min(at, list.children.length - 1)]?.querySelector(".forget") || (recent.hidden ? wishes : title)).focus({ preventScroll: true });
  }
  function showWishes() {
    const open = wishList(view, () => {
      open.close();
      node.hidden = false;
      wishes.focus();
    });
    node.hidden = true;
    node.after(open.node);
    open.focus();
  }
  const item = (one) => {
    const label = one.text || t("kept.photo");
    const again = async () => {
      const photo = one.thumb && (await photoOf(one.thumb).catch(() => null));
      const url = webAddress(one.image_url);
      const query = { ...(photo && { photo }), ...(!photo && url && { image_url: url }), ...(one.text && { text: one.text }) };
      if (Object.keys(query).length) session.ask(query, { keep: "nothing" });
      else forget(one, label);
    };
    return h("li", {},
      h("button", { class: one.thumb ? "again pictured" : "again", type: "button", part: "recent-item", onclick: again, "aria-label": t("kept.again", { label }) },
        one.thumb ? thumbnail(one.thumb) : glyph(one.image_url ? "photo" : "words"), one.text && h("span", {}, one.text)),
      h("button", { class: "forget", type: "button", part: "recent-forget", onclick: () => forget(one, label), "aria-label": t("kept.forget", { label }) }, glyph("off")));
  };
  const draw = () => {
    const kept = keep.list("recent");
    const count = keep.list("wish").length;
    recent.hidden = !kept.length;
    list.replaceChildren(...kept.map(item));
    wishes.hidden = !count;
    wishes.lastChild.textContent = t("results.wishes", { count });
    node.classList.toggle("none", !kept.length && !count);
  };
  draw();
  keep.onchange(draw, signal);
  host.append(node);
  return {
    unmount() {
      life.abort();
      host.replaceChildren();
    },
  };
}

/** Remembers what is searched for from now on. @param {import("../lens/session.js").Session} session @param {AbortSignal} [signal] */
export function attach(session, signal) {
  const keep = keeper(session.host);
  const answered = () => remember(keep, session.query);
  session.addEventListener("answer", answered, { signal });
  if (session.answer) answered();
}
