const PRODUCT = "[data-product]";

/**
 * Clicks on products, also those that open another tab (the middle button, ⌘ or Ctrl). An element tells its
 * own clicks by `lookus:select`; the middle button is told by nobody else.
 */
export class Clicks {
  #life = new AbortController();

  /**
   * @param {Element} host
   * @param {ParentNode & EventTarget} root where its products stand
   * @param {(sku: string, node: Element | null) => void} clicked
   */
  constructor(host, root, clicked) {
    const { signal } = this.#life;
    const nodeOf = (sku) => [...root.querySelectorAll(PRODUCT)].find((node) => node.getAttribute("data-product") === sku) || null;
    host.addEventListener("lookus:select", ({ detail }) => {
      const sku = detail?.product?.product_id;
      if (sku) clicked(sku, nodeOf(sku));
    }, { signal });
    root.addEventListener("auxclick", (event) => {
      const link = event.target.closest?.("a[href]");
      const node = link?.closest(PRODUCT);
      if (node && event.button === 1) clicked(node.getAttribute("data-product"), node);
    }, { signal });
  }

  end() {
    this.#life.abort();
  }
}
