"""Why a product was found, as one sentence in the shopper's language."""

from collections.abc import Mapping, Sequence

from recommender.query import Query, Shade, label
from recommender.rank import DEFAULT_WEIGHTS, Parts, Ranked, Weights

SAME, CLOSE, FAR = 0.8, 0.5, 0.35
"""Bounds of a part: said to be the same, said to be similar, said to be different."""
SAID = 3
"""Agreements named in a sentence."""

_ENGLISH = {
    ("shape", True): "a very similar shape",
    ("shape", False): "a similar shape",
    ("color", True): "nearly the same colour ({color})",
    ("color", False): "a similar colour ({color})",
    ("pattern", True): "the same pattern ({pattern})",
    ("pattern", False): "a similar pattern ({pattern})",
    ("category", True): "the same kind of garment ({category})",
    ("category", False): "a related kind of garment ({category})",
}
_KOREAN = {
    # With the ending that goes on, and the one that closes.
    ("shape", True): ("모양이 아주 비슷하고", "모양이 아주 비슷해요"),
    ("shape", False): ("모양이 비슷하고", "모양이 비슷해요"),
    ("color", True): ("색({color})이 거의 같고", "색({color})이 거의 같아요"),
    ("color", False): ("색({color})이 비슷하고", "색({color})이 비슷해요"),
    ("pattern", True): ("무늬({pattern})가 같고", "무늬({pattern})가 같아요"),
    ("pattern", False): ("무늬({pattern})가 비슷하고", "무늬({pattern})가 비슷해요"),
    ("category", True): ("같은 {category}이고", "같은 {category}예요"),
    ("category", False): ("비슷한 종류인 {category}이고", "비슷한 종류인 {category}예요"),
}
_DRAWN_ENGLISH = _ENGLISH | {
    ("shape", True): "a shape very much as drawn",
    ("shape", False): "a shape much as drawn",
    ("color", True): "nearly the painted colour ({color})",
    ("color", False): "a colour near the painted one ({color})",
}
_DRAWN_KOREAN = _KOREAN | {
    ("shape", True): ("그린 모양과 아주 비슷하고", "그린 모양과 아주 비슷해요"),
    ("shape", False): ("그린 모양과 비슷하고", "그린 모양과 비슷해요"),
    ("color", True): ("색({color})이 칠한 색과 거의 같고", "색({color})이 칠한 색과 거의 같아요"),
    ("color", False): ("색({color})이 칠한 색과 비슷하고", "색({color})이 칠한 색과 비슷해요"),
}
_NAMES = ("category", "color", "shape", "pattern")
_DIFFERENT = {
    "en": {
        "category": "but it is another kind of garment ({category})",
        "color": "but the colour is {color}",
        "pattern": "but the pattern is {pattern}",
        "shape": "but the cut differs",
    },
    "ko": {
        "category": "다만 종류는 {category}예요.",
        "color": "다만 색은 {color}예요.",
        "pattern": "다만 무늬는 {pattern}예요.",
        "shape": "다만 모양은 달라요.",
    },
}
_WHOLE_PHOTO = {
    "en": "No garment was made out; it looks like the photo as a whole.",
    "ko": "옷을 알아보지 못해서, 사진 전체와 닮은 상품을 골랐어요.",
}
_WHOLE_DRAWING = {
    "en": "It could not be made out what is drawn; the lines are the most alike here.",
    "ko": "무엇을 그렸는지 알아보지 못해서, 선이 가장 닮은 상품을 골랐어요.",
}
_NOTHING = {
    "en": "The nearest that this shop has.",
    "ko": "이 쇼핑몰에서 가장 가까운 상품이에요.",
}


def explain(query: Query, ranked: Ranked, lang: str, *, weights: Weights = DEFAULT_WEIGHTS) -> str:
    """The strongest agreements under the weights in use, then the plainest difference.

    The colour is said by its name where the candidate has its palette, else by its family.
    """
    drawn = query.garment.drawn
    if not query.found:
        return (_WHOLE_DRAWING if drawn else _WHOLE_PHOTO)[lang]
    candidate, parts = ranked.candidate, ranked.parts
    words = {
        "category": label("category", candidate.category, lang),
        "pattern": label("pattern", candidate.pattern, lang),
        "color": _color(candidate.palette, candidate.color_family, lang),
    }
    # What a drawing does not show is neither alike nor different.
    shown = [name for name in _NAMES if not drawn or getattr(weights, name) > 0]
    agreeing = _agreeing(parts, weights, shown)
    if not agreeing:
        return _NOTHING[lang]
    different = _different(parts, shown)
    if lang == "ko":
        return _korean(agreeing, different, words, _DRAWN_KOREAN if drawn else _KOREAN)
    return _english(agreeing, different, words, _DRAWN_ENGLISH if drawn else _ENGLISH)


def _agreeing(parts: Parts, weights: Weights, names: Sequence[str]) -> list[tuple[str, bool]]:
    """The parts that agree, those that gave most to the score first, and whether fully."""
    gave = weights.gave(parts)
    best = sorted(
        (name for name in names if getattr(parts, name) >= CLOSE),
        key=lambda name: -getattr(gave, name),
    )[:SAID]
    return [(name, getattr(parts, name) >= SAME) for name in names if name in best]


def _different(parts: Parts, names: Sequence[str]) -> str | None:
    for name in ("category", "color", "pattern", "shape"):
        if name in names and getattr(parts, name) < FAR:
            return name
    return None


def _english(
    agreeing: list[tuple[str, bool]],
    different: str | None,
    words: dict[str, str],
    said: Mapping[tuple[str, bool], str],
) -> str:
    clauses = [said[one] for one in agreeing]
    head = ", ".join(clauses[:-1]) + " and " + clauses[-1] if len(clauses) > 1 else clauses[0]
    tail = f", {_DIFFERENT['en'][different]}" if different else ""
    sentence = (head + tail).format_map({name: _lower(word) for name, word in words.items()})
    return f"{sentence[0].upper()}{sentence[1:]}."


def _korean(
    agreeing: list[tuple[str, bool]],
    different: str | None,
    words: dict[str, str],
    said: Mapping[tuple[str, bool], tuple[str, str]],
) -> str:
    clauses = [said[one][0] for one in agreeing[:-1]] + [said[agreeing[-1]][1]]
    sentence = ", ".join(clauses) + "."
    if different:
        sentence += " " + _DIFFERENT["ko"][different]
    for name, word in words.items():
        sentence = sentence.replace(f"{{{name}}}예요", word + copula(word))
        sentence = sentence.replace(f"{{{name}}}", word)
    return sentence


def copula(word: str) -> str:
    """`이에요` after a final consonant, `예요` after a vowel."""
    last = word[-1:]
    closed = "가" <= last <= "힣" and (ord(last) - ord("가")) % 28 > 0
    return "이에요" if closed else "예요"


def _color(palette: tuple[Shade, ...], family: str, lang: str) -> str:
    return palette[0].label(lang) if palette else label("color", family, lang)


def _lower(word: str) -> str:
    """As it stands inside a sentence: `T-shirt` keeps its capital."""
    return word if word[1:2] == "-" else word.lower()
