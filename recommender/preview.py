"""What a rule changes: one search without it and with it, whether or not it is switched on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from catalog.models import Garment, Product
from catalog.selectors import live_revision
from recommender import sources
from recommender.asked import Asked
from recommender.candidates import Candidate
from recommender.experiments import tested_rules
from recommender.filters import Filters, eligible_products, filtered, searchable
from recommender.listing import listing
from recommender.merchandising import Arrangement, arranged_by, ids_of
from recommender.models import Rule
from recommender.query import Query
from recommender.results import Match, Reasons, first_pages
from recommender.rule_conditions import QueryFacts, holds, is_about
from recommender.sought import Once, Sought
from recommender.words import understand
from tenants.models import Shop
from tenants.problems import Problem

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Seen:
    """A product of one side; `came` is how many places it rose (below 0: fell), None where the
    other side's first page does not have it."""

    match: Match
    place: int
    came: int | None = None

    @property
    def fell(self) -> int:
        return -(self.came or 0)


@dataclass(frozen=True, slots=True)
class Preview:
    """Both sides' first results. `about` is False where the rule does not concern this search;
    `problem` is the code of what stood in the way of searching."""

    before: tuple[Seen, ...] = ()
    after: tuple[Seen, ...] = ()
    about: bool = True
    problem: str = ""

    @property
    def same(self) -> bool:
        return [one.match.product.pk for one in self.before] == [
            one.match.product.pk for one in self.after
        ]


@dataclass(frozen=True, slots=True)
class Like:
    """A product that is searched for: what it looks like, and itself."""

    sku: str
    query: Query
    own: Candidate


@dataclass(slots=True)
class _Rules:
    """Stands in for `merchandising.arrangement`: these rules, and `extra` on whatever day. `ids` of
    the SKUs that they name."""

    common: Sequence[Rule]
    ids: Mapping[str, int]
    extra: Rule | None = None
    about: bool = False

    def __call__(
        self, *, shop: Shop, visitor: str, query: QueryFacts, now: datetime
    ) -> Arrangement:
        rules = [rule for rule in self.common if holds(rule, query, now)]
        if self.extra is not None and is_about(self.extra, query):
            self.about = True
            rules = sorted([*rules, self.extra], key=lambda rule: rule.pk)
        return arranged_by(rules, shop=shop, query=query, ids=self.ids)


def preview(
    *,
    shop: Shop,
    rule: Rule,
    others: Sequence[Rule] = (),
    like: Like | int | None = None,
    text: str = "",
    lang: str = "en",
) -> Preview:
    """The rule against the same search without it: like a product (`suggested`, or its id), by
    words, or both. In the shop's scope; nothing is counted.

    The `others` hold on both sides. What both sides read alike is read once.
    """
    asked = Asked(text=text, limit=SHOWN, lang=lang)
    ids, once = ids_of([*others, rule]), Once()
    with_rule = _Rules(others, ids, rule)
    try:
        sought = _sought(shop, like, asked)
        before, after = (
            listing(
                shop=shop,
                sought=sought,
                asked=asked,
                revision=live_revision(shop),
                arranging=rules,
                once=once,
            )
            for rules in (_Rules(others, ids), with_rule)
        )
    except Problem as problem:
        return Preview(problem=problem.code)
    reasons = Reasons(sought.query, before.weights, lang)
    first, then = first_pages([before.listed, after.listed], limit=SHOWN, reasons=reasons)
    return Preview(_seen(first, then), _seen(then, first), about=with_rule.about)


def named(*, shop: Shop, sku: str) -> Like | int | None:
    """The shop's product with this SKU; its id where it is not tagged, None where there is none."""
    garments = Garment.objects.filter(product__sku=sku, revision=live_revision(shop))
    garments = garments.filter(product__gone_at__isnull=True).select_related("photo")
    found = garments.order_by("-is_product", *sources.FIRST).first()
    if found is not None:
        return Like(sku, *sources.query_of(found))
    product: int | None = Product.objects.filter(sku=sku).values_list("pk", flat=True).first()
    return product


def rules_of_preview(*, rule_id: int) -> tuple[Rule | None, list[Rule], set[int]]:
    """The rule, the others that are on, and the ids of those that a test shows to some, which hold
    on neither side. In the shop's scope."""
    wanted = Rule.objects.select_related("shop").filter(Q(pk=rule_id) | Q(active=True))
    found = {rule.pk: rule for rule in wanted.order_by("pk")}
    tested = tested_rules() if rule_id in found else set()
    others = [one for one in found.values() if one.pk != rule_id and one.pk not in tested]
    return found.get(rule_id), others, tested


def suggested(*, shop: Shop, rule: Rule) -> Like | None:
    """A tagged product whose neighbours show what the rule does; None where nothing is tagged.

    One of the searches that the rule is for; of them one that a filter names, or one that no pin
    does, for a product does not stand among its own neighbours.
    """
    revision = live_revision(shop)
    seen = searchable(revision).select_related("photo", "product")
    seen = seen.order_by("-product_id", *sources.FIRST)
    asked = {kind: tuple(values) for kind, values in rule.queries.items() if kind != "text"}
    meant = filtered(seen, Filters(asked))
    about = meant.exclude(product__sku__in=rule.skus)
    if rule.filters:
        about = about.filter(
            product_id__in=eligible_products(Filters.from_json(rule.filters), revision)
        )
    for garments in (about, meant, seen):
        found = garments.first()
        if found is not None:
            product: Any = found.product
            return Like(product.sku, *sources.query_of(found))
    return None


def _sought(shop: Shop, like: Like | int | None, asked: Asked) -> Sought:
    query, own = Query(), None
    if isinstance(like, Like):
        query, own = like.query, like.own
    elif like is not None:
        query, own = sources.garment_query(like, revision=live_revision(shop))
    words = understand(asked.text, lang=asked.lang, currency=shop.currency) if asked.text else None
    return Sought(query, words, own)


def _seen(side: Iterable[Match], other: Iterable[Match]) -> tuple[Seen, ...]:
    places = {match.product.pk: place for place, match in enumerate(other)}
    return tuple(
        Seen(
            match,
            place=place + 1,
            came=places[match.product.pk] - place if match.product.pk in places else None,
        )
        for place, match in enumerate(side)
    )
