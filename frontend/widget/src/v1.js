/**
 * What a shop's page loads: the elements and `window.LookUs`. Everything else is a part, loaded when it is
 * needed. Attributes, methods, events, slots, parts and variables are in docs/widget.md.
 *
 *   <script type="module" src="https://HOST/widget/v1.js"></script>
 *   <lookus-lens key="pk_…" lang="ko"></lookus-lens>
 */
import { hearCalls } from "./events/first.js";
import { LookusLens } from "./lens/element.js";
import { announce } from "./lens/global.js";
import { defineStrips } from "./strips/element.js";
import { watchPhotos } from "./ways/marks.js";

// Not where an older or a second script of ours has done it.
if (!customElements.get("lookus-lens")) {
  announce();
  hearCalls();
  customElements.define("lookus-lens", LookusLens);
  defineStrips();
  watchPhotos((sku) => document.querySelector("lookus-lens")?.find({ product_id: sku }));
}
