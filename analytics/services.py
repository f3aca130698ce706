"""Count what shoppers do. Call in the shop's scope."""

import uuid
from datetime import date
from typing import Any

from django.utils import timezone

from analytics.models import EventType
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


def count(*, shop: Shop, kind: EventType, quantity: int = 1, day: date | None = None) -> None:
    """Add to a day of the shop, which is in scope; today's without `day`."""
    direct(_COUNT, [day or timezone.localdate(), kind.value, quantity])
