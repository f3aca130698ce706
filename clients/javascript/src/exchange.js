import { LookusError } from "./errors.js";

/**
 * One request.
 * @typedef {object} Asked
 * @property {string} method
 * @property {string} url
 * @property {Record<string, string>} headers
 * @property {string | FormData} [body]
 *
 * How it is sent.
 * @typedef {object} Way
 * @property {typeof fetch} [fetch] in the place of the platform's
 * @property {AbortSignal} [signal]
 * @property {number} timeout ms
 * @property {boolean} [keepalive] the request outlives the page
 * @property {boolean} [picture] what comes back is a file, where all is well
 * @property {(part: number) => void} [onprogress] part of the body that was sent, 0 to 1
 *
 * What came back.
 * @typedef {object} Answer
 * @property {number} status
 * @property {string | null} retryAfter
 * @property {string} text "" for a file
 * @property {Blob} [file]
 */

/** What setTimeout can count, ms; anything longer it takes for 1. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/**
 * Sends a request. Rejects with LookusError `timeout`, `offline` or `network`, or with the signal's reason.
 * @param {Asked} asked
 * @param {Way} way
 * @returns {Promise<Answer>}
 */
export function exchange(asked, way) {
  // Only XMLHttpRequest can tell how much of a photo has been sent.
  const counted = way.onprogress && !way.fetch && !way.picture && typeof XMLHttpRequest !== "undefined";
  return counted ? byXhr(asked, way) : byFetch(asked, way);
}

/** @param {Asked} asked @param {Way} way @returns {Promise<Answer>} */
async function byFetch({ url, ...asked }, { fetch = globalThis.fetch, signal, timeout, keepalive, picture }) {
  const control = new AbortController();
  const abort = () => control.abort(signal?.reason);
  const timer = after(timeout, () => control.abort(new LookusError("timeout")));
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort);
  try {
    const reply = await fetch(url, { ...asked, keepalive, credentials: "omit", signal: control.signal });
    const told = { status: reply.status, retryAfter: reply.headers.get("Retry-After") };
    return picture && reply.ok ? { ...told, text: "", file: await reply.blob() } : { ...told, text: await reply.text() };
  } catch (error) {
    throw control.signal.aborted ? control.signal.reason : lost(error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

/** Here `timeout` is ms without a sign of life. @param {Asked} asked @param {Way} way @returns {Promise<Answer>} */
function byXhr({ method, url, headers, body }, { signal, timeout, onprogress }) {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    let timer;
    const alive = () => {
      clearTimeout(timer);
      timer = after(timeout, () => fail(new LookusError("timeout")));
    };
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    };
    const fail = (error) => {
      end();
      reject(error);
      xhr.abort();
    };
    const abort = () => fail(signal?.reason);
    if (signal?.aborted) return abort();
    signal?.addEventListener("abort", abort);
    xhr.upload.onprogress = (event) => {
      alive();
      if (event.lengthComputable) onprogress?.(event.loaded / event.total);
    };
    xhr.upload.onload = () => onprogress?.(1);
    xhr.onerror = () => fail(lost());
    xhr.onload = () => {
      end();
      resolve({ status: xhr.status, retryAfter: xhr.getResponseHeader("Retry-After"), text: xhr.responseText });
    };
    xhr.open(method, url);
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
    alive();
    xhr.send(body);
  });
}

/** @param {number} ms @param {() => void} call */
function after(ms, call) {
  return ms > 0 && ms <= LONGEST_TIMEOUT ? setTimeout(call, ms) : undefined;
}

/** No answer came. @param {unknown} [cause] */
function lost(cause) {
  return new LookusError(globalThis.navigator?.onLine === false ? "offline" : "network", { cause });
}
