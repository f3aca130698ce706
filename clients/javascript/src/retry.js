import { LookusError } from "./errors.js";

/** Nobody waits longer than this for an answer, s: a quota's next month is told at once. */
const LONGEST_WAIT_S = 60;
/** Before the second try where the answer names no time, s; doubled with each. */
const FIRST_WAIT_S = 0.5;
const BUSY = [429, 503];

/**
 * Tries `attempt` again, up to `retries` times, while the API says that it is busy.
 * @template T
 * @param {() => Promise<T>} attempt
 * @param {number} retries
 * @param {AbortSignal} [signal]
 * @returns {Promise<T>}
 */
export async function withRetries(attempt, retries, signal) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const wait = waitOf(error, tries);
      if (tries >= retries || wait > LONGEST_WAIT_S) throw error;
      await pause(1000 * wait, signal);
    }
  }
}

/** Seconds to wait after this error; Infinity: for ever. @param {unknown} error @param {number} tries */
function waitOf(error, tries) {
  if (!(error instanceof LookusError) || !BUSY.includes(error.status)) return Infinity;
  // A spread, so that many pages that were refused together do not come back together.
  return error.retryAfter || FIRST_WAIT_S * 2 ** tries * (0.5 + Math.random());
}

/** @param {number} ms @param {AbortSignal} [signal] @returns {Promise<void>} */
function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", abort, { once: true });
  });
}
