// The place of a piece, drawn over the look's photo: it fills the place field that was chosen last,
// or the first that is empty. Without this the four numbers are typed.
const photo = document.querySelector("[data-look-photo]");
let chosen = null;

const places = () => [...document.querySelectorAll("input[data-place]")].filter((one) => one.getClientRects().length);

/** A pointer's place in pixels of the photo as it was uploaded. */
function inPhoto(event) {
  const image = photo.querySelector("img");
  const seen = image.getBoundingClientRect();
  const part = (at, from, size) => Math.min(1, Math.max(0, (at - from) / size));
  return [
    Math.round(part(event.clientX, seen.left, seen.width) * image.getAttribute("width")),
    Math.round(part(event.clientY, seen.top, seen.height) * image.getAttribute("height")),
  ];
}

function show([x0, y0, x1, y1] = [0, 0, 0, 0]) {
  const drawn = photo.querySelector(".drawn");
  const told = { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
  for (const [name, value] of Object.entries(told)) drawn.setAttribute(name, value);
}

const read = (field) => (field.value.match(/\d+/g) || []).map(Number);

if (photo) {
  let start = null;
  document.addEventListener("focusin", (event) => {
    if (!event.target.matches("input[data-place]")) return;
    chosen = event.target;
    const box = read(chosen);
    show(box.length === 4 ? box : undefined);
  });
  // A field that was clicked is to be drawn for, and the photo stands far above it.
  document.addEventListener("click", (event) => {
    if (event.target.matches("input[data-place]")) photo.scrollIntoView({ block: "center" });
  });
  photo.classList.toggle("drawable", places().length > 0);
  photo.addEventListener("pointerdown", (event) => {
    if (!places().length || event.button) return;
    event.preventDefault();
    start = inPhoto(event);
    photo.setPointerCapture(event.pointerId);
  });
  photo.addEventListener("pointermove", (event) => {
    if (!start) return;
    const end = inPhoto(event);
    const box = [0, 1].map((axis) => Math.min(start[axis], end[axis]));
    show([...box, ...[0, 1].map((axis) => Math.max(start[axis], end[axis]))]);
  });
  photo.addEventListener("pointerup", (event) => {
    if (!start) return;
    const ends = [start, inPhoto(event)];
    start = null;
    const low = [0, 1].map((axis) => Math.min(ends[0][axis], ends[1][axis]));
    const high = [0, 1].map((axis) => Math.max(ends[0][axis], ends[1][axis]));
    if (high[0] - low[0] < 8 || high[1] - low[1] < 8) return;
    const field = chosen?.isConnected ? chosen : places().find((one) => !one.value) || places()[0];
    field.value = [...low, ...high].join(", ");
    field.focus({ preventScroll: true });
    field.scrollIntoView({ block: "center" });
  });
}
