import { BackStep } from "./back.js";
import { Drag } from "./drag.js";
import { holdPage } from "./page.js";

/** A little longer than the sheet takes to slide away, ms. */
const LEAVE_MS = 260;
/** Where a sheet comes from below, and the browser's back is under a thumb. */
const PHONE = "(max-width: 639px), (pointer: coarse)";

/**
 * A dialog that behaves as a sheet of the phone does: it slides up, can be pulled down, closes by the
 * phone's back, keeps the page behind it still and stays above the keyboard.
 */
export class Sheet {
  #dialog;
  #onclosed;
  #letGo = null;
  #back;
  #life = null;

  /**
   * @param {HTMLDialogElement} dialog
   * @param {{grips: HTMLElement[], onclosed: () => void, mayStep: () => boolean}} given `grips` pull the sheet
   *   down; `mayStep` says whether the browser's back may be used
   */
  constructor(dialog, { grips, onclosed, mayStep }) {
    this.#dialog = dialog;
    this.#onclosed = onclosed;
    this.#back = new BackStep(() => this.close());
    this.mayStep = () => matchMedia(PHONE).matches && mayStep();
    new Drag(dialog, grips, () => this.#end());
    dialog.addEventListener("close", () => this.#closed());
    dialog.addEventListener("cancel", (event) => {
      if (event.target !== dialog) return;
      event.preventDefault();
      this.close();
    });
    // A press that began inside, as when words are marked, is none on the ground behind.
    let began = null;
    dialog.addEventListener("pointerdown", (event) => (began = event.target));
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog && began === dialog) this.close();
    });
  }

  get open() {
    return this.#dialog.open && !this.#dialog.classList.contains("leaving");
  }

  show() {
    if (this.open) return;
    this.#dialog.classList.remove("leaving");
    this.#dialog.style.removeProperty("--pulled");
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#letGo ||= holdPage();
    if (this.mayStep()) this.#back.take();
    this.#life ||= this.#aboveKeyboard();
  }

  /** Slides away, then closes. */
  close() {
    if (!this.open) return;
    this.#dialog.classList.add("leaving");
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (still) this.#end();
    else setTimeout(() => this.#dialog.classList.contains("leaving") && this.#end(), LEAVE_MS);
  }

  /** The element is taken from the page: nothing of it may stay there. */
  drop() {
    this.#back.forget();
    this.#release();
    if (this.#dialog.open) this.#dialog.close();
  }

  #end() {
    this.#dialog.close();
  }

  #closed() {
    this.#dialog.classList.remove("leaving");
    this.#back.give();
    this.#release();
    this.#onclosed();
  }

  #release() {
    this.#letGo?.();
    this.#life?.abort();
    this.#letGo = this.#life = null;
  }

  /** On phones the keyboard covers the page's lower part, where the sheet stands. */
  #aboveKeyboard() {
    const life = new AbortController();
    const { visualViewport: seen } = window;
    const place = () => {
      const hidden = seen.scale > 1 ? 0 : Math.max(0, innerHeight - seen.height - seen.offsetTop);
      this.#dialog.style.setProperty("--keyboard", Math.round(hidden) + "px");
    };
    for (const name of ["resize", "scroll"]) seen?.addEventListener(name, place, { signal: life.signal });
    if (seen) place();
    return life;
  }
}
