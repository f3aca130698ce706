/** Asked, looked at, found: three screens of one page, and the browser's way back leads through them. */
const page = document.querySelector(".finding");
const lens = page.querySelector("lookus-lens");
const title = page.querySelector("h1");

function step(name) {
  page.dataset.step = name;
  title.textContent = title.dataset[name];
  for (const one of page.querySelectorAll(".steps li")) {
    if (one.dataset.of === name) one.setAttribute("aria-current", "step");
    else one.removeAttribute("aria-current");
  }
}

function go(name) {
  if (page.dataset.step === "ask") history.pushState({ step: name }, "", "#" + name);
  else history.replaceState({ step: name }, "", "#" + name);
  step(name);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scrollTo({ top: 0, behavior: calm ? "auto" : "smooth" });
}

for (const sample of page.querySelectorAll("[data-photo]")) sample.addEventListener("click", () => go("look"));
lens?.addEventListener("lookus:search", () => go("look"));
lens?.addEventListener("lookus:results", () => page.dataset.step === "look" && go("found"));
lens?.addEventListener("lookus:reset", () => {
  if (page.dataset.step === "ask") return;
  step("ask");
  if (history.state?.step) history.back();
});
addEventListener("popstate", () => {
  if (page.dataset.step === "ask" || history.state?.step) return;
  step("ask");
  lens.reset();
});
if (location.hash) history.replaceState(null, "", location.pathname + location.search);
