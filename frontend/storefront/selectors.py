"""What the hosted storefront shows of a catalogue. Call inside the shop's scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse

from catalog.models import Garment, Photo, Product
from catalog.money import display
from catalog.selectors import effective_tags
from catalog.shop_taxonomy import shop_taxonomy
from frontend.storefront.small import srcset
from recommender.filter_labels import value_label
from recommender.services import Match
from tenants.models import Shop
from vision.taxonomy import taxonomy

KINDS = 8
"""Categories shown with a photo."""
VARIANTS = 12


@dataclass(frozen=True)
class Card:
    """A product as the grid shows it; prices as a shopper reads them."""

    sku: str
    title: str
    brand: str
    url: str
    image_url: str
    srcset: str
    width: int | None
    height: int | None
    price_display: str
    sale_price_display: str | None
    in_stock: bool
    category: str
    category_label: str
    colors: list[dict[str, Any]]


def products(*, category: str = "", query: str = "") -> QuerySet[Product]:
    """Products with a readable photo, one row each, newest last."""
    found = Product.objects.filter(photos__state=Photo.State.DONE).distinct().order_by("id")
    if category:
        counted = shop_taxonomy().with_merged("category", (category,))
        found = found.filter(garments__is_product=True, garments__category__in=counted)
    if query:
        found = found.filter(
            Q(title__icontains=query) | Q(brand__icontains=query) | Q(sku__iexact=query)
        )
    return found.prefetch_related(
        Prefetch("photos", queryset=Photo.objects.filter(state=Photo.State.DONE)),
        Prefetch("garments", queryset=Garment.objects.filter(is_product=True).order_by("-area")),
    )


def categories(lang: str) -> list[dict[str, str]]:
    """The categories that the shop sells, the fullest first."""
    counts: dict[str, int] = {}
    own = shop_taxonomy()
    sold = Garment.objects.filter(is_product=True).order_by()
    for seen, count in sold.values_list("category").annotate(Count("pk")):
        category = own.counts_as("category", seen)
        if not own.is_hidden("category", category):
            counts[category] = counts.get(category, 0) + count
    ordered = sorted(counts, key=lambda one: -counts[one])
    return [{"id": one, "label": value_label("category", one, lang)} for one in ordered]


def card(product: Product, *, shop: Shop, lang: str) -> Card:
    shown = picture(next(iter(product.photos.all()), None), shop)
    garment = next(iter(product.garments.all()), None)
    category = garment.category if garment else ""
    return Card(
        sku=product.sku,
        title=product.text("title", lang),
        brand=product.brand,
        url=reverse("storefront-product", args=[shop.slug, product.sku]),
        image_url=shown.image_url,
        srcset=shown.srcset,
        width=shown.width,
        height=shown.height,
        price_display=display(product.price, product.currency, lang),
        sale_price_display=(
            display(product.sale_price, product.currency, lang)
            if product.sale_price is not None
            else None
        ),
        in_stock=product.in_stock,
        category=category,
        category_label=value_label("category", category, lang) if category else "",
        colors=garment.palette[:3] if garment else [],
    )


@dataclass(frozen=True)
class Picture:
    """A photo for `<img>`; without one every part is empty."""

    image_url: str = ""
    srcset: str = ""
    width: int | None = None
    height: int | None = None


def picture(photo: Photo | None, shop: Shop) -> Picture:
    if photo is None or not photo.file:
        return Picture()
    url = photo.file.url
    name = str(photo.file.name)
    return Picture(url, srcset(shop, name, photo.width, url), photo.width, photo.height)


@dataclass(frozen=True)
class Kind:
    """A category that the shop sells, with a photo of one of its products."""

    id: str
    label: str
    card: Card


def kinds(found: Sequence[dict[str, str]], *, shop: Shop, lang: str) -> list[Kind]:
    """The first of these categories, each with the product that is largest in its photo."""
    own = shop_taxonomy()
    seen = Garment.objects.filter(is_product=True, in_stock=True).order_by("category", "-area")
    largest: dict[str, int] = {}
    for category, pk in seen.distinct("category").values_list("category", "product_id"):
        largest.setdefault(own.counts_as("category", category), pk)
    shown = {one.pk: one for one in products().filter(pk__in=largest.values())}
    sold = [(one, shown.get(largest.get(one["id"], 0))) for one in found]
    return [
        Kind(one["id"], one["label"], card(product, shop=shop, lang=lang))
        for one, product in sold
        if product is not None
    ][:KINDS]


@dataclass(frozen=True)
class Variant:
    """One of a product's variants; what sets it apart is its colour."""

    card: Card
    label: str
    chosen: bool


def variants(product: Product, *, shop: Shop, lang: str) -> list[Variant]:
    """All variants of a product, itself among them; none where it is the only one."""
    if not product.variant_group:
        return []
    shown = products().filter(variant_group=product.variant_group)[:VARIANTS]
    cards = [card(one, shop=shop, lang=lang) for one in shown]
    if len(cards) < 2:
        return []
    shared = _shared([one.title for one in cards])
    return [
        Variant(one, one.title[shared:].strip(" ,·-/") or one.title, one.sku == product.sku)
        for one in cards
    ]


def _shared(titles: Sequence[str]) -> int:
    """How many letters all titles begin with, up to the last whole word."""
    least, most = min(titles), max(titles)
    pairs = zip(least, most, strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return least.rfind(" ", 0, same) + 1


@dataclass(frozen=True)
class Fact:
    """A tag as the product page shows it; `confidence` only where a model said it."""

    head_label: str
    label: str
    confidence: float | None


def facts(product: Product, lang: str) -> list[Fact]:
    """What is known of a product: the highest source of each head, without guesses."""
    words = taxonomy()
    sure = effective_tags(product.tags.filter(unsure=False))
    return [
        Fact(
            head_label=_head_label(kind, lang),
            label=value_label(kind, tag.value, lang),
            confidence=tag.probability,
        )
        for kind, tag in sure.items()
        if kind in words.kinds and tag.value in words.terms(kind)
    ]


def _head_label(kind: str, lang: str) -> str:
    attribute = taxonomy().attributes.get(kind)
    if attribute:
        return attribute.label(lang)
    korean, english = {
        "category": ("종류", "Category"),
        "pattern": ("무늬", "Pattern"),
        "style": ("스타일", "Style"),
        "color": ("색", "Colour"),
    }[kind]
    return korean if lang == "ko" else english


def cards_of(matches: Sequence[Match], *, shop: Shop, lang: str) -> list[Card]:
    """The cards of a search's answer, in its order."""
    order = {match.product.pk: place for place, match in enumerate(matches)}
    found = sorted(products().filter(pk__in=order), key=lambda one: order[one.pk])
    return [card(one, shop=shop, lang=lang) for one in found]
