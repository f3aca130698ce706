"""The words LookUs tags with: ids, English and Korean names, synonyms, groups.

``taxonomy.json`` is the one place where they stand. ``KINDS`` are ``group``, ``category``,
``pattern``, ``color``, ``style`` and each attribute (``sleeve``, ``neckline``, ...).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from vision.errors import TaxonomyError

LANGUAGES = ("en", "ko")
_FILE = Path(__file__).with_name("taxonomy.json")
_SECTIONS = {
    "group": "groups",
    "category": "categories",
    "pattern": "patterns",
    "color": "colors",
    "style": "styles",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One id with its names."""

    id: str
    en: str
    ko: str
    synonyms: Mapping[str, tuple[str, ...]]
    groups: tuple[str, ...] = ()
    """Groups of categories the value can be said of; empty: all that its attribute fits."""

    def label(self, lang: str) -> str:
        return self.ko if lang == "ko" else self.en

    def words(self, lang: str) -> tuple[str, ...]:
        """The id, the name and the synonyms in one language, lower case."""
        return tuple(word.lower() for word in (self.id, self.label(lang), *self.synonyms[lang]))


@dataclass(frozen=True, slots=True)
class Category(Term):
    """A kind of garment. ``regions`` are the parser's classes it is seen in, the usual first."""

    group: str = ""
    parent: str | None = None
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribute(Term):
    """A head beside category, pattern and style, with its values."""

    values: tuple[Term, ...] = ()
    optional: bool = False
    """Only bundles trained for it have the head: it is shown where something was said."""


T = TypeVar("T", bound=Term)


@dataclass(frozen=True, slots=True)
class Taxonomy:
    regions: tuple[str, ...]
    groups: Mapping[str, Term]
    categories: Mapping[str, Category]
    patterns: Mapping[str, Term]
    colors: Mapping[str, Term]
    styles: Mapping[str, Term]
    attributes: Mapping[str, Attribute]

    @property
    def kinds(self) -> tuple[str, ...]:
        return (*_SECTIONS, *self.attributes)

    def terms(self, kind: str) -> Mapping[str, Term]:
        """The terms of a kind by id, in the order of the file."""
        if kind in self.attributes:
            return {value.id: value for value in self.attributes[kind].values}
        if kind not in _SECTIONS:
            raise TaxonomyError(f"no kind {kind!r}; there are {', '.join(self.kinds)}")
        found: Mapping[str, Term] = getattr(self, _SECTIONS[kind])
        return found

    def ids(self, kind: str) -> tuple[str, ...]:
        return tuple(self.terms(kind))

    def term(self, kind: str, name: str) -> Term:
        try:
            return self.terms(kind)[name]
        except KeyError:
            raise TaxonomyError(
                f"no {kind} {name!r}; there are {', '.join(self.ids(kind))}"
            ) from None

    def label(self, kind: str, name: str, lang: str = "en") -> str:
        return self.term(kind, name).label(lang)

    def group_of(self, category: str) -> str:
        self.term("category", category)
        return self.categories[category].group

    def fits(self, head: str, category: str) -> bool:
        """Whether a head says anything about a category (a sleeve does not about a shoe)."""
        attribute = self.attributes.get(head)
        return attribute is None or self.group_of(category) in attribute.groups

    def allowed(self, head: str, category: str) -> tuple[str, ...]:
        """The values of a head that can be said of a category, in the order of the file."""
        if head not in self.attributes:
            return self.ids(head)
        if not self.fits(head, category):
            return ()
        group = self.group_of(category)
        values = self.attributes[head].values
        return tuple(value.id for value in values if not value.groups or group in value.groups)


@cache
def taxonomy() -> Taxonomy:
    """The taxonomy of this installation, read once."""
    return load_taxonomy(_FILE)


def label(kind: str, name: str, lang: str = "en") -> str:
    """The name of an id; raises ``TaxonomyError`` for an unknown kind or id."""
    return taxonomy().label(kind, name, lang)


def load_taxonomy(path: Path) -> Taxonomy:
    """Read a taxonomy; raises ``TaxonomyError`` naming the entry that is wrong."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    try:
        read = Taxonomy(
            regions=tuple(raw["regions"]),
            groups=_by_id(_term(Term, entry) for entry in raw["groups"]),
            categories=_by_id(
                _term(
                    Category,
                    entry,
                    group=entry["group"],
                    parent=entry["parent"],
                    regions=tuple(entry["regions"]),
                )
                for entry in raw["categories"]
            ),
            patterns=_by_id(_term(Term, entry) for entry in raw["patterns"]),
            colors=_by_id(_term(Term, entry) for entry in raw["colors"]),
            styles=_by_id(_term(Term, entry) for entry in raw["styles"]),
            attributes=_by_id(
                _term(
                    Attribute,
                    entry,
                    values=tuple(_by_id(_term(Term, value) for value in entry["values"]).values()),
                    optional=entry.get("optional", False),
                )
                for entry in raw["attributes"]
            ),
        )
    except KeyError as missing:
        raise TaxonomyError(f"{path}: key {missing} is missing") from None
    _check(read, path)
    return read


def _term(kind: type[T], entry: dict[str, Any], **extra: Any) -> T:
    synonyms = {lang: tuple(entry["synonyms"][lang]) for lang in LANGUAGES}
    return kind(
        id=entry["id"],
        en=entry["en"],
        ko=entry["ko"],
        synonyms=synonyms,
        groups=tuple(entry.get("groups", ())),
        **extra,
    )


def _by_id(terms: Iterable[T]) -> dict[str, T]:
    found: dict[str, T] = {}
    for term in terms:
        if term.id in found:
            raise TaxonomyError(f"id {term.id!r} stands twice")
        found[term.id] = term
    return found


def _check(read: Taxonomy, path: Path) -> None:
    """Every reference must name something that stands in the file."""
    groups, wrong = set(read.groups), []
    for category in read.categories.values():
        if category.group not in groups:
            wrong.append(f"{category.id}: group {category.group!r}")
        if category.parent is not None and category.parent not in read.categories:
            wrong.append(f"{category.id}: parent {category.parent!r}")
        wrong += [f"{category.id}: region {r!r}" for r in category.regions if r not in read.regions]
    for attribute in read.attributes.values():
        for term in (attribute, *attribute.values):
            wrong += [f"{attribute.id}: group {g!r}" for g in term.groups if g not in groups]
    if wrong:
        raise TaxonomyError(f"{path}: unknown {'; '.join(wrong)}")
