/** Nearer than this to the point before, of the pad's side, a point says nothing. */
const STEP = 0.0025;
/** What trembles is steadied, what moves on is not. */
const STEADY = 0.5;
const SURE = 30;
const round = (part) => Math.round(part * 1e4) / 1e4;

/**
 * Turns what finger, mouse or pen do on a canvas into points of 0 to 1. One of them draws: a second finger, and a
 * palm beside a pen, do not.
 * @param {HTMLCanvasElement} canvas
 * @param {{begin(x: number, y: number, press: number | null, eraser: boolean): boolean,
 *   move(x: number, y: number, press: number | null): void, end(): void, cancel(): void}} to
 */
export function hand(canvas, to) {
  let id = null;
  let byPen = false;
  let box;
  let last;

  const place = ({ clientX, clientY }) => [(clientX - box.left) / box.width, (clientY - box.top) / box.height];
  // A light touch is thin, a firm one broad; a mouse and a finger have none.
  const press = ({ pointerType, pressure }) => (pointerType === "pen" && pressure > 0 ? Math.round(100 * (0.4 + 1.2 * pressure)) / 100 : null);

  const down = (event) => {
    const pen = event.pointerType === "pen";
    const isPalm = event.pointerType === "touch" && byPen;
    if (isPalm || (event.button !== 0 && event.button !== 5)) return;
    if (id !== null && !pen) return;
    // The hand lay down before its pen.
    if (id !== null) to.cancel();
    byPen ||= pen;
    event.preventDefault();
    canvas.focus({ preventScroll: true });
    box = canvas.getBoundingClientRect();
    last = place(event);
    id = to.begin(round(last[0]), round(last[1]), press(event), event.button === 5) ? event.pointerId : null;
    if (id !== null) canvas.setPointerCapture(id);
  };
  const move = (event) => {
    if (event.pointerId !== id) return;
    const passed = event.getCoalescedEvents?.() || [];
    for (const one of passed.length ? passed : [event]) {
      const [x, y] = place(one);
      const far = Math.hypot(x - last[0], y - last[1]);
      if (far < STEP) continue;
      const pull = Math.min(1, STEADY + SURE * far);
      last = [last[0] + pull * (x - last[0]), last[1] + pull * (y - last[1])];
      to.move(round(last[0]), round(last[1]), press(one));
    }
  };
  const up = (event) => {
    if (event.pointerId !== id) return;
    id = null;
    to.end();
  };
  canvas.addEventListener("pointerdown", down);
  canvas.addEventListener("pointermove", move);
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", (event) => {
    if (event.pointerId !== id) return;
    id = null;
    to.cancel();
  });
  canvas.addEventListener("contextmenu", (event) => id !== null && event.preventDefault());
}
