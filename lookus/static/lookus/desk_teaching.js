// Teaching: the border's number of products as it moves, what is picked, and looking again.
"use strict";

for (const form of document.querySelectorAll("[data-counts]")) {
  const counts = form.dataset.counts.split(",").map(Number);
  const slider = form.querySelector("input[type=range]");
  const number = new Intl.NumberFormat(document.documentElement.lang);
  slider.addEventListener("input", () => {
    form.querySelector("[data-percent]").textContent = slider.value;
    form.querySelector("[data-count]").textContent = number.format(counts[slider.value - 1] ?? 0);
  });
  // The examples at the border are those of the new place.
  slider.addEventListener("change", () => {
    location.search = `?threshold=${slider.value}`;
  });
}

for (const shown of document.querySelectorAll("[data-picked]")) {
  const form = shown.closest("form");
  form.addEventListener("change", () => {
    const count = form.querySelectorAll("input:checked").length;
    shown.textContent = count ? `(${count})` : "";
  });
}

for (const button of document.querySelectorAll("[data-sure]")) {
  button.addEventListener("click", (event) => {
    if (!confirm(button.dataset.sure)) event.preventDefault();
  });
}

if (document.querySelector("[data-waits]")) setTimeout(() => location.reload(), 2500);
