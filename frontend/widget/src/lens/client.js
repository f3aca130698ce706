/** What went wrong, by the API's `code` or one of ours: no_key, offline, network, timeout, server, bad_answer. */
export class LensError extends Error {
  constructor(code, more = {}) {
    super(more.detail || code);
    Object.assign(this, { code, status: 0, detail: "", requestId: "", retryAfter: 0 }, more);
  }
}

const CODE_OF_STATUS = {
  401: "invalid_key",
  402: "over_quota",
  403: "origin_not_allowed",
  408: "timeout",
  413: "too_large",
  415: "unsupported_format",
  429: "rate_limited",
};

function readJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function problemOf(xhr, body) {
  const code = body?.code || CODE_OF_STATUS[xhr.status] || (xhr.status >= 500 ? "server" : "bad_answer");
  return new LensError(code, {
    status: xhr.status,
    detail: body?.detail || "",
    requestId: body?.request_id || "",
    retryAfter: Number(xhr.getResponseHeader("Retry-After")) || 0,
  });
}

/**
 * POST /search. XMLHttpRequest, because fetch cannot tell how much of the photo has been sent.
 * `box` is [x0, y0, x1, y1] in px of the sent photo. `timeout` is ms without a sign of life.
 * Resolves with the API's answer; rejects with LensError, or with AbortError once `signal` fires.
 */
export function searchPhoto({ base, key, blob, box, limit, lang, signal, timeout, onprogress }) {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    form.append("image", blob, blob.name || "photo.jpg");
    if (box) form.append("box", JSON.stringify(box));
    form.append("limit", limit);
    form.append("lang", lang);

    const xhr = new XMLHttpRequest();
    let timer;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => fail(new LensError("timeout")), timeout);
    };
    const abort = () => fail(new DOMException("aborted", "AbortError"));
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
    };
    const fail = (error) => {
      end();
      reject(error);
      xhr.abort();
    };
    xhr.upload.onprogress = (event) => {
      alive();
      if (event.lengthComputable) onprogress(event.loaded / event.total);
    };
    xhr.upload.onload = () => onprogress(1);
    xhr.onerror = () => fail(new LensError(navigator.onLine ? "network" : "offline"));
    xhr.onload = () => {
      end();
      const body = readJson(xhr.responseText);
      if (xhr.status !== 200) reject(problemOf(xhr, body));
      else if (Array.isArray(body?.results) && body.query) resolve(body);
      else reject(new LensError("bad_answer", { status: 200 }));
    };
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort);
    xhr.open("POST", base + "search");
    xhr.setRequestHeader("Authorization", "Bearer " + key);
    xhr.setRequestHeader("Accept", "application/json, application/problem+json");
    alive();
    xhr.send(form);
  });
}

/** POST /events; `keepalive` lets it outlive the page, which a click usually leaves. Never throws. */
export function sendEvent({ base, key, event }) {
  fetch(base + "events", {
    method: "POST",
    keepalive: true,
    headers: { Authorization: "Bearer " + key, "Content-Type": "application/json" },
    body: JSON.stringify(event),
  }).catch(() => {});
}
