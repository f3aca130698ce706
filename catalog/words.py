"""What a shop's own words say in the taxonomy's: "오버핏 셔츠" is a shirt, "네이비" is navy.

English words are matched whole and in the plural too, Korean ones inside a word, for Korean
writes "린넨셔츠" as one. The last word of a title is what the thing is: a "shirt dress" is a
dress; what follows "with" or "for" is not looked at. Names and synonyms that the shop gave a value
are words for it too: of the shop in scope, or of the one that is `spoken_for`.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from catalog.shop_taxonomy import ShopTaxonomy, Value, shop_taxonomy
from vision.taxonomy import LANGUAGES, taxonomy

_TOKEN = re.compile(r"[a-z0-9]+|[가-힣]+")
_HANGUL = re.compile(r"[가-힣]")
_TAIL = re.compile(r"\b(?:with|for|w/|featuring)\b.*", re.IGNORECASE)
# A syllable that stands in too many other words: it counts only as a word of its own.
_SHORT_KOREAN = 1
# Shops times kinds whose own words are kept.
_KEPT = 256


def category_of(*texts: str) -> str | None:
    """The category that the first text with a known word names; None if none does."""
    for text in texts:
        found = last_value("category", _TAIL.sub("", text))
        if found:
            return found
    return None


def last_value(kind: str, text: str) -> str | None:
    """The id of `kind` whose word ends last in the text, the longest of those."""
    best: tuple[int, int, str] | None = None
    for end, length, value in _matches(kind, text):
        if best is None or (end, length) > best[:2]:
            best = (end, length, value)
    return best[2] if best else None


def exact_value(kind: str, text: str) -> str | None:
    """The id of `kind` that the whole text is a word for."""
    return _index(kind, shop_taxonomy()).get(_tokens(text))


def one_value(kind: str, text: str) -> str | None:
    """As a feed's own column says it: the exact word, else the last one in it."""
    return exact_value(kind, text) or last_value(kind, text)


def own_words(own: ShopTaxonomy) -> list[tuple[str, str, str]]:
    """(kind, word, id) of every word that the shop gave a value itself, in one order."""
    return sorted(
        (value.kind, word, value.id)
        for value in own.changed.values()
        if not value.own
        for word in (value.en, value.ko, *_synonyms(value))
    )


def _synonyms(value: Value) -> Iterable[str]:
    return (word for lang in LANGUAGES for word in value.synonyms.get(lang, ()))


def _matches(kind: str, text: str) -> Iterable[tuple[int, int, str]]:
    """(end, length, id) of every word of `kind` in the text, counted in characters."""
    own = shop_taxonomy()
    index, korean = _index(kind, own), _korean(kind, own)
    tokens = [(found.group(), found.start(), found.end()) for found in _scan(text)]
    for first in range(len(tokens)):
        for last in range(first, min(first + 4, len(tokens))):
            words = tuple(_singular(token) for token, _, _ in tokens[first : last + 1])
            if words in index:
                end = tokens[last][2]
                yield end, end - tokens[first][1], index[words]
    for token, start, _ in tokens:
        if _HANGUL.search(token):
            for word, value in korean:
                at = token.rfind(word)
                if at >= 0:
                    yield start + at + len(word), len(word), value


def _scan(text: str) -> Iterable[re.Match[str]]:
    return _TOKEN.finditer(text.lower())


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_singular(found.group()) for found in _scan(text))


def _singular(word: str) -> str:
    """dresses → dress, skirts → skirt, jeans → jean: the same for the word and the text."""
    if not word.isascii() or len(word) < 4:
        return word
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _index(kind: str, own: ShopTaxonomy) -> Mapping[tuple[str, ...], str]:
    """Words to id, the shop's own above the installation's."""
    return _laid_over(kind, own) if own else _stock_index(kind)


@lru_cache(maxsize=_KEPT)
def _laid_over(kind: str, own: ShopTaxonomy) -> dict[tuple[str, ...], str]:
    more = {_tokens(word): value for of, word, value in own_words(own) if of == kind}
    more.pop((), None)
    return _stock_index(kind) | more


@cache
def _stock_index(kind: str) -> dict[tuple[str, ...], str]:
    """Words to id. The id's own name stands above another's synonym."""
    found: dict[tuple[str, ...], str] = {}
    for term in taxonomy().terms(kind).values():
        for word in (term.id, term.en, term.ko):
            found[_tokens(word)] = term.id
    for term in taxonomy().terms(kind).values():
        for lang in LANGUAGES:
            for word in term.words(lang):
                found.setdefault(_tokens(word), term.id)
    found.pop((), None)
    return found


@lru_cache(maxsize=_KEPT)
def _korean(kind: str, own: ShopTaxonomy) -> tuple[tuple[str, str], ...]:
    """Korean words that may stand inside a longer one, with their ids."""
    return tuple(
        (words[0], value)
        for words, value in _index(kind, own).items()
        if len(words) == 1 and _HANGUL.search(words[0]) and len(words[0]) > _SHORT_KOREAN
    )
