"""What a product must be: the filters of a search, and the garments and products that pass them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet

from catalog.models import Garment, ProductFacet
from catalog.shop_taxonomy import shop_taxonomy
from vision.taxonomy import taxonomy

COLUMNS = {
    "category": "category",
    "pattern": "pattern",
    "style": "style",
    "color": "color_family",
    "gender": "gender",
}
"""Kinds that the search table holds itself: they need no second table."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a product must be; an empty part asks nothing.

    `values` are by kind: a head of the taxonomy, `group`, `gender`, `season`, `brand` or
    `attr:` with the name of a merchant's attribute. A product must satisfy every kind, by any of
    its values. Prices are in the currency's smallest unit, both ends included.
    """

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    price_min: int | None = None
    price_max: int | None = None
    in_stock: bool | None = None
    hidden_products: tuple[int, ...] = ()
    """What the shop hides from this search, whatever is asked for: no part of a request."""
    hidden_filters: tuple["Filters", ...] = ()

    def narrows(self, other: "Filters") -> bool:
        """Whether it asks for the same and hides as much or more."""
        return (
            replace(self, hidden_products=(), hidden_filters=())
            == replace(other, hidden_products=(), hidden_filters=())
            and set(other.hidden_products) <= set(self.hidden_products)
            and all(one in self.hidden_filters for one in other.hidden_filters)
        )

    def __bool__(self) -> bool:
        return bool(self.as_json())

    def as_json(self) -> dict[str, Any]:
        """As a request writes it; equal filters give equal JSON, whatever their order."""
        said: dict[str, Any] = {
            kind: sorted(values) for kind, values in sorted(self.values.items()) if values
        }
        price = {"min": self.price_min, "max": self.price_max}
        price = {end: amount for end, amount in price.items() if amount is not None}
        if price:
            said["price"] = price
        if self.in_stock is not None:
            said["in_stock"] = self.in_stock
        return said

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Filters":
        """Of `as_json`, unchecked: what a request says goes through FiltersField."""
        price = said.get("price") or {}
        return cls(
            values={
                kind: tuple(values)
                for kind, values in said.items()
                if kind not in ("price", "in_stock") and values
            },
            price_min=price.get("min"),
            price_max=price.get("max"),
            in_stock=said.get("in_stock"),
        )

    def merged(self, other: "Filters") -> "Filters":
        """These, and where the other asks for the same kind, the other's: the later word counts."""
        return Filters(
            values={**self.values, **other.values},
            price_min=self.price_min if other.price_min is None else other.price_min,
            price_max=self.price_max if other.price_max is None else other.price_max,
            in_stock=self.in_stock if other.in_stock is None else other.in_stock,
            hidden_products=self.hidden_products + other.hidden_products,
            hidden_filters=self.hidden_filters + other.hidden_filters,
        )

    def without(self, kind: str) -> "Filters":
        """These but for one kind; `price` and `in_stock` are kinds too."""
        if kind == "price":
            return replace(self, price_min=None, price_max=None)
        if kind == "in_stock":
            return replace(self, in_stock=None)
        return replace(self, values={key: one for key, one in self.values.items() if key != kind})


def searchable(revision: str) -> QuerySet[Garment]:
    """The garments that searches see: what products are, as the live bundle saw them."""
    return Garment.objects.filter(revision=revision, is_product=True)


def filtered(garments: QuerySet[Garment], filters: Filters) -> QuerySet[Garment]:
    """Those that pass. A category stands for its kinds too: `shoes` keeps sneakers."""
    wanted: dict[str, Any] = {}
    if filters.price_min is not None:
        wanted["selling_price__gte"] = filters.price_min
    if filters.price_max is not None:
        wanted["selling_price__lte"] = filters.price_max
    if filters.in_stock is not None:
        wanted["in_stock"] = filters.in_stock
    own = shop_taxonomy()
    asked = {kind: own.with_merged(kind, values) for kind, values in filters.values.items()}
    for kind, values in asked.items():
        if kind in COLUMNS and values:
            wanted[f"{COLUMNS[kind]}__in"] = with_kinds(values) if kind == "category" else values
    garments = garments.filter(**wanted)
    for kind, values in asked.items():
        if kind == "group" and values:
            garments = garments.filter(category__in=of_groups(values))
        elif kind not in COLUMNS and values:
            having = ProductFacet.objects.filter(kind=kind, value__in=values)
            garments = garments.filter(product_id__in=having.values("product_id"))
    return _not_hidden(garments, filters)


def _not_hidden(garments: QuerySet[Garment], filters: Filters) -> QuerySet[Garment]:
    if filters.hidden_products:
        garments = garments.exclude(product_id__in=filters.hidden_products)
    for hidden in filters.hidden_filters:
        gone = filtered(Garment.objects.filter(is_product=True), hidden)
        garments = garments.exclude(product_id__in=gone.values("product_id"))
    return garments


def eligible_products(filters: Filters, revision: str) -> QuerySet[Any, int]:
    """The ids of the products that pass, each once, in no order."""
    passing = filtered(searchable(revision), filters)
    return passing.order_by().values_list("product_id", flat=True).distinct()


def with_kinds(categories: Iterable[str]) -> list[str]:
    """These categories and the kinds of each: `shoes` and sneakers, boots, sandals …"""
    wanted = set(categories)
    return sorted(one.id for one in taxonomy().categories.values() if {one.id, one.parent} & wanted)


def of_groups(groups: Iterable[str]) -> list[str]:
    """The categories of these groups: `top` and t-shirt, shirt, sweater …"""
    wanted = set(groups)
    return sorted(one.id for one in taxonomy().categories.values() if one.group in wanted)
