"""Products by words: alone, or beside a photo. In the shop's scope."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Min

from catalog.models import Posting
from catalog.terms import concept
from recommender.asked import Sort
from recommender.candidates import Candidate, by_products
from recommender.filters import Filters, filtered, searchable
from recommender.merchandising import Arrangement
from recommender.rank import DIGITS, Parts, Ranked
from recommender.sought import Case, Found
from recommender.words import WordMatch, word_matches
from recommender.words.matches import ranking_of
from recommender.words.understood import NOT
from recommender.words.vocabulary import Vocabulary, vocabulary_of

MOST_LISTED = 1000
"""Products of a list that words or filters make: more than anybody pages through."""
CONCEPT = concept("", "")[0]
"""A term that begins so names something that products are also tagged with."""


def words_found(case: Case, rules: Arrangement) -> Found:
    """By words alone, best first.

    Where no word is looked up in texts alone ("red dress"), it is everything that the filters
    leave: the texts only order. Nothing where nothing was understood.
    """
    terms, words = case.sought.terms, case.sought.words
    texts: list[WordMatch] = []
    if terms:
        texts = case.once.under(
            "texts",
            case.filters,
            lambda: word_matches(
                terms,
                filters=case.filters,
                revision=case.revision,
                limit=MOST_LISTED,
                vocabulary=known_words(case, terms),
            ),
        )
    ids = [one.product_id for one in texts]
    alone = any(not one.startswith((CONCEPT, NOT)) for one in terms)
    if not alone and words is not None and words.chips:
        ids += case.once.under(
            "browsed",
            case.filters,
            lambda: _browsed(case.filters, case.revision, case.asked.sort),
        )
    ids = list(dict.fromkeys(ids))[:MOST_LISTED]
    shares = text_shares(texts) or dict.fromkeys(ids, 1.0)
    found = without_refused(_products(case, ids, rules.wanted), terms)
    parts = _named(case.filters)
    ranked = [Ranked(one, parts, shares.get(one.product_id, 0.0)) for one in found]
    return Found(ranked, shares, 1.0, frozenset(ids) if alone or not ids else None)


def _products(case: Case, ids: Sequence[int], wanted: Sequence[int]) -> list[Candidate]:
    """Those with these ids, which pass the filters, and of the `wanted` those that do. What another
    attempt read is not read again."""
    known, passing = case.once.products, set(ids)
    asked = list(dict.fromkeys((*ids, *wanted)))
    missing = [one for one in asked if one not in known or one not in passing]
    if missing:
        read = by_products(missing, revision=case.revision, filters=case.filters)
        known |= {one.product_id: one for one in read}
        passing |= {one.product_id for one in read}
    return [known[one] for one in asked if one in passing and one in known]


def known_words(case: Case, terms: Sequence[str]) -> Vocabulary:
    """What the shop has of the terms: the same at every attempt."""
    ranking = ranking_of(terms)
    return case.once(
        ("vocabulary", ranking), lambda: vocabulary_of(ranking) if ranking else Vocabulary({})
    )


def text_shares(texts: Sequence[WordMatch]) -> dict[int, float]:
    """By product, the score as a share of the best; empty where nothing ranks."""
    best = max((one.score for one in texts), default=0.0)
    return {one.product_id: round(one.score / best, DIGITS) for one in texts} if best > 0 else {}


def without_refused(found: list[Candidate], terms: Sequence[str]) -> list[Candidate]:
    """Those whose texts have none of the terms that products must not have."""
    refused = [one.removeprefix(NOT) for one in terms if one.startswith(NOT)]
    if not refused:
        return found
    having = Posting.objects.filter(
        term__in=refused, product_id__in=[one.product_id for one in found]
    )
    gone = set(having.values_list("product_id", flat=True))
    return [one for one in found if one.product_id not in gone]


def _browsed(filters: Filters, revision: str, sort: Sort) -> list[int]:
    """Products that pass the filters, in the order asked for; the newest first without one."""
    passing: Any = filtered(searchable(revision), filters).order_by().values("product_id")
    if sort in ("price_asc", "price_desc"):
        by = "price" if sort == "price_asc" else "-price"
        priced = passing.annotate(price=Min("selling_price"))
        passing = priced.exclude(price=None).order_by(by, "product_id")
    else:
        passing = passing.distinct().order_by("-product_id")
    return [row["product_id"] for row in passing[:MOST_LISTED]]


def _named(filters: Filters) -> Parts:
    """What every result agrees in, for it was filtered by it. No shape was compared."""
    kinds = filters.values
    return Parts(
        shape=0.0,
        color=float("color" in kinds),
        pattern=float("pattern" in kinds),
        category=float("category" in kinds),
    )
