"""What a product's text and its shop's own kinds teach beside the heads: outputs that exist only
while a tagger trains."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import numpy as np

from vision.training.sets import Row

# a word or a kind is taught when at least so many training photos carry it
FEWEST_WORDS, FEWEST_KINDS = 90, 12
KIND_COLUMN = {"hm": "product_type_name", "myntra": "articleType", "phone": "label"}
DULL = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "is", "it", "its", "of"}
    | {"on", "one", "or", "that", "the", "this", "to", "up", "with", "without"}
)


def words(row: Row) -> set[str]:
    """The words of a catalogue text; none where the set has no texts."""
    text = row.get("detail_desc", "").lower()
    return set(re.findall(r"[a-z]{2,}", text)) - DULL


def kind(name: str, row: Row) -> str:
    """The set's own name for what is shown."""
    return f"{name} {row[KIND_COLUMN[name]]}"


def vocabulary(texts: Iterable[set[str]]) -> list[str]:
    counts = Counter(word for text in texts for word in text)
    return sorted(word for word, count in counts.items() if count >= FEWEST_WORDS)


def kinds(named: Iterable[str]) -> list[str]:
    return sorted(name for name, count in Counter(named).items() if count >= FEWEST_KINDS)


def marked(texts: list[set[str]], known: list[str]) -> np.ndarray:
    """bool [N, words]"""
    return np.array([[word in text for word in known] for text in texts], bool).reshape(
        len(texts), len(known)
    )
