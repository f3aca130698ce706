"""Which of what is told the shop has already, and in which month it stands. In the shop's scope."""

import uuid
from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import connection

from analytics.models import Event, EventType
from analytics.months import event_month
from tenants.months import month_of
from tenants.scope import current_shop_id
from tenants.uuid7 import uuid7_time

# Of one shop, by the order's hash: two that tell the same order wait for each other.
_ONE_AFTER_THE_OTHER = """
    SELECT pg_advisory_xact_lock(hashtextextended(name, %s))
    FROM (SELECT unnest(%s::text[]) AS name ORDER BY 1) AS names
"""


def searches_held(search_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, date]:
    """The searches among these that the shop answered, with their months."""
    if not search_ids:
        return {}
    found = Event.objects.filter(type=EventType.SEARCH, search_id__in=search_ids)
    times = [uuid7_time(one) for one in search_ids]
    if all(times):
        # Partitions that cannot have them are not asked.
        found = found.filter(month__in={month_of(one) for one in times if one})
    return dict(found.values_list("search_id", "month"))


def orders_held(order_refs: Collection[str]) -> dict[str, date]:
    """Of orders (hashes) that were told before, their months.

    An order's number has no time, and page and server may tell it on two sides of a month's end: it
    stands where it was told first. Until the transaction ends nobody else tells these orders.
    """
    if not order_refs:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AFTER_THE_OTHER, [current_shop_id(), list(order_refs)])
    rows = Event.objects.filter(order_ref__in=order_refs).order_by()
    return dict(rows.values_list("order_ref", "month").distinct())


def odd_held(told: Mapping[uuid.UUID, datetime]) -> dict[uuid.UUID, date]:
    """Of ids whose time is in another month than their event's, where they stand.

    By what is odd about them (a clock that is wrong, an event told at a month's end) their month
    may come out otherwise the second time.
    """
    odd = [one for one, at in told.items() if event_month(one, at=at) != month_of(at)]
    if not odd:
        return {}
    rows = Event.objects.filter(event_id__in=odd).order_by()
    return dict(rows.values_list("event_id", "month").distinct())
