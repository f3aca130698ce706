"""One search: what it looked for, what the shopper saw and did, and what it would find today."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from pgvector.django import CosineDistance

from analytics.insights.cells import KINDS
from analytics.insights.searches import named, photos_of
from analytics.models import Event, EventType, SearchDetail
from analytics.months import months_around, search_month
from catalog.models import Garment, Product
from catalog.money import display
from catalog.selectors import first_photos, live_revision
from recommender.admin.fields import filters_said
from recommender.asked import Asked as SearchAsked
from recommender.listing import Sought, listing
from recommender.query import Query
from recommender.words import understand
from tenants.models import Shop

EXAMPLES = 8
READ = 60
"""The nearest garments, of which the first products are shown."""
TOLD_WITHIN = timedelta(days=31)
"""An event of a search is told at most so long after it."""
MOST_EVENTS = 200
ACTS = {
    EventType.IMPRESSION: _("Seen"),
    EventType.CLICK: _("Clicked"),
    EventType.VIEW: _("Page opened"),
    EventType.CART: _("Put into the cart"),
    EventType.PURCHASE: _("Bought"),
}


@dataclass(frozen=True, slots=True)
class OneSearch:
    """`acts` are the events of the search, `examples` products that it finds today."""

    search: SearchDetail
    kind: Any
    named: Sequence[dict[str, str]]
    filters: Sequence[str]
    acts: Sequence[dict[str, Any]]
    examples: Sequence[dict[str, Any]]


def one_search(*, shop: Shop, search_id: uuid.UUID, language: str) -> OneSearch | None:
    """None where the shop in scope answered no such search."""
    rows = SearchDetail.objects.filter(search_id=search_id)
    found = rows.order_by("-at").first()
    if found is None:
        return None
    return OneSearch(
        found,
        KINDS.get(found.kind, found.kind),
        named(found),
        [str(one) for one in filters_said(found.filters, shop.currency)],
        _acts(found, shop, language),
        _examples(_found_today(shop, found, language)),
    )


def _acts(one: SearchDetail, shop: Shop, language: str) -> list[dict[str, Any]]:
    months = {
        *months_around(one.at, one.at + TOLD_WITHIN),
        search_month(one.search_id, at=one.at),
    }
    rows = (
        Event.objects.filter(search_id=one.search_id, month__in=months)
        .exclude(type=EventType.SEARCH)
        .order_by("at", "position", "pk")[:MOST_EVENTS]
    )
    events = list(rows)
    skus = {event.sku for event in events}
    photos = photos_of(skus)
    products = {row.sku: row for row in Product.objects.filter(sku__in=skus)} if skus else {}
    return [
        {
            "at": event.at,
            "label": ACTS.get(EventType(event.type), event.type),
            "title": products[event.sku].title if event.sku in products else event.sku,
            "url": _of_product(products.get(event.sku)),
            "photo": photos.get(event.sku),
            "position": event.position,
            "price": display(event.price, event.currency or shop.currency, language),
        }
        for event in events
    ]


def _of_product(product: Product | None) -> str:
    return reverse("admin:catalog_product_change", args=[product.pk]) if product else ""


def _found_today(shop: Shop, one: SearchDetail, language: str) -> list[int]:
    """Ids of products: by the garment's vector where one was kept, else by the words.

    No rule moves any: it is what lies nearest in the catalogue of today.
    """
    revision = live_revision(shop)
    if one.embedding is not None and one.revision == revision:
        near = Garment.objects.filter(revision=revision, is_product=True)
        if one.category:
            near = near.filter(category=one.category)
        wanted = np.asarray(one.embedding, np.float32)
        order = near.order_by(CosineDistance("embedding", wanted))
        return list(dict.fromkeys(order.values_list("product_id", flat=True)[:READ]))[:EXAMPLES]
    if not one.text:
        return []
    words = understand(one.text, lang=language, currency=shop.currency)
    asked = SearchAsked(text=one.text, limit=EXAMPLES, lang=language)
    made = listing(shop=shop, sought=Sought(Query(), words), asked=asked, revision=revision)
    return [row.ranked.candidate.product_id for row in made.listed[:EXAMPLES]]


def _examples(ids: list[int]) -> list[dict[str, Any]]:
    products = Product.objects.in_bulk(ids) if ids else {}
    photos = first_photos(ids) if ids else {}
    return [
        {
            "title": products[pk].title,
            "url": reverse("admin:catalog_product_change", args=[pk]),
            "photo": photos.get(pk),
        }
        for pk in ids
        if pk in products
    ]
