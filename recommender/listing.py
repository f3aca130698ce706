"""The whole ordered list of one query: found, ranked, arranged, grouped. In the shop's scope."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Min
from django.utils import timezone

from recommender.asked import Asked, Sort
from recommender.candidates import Candidate, by_products, candidates
from recommender.filters import Filters, filtered, searchable
from recommender.grouping import Listed, grouped, same_thing
from recommender.merchandising import Arrangement, QueryFacts, arrangement
from recommender.personal import personal
from recommender.query import Query, QueryGarment
from recommender.rank import DEFAULT_WEIGHTS, WHOLE_PHOTO_WEIGHTS, Parts, Ranked, Weights, rank
from recommender.word_hook import Understood, WordMatch, changed, fuse, word_matches
from tenants.models import Shop

MOST_LISTED = 1000
"""Products of a list that words or filters make: more than anybody pages through."""
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: a query, words, or both, and the product that the query is, if any."""

    query: Query
    words: Understood | None = None
    own: Candidate | None = None

    @property
    def garment(self) -> QueryGarment:
        """What the photo shows, and in its place what the words name."""
        garment = self.query.garment
        return changed(garment, self.words) if self.words and self.words.changes else garment


@dataclass(frozen=True, slots=True)
class Listing:
    """The list, and what made it. `among` are the products that words matched, None for all.

    `loose` says that nothing has all that the words name, so that what they name only orders.
    """

    listed: Sequence[Listed]
    weights: Weights
    filters: Filters
    arrangement: Arrangement
    among: frozenset[int] | None = None
    loose: bool = False


@dataclass(frozen=True, slots=True)
class _Case:
    """One attempt: the question, under these filters."""

    shop: Shop
    sought: Sought
    asked: Asked
    revision: str
    filters: Filters
    arranging: Callable[..., Arrangement]


@dataclass(slots=True)
class _Found:
    ranked: list[Ranked]
    words: dict[int, float] = field(default_factory=dict)
    """By product, how well its texts fit, 0..1."""
    among: frozenset[int] | None = None


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
    case = _Case(shop, sought, asked, revision, filters, arranging)
    found = _listing(case)
    if found.listed or said is None or not said.changes or not sought.query.garments:
        return found
    for kind in said.changes:
        if kind not in asked.filters.values:
            filters = filters.without(kind)
    return replace(_listing(replace(case, filters=filters)), loose=True)


def _listing(case: _Case) -> Listing:
    query, asked = case.sought.query, case.asked
    rules = case.arranging(
        shop=case.shop, visitor=asked.visitor, query=_facts(case), now=timezone.now()
    )
    default = DEFAULT_WEIGHTS if query.found else WHOLE_PHOTO_WEIGHTS
    weights = asked.weights or rules.weights or default
    found = _alike(case, rules, weights) if query.garments else _said(case, rules)
    listed = [
        Listed(one, found.words.get(one.candidate.product_id, 0.0))
        for one in _ordered(found.ranked, case, rules)
    ]
    listed = grouped(listed, by_variant=asked.by_variant, fold=asked.fold)
    return Listing(listed, weights, case.filters, rules, found.among)


def _alike(case: _Case, rules: Arrangement, weights: Weights) -> _Found:
    """By the photo; what the words name stands in its place, other words are looked up."""
    sought, asked, own = case.sought, case.asked, case.sought.own
    garment = sought.garment
    near = candidates(
        garment.embedding,
        shop=case.shop,
        revision=case.revision,
        filters=case.filters,
        limit=asked.limit,
        without=own.product_id if own else None,
    )
    texts = _texts(case)
    known = {one.product_id for one in near}
    wanted = [one.product_id for one in texts] + list(rules.wanted)
    missing = [one for one in dict.fromkeys(wanted) if one not in known]
    if missing:
        near += by_products(
            missing, embedding=garment.embedding, revision=case.revision, filters=case.filters
        )
    if own is not None:
        near = [
            one
            for one in near
            if not same_thing(one, own, by_variant=asked.by_variant, fold=asked.fold)
        ]
    ranked = rank(garment, near, weights)
    if not texts:
        return _Found(ranked)
    return _Found(fuse(ranked, texts), _shares(texts))


def _said(case: _Case, rules: Arrangement) -> _Found:
    """By words alone: what has the terms; without terms, all that the filters leave."""
    said = case.sought.words
    assert said is not None
    texts = _texts(case)
    words = _shares(texts)
    ids = [one.product_id for one in texts]
    if not said.terms:
        ids = _browsed(case.filters, case.revision, case.asked.sort)
        words = dict.fromkeys(ids, 1.0)
    named = case.filters.values
    parts = Parts(
        shape=0.0,
        color=float("color" in named),
        pattern=float("pattern" in named),
        category=float("category" in named),
    )
    found = by_products(
        list(dict.fromkeys((*ids, *rules.wanted))), revision=case.revision, filters=case.filters
    )
    ranked = [Ranked(one, parts, words.get(one.product_id, 0.0)) for one in found]
    return _Found(ranked, words, frozenset(ids) if said.terms else None)


def _texts(case: _Case) -> list[WordMatch]:
    """What the words that are no filters are found in, best first."""
    said = case.sought.words
    if said is None or not said.terms:
        return []
    return word_matches(said.terms, filters=case.filters, revision=case.revision, limit=MOST_LISTED)


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


def _ordered(ranked: Sequence[Ranked], case: _Case, rules: Arrangement) -> list[Ranked]:
    asked, pinned = case.asked, set(rules.wanted)
    if asked.min_score:
        ranked = [
            one
            for one in ranked
            if one.score >= asked.min_score or one.candidate.product_id in pinned
        ]
    if asked.sort != "relevance":
        return sorted(rules.shown(ranked), key=_SORTED[asked.sort])
    if asked.clicked and case.shop.personalised:
        ranked = personal(ranked, clicked=asked.clicked)
    return rules.arranged(ranked)


def _dearest_last(one: Ranked) -> tuple[Any, ...]:
    price = one.candidate.selling_price
    return price is None, price or 0, one.candidate.product_id


def _dearest_first(one: Ranked) -> tuple[Any, ...]:
    price = one.candidate.selling_price
    return price is None, -(price or 0), one.candidate.product_id


def _newest_first(one: Ranked) -> tuple[Any, ...]:
    return (-one.candidate.product_id,)


_SORTED: dict[Sort, Callable[[Ranked], tuple[Any, ...]]] = {
    "price_asc": _dearest_last,
    "price_desc": _dearest_first,
    "newest": _newest_first,
}


def _shares(texts: Sequence[WordMatch]) -> dict[int, float]:
    """By product, the score as a share of the best."""
    best = max((one.score for one in texts), default=0.0)
    return {one.product_id: round(one.score / best, DIGITS) for one in texts} if best > 0 else {}


def _facts(case: _Case) -> QueryFacts:
    sought = case.sought
    facts = QueryFacts(
        text=case.asked.text,
        product_id=sought.own.product_id if sought.own else None,
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
