// Mouse, fingers and keys become movements of the camera and asked places.

const CLICK_PIXELS = 6;
const WHEEL = 0.0016;
const STEP = 80;
const NEARER = 1.5;
const LINE_PIXELS = 16;

/**
 * @param {HTMLElement} stage
 * @param {import("./camera.js").Camera} camera
 * @param {{moved: () => void, asked: (left: number, top: number) => void, left: () => void}} told
 */
export function listen(stage, camera, told) {
  /** @type {Map<number, {x: number, y: number}>} */
  const fingers = new Map();
  let travelled = 0;

  const place = (event) => {
    const box = stage.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const spread = () => {
    const [one, other] = [...fingers.values()];
    return {
      x: (one.x + other.x) / 2, y: (one.y + other.y) / 2,
      size: Math.hypot(one.x - other.x, one.y - other.y) || 1,
    };
  };

  stage.addEventListener("pointerdown", (event) => {
    if (event.button || event.target.closest("button")) return;
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, place(event));
    if (fingers.size === 1) travelled = 0;
    stage.classList.remove("by-key");
  });
  stage.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = place(event);
    if (fingers.size === 2) {
      const was = spread();
      fingers.set(event.pointerId, now);
      const is = spread();
      camera.pan(is.x - was.x, is.y - was.y);
      camera.nearer(is.size / was.size, is.x, is.y);
      travelled = Infinity;
    } else {
      fingers.set(event.pointerId, now);
      travelled += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
      if (travelled > CLICK_PIXELS) camera.pan(now.x - before.x, now.y - before.y);
    }
    told.moved();
  });
  stage.addEventListener("pointerup", (event) => {
    if (!fingers.delete(event.pointerId) || fingers.size) return;
    if (travelled <= CLICK_PIXELS) {
      const { x, y } = place(event);
      told.asked(x, y);
    }
  });
  stage.addEventListener("pointercancel", (event) => fingers.delete(event.pointerId));
  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1;
    const { x, y } = place(event);
    camera.nearer(Math.exp(-event.deltaY * pixels * WHEEL), x, y);
    told.moved();
  }, { passive: false });
  stage.addEventListener("dblclick", (event) => {
    if (event.target.closest("button")) return;
    const { x, y } = place(event);
    camera.nearer(NEARER * NEARER, x, y);
    told.moved();
  });

  const keys = {
    ArrowLeft: () => camera.pan(STEP, 0),
    ArrowRight: () => camera.pan(-STEP, 0),
    ArrowUp: () => camera.pan(0, STEP),
    ArrowDown: () => camera.pan(0, -STEP),
    "+": () => camera.nearer(NEARER),
    "=": () => camera.nearer(NEARER),
    "-": () => camera.nearer(1 / NEARER),
    0: () => camera.home(),
    Home: () => camera.home(),
    Enter: () => told.asked(camera.width / 2, camera.height / 2),
    " ": () => told.asked(camera.width / 2, camera.height / 2),
    Escape: () => told.left(),
  };
  stage.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    if (!act || event.target !== stage || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    stage.classList.add("by-key");
    act();
    told.moved();
  });
}

/** The buttons for those who have neither a wheel nor two fingers. */
export function buttons(root, camera, moved) {
  const acts = {
    nearer: () => camera.nearer(NEARER),
    further: () => camera.nearer(1 / NEARER),
    whole: () => camera.home(),
  };
  for (const button of root.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => { acts[button.dataset.zoom](); moved(); });
  }
}
