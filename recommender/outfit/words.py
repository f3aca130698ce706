"""Why a piece goes with what the shopper has, as one or two sentences in the shopper's language."""

from collections.abc import Sequence

import numpy as np

from recommender.outfit.compose import Choice
from recommender.outfit.harmony import Rule, neutral
from recommender.outfit.pieces import Piece
from recommender.query import label

AGREES = 0.8
"""From this on a style is said to be shared."""

# In Korean: with the ending that goes on, and the one that closes. 이/가, 을/를, 은/는, 과/와 are
# chosen by the word before.
_COLORS = {
    "same": ("both are {mine}", ("둘 다 {mine} 색이고", "둘 다 {mine} 색이에요")),
    "neutrals": (
        "{piece} and {mine} are both quiet colours",
        (
            "{piece}과/와 {mine}이/가 차분하게 어울리고",
            "{piece}과/와 {mine}이/가 차분하게 어울려요",
        ),
    ),
    "calm": (
        "{piece} lets {mine} stand out",
        ("{piece}이/가 {mine}을/를 돋보이게 하고", "{piece}이/가 {mine}을/를 돋보이게 해요"),
    ),
    "accent": (
        "{piece} is the one accent beside {mine}",
        ("{piece}이/가 {mine} 옆에서 포인트가 되고", "{piece}이/가 {mine} 옆에서 포인트가 돼요"),
    ),
    "tonal": (
        "{piece} is another tone of {mine}",
        ("{piece}은/는 {mine}과/와 톤온톤이고", "{piece}은/는 {mine}과/와 톤온톤이에요"),
    ),
    "set": (
        "{piece} matches {mine} tone for tone",
        ("{piece}이/가 {mine}과/와 같은 톤이고", "{piece}이/가 {mine}과/와 같은 톤이에요"),
    ),
    "analogous": (
        "{piece} is a neighbour of {mine} on the colour wheel",
        (
            "{piece}은/는 {mine}과/와 색상환에서 이웃한 색이고",
            "{piece}은/는 {mine}과/와 색상환에서 이웃한 색이에요",
        ),
    ),
    "complementary": (
        "{piece} stands opposite {mine} on the colour wheel",
        (
            "{piece}은/는 {mine}과/와 색상환에서 마주 보는 색이고",
            "{piece}은/는 {mine}과/와 색상환에서 마주 보는 색이에요",
        ),
    ),
    "echoes": (
        "{piece} picks up a colour of the {pattern}",
        ("{piece}이/가 {pattern} 속 색과 이어지고", "{piece}이/가 {pattern} 속 색과 이어져요"),
    ),
    "echoed": (
        "its {pattern} picks up {mine}",
        ("{pattern} 속에 {mine}이/가 있고", "{pattern} 속에 {mine}이/가 있어요"),
    ),
}
_OTHERS = {
    "style": (
        "both are {style}",
        ("둘 다 {style} 스타일이고", "둘 다 {style} 스타일이에요"),
    ),
    "plain": (
        "it leaves the {pattern} room",
        ("무늬가 없어 {pattern}이/가 더 살고", "무늬가 없어 {pattern}이/가 더 살아요"),
    ),
    "patterned": (
        "its {pattern} is the one that speaks",
        ("{pattern}이/가 포인트가 되고", "{pattern}이/가 포인트가 돼요"),
    ),
}
_TOGETHER = {
    "en": "Shoppers often took both.",
    "ko": "함께 보거나 구매한 분이 많아요.",
}
_COMPLETES = {"en": "It completes the look.", "ko": "룩을 완성해 줘요."}
_OF_RULE = {
    Rule.NEUTRALS: "neutrals",
    Rule.TONAL: "tonal",
    Rule.SET: "set",
    Rule.ANALOGOUS: "analogous",
    Rule.COMPLEMENTARY: "complementary",
}
_PARTICLES = ("이/가", "을/를", "은/는", "과/와")


def why(owned: Sequence[Piece], choice: Choice, lang: str) -> str:
    """The colour rule, then what else speaks for it, then what other shoppers did."""
    mine, piece = owned[0], choice.piece
    words = {
        "mine": _color(mine, lang),
        "piece": _color(piece, lang),
        "pattern": _pattern(mine.pattern if mine.busy else piece.pattern, lang),
        "style": label("style", piece.style, lang),
    }
    if lang == "en":
        words = {name: word.lower() for name, word in words.items()}
    clauses = [_COLORS[key] for key in _colors_say(mine, choice, words)]
    clauses += [_OTHERS[key] for key in _others_say(mine, choice)]
    sentences = [_sentence(clauses, words, lang)] if clauses else []
    if choice.together > 0:
        sentences.append(_TOGETHER[lang])
    return " ".join(sentences) or _COMPLETES[lang]


def _colors_say(mine: Piece, choice: Choice, words: dict[str, str]) -> list[str]:
    rule, piece = choice.rule, choice.piece
    if rule is Rule.CONTRAST or not mine.palette or not piece.palette:
        return []
    if rule is Rule.ECHO:
        return ["echoes" if mine.busy else "echoed"] if mine.busy or piece.busy else []
    if words["mine"] == words["piece"]:
        return ["same"]
    if rule is Rule.ACCENT:
        return ["calm" if _is_neutral(piece) else "accent"]
    return [_OF_RULE[rule]]


def _others_say(mine: Piece, choice: Choice) -> list[str]:
    said = []
    if mine.busy:
        said.append("plain")
    elif choice.piece.busy and choice.rule is not Rule.ECHO:
        said.append("patterned")
    if choice.style >= AGREES and mine.style and mine.style == choice.piece.style:
        said.append("style")
    return said


def _is_neutral(piece: Piece) -> bool:
    return piece.denim or bool(neutral(np.asarray(piece.palette[0].lab, np.float64)))


def _pattern(pattern: str, lang: str) -> str:
    """As a thing that one sees: `floral pattern`, `animal print`; `체크 무늬`, `꽃무늬`."""
    word = label("pattern", pattern, lang)
    if lang == "ko":
        return word if word.endswith("무늬") else f"{word} 무늬"
    return word if word.endswith("print") else f"{word} pattern"


def _color(piece: Piece, lang: str) -> str:
    return piece.palette[0].label(lang) if piece.palette else ""


def _sentence(
    clauses: Sequence[tuple[str, tuple[str, str]]], words: dict[str, str], lang: str
) -> str:
    if lang == "ko":
        parts = [korean[0] for _, korean in clauses[:-1]] + [clauses[-1][1][1]]
        return f"{_filled(', '.join(parts), words)}."
    english = [clause for clause, _ in clauses]
    text = ", ".join(english[:-1]) + " and " + english[-1] if len(english) > 1 else english[0]
    text = text.format_map(words)
    return f"{text[0].upper()}{text[1:]}."


def _filled(text: str, words: dict[str, str]) -> str:
    for name, word in words.items():
        for particle in _PARTICLES:
            text = text.replace(f"{{{name}}}{particle}", word + _particle(word, particle))
        text = text.replace(f"{{{name}}}", word)
    return text


def _particle(word: str, both: str) -> str:
    """The form after a final consonant, or the one after a vowel."""
    last = word[-1:]
    closed = "가" <= last <= "힣" and (ord(last) - ord("가")) % 28 > 0
    return both.split("/")[0 if closed else 1]
