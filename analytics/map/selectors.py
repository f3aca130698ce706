"""What the map's pages read. In the shop's scope."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from analytics.models import CatalogMap, MapPlace
from catalog.models import Product, Tag
from catalog.selectors import effective_tags, first_photos

SHOWN = ("color", "pattern", "category")
"""Kinds whose values stand under a product's name."""


@dataclass(frozen=True, slots=True)
class Card:
    """A product as the map shows it; `tags` are ids of the taxonomy by kind, `photo` a stored
    photo's name and address, empty where it has none."""

    product: Product
    tags: dict[str, str]
    photo: str
    photo_url: str


def map_head() -> CatalogMap | None:
    return CatalogMap.objects.first()


def map_walk(numbers: Iterable[int]) -> list[int]:
    """The products with these numbers on the list's path, in its order: what stands near comes
    together. Those that are gone since are left out."""
    here = MapPlace.objects.filter(walk__in=list(numbers), product__gone_at__isnull=True)
    return list(here.order_by("walk", "product_id").values_list("product_id", flat=True))


def cards(product_ids: Collection[int]) -> list[Card]:
    """In the order of the ids; those that are gone are left out. Three statements."""
    ids = list(product_ids)
    products = Product.objects.in_bulk(ids)
    photos = first_photos(products)
    tags: dict[int, list[Tag]] = {}
    for tag in Tag.objects.filter(product_id__in=list(products), kind__in=SHOWN):
        tags.setdefault(tag.product_id, []).append(tag)
    found = []
    for pk in dict.fromkeys(ids):
        product = products.get(pk)
        if product is None:
            continue
        said = effective_tags(tags.get(pk, []))
        file = photos[pk].file if pk in photos else None
        found.append(
            Card(
                product,
                {kind: said[kind].value for kind in SHOWN if kind in said},
                file.name if file else "",
                file.url if file else "",
            )
        )
    return found
