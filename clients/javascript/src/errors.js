/**
 * @typedef {object} ProblemDetails
 * @property {number} [status] of HTTP; 0 where no answer came
 * @property {string} [detail] for a person, in the language of the request
 * @property {string} [field] the first field that was refused, as `filters.price.min`
 * @property {string} [requestId] to be told to whoever runs LookUs
 * @property {number} [retryAfter] seconds to wait; 0 where the answer named none
 * @property {{field: string, code: string, message: string}[]} [errors] every field that was refused
 * @property {unknown} [cause] what was thrown below
 */

const CODE_OF_STATUS = {
  401: "invalid_key",
  402: "over_quota",
  403: "origin_not_allowed",
  408: "timeout",
  413: "too_large",
  415: "unsupported_format",
  429: "rate_limited",
};

/**
 * What went wrong. `code` is the API's own (docs/api.md lists them), or one of ours:
 * `no_key`, `offline`, `network`, `timeout`, `server`, `bad_answer`.
 */
export class LookusError extends Error {
  /**
   * @param {string} code
   * @param {ProblemDetails} [more]
   */
  constructor(code, { status = 0, detail = "", field = "", requestId = "", retryAfter = 0, errors = [], cause } = {}) {
    super(detail || code, cause === undefined ? undefined : { cause });
    this.name = "LookusError";
    this.code = code;
    this.status = status;
    this.detail = detail;
    this.field = field;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
    this.errors = errors;
  }
}

/**
 * The error of an answer that is none of the good ones, whoever gave it: a proxy's page has no problem document.
 * @param {{status: number, retryAfter: string | null}} answer
 * @param {any} body its JSON, null where it has none
 */
export function errorOf({ status, retryAfter }, body) {
  const code = body?.code || CODE_OF_STATUS[status] || (status >= 500 ? "server" : "bad_answer");
  const errors = Array.isArray(body?.errors) ? body.errors : [];
  return new LookusError(code, {
    status,
    detail: body?.detail || "",
    field: errors[0]?.field || "",
    requestId: body?.request_id || "",
    retryAfter: secondsOf(retryAfter),
    errors,
  });
}

/**
 * Retry-After is seconds or a date (RFC 9110, 10.2.3).
 * @param {string | null} text
 */
function secondsOf(text) {
  if (!text) return 0;
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return seconds > 0 ? seconds : 0;
}
