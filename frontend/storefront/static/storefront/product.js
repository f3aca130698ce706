/** "Put in the bag" of a product's page. */
import { put, tell } from "./basket.js";

const button = document.querySelector("[data-add]");
const status = document.querySelector(".added");

button?.addEventListener("click", () => {
  const { sku, title, url, image, price, currency, added } = button.dataset;
  put({ sku, title, url, image, price: Number(price) || 0, currency });
  tell("cart", { product: sku, quantity: 1, price: Number(price) || 0, currency });
  button.textContent = added;
  status.hidden = false;
  status.querySelector("span").textContent = status.dataset.says;
});
