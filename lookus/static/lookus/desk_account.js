// Comforts of the people's page and of the lead-in: everything works without them.
"use strict";

for (const form of document.querySelectorAll("form[data-ask]")) {
  form.addEventListener("submit", (event) => { if (!confirm(form.dataset.ask)) event.preventDefault(); });
}

// The lead-in waits for the first photos: the bar moves and tagged photos appear as they come.
const START_POLL_MS = 2000;
const waiting = document.querySelector("[data-start]");
if (waiting) {
  const list = waiting.querySelector(".first-photos");
  const shown = new Set([...list.children].map((one) => one.dataset.id));
  const card = (photo) => {
    const item = document.createElement("li");
    item.dataset.id = photo.id;
    const link = document.createElement("a");
    link.href = photo.page;
    const image = new Image();
    image.className = "thumb";
    image.alt = "";
    image.src = photo.image;
    const title = document.createElement("b");
    title.textContent = photo.title;
    const tags = document.createElement("small");
    tags.textContent = photo.tags;
    link.append(image, title, tags);
    item.append(link);
    return item;
  };
  const ask = async () => {
    try {
      const answer = await fetch(waiting.dataset.start, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const state = await answer.json();
      waiting.querySelector("progress").value = state.share;
      waiting.querySelector("[data-said]").textContent = state.text;
      for (const photo of state.photos) {
        if (shown.has(String(photo.id))) continue;
        shown.add(String(photo.id));
        list.append(card(photo));
      }
      // This step is done now: without its number the page would be the next one's.
      if (state.ended) { location.assign("?step=3"); return; }
    } catch { /* the network is away for a moment: asked again below */ }
    setTimeout(ask, START_POLL_MS);
  };
  setTimeout(ask, START_POLL_MS);
}
