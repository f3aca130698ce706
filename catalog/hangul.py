"""Korean below the syllable: letters (jamo) for spelling, and what a keyboard left in the other
language wrote ("dnjsvltm" is 원피스, "ㅇㄱㄷㄴㄴ" is dress)."""

from itertools import pairwise

FIRST, LAST = ord("가"), ord("힣")
VOWELS, FINALS = 21, 28
# In Unicode's order of syllables, written with the letters that keyboards write.
INITIAL = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
MEDIAL = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINAL = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
# The standard two-set keyboard (KS X 5002). Shift matters for seven of its keys only.
KEYS = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnm",
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ",
        strict=True,
    )
)
SHIFTED = dict(zip("QWERTOP", "ㅃㅉㄸㄲㅆㅒㅖ", strict=True))
TWO_VOWELS = {
    "ㅗㅏ": "ㅘ",
    "ㅗㅐ": "ㅙ",
    "ㅗㅣ": "ㅚ",
    "ㅜㅓ": "ㅝ",
    "ㅜㅔ": "ㅞ",
    "ㅜㅣ": "ㅟ",
    "ㅡㅣ": "ㅢ",
}
TWO_FINALS = {
    "ㄱㅅ": "ㄳ", "ㄴㅈ": "ㄵ", "ㄴㅎ": "ㄶ", "ㄹㄱ": "ㄺ", "ㄹㅁ": "ㄻ", "ㄹㅂ": "ㄼ",
    "ㄹㅅ": "ㄽ", "ㄹㅌ": "ㄾ", "ㄹㅍ": "ㄿ", "ㄹㅎ": "ㅀ", "ㅂㅅ": "ㅄ",
}  # fmt: skip
_APART = {both: pair for pairs in (TWO_VOWELS, TWO_FINALS) for pair, both in pairs.items()}
_KEY_OF = {letter: key for keys in (KEYS, SHIFTED) for key, letter in keys.items()}


def is_syllable(char: str) -> bool:
    return FIRST <= ord(char) <= LAST


def has_korean(text: str) -> bool:
    return any(map(is_syllable, text))


def jamo(text: str) -> str:
    """Its letters, one by one as they are typed; what is no syllable stays."""
    return "".join(map(_letters, text))


def _letters(char: str) -> str:
    if not is_syllable(char):
        return _APART.get(char, char)
    place = ord(char) - FIRST
    initial, rest = divmod(place, VOWELS * FINALS)
    medial, final = divmod(rest, FINALS)
    letters = (INITIAL[initial], MEDIAL[medial], FINAL[final])
    return "".join(_APART.get(letter, letter) for letter in letters)


def typed_as_korean(text: str) -> str | None:
    """What these keys write on a Korean keyboard; None where it is no whole syllables."""
    letters = [KEYS.get(key) or SHIFTED.get(key) or KEYS.get(key.lower(), "") for key in text]
    if not text or not all(letters):
        return None
    made = _syllables("".join(letters))
    return made if made and all(map(is_syllable, made)) else None


def typed_as_english(text: str) -> str | None:
    """What these Korean letters write on an English keyboard; None where a sign is no letter."""
    keys = [_KEY_OF.get(letter, "") for letter in jamo(text)]
    return "".join(keys).lower() if text and all(keys) else None


def _syllables(letters: str) -> str:
    """Letters put together as a Korean keyboard does: a consonant before a vowel opens a new one.

    Letters that make no syllable stay alone.
    """
    made, at = [], 0
    while at < len(letters):
        initial = letters[at]
        if initial not in INITIAL or at + 1 >= len(letters) or letters[at + 1] not in MEDIAL:
            made.append(initial)
            at += 1
            continue
        medial, at = _taken(letters, at + 1, TWO_VOWELS)
        final = ""
        if at < len(letters) and letters[at] in FINAL and not _opens(letters, at):
            final, after = _taken(letters, at, TWO_FINALS)
            # The second of two consonants opens the next syllable where a vowel follows it.
            if len(jamo(final)) == 2 and after < len(letters) and letters[after] in MEDIAL:
                final, after = letters[at], at + 1
            at = after
        made.append(_composed(initial, medial, final))
    return "".join(made)


def _opens(letters: str, at: int) -> bool:
    return letters[at] in INITIAL and at + 1 < len(letters) and letters[at + 1] in MEDIAL


def _taken(letters: str, at: int, pairs: dict[str, str]) -> tuple[str, int]:
    both = pairs.get(letters[at : at + 2])
    return (both, at + 2) if both else (letters[at], at + 1)


def _composed(initial: str, medial: str, final: str) -> str:
    place = (INITIAL.index(initial) * VOWELS + MEDIAL.index(medial)) * FINALS + FINAL.index(final)
    return chr(FIRST + place)


# Letters that are heard, or written, for one another: 자켓 and 자캣, 쉬폰 and 시폰.
ALIKE = frozenset(
    frozenset(pair)
    for group in (
        "ㅐㅔ",
        "ㅒㅖ",
        "ㅓㅗ",
        "ㅡㅜ",
        "ㅏㅓ",
        "ㄱㅋㄲ",
        "ㄷㅌㄸ",
        "ㅂㅍㅃ",
        "ㅅㅆ",
        "ㅈㅊㅉ",
        "ㅅㅌ",
    )
    for pair in (*pairwise(group), (group[0], group[-1]))
)
