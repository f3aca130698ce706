// The products nearest to a place, beside the map.

/** @returns {HTMLElement} */
function made(name, className, text) {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

export class Panel {
  /** @param {HTMLElement} root @param {string} address */
  constructor(root, address) {
    this.root = root;
    this.list = root.querySelector("ol");
    this.empty = root.querySelector("[data-empty]");
    this.wrong = root.querySelector("[data-wrong]");
    this.address = address;
    this.asked = 0;
  }

  /** @param {number[]} ids nearest first */
  async show(ids) {
    this.asked += 1;
    const mine = this.asked;
    let products = [];
    let failed = false;
    if (ids.length) {
      try {
        const answer = await fetch(`${this.address}?ids=${ids.join(",")}`);
        failed = !answer.ok;
        if (!failed) ({ products } = await answer.json());
      } catch {
        failed = true;
      }
    }
    // A later question was answered meanwhile.
    if (mine !== this.asked) return;
    this.empty.hidden = failed || products.length > 0;
    this.wrong.hidden = !failed;
    this.list.replaceChildren(...products.map((one) => this.#row(one)));
  }

  clear() {
    this.asked += 1;
    this.list.replaceChildren();
    this.empty.hidden = false;
    this.wrong.hidden = true;
  }

  #row(product) {
    const row = made("li");
    const link = made("a", "near-product");
    link.href = product.url;
    if (product.photo) {
      const photo = made("img", "thumb");
      photo.src = product.photo;
      photo.alt = "";
      photo.loading = "lazy";
      link.append(photo);
    } else {
      link.append(made("span", "thumb none"));
    }
    const words = made("span", "near-words");
    words.append(
      made("b", "", product.title), made("small", "soft", product.tags),
      made("small", "soft", product.price),
    );
    link.append(words);
    row.append(link);
    return row;
  }
}
