import { LensError } from "./client.js";
import { statement } from "./views.js";

/** The same photo may do better in a moment. */
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
};
/** Longest wait that is counted down on the button, s. */
const COUNTDOWN_MAX_S = 90;

export const asProblem = (error) => (error instanceof LensError ? error : new LensError("bad_answer", { detail: String(error) }));
/** The code whose words and ways on are used; a code of a newer API stays itself. */
const kindOf = ({ code }) => SAME[code] || code;
export const mayRetry = (problem) => RETRY.has(kindOf(problem)) || problem.status >= 500;

/** [what happened, what to do] for the shopper; for a code of a newer API, its own words. */
export function wordsOf(t, problem) {
  const words = (code) => [t(`problem.${code}.title`), t(`problem.${code}.text`)];
  if (t.has(`problem.${kindOf(problem)}.title`)) return words(kindOf(problem));
  const [title, text] = words("server");
  return [title, problem.detail || text];
}

/** The problem in words with its ways on. `ways` has retry, another and, in a sheet, close. */
export function problemView(t, problem, ways) {
  const [title, text] = wordsOf(t, problem);
  const { detail, requestId, status } = problem;
  const code = kindOf(problem);
  const small = [];
  if (SHOP.has(code)) {
    small.push(t("lens.forShop", { detail: detail || code }));
    console.warn(`[lookus-lens] ${problem.code}: ${detail}`);
  }
  if (requestId && (status >= 500 || !t.has(`problem.${code}.title`))) small.push(t("lens.reference", { id: requestId }));
  const another = [t("lens.another"), ways.another];
  let actions = [another];
  if (mayRetry(problem)) actions = [[t("first.retry"), ways.retry], another];
  else if (ways.close && (SHOP.has(code) || code === "no_products")) actions = [[t("lens.browse"), ways.close]];
  return statement({ part: "error", image: code === "offline" ? "cloud" : "alert", title, text, small, actions });
}

/** Holds a retry button for as long as the API asked for; returns the timer, null for nothing to wait for. */
export function holdRetry(t, button, seconds) {
  if (!(seconds > 0 && seconds <= COUNTDOWN_MAX_S)) return null;
  const hold = (event) => event.stopImmediatePropagation();
  button.addEventListener("click", hold, true);
  button.setAttribute("aria-disabled", "true");
  const tick = () => {
    button.textContent = seconds > 0 ? t("lens.retryIn", { seconds }) : t("first.retry");
    if (seconds-- > 0) return;
    clearInterval(timer);
    button.removeAttribute("aria-disabled");
    button.removeEventListener("click", hold, true);
  };
  const timer = setInterval(tick, 1000);
  tick();
  return timer;
}
