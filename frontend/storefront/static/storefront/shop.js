/** What every page of the shop does. */
import { tellCount } from "./basket.js";

tellCount();
// Back from another page the bag may have changed.
addEventListener("pageshow", (event) => event.persisted && tellCount());

/** The looks of the front page make room while the lens beside them is at work. */
const hero = document.querySelector(".hero");
hero?.addEventListener("lookus:search", () => hero.classList.add("searching"));
hero?.addEventListener("lookus:reset", () => hero.classList.remove("searching"));

/** A photo of the page goes through the lens, as if the visitor had it at hand. */
async function find(button) {
  const lens = document.querySelector("lookus-lens");
  button.setAttribute("aria-busy", "true");
  try {
    await customElements.whenDefined("lookus-lens");
    const answer = await fetch(button.dataset.photo);
    if (!answer.ok) return;
    const blob = await answer.blob();
    if (lens.closest(".hero")) lens.scrollIntoView({ block: "start" });
    await lens.search(new File([blob], "photo", { type: blob.type }));
  } catch (error) {
    // Offline: the photo cannot be read again, and the lens has nothing to show.
    console.warn(error);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-photo]");
  if (button) find(button);
});
