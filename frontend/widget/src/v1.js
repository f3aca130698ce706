/**
 * What a shop's page loads.
 *
 *   <script type="module" src="https://HOST/widget/v1.js"></script>
 *   <lookus-lens key="pk_…" lang="ko"></lookus-lens>
 *
 * Attributes
 *   key       publishable key of the shop, pk_…
 *   lang      ko | en; without it the page's lang, then the browser's
 *   mode      button (opens a sheet, default) | panel (stands in the page)
 *   theme     light | dark; without it the page's color-scheme
 *   limit     products to show, 1 to 48; default 6
 *   endpoint  address of the API, https://HOST/api/v1/; without it the host this file came from
 *   timeout   seconds without a sign of life before giving up; default 20
 * Methods  open() · close() · search(fileOrBlob) · reset()
 * Events   lookus:open · lookus:close · lookus:search {name, size}
 *          lookus:reset, back at the first screen
 *          lookus:results {search_id, total, results, query}
 *          lookus:select {search_id, product, position}, cancelable: preventDefault() keeps the page
 *          lookus:error {code, status, detail, request_id}
 * Slots    (default) words on the button · privacy: the line under the photo
 * Parts    button label sheet panel frame header title back close body ways pick action photo outline pin
 *          progress garment swatch note grid product product-image product-brand product-title price why
 *          nothing error privacy
 * CSS      --lookus-paper -raised -line -ink -soft-ink -faint -accent -on-accent -warn -bad
 *          -radius -font -columns
 */
import { hearCalls } from "./events/first.js";
import { LookusLens } from "./lens/element.js";
import { announce } from "./lens/global.js";
import { defineStrips } from "./strips/element.js";
import { watchPhotos } from "./ways/marks.js";

announce();
hearCalls();
if (!customElements.get("lookus-lens")) customElements.define("lookus-lens", LookusLens);
defineStrips();
watchPhotos((sku) => document.querySelector("lookus-lens").find({ product_id: sku }));
