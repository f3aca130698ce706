"""The pieces of the shop in scope that an outfit may be made of, in one query."""

import zlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When, Window
from django.db.models.functions import Mod, RowNumber

from catalog.models import Garment, Product
from recommender.filters import Filters, filtered, searchable
from recommender.outfit.fit import near_styles
from recommender.outfit.pieces import QUIET, Piece
from recommender.outfit.slots import Slot

COLUMNS = (
    *("product_id", "category", "pattern", "style", "gender", "palette", "variant_group", "fold"),
    *("tags__style", "tags__season", "tags__material", "tags__sleeve__value", "product__season"),
)
A_SLOT = 64
"""Garments read for each slot, those of a near style first."""
BROWSED = 10_000
"""Products of a bigger shop that one outfit is made of: a stretch of them, another for another
product, so that an outfit takes as long in a shop of 500,000."""
SPREAD, PRIME = 10_007, 7919
"""Two primes: one product always meets the same pieces, another product others."""


def owned_piece(product_id: int, *, revision: str) -> Piece | None:
    """The garment that a product is; None while no photo of it has been tagged."""
    rows = searchable(revision).filter(product_id=product_id)
    row = rows.order_by("photo__position", "-area", "id").values(*COLUMNS).first()
    return Piece.stored(row) if row else None


def pool(
    owned: Sequence[Piece],
    slots: Mapping[Slot, Collection[str]],
    *,
    revision: str,
    filters: Filters,
    together: Collection[int] = (),
) -> dict[Slot, list[Piece]]:
    """For each slot, pieces of its categories that are in stock, each product once.

    `together` are products that are read in any case. Beside something busy only quiet patterns
    are read.
    """
    categories = {one: slot for slot, kinds in slots.items() for one in kinds}
    if not categories:
        return {}
    mine = [piece.product_id for piece in owned if piece.product_id is not None]
    seed = _seed(owned)
    rows = filtered(searchable(revision), filters).filter(
        category__in=list(categories), in_stock=True
    )
    if any(piece.busy for piece in owned):
        rows = rows.filter(pattern__in=QUIET)
    rows = _stretch(rows, seed, together).exclude(product_id__in=mine)
    styles = near_styles(next((piece.style for piece in owned if piece.style), ""))
    ranked = rows.annotate(
        place=Window(
            RowNumber(),
            partition_by=[_slot(categories)],
            order_by=[_first(together, styles), _shuffled(seed), "id"],
        )
    )
    found: dict[Slot, list[Piece]] = {slot: [] for slot in slots}
    seen: set[int] = set()
    # Numbered by their ids alone: sorted with their JSON, 10,000 rows would not fit in memory.
    chosen = Garment.objects.filter(pk__in=ranked.filter(place__lte=A_SLOT).values("pk"))
    for row in chosen.order_by("id").values(*COLUMNS):
        if row["product_id"] not in seen:
            seen.add(row["product_id"])
            found[categories[row["category"]]].append(Piece.stored(row))
    return found


def _slot(categories: Mapping[str, Slot]) -> Case:
    """The slot of a row, as a word."""
    return Case(*(When(category=one, then=Value(slot)) for one, slot in categories.items()))


def _first(together: Collection[int], styles: Sequence[str]) -> Case:
    return Case(
        When(product_id__in=list(together), then=Value(0)),
        When(style__in=styles, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def _shuffled(seed: int) -> Any:
    return Mod(F("product_id") * PRIME + seed * PRIME, Value(SPREAD))


def _seed(owned: Sequence[Piece]) -> int:
    """A number of these pieces, the same whenever they are asked for."""
    words = [f"{one.product_id} {one.category} {[c.hex for c in one.palette]}" for one in owned]
    return zlib.crc32(" ".join(words).encode()) % SPREAD


def _stretch(rows: QuerySet[Garment], seed: int, kept: Collection[int]) -> QuerySet[Garment]:
    """The rows of at most BROWSED products in a row, from a place that the seed says, and of the
    products that are kept in any case."""
    products = Product.objects.order_by("pk").values_list("pk", flat=True)
    if not products[BROWSED : BROWSED + 1]:
        return rows
    least, greatest = products[0], products.order_by("-pk")[0]
    start = least + (greatest - least) * seed // SPREAD
    end = next(iter(products.filter(pk__gte=start)[BROWSED : BROWSED + 1]), None)
    if end is None:
        start, end = products.order_by("-pk")[BROWSED - 1], greatest + 1
    stretch = Q(product_id__gte=start, product_id__lt=end)
    return rows.filter(stretch | Q(product_id__in=list(kept)))
