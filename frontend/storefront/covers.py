"""Looks as pages show them from outside: photo, title, story. Call inside the shop's scope."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from catalog.models import Product
from frontend.storefront.selectors import Card
from frontend.storefront.small import srcset
from recommender.looks.selectors import published
from recommender.models import Look
from tenants.models import Shop

FEW = 3
"""Looks of one product."""
APART = 7


@dataclass(frozen=True)
class Cover:
    """A photo that leads somewhere; `number` is its place in the lookbook, from 1, 0 for none."""

    slug: str
    title: str
    story: str
    url: str
    image_url: str
    srcset: str
    width: int | None
    height: int | None
    number: int = 0


def covers(shop: Shop, lang: str, *, limit: int | None = None) -> list[Cover]:
    """The published looks in the shop's order."""
    return [cover(one, shop, lang, number) for number, one in enumerate(published()[:limit], 1)]


def with_product(shop: Shop, product: Product, lang: str) -> list[Cover]:
    """Looks that the product is a piece of."""
    shown: QuerySet[Look] = published().filter(items__product=product).distinct()
    return [cover(one, shop, lang) for one in shown[:FEW]]


def of_products(cards: Sequence[Card], count: int) -> list[Cover]:
    """Products in the place of looks, where a shop has too few of them. A shelf begins with like
    things: they are taken apart from one another, if there are enough."""
    shown = [one for one in cards if one.image_url]
    step = max(1, min(APART, len(shown) // count))
    return [
        Cover(one.sku, one.title, "", one.url, one.image_url, one.srcset, one.width, one.height)
        for one in shown[::step][:count]
    ]


def cover(look: Look, shop: Shop, lang: str, number: int = 0) -> Cover:
    return Cover(
        slug=look.slug,
        title=look.text("title", lang),
        story=look.text("story", lang),
        url=reverse("storefront-look", args=[shop.slug, look.slug]),
        image_url=look.photo.url,
        srcset=srcset(shop, str(look.photo.name), look.width, look.photo.url),
        width=look.width,
        height=look.height,
        number=number,
    )


def neighbours(shown: Sequence[Cover], slug: str) -> tuple[Cover | None, Cover | None]:
    """The look before and the one after; the lookbook is a ring."""
    at = next((place for place, one in enumerate(shown) if one.slug == slug), None)
    if at is None or len(shown) < 2:
        return None, None
    return shown[at - 1], shown[(at + 1) % len(shown)]
