"""Count what shoppers do. Call in the shop's scope."""

import uuid
from typing import Any

from django.db.models import F
from django.utils import timezone

from analytics.models import DailyCount, Event, EventType
from tenants.models import Shop


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
    Event.objects.create(
        type=EventType.SEARCH,
        search_id=search_id,
        results=results,
        category=category,
        milliseconds=milliseconds,
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
    return new


def count(*, shop: Shop, kind: EventType, quantity: int = 1) -> None:
    """Add to the shop's day."""
    key = {"shop": shop, "day": timezone.localdate(), "type": kind}
    moved = DailyCount.objects.filter(**key).update(quantity=F("quantity") + quantity)
    if not moved:
        DailyCount.objects.bulk_create([DailyCount(**key)], ignore_conflicts=True)
        DailyCount.objects.filter(**key).update(quantity=F("quantity") + quantity)
