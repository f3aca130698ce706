"""Count what shoppers do. Call in the shop's scope."""

import uuid
from typing import Any

from django.utils import timezone

from analytics.models import Event, EventType
from catalog.services.reviews.seen import products_seen
from recommender.direct import direct
from tenants.models import Shop

_SEARCHED = """
    INSERT INTO analytics_event
        (shop_id, type, search_id, sku, results, category, milliseconds, at)
    VALUES ({shop}, %s, %s, '', %s, %s, %s, %s)
"""
_COUNT = """
    INSERT INTO analytics_dailycount (shop_id, day, type, quantity) VALUES ({shop}, %s, %s, %s)
    ON CONFLICT (shop_id, day, type)
    DO UPDATE SET quantity = analytics_dailycount.quantity + excluded.quantity
"""


class UnknownSearch(LookupError):
    """The shop in scope answered no search of this id."""


def search_recorded(
    *,
    shop: Shop,
    search_id: uuid.UUID,
    results: int,
    category: str,
    milliseconds: int,
    **_signal: Any,
) -> None:
    """Keep one answered search and add it to the day. Listens to `search_answered`."""
    direct(
        _SEARCHED,
        [EventType.SEARCH.value, search_id, results, category, milliseconds, timezone.now()],
    )
    count(shop=shop, kind=EventType.SEARCH)


def click_recorded(
    *, shop: Shop, search_id: uuid.UUID, sku: str, position: int | None = None
) -> bool:
    """Keep a click on a result; False when this one was counted before.

    `position` counts from 1. Raises UnknownSearch.
    """
    if not Event.objects.filter(type=EventType.SEARCH, search_id=search_id).exists():
        raise UnknownSearch(str(search_id))
    _, new = Event.objects.get_or_create(
        type=EventType.CLICK, search_id=search_id, sku=sku, defaults={"position": position}
    )
    if new:
        count(shop=shop, kind=EventType.CLICK)
        products_seen(skus=[sku])
    return new


def count(*, shop: Shop, kind: EventType, quantity: int = 1) -> None:
    """Add to the day of the shop, which is in scope."""
    direct(_COUNT, [timezone.localdate(), kind.value, quantity])
