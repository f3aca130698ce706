// Review without waiting: the next questions are here already, answers go out behind them and are
// kept in the browser until the server has them. Everything works without this, by forms.
"use strict";

const desk = document.querySelector("[data-review]");
const place = desk?.querySelector("[data-place]");

const AHEAD = 3; // Questions in hand below which more are asked for.
const SECOND_DIGIT_MS = 700;
const LONGEST_PAUSE_MS = 30000;
const REMEMBERED = 200;

const kept = `lookus-review:${location.pathname}`;
const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
const status = desk?.querySelector("[data-status]");

/** Answers that the server has not confirmed, oldest first: {product, value, sampled}. */
let unsent = [];
let sending = false;
let pause = 1000;
let coming = [];
let asking = false;
let ended = false;
const shown = []; // What was shown, oldest first: {product, html, answered, decision}.
let at = -1;
const done = []; // Places in `shown` that were answered, the last at the end.

function store() {
  try { localStorage.setItem(kept, JSON.stringify(unsent)); } catch { /* private window */ }
}

function tell(text) {
  status.textContent = text ?? (unsent.length ? desk.dataset.unsaved.replace("%s", unsent.length) : desk.dataset.saved);
}

async function post(url, fields) {
  const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: token() });
  return fetch(url, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual", credentials: "same-origin" });
}

/** Sends what waits, one after the other; tries again, ever more seldom, while the network is away. */
async function send() {
  if (sending) return;
  sending = true;
  while (unsent.length) {
    const answer = unsent[0];
    let reply = null;
    try { reply = await post(location.pathname, { product: answer.product, value: answer.value, sampled: answer.sampled }); } catch { /* away */ }
    if (reply?.ok) {
      const told = await reply.json();
      const entry = shown.findLast((one) => String(one.product) === String(answer.product));
      if (entry) entry.decision = told.decision;
    } else if (reply && [400, 404].includes(reply.status)) {
      const told = await reply.json().catch(() => ({}));
      tell(desk.dataset.lost.replace("%s", told.error ?? reply.status));
    } else {
      // Away, logged out, or the server is ill: the answer stays first in line.
      tell(reply?.type === "opaqueredirect" || reply?.status === 403 ? desk.dataset.login : null);
      await new Promise((wake) => { setTimeout(wake, pause); addEventListener("online", wake, { once: true }); });
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      continue;
    }
    pause = 1000;
    // It may have been taken back meanwhile, and then is not there any more.
    if (unsent[0] === answer) unsent.shift();
    store();
    if (!unsent.length) tell();
  }
  sending = false;
}

/** Asks for more questions, without those that were shown or are in hand. */
async function ahead() {
  if (asking || ended) return;
  asking = true;
  const skip = [...shown, ...coming].map((one) => one.product).slice(-REMEMBERED);
  const fields = new URLSearchParams({ skip: skip.join(","), sample: desk.dataset.sample });
  try {
    const reply = await fetch(`${desk.dataset.next}?${fields}`, { headers: { Accept: "application/json" } });
    if (reply.ok) {
      const { items } = await reply.json();
      ended = items.length === 0;
      coming.push(...items);
      for (const one of items) {
        const source = one.html.match(/<img src="([^"]+)"/)?.[1];
        if (source) new Image().src = source;
      }
    }
  } catch { setTimeout(ahead, pause); }
  asking = false;
  if (at === shown.length) show();
}

function draw() {
  const one = shown[at];
  place.innerHTML = one ? one.html : "";
  desk.querySelector("[data-empty]").hidden = Boolean(one) || !ended;
}

function next() {
  at = Math.min(at + 1, shown.length);
  show();
}

/** Draws the place where the person is; its question may not have come yet. */
function show() {
  if (at === shown.length && coming.length) shown.push({ ...coming.shift() });
  if (coming.length < AHEAD) ahead();
  draw();
}

function back() {
  if (at > 0) { at -= 1; draw(); }
}

function answer(value) {
  const one = shown[at];
  if (!one) return;
  const sampled = place.querySelector("[name=sampled]").value;
  one.answered = value;
  one.decision = null;
  done.push(at);
  unsent.push({ product: one.product, value, sampled });
  store();
  tell();
  send();
  next();
}

/** The last answer is taken back, wherever it is: here still, or at the server. */
async function undo() {
  const last = done.pop();
  if (last === undefined) return;
  const one = shown[last];
  at = last;
  draw();
  const here = unsent.findLastIndex((waiting) => String(waiting.product) === String(one.product));
  if (here > 0 || (here === 0 && !sending)) {
    unsent.splice(here, 1);
    store();
    return;
  }
  for (let tries = 0; !one.decision && tries < 100; tries += 1) await new Promise((wake) => setTimeout(wake, 100));
  if (!one.decision) return;
  const decision = one.decision;
  one.decision = null;
  for (;;) {
    const reply = await post(desk.dataset.undo, { decision }).catch(() => null);
    if (reply && (reply.ok || reply.status === 404)) return;
    tell(reply ? desk.dataset.login : null);
    await new Promise((wake) => { setTimeout(wake, pause); });
  }
}

let typed = "";
let timer = null;

/** Digits pick by number; the second digit is waited for where there may be one. */
function digit(key) {
  const buttons = [...place.querySelectorAll("button[data-number]")];
  typed += key;
  const number = Number(typed);
  const button = buttons.find((one) => Number(one.dataset.number) === number);
  for (const one of buttons) one.classList.toggle("picking", one === button);
  clearTimeout(timer);
  const pick = () => { typed = ""; if (button && !button.disabled) answer(button.value); };
  if (!button || number * 10 > buttons.length) pick();
  else timer = setTimeout(pick, SECOND_DIGIT_MS);
}

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  if (event.target.closest("button, a, summary") && [" ", "Enter"].includes(event.key) && !event.target.closest("[data-place]")) return;
  const agree = () => { const guess = place.querySelector("button.guess"); if (guess && !guess.disabled) answer(guess.value); };
  const keys = { " ": agree, u: undo, U: undo, ㅕ: undo, ArrowRight: () => at < shown.length && next(), ArrowLeft: back };
  if (/^\d$/.test(event.key)) digit(event.key);
  else if (keys[event.key]) keys[event.key]();
  else return;
  event.preventDefault();
}

if (place) {
  try { unsent = JSON.parse(localStorage.getItem(kept)) ?? []; } catch { unsent = []; }
  const first = place.querySelector(".question");
  shown.push({ product: Number(first.dataset.product), html: place.innerHTML });
  at = 0;
  document.addEventListener("keydown", key);
  place.addEventListener("submit", (event) => { event.preventDefault(); answer(event.submitter.value); });
  desk.querySelector("[data-skip]")?.addEventListener("click", (event) => { event.preventDefault(); if (at < shown.length) next(); });
  desk.querySelector("[data-undo-form]")?.addEventListener("submit", (event) => { if (done.length) { event.preventDefault(); undo(); } });
  addEventListener("beforeunload", (event) => { if (unsent.length) event.preventDefault(); });
  ahead();
  send();
}

// A tap on a garment's box says that it is the product: the same as its button under the photo.
document.addEventListener("click", (event) => {
  const box = event.target.closest("rect[data-garment]");
  const button = box && document.querySelector(`button[data-garment-button="${box.dataset.garment}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
