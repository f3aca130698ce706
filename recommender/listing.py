"""The whole ordered list of one query: found, ranked, arranged, grouped. In the shop's scope."""

from collections.abc import Callable, Iterator, Sequence
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
from recommender.rank import DEFAULT_WEIGHTS, Ranked, Weights, as_shown, usual_weights
from recommender.rule_conditions import QueryFacts
from recommender.sought import Case, Once, Sought
from recommender.words import Understood
from tenants.models import Shop

__all__ = ["Listing", "Sought", "listing"]

THING = ("category", "group")
GIVING_WAY = ("sleeve", "neckline", "length", "color", "pattern")
"""What words name and a shopper would rather do without than see nothing, the least first."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The list, and what made it. `among` are the products that words matched, None for all.

    `words_share` is how much of the scores the words gave, the weighed parts the rest. `loose` are
    kinds of what the words name that are no filter, for nothing has all of it.
    """

    listed: Sequence[Listed]
    weights: Weights
    filters: Filters
    arrangement: Arrangement
    among: frozenset[int] | None = None
    words_share: float = 0.0
    loose: frozenset[str] = frozenset()


def listing(
    *,
    shop: Shop,
    sought: Sought,
    asked: Asked,
    revision: str,
    arranging: Callable[..., Arrangement] = arrangement,
    once: Once | None = None,
) -> Listing:
    """Everything that fits, best first, or by price or date.

    What words name are filters, beside a photo too ("but in red"). Where nothing passes them all,
    some give way, and the reply says which. `arranging` gives the rules that hold, and `once` what
    another listing read already: a rule's preview gives its own.
    """
    said = sought.words
    filters = said.filters.merged(asked.filters) if said else asked.filters
    case = Case(shop, sought, asked, revision, filters, arranging, once or Once())
    found = _listing(case)
    if found.listed or said is None:
        return found
    for kinds in _giving_way(case, said):
        looser = filters
        for kind in kinds:
            looser = looser.without(kind)
        made = _listing(replace(case, filters=looser))
        if made.listed:
            return replace(made, loose=frozenset(kinds))
    return found


def _giving_way(case: Case, said: Understood) -> Iterator[tuple[str, ...]]:
    """Kinds of filters to do without, the first try first.

    Beside a photo all that the words name: it still says what the photo should look like. Words
    alone keep what the thing is and costs: red heels give way to other heels, not to red bags.
    """
    if case.sought.query.garments:
        if said.changes:
            yield tuple(kind for kind in said.changes if kind not in case.asked.filters.values)
        return
    if not any(kind in case.filters.values for kind in THING):
        return
    named = [
        kind
        for kind in GIVING_WAY
        if kind in said.filters.values and kind not in case.asked.filters.values
    ]
    yield from ((kind,) for kind in named)
    if len(named) > 1:
        yield tuple(named)


def _listing(case: Case) -> Listing:
    query, asked = case.sought.query, case.asked
    rules = case.arranging(
        shop=case.shop, visitor=asked.visitor, query=_facts(case), now=timezone.now()
    )
    case = replace(case, filters=rules.left(case.filters))
    weights = asked.weights or rules.weights or DEFAULT_WEIGHTS
    if query.garments:
        garment = case.sought.garment
        usual = usual_weights(garment, found=query.found)
        weights = as_shown(asked.weights or rules.weights or usual, garment)
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
        pattern="" if garment.drawn and not garment.patterns else garment.pattern,
    )
