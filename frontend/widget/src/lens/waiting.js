const SLOW_AFTER_MS = 8000;
/** What comes sooner needs no words: they would only flicker. */
const LATE_AFTER_MS = 400;
/** How much of the bar stands for what: reading the photo, sending it, waiting. */
const BAR = { read: 0.05, sent: 0.55, working: 0.92, slow: 0.96 };

/** What is said while one waits. `steps` are the screen's progress words; null where there is no bar. */
export class Waiting {
  #session;
  #say;
  #steps = null;
  #onlate = null;
  #timers = [];

  /** @param {import("./session.js").Session} session @param {(text: string) => void} say to a screen reader */
  constructor(session, say) {
    this.#session = session;
    this.#say = say;
  }

  reading(steps) {
    this.end();
    steps.say(this.#session.t("lens.preparing"), BAR.read);
  }

  /** From now on the API is waited for; `onlate` is told when that takes a while. */
  begin(steps, onlate = null) {
    this.end();
    this.#steps = steps;
    this.#onlate = onlate;
    this.#working();
  }

  /** @param {number} part of the photo that has been sent */
  sent(part) {
    if (part >= 1) return this.#working();
    this.#steps?.say(this.#session.t("lens.sending", { percent: Math.round(100 * part) }), BAR.read + (BAR.sent - BAR.read) * part);
  }

  /** A timer that ends with the wait. */
  keep(timer) {
    if (timer) this.#timers.push(timer);
  }

  end() {
    this.#timers.splice(0).forEach(clearTimeout);
    this.#steps = null;
  }

  #working() {
    const { t } = this.#session;
    this.#timers.splice(0).forEach(clearTimeout);
    this.#steps?.say(t("lens.working"), BAR.working, true);
    if (this.#onlate) this.keep(setTimeout(this.#onlate, LATE_AFTER_MS));
    this.keep(setTimeout(() => {
      this.#steps?.say(t("lens.slow"), BAR.slow, true);
      this.#say(t("lens.slow"));
    }, SLOW_AFTER_MS));
  }
}
