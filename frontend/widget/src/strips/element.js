import { pageViewed } from "../events/first.js";
import { Access } from "../lens/access.js";
import { adopt, sheet as base } from "../lens/styles.js";

/** How far from the screen a strip begins to load. */
const NEAR = "480px 0px";
/** The end of a page: what lies under a strip but its own margin, px. */
const END = 48;
/** What a strip without a key takes from the page's lens. */
const OF_LENS = ["key", "endpoint", "consent", "storage", "timeout"];
/** Of what it shows, so that nothing moves when it comes: a heading, a photo of 3:4 and its lines. */
const room = new CSSStyleSheet();
room.replaceSync(`
:host { display: block; box-sizing: border-box; container-type: inline-size; }
:host([hidden]) { display: none !important; }
.room {
  --card: var(--lookus-strip-card, clamp(148px, (100cqi - 100px) / 6, 240px));
  min-height: calc(56px + var(--above, 0px) + var(--card) * 4 / 3 + 108px);
}
.outfit { --above: 28px; }
`);

/**
 * Products on the page of one of them. Until it is near the screen a strip keeps its room and loads nothing;
 * what has nothing to show gives the room back. What goes wrong is an event, never words.
 */
class Strip extends HTMLElement {
  static observedAttributes = ["product", "key", "lang", "limit", "endpoint", "words"];

  #access = new Access(this);
  #root;
  #watch;
  #life;
  #shown = null;
  #gone = false;

  connectedCallback() {
    this.#root ||= this.attachShadow({ mode: "open" });
    const lens = !this.hasAttribute("key") && document.querySelector("lookus-lens[key]");
    for (const name of lens ? OF_LENS : []) {
      if (lens.hasAttribute(name) && !this.hasAttribute(name)) this.setAttribute(name, lens.getAttribute(name));
    }
    this.#begin();
  }

  disconnectedCallback() {
    this.#end();
  }

  attributeChangedCallback(_name, before, now) {
    if (this.#life && before !== now) this.#begin();
  }

  /** Asks anew, as the page may when its product has changed. */
  refresh() {
    if (this.#life) this.#begin();
  }

  #end() {
    this.#life?.abort();
    this.#life = null;
    this.#watch?.disconnect();
    this.#shown?.unmount();
    this.#shown = null;
  }

  #begin() {
    this.#end();
    this.#life = new AbortController();
    const { signal } = this.#life;
    const place = document.createElement("div");
    place.className = `root room ${this.kind}`;
    place.lang = this.#access.lang;
    this.#root.adoptedStyleSheets = [base, room];
    this.#root.replaceChildren(place);
    if (this.#gone) this.#gone = this.hidden = false;
    if (!this.getAttribute("product")) return this.#leave(place);
    pageViewed(this);
    this.#once(true, NEAR, () => this.#load(place, signal));
  }

  /** Calls when the strip is (or is not) within `margin` of the screen. */
  #once(near, margin, call) {
    this.#watch = new IntersectionObserver((entries, watch) => {
      if (entries.at(-1).isIntersecting !== near) return;
      watch.disconnect();
      call();
    }, { rootMargin: margin });
    this.#watch.observe(this);
  }

  async #load(place, signal) {
    try {
      const [part] = await Promise.all([this.#access.part("strips"), this.#access.speak()]);
      if (signal.aborted) return;
      adopt(this.#root, part.sheet);
      this.#shown = part.mount(place, this.#access, { kind: this.kind, signal });
      if (!(await this.#shown.ready)) this.#leave(place);
    } catch (error) {
      if (signal.aborted) return;
      const { code = "broken", status = 0, detail = String(error), requestId = "" } = error;
      this.#access.emit("error", { code, status, detail, request_id: requestId });
      this.#leave(place);
    }
  }

  /** Nothing to show: the room goes, but not while a shopper would see the page jump into it. */
  #leave(place) {
    this.#shown?.unmount();
    this.#shown = null;
    place.replaceChildren();
    const go = () => {
      this.#root.replaceChildren();
      this.#gone = this.hidden = true;
    };
    const { top, bottom } = this.getBoundingClientRect();
    const below = document.body.getBoundingClientRect().bottom - bottom;
    if (top < innerHeight && bottom > 0 && below > END) this.#once(false, "0px", go);
    else go();
  }
}

class Similar extends Strip {
  kind = "similar";
}
class Outfit extends Strip {
  kind = "outfit";
}

/** Makes `<lookus-similar>` and `<lookus-outfit>` known, unless an older script of ours did. */
export function defineStrips() {
  for (const [name, of] of [["lookus-similar", Similar], ["lookus-outfit", Outfit]]) {
    if (!customElements.get(name)) customElements.define(name, of);
  }
}
