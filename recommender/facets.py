"""How many products each value of a filter would give, under the filters that stand already."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from catalog.models import ProductFacet
from catalog.money import display
from catalog.shop_taxonomy import shop_taxonomy
from recommender.candidates import Candidate
from recommender.facet_sql import Row, counted
from recommender.filter_labels import kind_label, value_label
from recommender.filter_shape import HEADS, OPEN, is_attribute
from recommender.filters import COLUMNS, Filters
from tenants.models import Shop
from tenants.scope import current_shop_id
from vision.color_names import plainest
from vision.colorspace import lab_to_hex

ALWAYS = (*COLUMNS, "group", "price", "in_stock")
"""Kinds that every shop's products have."""
MOST_VALUES = 50
"""Of one facet, the most frequent; those that are chosen stand beside them."""
MOST_ATTRIBUTES = 20
RANGES = 5


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value and how many products it leaves; of a price, its range with both ends, of a colour
    the one that stands for its family."""

    value: str
    label: str
    count: int
    selected: bool
    low: int | None = None
    high: int | None = None
    hex: str | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """One kind with its values, the most frequent first; prices from low to high.

    `low` and `high` are the least and the greatest price, `left_off` the number of values beyond
    `MOST_VALUES`.
    """

    kind: str
    label: str
    values: tuple[FacetValue, ...]
    left_off: int = 0
    low: int | None = None
    high: int | None = None


def facet_counts(
    *,
    kinds: Sequence[str],
    filters: Filters,
    revision: str,
    among: Collection[int] | None,
    lang: str,
    own: Candidate | None = None,
    by_variant: bool = False,
    fold: bool = False,
) -> list[Facet]:
    """The facets of these kinds, in their order, for the shop in scope; one statement.

    A count is the number of products with the value under all filters but the facet's own: what
    choosing the value gives. `among` (product ids) are those that a query of words matched, None
    for all; `own` is the product that is the query, and not among its results. Variants and
    near-duplicates count as one where the results show them so.
    """
    if not kinds:
        return []
    kinds = list(dict.fromkeys(kinds))
    rows = counted(
        kinds,
        filters,
        revision,
        among=among,
        own=own,
        by_variant=by_variant,
        fold=fold,
        most=MOST_VALUES,
    )
    by_kind: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    return [
        _prices(by_kind[kind], filters, lang)
        if kind == "price"
        else _facet(kind, by_kind[kind], filters, lang)
        for kind in kinds
    ]


def known_kinds() -> tuple[str, ...]:
    """The kinds that products of the shop in scope can be filtered and counted by."""
    # `order_by()`: an ordering would stand in the DISTINCT.
    return _in_order(ProductFacet.objects.order_by().values_list("kind", flat=True).distinct())


def usual_kinds() -> tuple[str, ...]:
    """Of the known kinds those that a shopper would choose from: not an attribute with more values
    than are listed, as a bar code, and no more than `MOST_ATTRIBUTES` of them."""
    values = ProductFacet.objects.order_by().values_list("kind")
    kinds = []
    for kind, count in values.annotate(count=Count("value", distinct=True)):
        if not is_attribute(kind) or 1 < count <= MOST_VALUES:
            kinds.append(kind)
    ordered = _in_order(kinds)
    attributes = [kind for kind in ordered if is_attribute(kind)]
    return tuple(kind for kind in ordered if kind not in attributes[MOST_ATTRIBUTES:])


def _in_order(stored: Iterable[str]) -> tuple[str, ...]:
    kinds = set(stored)
    heads = [kind for kind in (*HEADS, *OPEN) if kind in kinds and kind not in ALWAYS]
    return (*ALWAYS, *heads, *sorted(kinds - set(heads) - set(ALWAYS)))


def _facet(kind: str, rows: Iterable[Row], filters: Filters, lang: str) -> Facet:
    rows, own, chosen = list(rows), shop_taxonomy(), _chosen(kind, filters)
    hidden = {row.value for row in rows if own.is_hidden(kind, row.value)}.difference(chosen)
    counts = {row.value: row.count for row in rows if row.value not in hidden}
    listed = {**counts, **{value: 0 for value in chosen if value not in counts}}
    values = [
        FacetValue(
            value, value_label(kind, value, lang), count, value in chosen, hex=_hex(kind, value)
        )
        for value, count in sorted(listed.items(), key=lambda one: (-one[1], one[0]))
    ]
    total = max((row.values for row in rows), default=0)
    left_off = max(0, total - len(hidden) - len(counts))
    return Facet(kind, kind_label(kind, lang), tuple(values), left_off)


def _hex(kind: str, value: str) -> str | None:
    color = plainest(value) if kind == "color" else None
    return lab_to_hex(color[1]) if color else None


def _chosen(kind: str, filters: Filters) -> tuple[str, ...]:
    if kind == "in_stock":
        return () if filters.in_stock is None else (str(filters.in_stock).lower(),)
    return filters.values.get(kind, ())


def _prices(rows: Iterable[Row], filters: Filters, lang: str) -> Facet:
    """Ranges of about equally many products. Each ends at a price that products have, so that none
    stands in two."""
    counts = {int(row.value): row.count for row in rows}
    currency = Shop.objects.values_list("currency", flat=True).get(pk=current_shop_id())
    values = []
    for low, high in _ranges(counts):
        shown = " – ".join(display(end, currency, lang) for end in dict.fromkeys((low, high)))
        chosen = (filters.price_min, filters.price_max) == (low, high)
        count = sum(count for price, count in counts.items() if low <= price <= high)
        values.append(FacetValue(f"{low}-{high}", shown, count, chosen, low, high))
    return Facet(
        "price",
        kind_label("price", lang),
        tuple(values),
        low=min(counts, default=None),
        high=max(counts, default=None),
    )


def _ranges(counts: Mapping[int, int]) -> list[tuple[int, int]]:
    """Up to five ranges (least, greatest price), cut where a fifth of the products is full."""
    total = sum(counts.values())
    ranges: list[tuple[int, int]] = []
    start: int | None = None
    seen = 0
    for price in sorted(counts):
        start = price if start is None else start
        seen += counts[price]
        if seen * RANGES >= total * (len(ranges) + 1):
            ranges.append((start, price))
            start = None
    return ranges
