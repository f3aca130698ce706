/** The thank-you page: tells the lens of the order once, as a real shop's would. */
import { lastOrder, lineOf, money, orderTold, showTold, tell, total } from "./basket.js";

const last = lastOrder();
const filled = document.querySelector(".filled");
document.querySelector(".bare").hidden = Boolean(last);

if (last) {
  const { number, lines } = last;
  const currency = lines[0].currency;
  filled.hidden = false;
  filled.querySelector(".number").textContent = number;
  filled.querySelector(".lines").replaceChildren(...lines.map(lineOf));
  filled.querySelector(".sum b").textContent = money(total(lines), currency);
  if (!last.told) {
    const items = lines.map(({ sku, quantity, price }) => ({ product: sku, quantity, price }));
    orderTold(last);
    tell("purchase", { order: number, items, total: total(lines), currency });
  }
  showTold();
}
