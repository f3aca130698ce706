"""What the words of a K-Fashion label teach: for every head, the taxonomy ids they allow."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from vision.taxonomy import taxonomy
from vision.training.kfashion import words as known
from vision.training.labels import Ids, Labels

# the words of one garment by the key of its label: a list, whatever the label holds
Words = Mapping[str, Sequence[str]]
# (key, word) -> how often a word was met that no table holds
Unknown = Counter[tuple[str, str]]
Table = Mapping[str, str]

STYLE_HEAD = "kfashion-style"
LEGS = frozenset({"trousers", "jeans", "leggings"})


def normal(word: str) -> str:
    """A word as the tables write it: composed Hangul, without spaces."""
    return "".join(unicodedata.normalize("NFC", word).split())


@cache
def style_ids() -> dict[str, str]:
    """Korean word -> K-Fashion style: the taxonomy's names and synonyms, a name first."""
    terms = taxonomy().terms(STYLE_HEAD).values()
    synonyms = {normal(word): term.id for term in terms for word in term.synonyms["ko"]}
    return synonyms | {normal(term.ko): term.id for term in terms} | {known.OTHER: ""}


def labels_of(part: str, words: Words, styles: Sequence[str], unknown: Unknown) -> Labels:
    """What one garment teaches, from the parser class it is in, its words, and the style words of
    its photo; words that no table holds are added to `unknown`."""
    kinds = _kinds(part, words, unknown)

    def named(key: str, table: Table) -> Ids:
        return _ids(key, words.get(key, ()), table, unknown)

    style = _ids("스타일", [word.split("/")[0] for word in styles], style_ids(), unknown)
    found = {
        "category": kinds,
        "color": named("색상", known.COLOR),
        "pattern": _pattern(named("프린트", known.PRINT), words),
        "sleeve": named("소매기장", known.SLEEVE),
        "neckline": named("넥라인", known.NECKLINE) | named("옷깃", known.COLLAR),
        "length": named("기장", _lengths(part, kinds)),
        "fit": named("핏", _fits(part, kinds)),
        "material": named("소재", known.MATERIAL),
        "closure": _closure(part, words),
        STYLE_HEAD: style,
        "style": _split(" ".join(known.OUR_STYLE.get(one, "") for one in style)),
    }
    if any(one not in known.OUR_STYLE for one in style):
        del found["style"]
    return {head: kept for head, ids in found.items() if (kept := ids & _fitting(head, kinds))}


def _split(ids: str) -> Ids:
    return frozenset(ids.split())


def _ids(key: str, words: Sequence[str], table: Table, unknown: Unknown) -> Ids:
    for word in words:
        if word not in table and word != known.OTHER:
            unknown[key, word] += 1
    return _split(" ".join(table.get(word, "") for word in words))


def _kinds(part: str, words: Words, unknown: Unknown) -> Ids:
    """The categories that a garment's words allow; all of its part where they say nothing."""
    named = words.get("카테고리", ())
    for (category, key, word), ids in known.NARROWED.items():
        if list(named) == [category] and word in words.get(key, ()):
            return _split(ids)
    return _ids("카테고리", named, known.CATEGORY, unknown) or _split(known.KINDS_OF_PART[part])


def _lengths(part: str, kinds: Ids) -> Table:
    if part in ("upper", "outer"):
        return known.LENGTH_TOP
    if kinds in ({"skirt"}, {"dress"}):
        return known.LENGTH_SKIRT
    return known.LENGTH_LEG if kinds <= LEGS else known.SILENT_LENGTH


def _fits(part: str, kinds: Ids) -> Table:
    if part in ("upper", "outer"):
        return known.FIT_TOP
    return known.FIT_LEG if kinds <= LEGS | {"shorts"} else known.FIT_SKIRT


def _pattern(printed: Ids, words: Words) -> Ids:
    """The pattern ids of a print; a plain cloth may be denim, lace, jacquard or embroidered."""
    if printed != _split(known.PLAIN):
        return printed
    cloth = words.get("소재", ())
    if list(cloth) == ["데님"]:
        return _split("denim")
    more = [known.PLAIN_CLOTH.get(word, "") for word in cloth]
    more += [known.PLAIN_DETAIL.get(word, "") for word in words.get("디테일", ())]
    return printed | _split(" ".join(more))


def _closure(part: str, words: Words) -> Ids:
    if part != "outer":
        return frozenset()
    return _split(" ".join(known.CLOSURE.get(word, "") for word in words.get("디테일", ())))


@cache
def _fitting(head: str, kinds: Ids) -> Ids:
    """The ids that the head can have for any of the kinds."""
    return frozenset(value for kind in kinds for value in taxonomy().allowed(head, kind))
