/** How far an arrow key goes, of the pad's side; with Shift. */
const STEP = 0.02;
const FAR = 0.1;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * Lets arrow keys do what a hand does: they move a cross over the paper, Enter or Space puts the tool down and lifts
 * it, Escape gives the line up.
 * @param {import("./pad.js").Pad} pad
 * @param {{tool: string, begin(x: number, y: number, press: null): boolean, move(x: number, y: number): void, end(): void, cancel(): void}} to
 */
export function keys({ canvas, cursor }, to) {
  let at = [0.5, 0.5];
  let down = false;

  const show = () => {
    cursor.hidden = false;
    cursor.style.left = 100 * at[0] + "%";
    cursor.style.top = 100 * at[1] + "%";
    cursor.classList.toggle("down", down);
  };
  const lift = () => {
    if (down) to.end();
    down = false;
  };
  canvas.addEventListener("keydown", (event) => {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey) return;
    const way = ARROWS[key];
    if (way) {
      const far = shiftKey ? FAR : STEP;
      at = at.map((part, axis) => Math.min(1, Math.max(0, Math.round(1e4 * (part + far * way[axis])) / 1e4)));
      if (down) to.move(...at, null);
    } else if (key === "Enter" || key === " ") {
      if (down) lift();
      else down = to.begin(...at, null);
    } else if (key === "Escape" && down) {
      down = false;
      to.cancel();
      // The sheet around it stays open.
      event.stopPropagation();
    } else return;
    event.preventDefault();
    show();
  });
  const gone = () => {
    lift();
    cursor.hidden = true;
  };
  canvas.addEventListener("blur", gone);
  // Before the hand's own: what the keys drew is finished.
  canvas.addEventListener("pointerdown", gone, true);
}
