"""The whole ordered list of one query: found, ranked, arranged, grouped. In the shop's scope."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from recommender.asked import Asked, Sort
from recommender.by_photo import photo_found
from recommender.by_words import words_found
from recommender.filters import Filters
from recommender.grouping import Listed, grouped
from recommender.merchandising import Arrangement, arrangement
from recommender.personal import personal
from recommender.rank import DEFAULT_WEIGHTS, WHOLE_PHOTO_WEIGHTS, Ranked, Weights
from recommender.rule_conditions import QueryFacts
from recommender.sought import Case, Sought
from tenants.models import Shop

__all__ = ["Listing", "Sought", "listing"]


@dataclass(frozen=True, slots=True)
class Listing:
    """The list, and what made it. `among` are the products that words matched, None for all.

    `words_share` is how much of the scores the words gave, the weighed parts the rest. `loose`
    says that nothing has all that the words name, so that what they name only orders.
    """

    listed: Sequence[Listed]
    weights: Weights
    filters: Filters
    arrangement: Arrangement
    among: frozenset[int] | None = None
    words_share: float = 0.0
    loose: bool = False


def listing(
    *,
    shop: Shop,
    sought: Sought,
    asked: Asked,
    revision: str,
    arranging: Callable[..., Arrangement] = arrangement,
) -> Listing:
    """Everything that fits, best first, or by price or date.

    A photo's words are filters too ("but in red"); where nothing passes them, they only say what
    the photo should look like instead. `arranging` gives the rules that hold: a rule's preview
    gives its own.
    """
    said = sought.words
    filters = said.filters.merged(asked.filters) if said else asked.filters
    case = Case(shop, sought, asked, revision, filters, arranging)
    found = _listing(case)
    if found.listed or said is None or not said.changes or not sought.query.garments:
        return found
    for kind in said.changes:
        if kind not in asked.filters.values:
            filters = filters.without(kind)
    return replace(_listing(replace(case, filters=filters)), loose=True)


def _listing(case: Case) -> Listing:
    query, asked = case.sought.query, case.asked
    rules = case.arranging(
        shop=case.shop, visitor=asked.visitor, query=_facts(case), now=timezone.now()
    )
    case = replace(case, filters=rules.left(case.filters))
    default = DEFAULT_WEIGHTS if query.found else WHOLE_PHOTO_WEIGHTS
    weights = asked.weights or rules.weights or default
    found = photo_found(case, rules, weights) if query.garments else words_found(case, rules)
    listed = [
        Listed(one, found.words.get(one.candidate.product_id, 0.0))
        for one in _ordered(found.ranked, case, rules)
    ]
    return Listing(
        grouped(listed, by_variant=asked.by_variant, fold=asked.fold),
        weights,
        case.filters,
        rules,
        among=found.among,
        words_share=found.words_share,
    )


def _ordered(ranked: Sequence[Ranked], case: Case, rules: Arrangement) -> list[Ranked]:
    asked, pinned = case.asked, set(rules.wanted)
    if asked.min_score:
        ranked = [
            one
            for one in ranked
            if one.score >= asked.min_score or one.candidate.product_id in pinned
        ]
    if asked.sort != "relevance":
        return sorted(ranked, key=_SORTED[asked.sort])
    if asked.clicked and case.shop.personalised:
        ranked = personal(ranked, clicked=asked.clicked)
    return rules.arranged(ranked)


def _cheapest_first(one: Ranked) -> tuple[Any, ...]:
    price = one.candidate.selling_price
    return price is None, price or 0, one.candidate.product_id


def _dearest_first(one: Ranked) -> tuple[Any, ...]:
    price = one.candidate.selling_price
    return price is None, -(price or 0), one.candidate.product_id


def _newest_first(one: Ranked) -> tuple[Any, ...]:
    return (-one.candidate.product_id,)


_SORTED: dict[Sort, Callable[[Ranked], tuple[Any, ...]]] = {
    "price_asc": _cheapest_first,
    "price_desc": _dearest_first,
    "newest": _newest_first,
}


def _facts(case: Case) -> QueryFacts:
    sought = case.sought
    facts = QueryFacts(
        text=case.asked.text,
        product_id=sought.own.product_id if sought.own is not None else None,
        filters=case.filters,
    )
    if not sought.query.found:
        return facts
    garment = sought.garment
    return replace(
        facts,
        category=garment.category,
        color=garment.palette[0].family if garment.palette else "",
        pattern=garment.pattern,
    )
