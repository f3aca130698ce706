import { h } from "../dom.js";
import { webAddress } from "./addresses.js";

/** The photo of a product on its ground of 3:4; the ground stays where the photo does not come. */
export function picture(product, eager) {
  return h("img", { part: "product-image", src: webAddress(product.image_url), alt: "", width: 300, height: 400,
    loading: eager ? "eager" : "lazy", decoding: "async", onerror: (event) => event.target.classList.add("off") });
}
