"""The styles that moods are made of, what stands above each, and a few words about it.

`styles.json` holds both of the taxonomy's heads of styles: our own nine (`style`) and K-Fashion's
23 (`kfashion-style`). The parents are the ten upper styles that K-Fashion's labels are grouped
under (AI Hub, K-Fashion image; the categories were found with experts: An, Lee, Choi and Park,
"Conceptual framework of hybrid style in fashion image datasets for machine learning", Fashion and
Textiles 10:18, 2023). Our own nine were put under the same ten by us: no data set does.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from vision.bundle import find_bundle, load_bundle
from vision.taxonomy import taxonomy

OWN, KFASHION = "style", "kfashion-style"
HEADS = (KFASHION, OWN)
"""The finer one first: a bundle that answers it is asked for it."""
WORN = ("top", "outer", "full-body", "bottom")
"""Groups of categories that say something about a style: nearly every bag is called casual."""
_FILE = Path(__file__).with_name("styles.json")


@dataclass(frozen=True, slots=True)
class Style:
    """One style of a head; `about` and `label` in English or Korean."""

    head: str
    id: str
    parent: str
    words: Mapping[str, str]

    def label(self, lang: str) -> str:
        return taxonomy().label(self.head, self.id, lang)

    def about(self, lang: str) -> str:
        return self.words[lang]


@dataclass(frozen=True, slots=True)
class Parent:
    """An upper style, by which shops are found where a style has too few."""

    id: str
    words: Mapping[str, str]

    def label(self, lang: str) -> str:
        return self.words[lang]


def says_style(category: str) -> bool:
    """Whether a garment of this category counts for a style where there are others."""
    known = taxonomy().categories.get(category)
    return known is not None and known.group in WORN


def head_of(bundle: str) -> str:
    """The head of styles that a bundle (its name or folder) answers. Raises BundleError."""
    return _head_of(bundle)


def styles(head: str) -> Mapping[str, Style]:
    """By id, in the taxonomy's order; empty for a head that is none of `HEADS`."""
    return _styles().get(head, {})


def parents() -> Mapping[str, Parent]:
    return {
        name: Parent(name, {"en": words["en"], "ko": words["ko"]})
        for name, words in _told()["parents"].items()
    }


def parent_of(head: str, style: str) -> Parent:
    return parents()[styles(head)[style].parent]


def siblings(head: str, style: str) -> tuple[str, ...]:
    """Every style under the same parent, itself too."""
    known = styles(head)
    return tuple(one.id for one in known.values() if one.parent == known[style].parent)


@cache
def _head_of(bundle: str) -> str:
    answered = load_bundle(find_bundle(bundle)).tagger.heads
    return next((head for head in HEADS if head in answered), OWN)


@cache
def _styles() -> dict[str, dict[str, Style]]:
    return {
        head: {
            name: Style(head, name, one["parent"], {"en": one["en"], "ko": one["ko"]})
            for name, one in _told()[head].items()
        }
        for head in HEADS
    }


@cache
def _told() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return told
