/** The bag's page. */
import { lineOf, lines, money, order, set, showTold, tell, total } from "./basket.js";

const filled = document.querySelector(".filled");
const bare = document.querySelector(".bare");
const list = filled.querySelector(".lines");

function shown(line) {
  const item = lineOf(line);
  const step = (selector, by) => {
    const button = item.querySelector(selector);
    button.setAttribute("aria-label", button.getAttribute("aria-label").replace("{title}", line.title));
    button.addEventListener("click", () => change(line, by, selector));
  };
  step(".less", -1);
  step(".plus", 1);
  return item;
}

function change(line, by, selector) {
  set({ ...line, quantity: line.quantity + by });
  if (by > 0) tell("cart", { product: line.sku, quantity: by, price: line.price, currency: line.currency });
  draw();
  const place = lines().findIndex((one) => one.sku === line.sku);
  const next = list.children[place]?.querySelector(selector) || document.querySelector("#bag");
  next.focus();
}

function draw() {
  const held = lines();
  filled.hidden = !held.length;
  bare.hidden = held.length > 0;
  list.replaceChildren(...held.map(shown));
  if (held.length) filled.querySelector(".sum b").textContent = money(total(held), held[0].currency);
}

filled.querySelector("a.main").addEventListener("click", order);
draw();
showTold();
