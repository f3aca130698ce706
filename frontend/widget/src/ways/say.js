import { h, icon } from "../dom.js";
import { GO, MICROPHONE } from "./icons.js";
import { addressOf, readTransfer } from "./transfer.js";
import { canListen, listen } from "./voice.js";

/** As many characters as a search's `text` may have; an address is longer. */
const MAX_WORDS = 200;
const MAX_TYPED = 2000;

/**
 * Words, written or spoken, or the address of a photo. Returns {node, tell(key), stop()}:
 * `tell` shows and announces why something did not go.
 */
export function sayForm(session) {
  const { t } = session;
  let stopListening = null;
  const told = h("p", { class: "say-told", role: "status" });
  const input = h("input", { class: "say-words", id: "say", type: "search", enterkeyhint: "search", autocomplete: "off", maxlength: MAX_TYPED,
    placeholder: t("ways.sayExample"), "aria-describedby": "say-hint", oninput: () => mind(), onpaste: (event) => pasted(event) });
  const go = h("button", { class: "bare say-go", type: "submit", part: "say-go", "aria-label": t("ways.sayGo"), hidden: true }, icon(GO));
  const voice = canListen() && h("button", { class: "bare say-voice", type: "button", part: "say-voice", "aria-pressed": "false", "aria-label": t("ways.voice"), onclick: () => toggle() }, icon(MICROPHONE));

  const node = h("form", { class: "say", part: "say", role: "search", onsubmit: (event) => {
    event.preventDefault();
    ask(input.value);
  } },
    h("label", { for: "say" }, t("ways.say")),
    h("div", { class: "say-field" }, input, voice, go),
    told,
    h("p", { class: "say-hint", id: "say-hint" }, t("ways.sayHint")));

  function tell(key) {
    told.textContent = key && t(key);
  }

  function mind() {
    go.hidden = !input.value.trim();
    tell("");
  }

  function ask(text) {
    const words = text.trim();
    stop();
    if (!words) {
      input.focus();
      return;
    }
    const address = addressOf(words);
    session.take(address ? { address } : { words: words.slice(0, MAX_WORDS) });
  }

  /** A photo, or an address pasted into the empty field, needs no Enter; words are words. */
  function pasted(event) {
    const given = readTransfer(event.clipboardData);
    if (!given?.file && !(given?.address && !input.value.trim())) return;
    event.preventDefault();
    stop();
    session.take(given);
  }

  function stop() {
    stopListening?.();
    listening(false);
  }

  function listening(yes) {
    if (!yes) stopListening = null;
    voice && voice.setAttribute("aria-pressed", yes);
    node.classList.toggle("say-listening", yes);
  }

  function toggle() {
    if (stopListening) {
      stop();
      tell("");
      return;
    }
    tell("ways.voiceOn");
    listening(true);
    stopListening = listen({
      lang: session.lang,
      onwords(words, whole) {
        input.value = words;
        mind();
        if (whole && words) ask(words);
      },
      onend(wrong) {
        listening(false);
        tell(wrong || (input.value.trim() ? "" : "ways.voiceNothing"));
      },
    });
  }

  return { node, tell, stop };
}
