"""The lexicon, read once: written form → what it can mean."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from catalog.lexicon.spelling import squeezed
from vision.color_names import table
from vision.taxonomy import LANGUAGES, Term, taxonomy

_FILE = Path(__file__).with_name("shoppers.json")
# Said of the id alone, these are everyday words: a "short" sleeve, a "square" neck.
_BARE = frozenset(("short", "long", "v", "square", "boat", "regular"))


class Role(StrEnum):
    """What a small word does to its neighbours."""

    STOP = "stop"
    NOT_BEFORE = "not_before"
    """Negates what follows: "not", "without"."""
    NOT_AFTER = "not_after"
    """Negates what precedes: "말고", "없는"."""
    JOIN = "join"
    TAIL = "tail"
    """What follows belongs to the thing and is not the thing: "a dress with a belt"."""
    STOCK = "stock"


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a word: a product has any of `values`.

    `ranks_only` meanings are too loose to leave products out: "반팔" is usually a t-shirt.
    """

    kind: str
    values: tuple[str, ...]
    ranks_only: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a garment: what it means to have none ("without sleeves"), by kind."""

    present: Mapping[str, tuple[str, ...]]
    absent: Mapping[str, tuple[str, ...]]


@dataclass(slots=True)
class Lexicon:
    """Keys are squeezed: lower case, one word's plural as its singular, nothing between words."""

    readings: dict[str, tuple[Reading, ...]] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    lacking: frozenset[str] = frozenset()
    parts: dict[str, Part] = field(default_factory=dict)
    particles: dict[str, bool] = field(default_factory=dict)
    """Korean endings; True for those that join ("랑")."""
    names: dict[tuple[str, tuple[str, ...]], dict[str, str]] = field(default_factory=dict)
    """By kind and values, what several values are called together, by language."""
    longest: int = 0

    def __contains__(self, word: str) -> bool:
        return word in self.readings or word in self.roles or word in self.parts


_in_use: ContextVar[Lexicon | None] = ContextVar("lookus_lexicon", default=None)


def lexicon() -> Lexicon:
    """The shop's that is in use, else the installation's."""
    return _in_use.get() or stock_lexicon()


@contextmanager
def lexicon_in_use(own: Lexicon | None) -> Iterator[None]:
    """Texts are read with a shop's own lexicon in the block; None is the installation's."""
    token = _in_use.set(own)
    try:
        yield
    finally:
        _in_use.reset(token)


@cache
def stock_lexicon() -> Lexicon:
    """The installation's, read once."""
    said = json.loads(_FILE.read_text(encoding="utf-8"))
    kept = Lexicon()
    for word, readings in _readings(said).items():
        kept.readings[word] = tuple(readings)
    for part in said["parts"]:
        meaning = Part(_tuples(part["with"]), _tuples(part["without"]))
        for word in _both(part):
            kept.parts[word] = meaning
    for group in said["several"]:
        if "name" in group:
            kept.names[group["kind"], tuple(group["values"])] = group["name"]
    _roles(kept, said)
    kept.lacking = frozenset(map(squeezed, said["lacking"]))
    for ending in said["particles"]:
        kept.particles[ending] = False
    for ending in said["joins"]:
        if squeezed(ending) and not ending.isascii():
            kept.particles[ending] = True
    kept.longest = max(map(len, (*kept.readings, *kept.roles)))
    return kept


def _readings(said: Mapping[str, Any]) -> dict[str, list[Reading]]:
    """By written form; several values of one kind become one reading with all of them."""
    found: dict[str, dict[str, list[str]]] = {}
    for kind, value, word in (*_own_words(), *_more_words(said["words"])):
        values = found.setdefault(squeezed(word), {}).setdefault(kind, [])
        if value not in values:
            values.append(value)
    for group in said["several"]:
        for word in _both(group):
            found.setdefault(word, {})[group["kind"]] = list(group["values"])
    for word, more in said["adds"].items():
        found.setdefault(squeezed(word), {}).update({kind: list(one) for kind, one in more.items()})
    found.pop("", None)
    _color_names(found)
    loose = {kind: set(map(squeezed, words)) for kind, words in said["ranks_only"].items()}
    return {
        word: [
            Reading(kind, tuple(values), word in loose.get(kind, ()))
            for kind, values in kinds.items()
        ]
        for word, kinds in found.items()
    }


def _own_words() -> Iterator[tuple[str, str, str]]:
    """(kind, value, word) of the taxonomy. A group's name gives way to a category's."""
    known = taxonomy()
    for kind in known.kinds:
        for term in known.terms(kind).values():
            for word in _names(term):
                if kind == "gender" or (word == term.id and word in _BARE):
                    continue
                if kind == "group" and _names_a_category(squeezed(word)):
                    continue
                yield kind, term.id, word


@cache
def _category_words() -> frozenset[str]:
    terms = taxonomy().categories.values()
    return frozenset(squeezed(word) for term in terms for word in _names(term))


def _names_a_category(word: str) -> bool:
    return word in _category_words()


def _names(term: Term) -> Iterator[str]:
    for lang in LANGUAGES:
        yield from term.words(lang)


def _more_words(words: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for kind, values in words.items():
        for value, names in values.items():
            for lang in LANGUAGES:
                for word in names[lang]:
                    yield kind, value, word


def _color_names(found: dict[str, dict[str, list[str]]]) -> None:
    """Add the fine names: a colour word stands for each family that either list gives it."""
    for named in table()[0]:
        if "denim" in named.en.lower():
            continue  # said of cloth first
        for word in map(squeezed, (named.en, named.ko)):
            kinds = found.setdefault(word, {})
            if not kinds or "color" in kinds:
                families = kinds.setdefault("color", [])
                if named.family not in families:
                    families.append(named.family)


def _roles(kept: Lexicon, said: Mapping[str, Any]) -> None:
    """Small words. A word that has a meaning of its own keeps it: no role hides it."""
    words: tuple[tuple[Role, Iterable[str]], ...] = (
        (Role.STOP, (*said["stop"]["en"], *said["stop"]["ko"])),
        (Role.STOCK, (*said["stock"]["en"], *said["stock"]["ko"])),
        (Role.JOIN, said["joins"]),
        (Role.TAIL, said["tail"]),
        (Role.NOT_AFTER, said["not_after"]),
        (Role.NOT_BEFORE, said["not_before"]),
    )
    for role, ones in words:
        for word in map(squeezed, ones):
            if word and word not in kept.readings:
                kept.roles[word] = role


def _tuples(values: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {kind: tuple(one) for kind, one in values.items()}


def _both(entry: Mapping[str, Iterable[str]]) -> Iterator[str]:
    for lang in LANGUAGES:
        yield from map(squeezed, entry[lang])
