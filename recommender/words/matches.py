"""Products by words: BM25 (Robertson and others 1994) over the shop's own postings."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from django.db.models import Case, F, FloatField, QuerySet, Sum, Value, When
from django.db.models.expressions import Combinable

from catalog.models import Posting
from recommender.filters import Filters, eligible_products
from recommender.words.understood import NOT
from recommender.words.vocabulary import Vocabulary, vocabulary_of

SATURATION = 1.2
"""k1: how soon more of the same word says nothing new."""
LENGTH_SHARE = 0.3
"""b: how much a long text counts against a product. Less than the usual .75: a full description is
a service, no padding."""
DIGITS = 4


@dataclass(frozen=True, slots=True)
class WordMatch:
    """A product and its BM25 score, 0 or more; comparable within one query only."""

    product_id: int
    score: float


def ranking_of(terms: Iterable[str]) -> list[str]:
    """Those that products are ranked by."""
    return [term for term in terms if not term.startswith(NOT)]


def word_matches(
    terms: Sequence[str],
    *,
    filters: Filters,
    revision: str,
    limit: int,
    among: Collection[int] | None = None,
    vocabulary: Vocabulary | None = None,
) -> list[WordMatch]:
    """The products that have any of the terms and pass the filters, best first, ties by id.

    Only those `among` them, where ids are given. `vocabulary` is the shop's for the terms, where it
    was read already.

    A term that begins with `NOT` leaves products out. Without terms that rank, all that pass, the
    newest first, with a score of 0. In the shop's scope.
    """
    ranking = ranking_of(terms)
    refused = [term[len(NOT) :] for term in terms if term.startswith(NOT)]
    products = eligible_products(filters, revision)
    if among is not None:
        products = products.filter(product_id__in=among)
    if not ranking:
        return _all_of(products, refused, limit)
    vocabulary = vocabulary_of(ranking) if vocabulary is None else vocabulary
    rarity = rarities(ranking, vocabulary)
    if not rarity:
        return []
    rows = Posting.objects.filter(term__in=list(rarity), product_id__in=products)
    rows = _without(rows, refused)
    scored = rows.values("product_id").annotate(score=Sum(_score(rarity, vocabulary)))
    best = scored.order_by("-score", "product_id")[:limit]
    return [WordMatch(one["product_id"], round(one["score"], DIGITS)) for one in best]


def rarities(terms: Sequence[str], vocabulary: Vocabulary) -> dict[str, float]:
    """Inverse document frequency of each term that the shop has; never negative."""
    total = max(1, vocabulary.products)
    return {
        term: log(1 + (total - min(count, total) + 0.5) / (min(count, total) + 0.5))
        for term in dict.fromkeys(terms)
        if (count := vocabulary.counts.get(term, 0)) > 0
    }


def _score(rarity: Mapping[str, float], vocabulary: Vocabulary) -> Combinable:
    usual = max(1.0, vocabulary.length / max(1, vocabulary.products))
    idf = Case(
        *(When(term=term, then=Value(value)) for term, value in rarity.items()),
        default=Value(0.0),
        output_field=FloatField(),
    )
    frequency = F("frequency")
    short = SATURATION * (1 - LENGTH_SHARE)
    by_length = F("length") * (SATURATION * LENGTH_SHARE / usual)
    return idf * frequency * (SATURATION + 1) / (frequency + by_length + short)


def _all_of(products: QuerySet[Any, int], refused: Sequence[str], limit: int) -> list[WordMatch]:
    if refused:
        having = Posting.objects.filter(term__in=refused).values("product_id")
        products = products.exclude(product_id__in=having)
    return [WordMatch(one, 0.0) for one in products.order_by("-product_id")[:limit]]


def _without(rows: QuerySet[Posting], refused: Sequence[str]) -> QuerySet[Posting]:
    if not refused:
        return rows
    having = Posting.objects.filter(term__in=refused).values("product_id")
    return rows.exclude(product_id__in=having)
