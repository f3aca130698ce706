const MARK = "lookusSheet";
let number = 0;
/** A step back that is still under way would take a new one with it. */
let leaving = Promise.resolve();

/**
 * A step in the browser's history while a sheet is open, so that the phone's back closes the sheet and
 * not the page. What the page itself keeps in its state stays there.
 */
export class BackStep {
  #mine = null;
  #onback;

  /** @param {() => void} onback the shopper went back */
  constructor(onback) {
    this.#onback = onback;
  }

  async take() {
    const mine = (this.#mine = `${Date.now()}-${++number}`);
    await leaving;
    if (this.#mine !== mine) return;
    const state = { ...history.state, [MARK]: mine };
    // The step of a sheet that was open when the page was left: it would have to be gone back twice.
    if (history.state?.[MARK]) history.replaceState(state, "");
    else history.pushState(state, "");
    window.addEventListener("popstate", this.#popped);
  }

  /** The sheet was closed by other means: the step is taken back. */
  give() {
    const stands = this.#mine && history.state?.[MARK] === this.#mine;
    this.forget();
    if (!stands) return;
    leaving = new Promise((done) => window.addEventListener("popstate", () => done(), { once: true }));
    history.back();
  }

  /** Leaves history as it is: the page may have gone on by itself. */
  forget() {
    this.#mine = null;
    window.removeEventListener("popstate", this.#popped);
  }

  #popped = () => {
    if (history.state?.[MARK] === this.#mine) return;
    this.forget();
    this.#onback();
  };
}
