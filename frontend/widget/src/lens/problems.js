import { LookusError } from "../../../../clients/javascript/src/errors.js";
import { h } from "../dom.js";
import { statement } from "./views.js";

/** The same may do better in a moment. */
const RETRY = new Set(["offline", "network", "timeout", "server", "bad_answer", "rate_limited", "over_quota", "product_not_ready", "no_products_ready", "validation_error"]);
/** Only the shop can mend these. */
const SHOP = new Set(["no_key", "invalid_key", "origin_not_allowed"]);
/** Codes that mean the same to a shopper. */
const SAME = {
  server_error: "server",
  missing_key: "invalid_key",
  key_kind_not_allowed: "invalid_key",
  permission_denied: "invalid_key",
  bad_request: "validation_error",
  parse_error: "validation_error",
  photo_needed: "image_expired",
};
/** Longest wait that is counted down on the button, s. */
const COUNTDOWN_MAX_S = 90;

/** Parts have their own copy of the class, so it is known by its name. @returns {LookusError} */
export function asProblem(error) {
  if (error?.name === "LookusError") return error;
  console.error(error);
  return new LookusError("bad_answer", { detail: String(error), cause: error });
}

/** The code whose words and ways on are used; a code of a newer API stays itself. */
const kindOf = ({ code }) => SAME[code] || code;
export const mayRetry = (problem) => RETRY.has(kindOf(problem)) || problem.status >= 500;

/** [what happened, what to do] for the shopper; for a code of a newer API, its own words. `sketch`: of a drawing. */
export function wordsOf(t, problem, sketch = false) {
  const kind = kindOf(problem);
  // A part of the lens did not come; the words may be the one.
  const known = [!problem.isPart && `problem.${kind}`, `first.${kind}`].find((key) => key && t.has(key + ".title"));
  const text = sketch && t.has(`sketch.${known}.text`) ? `sketch.${known}.text` : known + ".text";
  if (known) return [t(known + ".title"), t(text)];
  const ours = t.has("problem.server.title") ? "problem.server" : "first.network";
  return [t(ours + ".title"), problem.detail || t(ours + ".text")];
}

/**
 * The problem in words with its ways on. `ways` has retry and, where they are ways on, another (begin
 * anew), back (to the answer before) and close (the sheet); `sketch` where a drawing is searched with: what is
 * wrong with the drawing itself is a note beside it, for drawing on is the way on.
 * @param {LookusError} problem
 * @param {Record<"retry" | "another" | "back" | "close", (() => void) | null | undefined>} ways
 */
export function problemView(t, problem, ways) {
  const [title, text] = wordsOf(t, problem, ways.sketch);
  const { detail, requestId, status } = problem;
  const kind = kindOf(problem);
  if (ways.sketch && kind.startsWith("sketch_")) return h("div", { class: "note", part: "note" }, h("h3", {}, title), h("p", {}, text));
  const small = [];
  if (SHOP.has(kind)) {
    small.push(t("lens.forShop", { detail: detail || kind }));
    console.warn(`[lookus-lens] ${problem.code}: ${detail}`);
  }
  if (requestId && (status >= 500 || !t.has(`problem.${kind}.title`))) small.push(t("lens.reference", { id: requestId }));
  return statement({ part: "error", image: kind === "offline" ? "cloud" : "alert", title, text, small, actions: actionsFor(t, problem, ways) });
}

function actionsFor(t, problem, { retry, another, back, close }) {
  const kind = kindOf(problem);
  if (close && (SHOP.has(kind) || kind === "no_products")) return [[t("lens.browse"), close]];
  return [
    mayRetry(problem) && [t("first.retry"), retry],
    back && [t("lens.backToResults"), back],
    another && [t("lens.another"), another],
  ].filter(Boolean);
}

/** Holds a retry button for as long as the API asked for; returns the timer, null for nothing to wait for. */
export function holdRetry(t, button, seconds) {
  if (!button || !(seconds > 0 && seconds <= COUNTDOWN_MAX_S)) return null;
  let left = Math.ceil(seconds);
  const hold = (event) => event.stopImmediatePropagation();
  button.addEventListener("click", hold, true);
  button.setAttribute("aria-disabled", "true");
  const tick = () => {
    button.textContent = left > 0 ? t("lens.retryIn", { seconds: left }) : t("first.retry");
    if (left-- > 0) return;
    clearInterval(timer);
    button.removeAttribute("aria-disabled");
    button.removeEventListener("click", hold, true);
  };
  const timer = setInterval(tick, 1000);
  tick();
  return timer;
}
