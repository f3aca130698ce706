// Small comforts of the shop's admin: everything works without them.
"use strict";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
  const label = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = label; }, 2000);
});

// One menu open at a time, closed by a click elsewhere and by Escape.
const closeMenus = (except) => {
  for (const menu of document.querySelectorAll("details.switcher[open]")) {
    if (menu !== except) menu.open = false;
  }
};
document.addEventListener("click", (event) => closeMenus(event.target.closest("details.switcher")));
document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeMenus(); });

// The progress of an import or of tagging: asked for every two seconds, the page is read again
// when it has ended.
const POLL_MS = 2000;
const progress = document.querySelector("[data-progress]");
if (progress) {
  const ask = async () => {
    try {
      const answer = await fetch(progress.dataset.progress, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const state = await answer.json();
      for (const [name, value] of Object.entries(state.texts)) {
        for (const place of document.querySelectorAll(`[data-text="${name}"]`)) place.textContent = value;
      }
      for (const [name, share] of Object.entries(state.shares)) {
        for (const bar of document.querySelectorAll(`[data-share="${name}"]`)) bar.value = share;
      }
      if (state.ended) { location.reload(); return; }
    } catch { /* the network is away for a moment: asked again below */ }
    setTimeout(ask, POLL_MS);
  };
  setTimeout(ask, POLL_MS);
}

// The name of the chosen file stands in the drop zone.
for (const zone of document.querySelectorAll(".drop")) {
  const input = zone.querySelector("input[type=file]");
  input.addEventListener("change", () => {
    zone.querySelector(".chosen").textContent = input.files[0]?.name ?? "";
  });
  for (const name of ["dragenter", "dragleave", "drop"]) {
    input.addEventListener(name, () => zone.classList.toggle("over", name === "dragenter"));
  }
}
