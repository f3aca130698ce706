"""The terms that a product is found by: its words, and what they and its tags mean.

A *literal* is a word as it stands in a text, in one spelling; Korean texts are split into
morphemes. A *concept* is a value of the taxonomy, `#category:dress`, whoever said it: the title in
English or Korean, a synonym, or a tag. So "gown" finds 원피스, and a product that only its photo
calls a dress is found too.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from catalog.hangul import has_korean
from catalog.holding import tags_that_hold
from catalog.lexicon import Piece, Reading, Role, cut, tokens
from catalog.lexicon.spelling import squeezed
from catalog.models import Product, Tag
from catalog.models.teaching import OWN
from vision.taxonomy import taxonomy

LONGEST = 60
"""Characters of a term, as the table holds them."""
COUNT, LENGTH = "#", "#length"
"""Two counts kept beside the shop's terms: its products, and the sum of their lengths."""
MOST_TEXT = 5000
"""Characters of a description that are read."""

# How much a word counts by where it stands (BM25F, Robertson and others 2004): a title says what a
# thing is, a description says many things besides.
TITLE, BRAND, TAG, FEED, ATTRIBUTE, TEXT = 3.0, 2.0, 2.0, 1.5, 1.0, 0.5
EARLIER = 1 / 3
"""Of a title's categories the last is the thing: a shirt dress is a dress."""
UNSURE = 0.5
"""A tag that the model itself doubts."""
PARENT = 0.5
"""Sneakers are found by "shoes" too, behind what is only that."""
# A description of jeans says "goes with any shoe", in white or black.
SAID_IN_TEXTS = frozenset(
    ("material", "fit", "closure", "season", "style", "kfashion-style", "sleeve", "neckline")
)

Morphemes = Callable[[str], list[str]]
"""A Korean text to the words in it that carry meaning."""


@dataclass(slots=True)
class Terms:
    """Weighted frequencies of a product's terms."""

    frequency: dict[str, float] = field(default_factory=dict)

    @property
    def length(self) -> float:
        return sum(self.frequency.values())

    def add(self, term: str, weight: float) -> None:
        term = term[:LONGEST]
        self.frequency[term] = self.frequency.get(term, 0.0) + weight

    def add_concepts(self, reading: Reading, weight: float) -> None:
        """Where a word stands for several values, each gets its share."""
        for value in reading.values:
            self.add_value(reading.kind, value, weight / len(reading.values))

    def add_value(self, kind: str, value: str, weight: float) -> None:
        self.add(concept(kind, value), weight)
        known = taxonomy().categories.get(value) if kind == "category" else None
        if known is not None:
            self.add(concept("group", known.group), weight * PARENT)
            if known.parent:
                self.add(concept("category", known.parent), weight * PARENT)


def concept(kind: str, value: str) -> str:
    return f"#{kind}:{value}"[:LONGEST]


def brand_term(name: str) -> str:
    return concept("brand", squeezed(name))


def product_terms(
    product: Product, tags: Iterable[Tag], morphemes: Morphemes, own: Iterable[str] = ()
) -> Terms:
    """Everything that a product can be found by. `tags` are all of its own, `own` the shop's own
    values that it has."""
    found = Terms()
    for text in _in_each_language(product, "title"):
        _add_literals(found, text, TITLE, morphemes)
        _add_title(found, text, TITLE)
    for text in _in_each_language(product, "description"):
        _add_literals(found, text[:MOST_TEXT], TEXT, morphemes)
        _add_said(found, text[:MOST_TEXT], TEXT, SAID_IN_TEXTS)
    _add_literals(found, product.feed_category, FEED, morphemes)
    _add_title(found, product.feed_category, FEED)
    if squeezed(product.brand):
        _add_literals(found, product.brand, BRAND, morphemes)
        found.add(brand_term(product.brand), BRAND)
    for text in _attribute_texts(product.attributes):
        _add_literals(found, text, ATTRIBUTE, morphemes)
    _add_said(found, product.season, TAG, frozenset(("season",)))
    for kind, tag in tags_that_hold(product, tags).items():
        found.add_value(kind, tag.value, TAG * _sureness(tag))
    for value in own:
        found.add_value(OWN, value, TAG)
    return found


def words_of(text: str, morphemes: Morphemes) -> list[str]:
    """The literals of a text, as often as they stand in it, without words that say nothing."""
    found = [
        token.text
        for token in tokens(text)
        if token.text.isalnum() and not has_korean(token.text) and not _says_nothing(token.text)
    ]
    if has_korean(text):
        found += [word for word in morphemes(text) if not _says_nothing(word)]
    return found


def _says_nothing(word: str) -> bool:
    meaning = cut(word)
    return len(meaning) == 1 and meaning[0].role is not None and not meaning[0].readings


def _add_literals(found: Terms, text: str, weight: float, morphemes: Morphemes) -> None:
    for word in words_of(text, morphemes):
        found.add(word, weight)


def _add_title(found: Terms, text: str, weight: float) -> None:
    """What a title says the thing is; what follows "with" is beside it."""
    pieces = _before_the_tail(cut(text))
    categories = [place for place, one in enumerate(pieces) if _names(one, "category")]
    for place, piece in enumerate(pieces):
        for reading in piece.readings:
            earlier = reading.kind == "category" and place != categories[-1]
            found.add_concepts(reading, weight * (EARLIER if earlier else 1.0))


def _before_the_tail(pieces: list[Piece]) -> list[Piece]:
    for place, piece in enumerate(pieces):
        if piece.role is Role.TAIL and place:
            return pieces[:place]
    return pieces


def _names(piece: Piece, kind: str) -> bool:
    return any(reading.kind == kind for reading in piece.readings)


def _add_said(found: Terms, text: str, weight: float, kinds: frozenset[str]) -> None:
    for piece in cut(text):
        for reading in piece.readings:
            if reading.kind in kinds and not reading.ranks_only:
                found.add_concepts(reading, weight)


def _in_each_language(product: Product, name: str) -> list[str]:
    texts = [getattr(product, name), *(one.get(name) for one in product.translations.values())]
    return list(dict.fromkeys(text for text in texts if text))


def _attribute_texts(attributes: Mapping[str, object]) -> list[str]:
    return [str(value) for value in attributes.values() if isinstance(value, str | int | float)]


def _sureness(tag: Tag) -> float:
    sure = 1.0 if tag.probability is None else tag.probability
    return sure * (UNSURE if tag.unsure else 1.0)
