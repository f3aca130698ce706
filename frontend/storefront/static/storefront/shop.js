/** The looks of the front page make room while the lens beside them is at work. */
const hero = document.querySelector(".hero");

hero?.addEventListener("lookus:search", () => hero.classList.add("searching"));
hero?.addEventListener("lookus:reset", () => hero.classList.remove("searching"));
