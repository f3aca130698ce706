"""Questions of a photo and one word more: "like this but pleated"."""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from catalog.lexicon import cut
from lookus.relevance.stock import SEED, Asked
from vision.training.labels import Labels

PHRASES = Path(__file__).parent / "photo_words.json"
"""By the word, as a shopper says it."""
LEAST, MOST = 0.03, 0.30
"""Of a category's products that have the word: rarer is chance, commoner is no wish."""
ENOUGH = 6
"""Products that are right: all of the first six can be."""
SEEN = frozenset(("category", "group", "color", "pattern"))
"""What the photo is compared by: such a word is a filter, and leaves nothing to fuse."""
LITERAL, MEANT = "literal", "meant"
DRAWN = {LITERAL: 2, MEANT: 1}
"""Of each photo: words that are looked up as they stand, and words that have a meaning."""


@dataclass(frozen=True)
class Question:
    """`alike` are the SKUs of the photo's category, `having` those whose texts have the word."""

    photo: Asked
    text: str
    kind: str
    alike: frozenset[str]
    having: frozenset[str]


def questions(
    photo: Asked, truths: Mapping[str, Labels], texts: Mapping[str, frozenset[str]]
) -> Iterator[Question]:
    """Some words that a part of the photo's category has, the same at every run.

    `texts` is what the text of each product says, by SKU, as `said` reads it.
    """
    wanted = photo.truth["category"]
    alike = frozenset(sku for sku, true in truths.items() if wanted & true["category"])
    fitting: dict[str, list[Question]] = {kind: [] for kind in DRAWN}
    for word, text in json.loads(PHRASES.read_text(encoding="utf-8")).items():
        meaning = said(word)
        having = frozenset(sku for sku, has in texts.items() if meaning & has)
        right = len(alike & having)
        if right >= ENOUGH and LEAST <= right / len(alike) <= MOST:
            kind = LITERAL if word in meaning else MEANT
            fitting[kind].append(Question(photo, text, kind, alike, having))
    drawing = random.Random(f"{SEED} {photo.name}")  # noqa: S311  no secret
    for kind, those in fitting.items():
        yield from drawing.sample(those, min(DRAWN[kind], len(those)))


def said(text: str) -> frozenset[str]:
    """What a text says: words without a meaning of their own as they stand, others by value."""
    found = set()
    for piece in cut(text):
        if not piece.readings and piece.role is None:
            found.add(piece.text)
        for reading in piece.readings:
            if reading.kind not in SEEN and not reading.ranks_only:
                found |= {f"{reading.kind}:{value}" for value in reading.values}
    return frozenset(found)
