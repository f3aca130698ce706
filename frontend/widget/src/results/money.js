/** A price in the currency's smallest unit, as its people write it. */
export function money(amount, currency, lang) {
  try {
    const format = new Intl.NumberFormat(lang, { style: "currency", currency, currencyDisplay: "narrowSymbol" });
    return format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits);
  } catch {
    return String(amount);
  }
}
