"""The words of the shop in scope: which there are, and which a misspelt one was meant to be."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

from catalog.hangul import has_korean
from catalog.lexicon import Token
from catalog.lexicon.pieces import LONGEST_TERM
from catalog.models import VocabularyTerm
from catalog.terms import COUNT, LENGTH, brand_term, concept
from recommender.words.near import Words
from tenants.scope import current_shop_id

LONGEST_BRAND = 4
"""Words of a brand's name."""
MOST_WORDS = 30_000
"""Of a shop, the commonest, that a misspelt word is compared with."""
SHOPS_KEPT = 32


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Counts of the terms that a text may name; `products` and `length` are the shop's sums."""

    counts: dict[str, int]

    @property
    def products(self) -> int:
        return self.counts.get(COUNT, 0)

    @property
    def length(self) -> int:
        return self.counts.get(LENGTH, 0)

    def __contains__(self, term: object) -> bool:
        return term in self.counts

    def has(self, kind: str, values: Iterable[str]) -> bool:
        return any(concept(kind, value) in self.counts for value in values)


def vocabulary_of(terms: Iterable[str]) -> Vocabulary:
    """Which of these terms the shop has, in one statement. In the shop's scope."""
    wanted = {COUNT, LENGTH, *terms}
    rows = VocabularyTerm.objects.filter(term__in=wanted)
    return Vocabulary(dict(rows.values_list("term", "products")))


def possible_terms(words: list[Token]) -> set[str]:
    """Every literal that a cut of these words may have, and every brand that they may name."""
    found: set[str] = set()
    for place, word in enumerate(words):
        found.add(word.text)
        if has_korean(word.text):
            size = len(word.text)
            found.update(
                word.text[start:end]
                for start in range(size)
                for end in range(start + 1, min(size, start + LONGEST_TERM) + 1)
            )
        before = ""
        for last in words[place : place + LONGEST_BRAND]:
            # Korean brands too have endings: "모리의 셔츠".
            shortest = 2 if has_korean(last.text) else len(last.text)
            for end in range(min(shortest, len(last.text)), len(last.text) + 1):
                found.add(brand_term(before + last.text[:end]))
            before += last.text
    return found


_lock = Lock()
_kept: OrderedDict[int, tuple[tuple[int, int], Words]] = OrderedDict()


def shop_words(vocabulary: Vocabulary) -> Words:
    """The shop's literals to compare with, read anew when its texts have changed.

    Kept for the shops that were asked last, under the shop in scope alone.
    """
    shop, version = current_shop_id(), (vocabulary.products, vocabulary.length)
    with _lock:
        kept = _kept.get(shop)
        if kept is not None and kept[0] == version:
            _kept.move_to_end(shop)
            return kept[1]
    rows = VocabularyTerm.objects.order_by("-products", "term")
    counted = rows.values_list("term", "products")[:MOST_WORDS]
    words = Words.of((term, count) for term, count in counted if not term.startswith(COUNT))
    with _lock:
        _kept[shop] = version, words
        _kept.move_to_end(shop)
        while len(_kept) > SHOPS_KEPT:
            _kept.popitem(last=False)
    return words
