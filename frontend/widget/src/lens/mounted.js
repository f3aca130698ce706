import { adopt } from "./styles.js";

/** The parts that stand in a lens, by name; each knows how to leave. */
export class Mounted {
  #root;
  #session;
  #signal;
  /** @type {Map<string, any>} */
  #here = new Map();

  /** @param {ShadowRoot} root @param {import("./session.js").Session} session @param {AbortSignal} signal */
  constructor(root, session, signal) {
    this.#root = root;
    this.#session = session;
    this.#signal = signal;
    signal.addEventListener("abort", () => this.drop(...this.#here.keys()));
  }

  /** Whether the lens is still there to put something into. */
  get mayStand() {
    return !this.#signal.aborted;
  }

  get(name) {
    return this.#here.get(name) ?? null;
  }

  /** Puts a loaded part into its place, in the place of what stood under the name. */
  put(name, part, place, options) {
    this.drop(name);
    adopt(this.#root, part.sheet);
    const mounted = part.mount(place, this.#session, options);
    this.#here.set(name, mounted);
    return mounted;
  }

  drop(...names) {
    for (const name of names) {
      this.#here.get(name)?.unmount?.();
      this.#here.delete(name);
    }
  }

  /** Loads a part that only listens, once. One that does not come is missed by nobody. */
  async follow(name) {
    if (this.#here.has(name)) return;
    this.#here.set(name, null);
    try {
      const part = await this.#session.part(name);
      if (!this.#signal.aborted) this.#here.set(name, part?.attach(this.#session, this.#signal) ?? null);
    } catch {
      this.#here.delete(name);
    }
  }
}
