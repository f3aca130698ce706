import { attributed } from "./calls.js";
import { mayTell } from "./consent.js";
import { uuid7 } from "./uuid7.js";

const BATCH = 20;
const PAUSE_MS = 5000;
/** What waits to be told; where it is more, the oldest are dropped. */
const MOST_WAITING = 200;
/** A browser sends 64 KiB of `keepalive` in all. */
const MOST_BYTES = 60_000;
const RETRY_MS = [5_000, 15_000, 60_000, 300_000];
/** Another key or another page may be listened to; this one is not. */
const HOPELESS = new Set(["no_key", "missing_key", "invalid_key", "key_kind_not_allowed", "origin_not_allowed", "shop_closed"]);

/** @typedef {{type: string, product_id?: string, [name: string]: any}} Told */

/**
 * Tells one shop's events: at most 20 at once, after 5 seconds or when the page is left. Where the network
 * fails they wait and are told again; they keep their ids, so that none counts twice.
 */
export class Teller {
  /** @type {any[]} */
  #waiting = [];
  #timer = 0;
  #failures = 0;
  #hopeless = false;
  #busy = false;

  /**
   * @param {{client: any, host: Element | null}} access whom to tell, and the element that says what is allowed
   * @param {import("./device.js").Device} device
   */
  constructor(access, device) {
    this.access = access;
    this.device = device;
    this.#waiting = device.takeUnsent();
    this.#soon();
  }

  /** @param {Told} event */
  tell(event) {
    if (this.#hopeless || mayTell(this.access.host) === false) return;
    this.#waiting.push({ event_id: uuid7(), occurred_at: new Date().toISOString(), ...attributed(event, this.device) });
    this.#waiting.splice(0, Math.max(0, this.#waiting.length - MOST_WAITING));
    if (this.#waiting.length >= BATCH && !this.#failures) this.#flush();
    else this.#soon();
  }

  /** The shopper, or the network, has changed their mind. */
  reconsider() {
    if (mayTell(this.access.host) === false) this.#waiting = [];
    if (this.#busy) return;
    this.#failures = 0;
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#waiting.unshift(...this.device.takeUnsent());
    this.#soon(0);
  }

  /** The page is left, perhaps for ever: all that waits is told now, or kept for the shop's next page. */
  leave() {
    while (this.#waiting.length && mayTell(this.access.host) && !this.#failures) this.#send(this.#take());
    this.device.keepUnsent(this.#waiting);
  }

  #soon(pause = RETRY_MS[this.#failures - 1] ?? PAUSE_MS) {
    // While the shop has not said yes, nothing runs at all.
    if (this.#timer || !this.#waiting.length || !mayTell(this.access.host)) return;
    this.#timer = setTimeout(() => this.#flush(), pause);
  }

  #flush() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    // One at a time: what fails comes back before the next is tried.
    if (this.#busy || !this.#waiting.length || !mayTell(this.access.host)) return;
    this.#send(this.#take());
  }

  /** The oldest, as many as one request carries. */
  #take() {
    const batch = [];
    let bytes = 0;
    for (const event of this.#waiting.slice(0, BATCH)) {
      bytes += new Blob([JSON.stringify(event)]).size + 1;
      if (batch.length && bytes > MOST_BYTES) break;
      batch.push(event);
    }
    this.#waiting.splice(0, batch.length);
    return batch;
  }

  async #send(events) {
    this.#busy = true;
    try {
      const { session, visitor } = this.device;
      const of = { session, ...(visitor && { visitor }), sent_at: new Date().toISOString() };
      // Again: what the device knows is read only once the shopper has agreed.
      const told = events.map((event) => attributed(event, this.device));
      this.#read(await this.access.client.events({ ...of, events: told }, { keepalive: true }));
      this.#failures = 0;
    } catch (error) {
      this.#missed(events, error);
    }
    this.#busy = false;
    this.#soon(this.#waiting.length >= BATCH && !this.#failures ? 0 : undefined);
  }

  #missed(events, { code, status = 0, detail = "" }) {
    if (HOPELESS.has(code)) {
      this.#hopeless = true;
      this.#waiting = [];
      console.warn(`[lookus] events are not taken: ${code} ${detail}`);
    } else if (!status || status === 429 || status >= 500) {
      this.#failures = Math.min(this.#failures + 1, RETRY_MS.length);
      this.#waiting = [...events, ...this.#waiting].slice(-MOST_WAITING);
    }
  }

  /** What was refused is the page's mistake: whoever writes it should see why. */
  #read(reply) {
    const errors = (reply?.results || []).flatMap((row) => row.errors || []);
    for (const message of new Set(errors.map((one) => `${one.field}: ${one.message}`))) console.warn(`[lookus] an event is refused. ${message}`);
  }
}
