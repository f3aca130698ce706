"""Completing the look, around a product of the shop or a photo of what a shopper owns."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from catalog.models import Photo, Product
from catalog.selectors import first_photos, live_revision
from recommender.filter_check import filters_check
from recommender.filters import Filters, searchable
from recommender.memory import digest_of
from recommender.merchandising import with_hidden
from recommender.outfit.compose import Choice, Row, compose
from recommender.outfit.pairs import together
from recommender.outfit.pieces import Piece
from recommender.outfit.pool import owned_piece, pool
from recommender.outfit.slots import Slot, fitting, missing
from recommender.outfit.words import why
from recommender.query import Query
from recommender.sources import (
    Seen,
    garment_selected,
    photo_fetched,
    photo_kept,
    photo_known,
    photo_looked_at,
    photo_named,
)
from recommender.timing import Timings
from recommender.usage import photo_paid, product_counted, product_paid, quota_held
from tenants.models import Shop
from tenants.problems import Problem
from tenants.scope import shop_scope
from vision.types import Box


@dataclass(frozen=True, slots=True)
class Wish:
    """How to complete a look: `choices` a slot, of products that pass the filters."""

    filters: Filters = field(default_factory=Filters)
    choices: int = 4
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class Owned:
    """A photo of what a shopper owns: one of `image`, `image_url` and `image_id`; and which of the
    garments in it, all where `every_object`."""

    image: bytes | None = None
    image_url: str = ""
    image_id: uuid.UUID | None = None
    box: Box | None = None
    object: int | None = None
    every_object: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A product for one slot; `photo` is its first that has been tagged."""

    product: Product
    photo: Photo | None
    choice: Choice
    sentence: str


@dataclass(frozen=True, slots=True)
class OutfitRow:
    slot: Slot
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Outfit:
    """Rows of choices, the first ones together a look. `query` is the photo, if there was one;
    `worn_alone` says that nothing goes with such a garment: sleepwear, underwear."""

    owned: tuple[Piece, ...]
    rows: tuple[OutfitRow, ...]
    query: Query | None = None
    worn_alone: bool = False


def product_outfit(*, shop: Shop, sku: str, wish: Wish) -> Outfit:
    """What completes a product of the shop; counted as a search by product is. Raises Problem."""
    revision = live_revision(shop)
    with shop_scope(shop):
        quota_held(shop, paid=partial(product_paid, sku))
        product_id = Product.objects.filter(sku=sku).values_list("pk", flat=True).first()
        if product_id is None:
            raise Problem("product_not_found")
        filters_check(wish.filters)
        piece = owned_piece(product_id, revision=revision)
        if piece is None:
            raise Problem("product_not_ready")
        outfit = _completed(shop, [piece], wish=wish, revision=revision)
        product_counted(shop=shop, sku=sku)
        return outfit


def photo_outfit(*, shop: Shop, owned: Owned, wish: Wish, timings: Timings) -> Outfit:
    """What completes the garments of a photo; counted as a search by photo is. Raises Problem."""
    revision = live_revision(shop)
    with shop_scope(shop):
        if owned.image_id is None:
            quota_held(shop, paid=partial(_paid, owned))
        filters_check(wish.filters)
        if not searchable(revision).exists():
            raise Problem("no_products_ready" if Product.objects.exists() else "no_products")
        named = owned.image_id
        seen = photo_named(named, box=owned.box, revision=revision) if named else None
    if seen is None:
        seen = _seen(shop=shop, owned=owned, revision=revision, timings=timings)
    if not seen.query.found:
        raise Problem("no_garment")
    query = garment_selected(seen.query, owned.object)
    garments = query.garments if owned.every_object else (query.garment,)
    with shop_scope(shop):
        outfit = _completed(
            shop, [Piece.seen(one) for one in garments], wish=wish, revision=revision
        )
        kept = photo_kept(seen, shop=shop, box=owned.box, revision=revision)
        named_query = garment_selected(kept, owned.object)
    return Outfit(outfit.owned, outfit.rows, named_query, outfit.worn_alone)


def _paid(owned: Owned) -> bool:
    return owned.image is not None and photo_paid(digest_of(owned.image))


def _seen(*, shop: Shop, owned: Owned, revision: str, timings: Timings) -> Seen:
    """The photo's garments: remembered, or looked at now."""
    data = owned.image if owned.image is not None else photo_fetched(owned.image_url, timings)
    with shop_scope(shop):
        known = photo_known(digest_of(data), box=owned.box, revision=revision, shop=shop)
    return known or photo_looked_at(data, box=owned.box, revision=revision, timings=timings)


def _completed(shop: Shop, owned: Sequence[Piece], *, wish: Wish, revision: str) -> Outfit:
    """In the shop's scope."""
    categories = [piece.category for piece in owned]
    ways = missing(categories)
    slots = {slot: fitting(slot, categories) for way in ways for slot in way}
    taken = together([one.product_id for one in owned if one.product_id is not None])
    filters = with_hidden(wish.filters, shop=shop)
    pieces = pool(owned, slots, revision=revision, filters=filters, together=list(taken))
    rows = compose(owned, pieces, ways=ways, together=taken, choices=wish.choices)
    return Outfit(
        owned=tuple(owned), rows=_with_products(owned, rows, wish.lang), worn_alone=not ways
    )


def _with_products(owned: Sequence[Piece], rows: Sequence[Row], lang: str) -> tuple[OutfitRow, ...]:
    ids = [choice.piece.product_id for row in rows for choice in row.choices]
    products = Product.objects.in_bulk(ids)
    photos = first_photos(products)
    return tuple(
        OutfitRow(
            row.slot,
            tuple(
                Suggestion(products[key], photos.get(key), choice, why(owned, choice, lang))
                for choice in row.choices
                if (key := choice.piece.product_id) is not None and key in products
            ),
        )
        for row in rows
    )
