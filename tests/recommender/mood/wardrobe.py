"""Shops whose products are of certain styles."""

from typing import Any

from catalog import seeing
from catalog.models import Photo, Product, Tag
from recommender.mood.services import mood_refresh
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_garment, make_photo, make_product

Source = Tag.Source


def hang(
    shop: Shop,
    style: str,
    *,
    sure: float = 1.0,
    rest: str = "",
    source: str = Source.MODEL,
    product: Any = (),
    **garment: Any,
) -> Product:
    """A product of a style as the live bundle saw it, `sure` of it; `rest` is the other style."""
    made = make_product(shop, **dict(product))
    revision = seeing.revision()
    photo = make_photo(made, stored=False, state=Photo.State.DONE, revision=revision)
    make_garment(photo, **({"style": style, "revision": revision} | garment))
    top = [[style, sure], [rest, round(1 - sure, 4)]] if rest else [[style, sure]]
    with shop_scope(shop):
        Tag.objects.create(
            product=made,
            kind="style",
            value=style,
            source=source,
            probability=sure if source == Source.MODEL else None,
            top=top if source == Source.MODEL else [],
        )
    return made


def wardrobe(shop: Shop, **styles: int) -> Shop:
    """So many products of each style, counted."""
    for style, count in styles.items():
        for _ in range(count):
            hang(shop, style)
    mood_refresh(shop=shop)
    return shop
