/** What a browser's recogniser says of its end, in our words. */
const WORDS_OF_ERROR = {
  "not-allowed": "ways.voiceRefused",
  "service-not-allowed": "ways.voiceRefused",
  "audio-capture": "ways.voiceNoMicrophone",
  "no-speech": "ways.voiceNothing",
};
const LANGUAGE_TAGS = { ko: "ko-KR", en: "en-US" };

const recognizer = () => globalThis.SpeechRecognition || globalThis.webkitSpeechRecognition;

/** Whether this browser writes down what is said. */
export const canListen = () => Boolean(recognizer()) && isSecureContext;

/** The reader's own kind of the language (en-GB), or a usual one. */
function tagFor(lang) {
  const known = [lang, document.documentElement.lang, ...navigator.languages];
  return known.find((tag) => tag.toLowerCase().startsWith(lang.toLowerCase().split("-")[0] + "-")) || LANGUAGE_TAGS[lang] || lang;
}

/**
 * Listens once, in the language of the page. `onwords(text, whole)` comes as words are made out;
 * `onend(key)` once, with the key of what went wrong or "". Returns stop().
 * @param {{lang: string, onwords: (text: string, whole: boolean) => void, onend: (key: string) => void}} listener
 */
export function listen({ lang, onwords, onend }) {
  const ear = new (recognizer())();
  let wrong = "";
  let ended = false;
  const end = () => {
    if (!ended) onend(wrong);
    ended = true;
  };
  ear.lang = tagFor(lang);
  ear.interimResults = true;
  ear.onresult = ({ results }) => {
    const heard = [...results];
    onwords(heard.map(([best]) => best.transcript).join(" ").trim(), heard.every((one) => one.isFinal));
  };
  ear.onerror = ({ error }) => {
    if (error !== "aborted") wrong = WORDS_OF_ERROR[error] || "ways.voiceFailed";
  };
  ear.onend = end;
  try {
    ear.start();
  } catch {
    wrong = "ways.voiceFailed";
    end();
  }
  return () => {
    ended = true;
    ear.abort();
  };
}
