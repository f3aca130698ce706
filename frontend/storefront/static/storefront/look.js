/** A tapped garment shows its products in place: the page stays, and the address says the same. */
const found = () => document.querySelector("#found");
let asked;

async function show(address) {
  asked?.abort();
  asked = new AbortController();
  found().classList.add("waiting");
  const response = await fetch(address, { signal: asked.signal });
  if (!response.ok) throw new Error(response.statusText);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  found().replaceWith(document.adoptNode(page.querySelector("#found")));
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  found().scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}

function mark(link) {
  for (const one of document.querySelectorAll(".tap[aria-current]")) one.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
}

document.querySelector(".look").addEventListener("click", async (event) => {
  const link = event.target.closest(".tap");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  mark(link);
  const address = new URL(link.getAttribute("href"), document.baseURI);
  try {
    await show(address);
    history.replaceState(null, "", address);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
});
