/** A pull this long, of the sheet's height, or this fast closes it. */
const FAR = 0.28;
const FAST_PX_MS = 0.55;
/** Under this a finger only rests, px. */
const SLACK = 6;
/** How soon a sheet that was let go is gone, ms. */
const GONE_MS = 180;

/** Lets a finger pull a sheet down by its grips. */
export class Drag {
  #dialog;
  #onaway;
  #from = null;

  /** @param {HTMLDialogElement} dialog @param {HTMLElement[]} grips @param {() => void} onaway pulled away */
  constructor(dialog, grips, onaway) {
    this.#dialog = dialog;
    this.#onaway = onaway;
    for (const grip of grips) {
      grip.addEventListener("pointerdown", (event) => this.#begin(event, grip));
      grip.addEventListener("pointermove", (event) => this.#move(event));
      grip.addEventListener("pointerup", (event) => this.#end(event));
      grip.addEventListener("pointercancel", () => this.#spring());
    }
  }

  #begin(event, grip) {
    const onButton = event.target.closest("button, a, input");
    if (event.pointerType === "mouse" || !event.isPrimary || onButton || matchMedia("(min-width: 640px)").matches) return;
    grip.setPointerCapture(event.pointerId);
    this.#from = { y: event.clientY, last: event.clientY, at: event.timeStamp, speed: 0 };
  }

  #move({ clientY, timeStamp }) {
    const from = this.#from;
    if (!from) return;
    const passed = timeStamp - from.at;
    if (passed > 0) from.speed = (clientY - from.last) / passed;
    Object.assign(from, { last: clientY, at: timeStamp });
    const pulled = clientY - from.y;
    this.#dialog.classList.toggle("pulled", pulled > SLACK);
    // Upwards it gives way a little, as everything on a phone does.
    this.#dialog.style.setProperty("--pulled", (pulled > 0 ? pulled : -Math.sqrt(-pulled)) + "px");
  }

  #end({ clientY }) {
    if (!this.#from) return;
    const pulled = clientY - this.#from.y;
    const away = pulled > FAR * this.#dialog.offsetHeight || (pulled > SLACK && this.#from.speed > FAST_PX_MS);
    if (!away) return this.#spring();
    this.#from = null;
    this.#dialog.classList.remove("pulled");
    this.#dialog.classList.add("leaving", "let-go");
    setTimeout(() => {
      this.#dialog.classList.remove("let-go");
      this.#onaway();
      this.#dialog.style.removeProperty("--pulled");
    }, GONE_MS);
  }

  #spring() {
    this.#from = null;
    this.#dialog.classList.remove("pulled");
    this.#dialog.style.removeProperty("--pulled");
  }
}
