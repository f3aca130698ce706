"""What the shop wants of the order: rules that pin, boost, bury and hide, and a test's two orders.

1. `arrangement` reads the rules that hold now for this search, and which arm its visitor is in.
2. `left` adds what is hidden to the search's filters, so that nothing finds or counts it.
3. The search asks also for the products in `wanted`, so that a pin finds what is not alike.
4. `arranged` moves what is boosted or buried, and places the pins.
5. Where results are grouped afterwards, `placed` puts the pins back on their places.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Q, Value
from django.utils import timezone

from catalog.models import Product
from catalog.selectors import live_revision
from recommender.direct import direct
from recommender.experiments import CONTROL, arm_of, running_experiment, visitor_hash
from recommender.filters import Filters, eligible_products
from recommender.models import Rule
from recommender.rank import Ranked, Weights
from recommender.rule_conditions import QueryFacts, holds
from tenants.models import Shop

FIRST_PLACE, LAST_PLACE = 1, 48
"""Of a pin, as people count; a `Ranked` counts from 0. The last is the last of the longest page."""
MOST_MOVED = 1.0
"""Of all boosts of one product together: the whole range of a score."""
# Most shops have neither a rule nor a test, and every search asks.
_ANY = """
    SELECT 1 FROM recommender_rule WHERE shop_id = {shop} AND active
    UNION ALL SELECT 1 FROM recommender_experiment WHERE shop_id = {shop} AND state = 'running'
    LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The rules that hold for one search, oldest first; `ids` are of the SKUs that they name.

    `experiment` is the running test's id and the visitor's arm, and `visitor` the hash that the
    arm is counted under. None and "" where no test runs or the page sent no visitor.
    """

    rules: tuple[Rule, ...] = ()
    ids: Mapping[str, int] = field(default_factory=dict)
    revision: str = ""
    product_id: int | None = None
    weights: Weights | None = None
    experiment: tuple[int, str] | None = None
    visitor: str = ""

    @property
    def wanted(self) -> tuple[int, ...]:
        """Product ids that pins ask for, the query's own excepted."""
        pinned = (self._named(rule) for rule in self.rules if rule.action == Rule.Action.PIN)
        found = dict.fromkeys(one for ids in pinned for one in ids)
        return tuple(one for one in found if one != self.product_id)

    def left(self, filters: Filters) -> Filters:
        """The filters, and what the rules hide beside them."""
        hiding = [rule for rule in self.rules if rule.action == Rule.Action.HIDE]
        if not hiding:
            return filters
        return replace(
            filters,
            hidden_products=tuple(one for rule in hiding for one in self._named(rule)),
            hidden_filters=tuple(
                Filters.from_json(rule.filters) for rule in hiding if rule.filters
            ),
        )

    def arranged(self, ranked: Sequence[Ranked]) -> list[Ranked]:
        """The final order of what `left` has left: by score and boost, pins on their places.

        Call it in the shop's scope, on an order by relevance.
        """
        moving = [rule for rule in self.rules if rule.action != Rule.Action.HIDE]
        if not moving:
            return list(ranked)
        touched = self._touched(moving, ranked)
        return placed(self._pinned(_moved(moving, touched, ranked), touched))

    def _named(self, rule: Rule) -> list[int]:
        """Ids of the rule's SKUs, in its order; a SKU that is gone is passed over."""
        return [self.ids[sku] for sku in rule.skus if sku in self.ids]

    def _touched(self, rules: Sequence[Rule], ranked: Iterable[Ranked]) -> dict[int, set[int]]:
        """By rule, the products of the list that it is about: one statement for all filters."""
        touched = {rule.pk: set(self._named(rule)) for rule in rules}
        by_filter = [rule for rule in rules if rule.filters]
        if by_filter:
            found = [one.candidate.product_id for one in ranked]
            for rule_id, product_id in _passing(by_filter, found, self.revision):
                touched[rule_id].add(product_id)
        return touched

    def _pinned(self, ranked: list[Ranked], touched: Mapping[int, set[int]]) -> list[Ranked]:
        """Each pin's products get the first free place from the pin's own on; older rules first."""
        order = [one.candidate.product_id for one in ranked]
        places: dict[int, int] = {}
        for rule in self.rules:
            if rule.action != Rule.Action.PIN:
                continue
            place = (rule.place or FIRST_PLACE) - FIRST_PLACE
            for product_id in self._of_pin(rule, order, touched[rule.pk], places):
                while place in places.values():
                    place += 1
                places[product_id] = place
        return [
            replace(one, place=places[one.candidate.product_id])
            if one.candidate.product_id in places
            else one
            for one in ranked
        ]

    def _of_pin(
        self, rule: Rule, order: list[int], touched: set[int], taken: Collection[int]
    ) -> list[int]:
        """The rule's products by name; by a filter, the best of those that pass it."""
        if rule.skus:
            return [one for one in self._named(rule) if one in order and one not in taken]
        return [one for one in order if one in touched and one not in taken][:1]


def arrangement(*, shop: Shop, visitor: str, query: QueryFacts, now: datetime) -> Arrangement:
    """What holds for one search of the shop in scope.

    Without a visitor the search is answered as in arm A and not counted.
    """
    if not direct(_ANY, []):
        return Arrangement(product_id=query.product_id)
    test = running_experiment()
    named: set[int] = set()
    arm = CONTROL
    if test is not None:
        arm = arm_of(salt=test.salt, share=test.share, visitor=visitor) if visitor else CONTROL
        named = test.rule_ids
    mine = set(test.arm(arm).get("rules", ())) if test is not None else set()
    rules = [
        rule
        for rule in Rule.objects.filter(Q(active=True) | Q(pk__in=mine)).order_by("pk")
        if (rule.pk in mine or rule.pk not in named) and holds(rule, query, now)
    ]
    made = arranged_by(rules, shop=shop, query=query)
    if test is None:
        return made
    weights = test.arm(arm).get("weights")
    return replace(
        made,
        weights=Weights.of(weights) if weights else None,
        experiment=(test.pk, arm) if visitor else None,
        visitor=visitor_hash(salt=test.salt, visitor=visitor) if visitor else "",
    )


def with_hidden(filters: Filters, *, shop: Shop) -> Filters:
    """The filters, and what the shop hides from every search: for lists that no query makes."""
    rules = arrangement(shop=shop, visitor="", query=QueryFacts(), now=timezone.now())
    return rules.left(filters)


def arranged_by(
    rules: Iterable[Rule],
    *,
    shop: Shop,
    query: QueryFacts,
    ids: Mapping[str, int] | None = None,
) -> Arrangement:
    """An arrangement of just these rules, dates and conditions unasked. `ids` of their SKUs, where
    they are known."""
    held = tuple(rules)
    ids = ids_of(held) if ids is None else ids
    revision = live_revision(shop) if any(rule.filters for rule in held) else ""
    return Arrangement(rules=held, ids=ids, revision=revision, product_id=query.product_id)


def ids_of(rules: Iterable[Rule]) -> dict[str, int]:
    """The products that the rules name, by SKU."""
    skus = {sku for rule in rules for sku in rule.skus}
    return dict(Product.objects.filter(sku__in=skus).values_list("sku", "pk")) if skus else {}


def placed(ranked: Sequence[Ranked]) -> list[Ranked]:
    """The others in their order, with the pinned on their places, or at the end of a short list."""
    order = [one for one in ranked if one.place is None]
    pinned = ((one.place, one) for one in ranked if one.place is not None)
    for place, one in sorted(pinned, key=lambda pin: pin[0]):
        order.insert(place, one)
    return order


def _passing(rules: Iterable[Rule], among: Collection[int], revision: str) -> list[tuple[int, int]]:
    """Pairs of rule id and product id."""
    found: list[Any] = [
        eligible_products(Filters.from_json(rule.filters), revision)
        .filter(product_id__in=among)
        .values_list(Value(rule.pk), "product_id")
        for rule in rules
    ]
    return list(found[0].union(*found[1:], all=True))


def _moved(
    rules: Iterable[Rule], touched: Mapping[int, set[int]], ranked: Iterable[Ranked]
) -> list[Ranked]:
    """Boosts and buries summed up and added to what others gave before; the order is by the sum."""
    signs = {Rule.Action.BOOST: 1, Rule.Action.BURY: -1}
    moves: dict[int, float] = {}
    for rule in rules:
        if sign := signs.get(Rule.Action(rule.action)):
            for product_id in touched[rule.pk]:
                moves[product_id] = moves.get(product_id, 0.0) + sign * rule.strength
    if not any(moves.values()):
        return list(ranked)
    moved = []
    for one in ranked:
        by = max(-MOST_MOVED, min(MOST_MOVED, moves.get(one.candidate.product_id, 0.0)))
        moved.append(replace(one, boost=one.boost + by) if by else one)
    return sorted(moved, key=lambda one: (-(one.score + one.boost), one.candidate.product_id))
