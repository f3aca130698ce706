/** A pressed garment shows its products in place: the page stays, and the address says the same. */
const found = () => document.querySelector("#found");
let asked;

/** A page as a document. XMLHttpRequest reads it without a sink for trusted types. */
function pageOf(address, signal) {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    signal.addEventListener("abort", () => {
      xhr.abort();
      reject(signal.reason);
    });
    xhr.onload = () => (xhr.status === 200 ? resolve(xhr.responseXML) : reject(new Error(xhr.statusText)));
    xhr.onerror = () => reject(new Error("no answer"));
    xhr.open("GET", address);
    xhr.responseType = "document";
    xhr.send();
  });
}

async function show(address) {
  asked?.abort();
  asked = new AbortController();
  found().classList.add("waiting");
  const page = await pageOf(address, asked.signal);
  found().replaceWith(document.adoptNode(page.querySelector("#found")));
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  found().scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}

/** All ways to the same garment are marked: its dot and its line. */
function mark(link) {
  for (const one of document.querySelectorAll(".tap")) {
    if (one.getAttribute("href") === link.getAttribute("href")) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
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
