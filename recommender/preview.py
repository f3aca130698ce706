"""What a rule changes: one search without it and with it, whether or not it is switched on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from catalog.selectors import live_revision
from recommender import sources
from recommender.asked import Asked
from recommender.experiments import tested_rules
from recommender.filters import Filters, eligible_products, filtered, searchable
from recommender.listing import Sought, listing
from recommender.merchandising import Arrangement, arranged_by
from recommender.models import Rule
from recommender.query import Query
from recommender.results import Match, Reasons, page_cut
from recommender.rule_conditions import QueryFacts, holds, is_about
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


@dataclass(slots=True)
class _Rules:
    """Stands in for `merchandising.arrangement`: these rules, and `extra` on whatever day."""

    common: Sequence[Rule]
    extra: Rule | None = None
    about: bool = False

    def __call__(
        self, *, shop: Shop, visitor: str, query: QueryFacts, now: datetime
    ) -> Arrangement:
        rules = [rule for rule in self.common if holds(rule, query, now)]
        if self.extra is not None and is_about(self.extra, query):
            self.about = True
            rules = sorted([*rules, self.extra], key=lambda rule: rule.pk)
        return arranged_by(rules, shop=shop, query=query)


def preview(*, shop: Shop, rule: Rule, sku: str = "", text: str = "", lang: str = "en") -> Preview:
    """The rule against the same search without it. In the shop's scope; nothing is counted.

    Other rules that are on hold on both sides; a running test's do on neither.
    """
    asked = Asked(sku=sku, text=text, limit=SHOWN, lang=lang)
    others = Rule.objects.filter(active=True).exclude(Q(pk=rule.pk) | Q(pk__in=tested_rules()))
    common = list(others.order_by("pk"))
    try:
        sought = _sought(shop, asked)
        before = _first(shop, sought, asked, _Rules(common))
        with_rule = _Rules(common, rule)
        after = _first(shop, sought, asked, with_rule)
    except Problem as problem:
        return Preview(problem=problem.code)
    return Preview(_seen(before, after), _seen(after, before), about=with_rule.about)


def suggested_sku(*, shop: Shop, rule: Rule) -> str:
    """A tagged product whose neighbours show what the rule does; "" where nothing is tagged.

    One of the searches that the rule is for; of them one that a filter names, or one that no pin
    does, for a product does not stand among its own neighbours.
    """
    revision = live_revision(shop)
    seen = searchable(revision).order_by("-product_id")
    asked = {kind: tuple(values) for kind, values in rule.queries.items() if kind != "text"}
    meant = filtered(seen, Filters(asked))
    about = meant.exclude(product__sku__in=rule.skus)
    if rule.filters:
        about = about.filter(
            product_id__in=eligible_products(Filters.from_json(rule.filters), revision)
        )
    for garments in (about, meant, seen):
        sku = garments.values_list("product__sku", flat=True).first()
        if sku is not None:
            return str(sku)
    return ""


def _sought(shop: Shop, asked: Asked) -> Sought:
    query, own = Query(), None
    if asked.sku:
        query, own = sources.product_query(asked.sku, revision=live_revision(shop))
    words = understand(asked.text, lang=asked.lang, currency=shop.currency) if asked.text else None
    return Sought(query, words, own)


def _first(shop: Shop, sought: Sought, asked: Asked, rules: _Rules) -> tuple[Match, ...]:
    revision = live_revision(shop)
    made = listing(shop=shop, sought=sought, asked=asked, revision=revision, arranging=rules)
    reasons = Reasons(sought.query, made.weights, asked.lang)
    return page_cut(made.listed, start=0, limit=SHOWN, reasons=reasons).matches


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
