"""Days summed up, each in a transaction of its own."""

import logging
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Sum
from django.utils import timezone

from analytics.models import DailyCount, DayRolled, DaySum, Dimension, ShopDay
from analytics.months import months_around
from analytics.rollup.statement import COPY, ROLL
from analytics.stale import stale_days
from recommender.direct import direct
from tenants.models import Shop
from tenants.scope import current_shop_id, shop_scope

logger = logging.getLogger(__name__)


def day_roll(shop: Shop | int, day: date) -> None:
    """Sum up one day of a shop anew. Outside every scope.

    How many facts there are is read first: what comes meanwhile makes the day stale once more.
    Errors are counted when they happen (`analytics.failures`), and stay.
    """
    with shop_scope(shop):
        shop_id = current_shop_id()
        _one_at_a_time(shop_id)
        counts = DailyCount.objects.filter(shop_id=shop_id, day=day)
        facts = counts.aggregate(facts=Sum("quantity"))["facts"] or 0
        DaySum.objects.filter(day=day).exclude(dimension=Dimension.ERROR).delete()
        ShopDay.objects.filter(shop_id=shop_id, day=day).delete()
        asked = {"day": day, **_bounds(day)}
        direct(ROLL, asked)
        direct(COPY, asked)
        DayRolled.objects.update_or_create(
            shop_id=shop_id, day=day, defaults={"facts": facts, "at": timezone.now()}
        )


def days_roll() -> int:
    """Sum up every day of every shop that has changed since; how many. One that fails is told in
    the log and tried again the next time."""
    rolled = 0
    for shop_id, day in stale_days():
        try:
            day_roll(shop_id, day)
        except DatabaseError:
            logger.exception("day %s of shop %s was not summed up", day, shop_id)
        else:
            rolled += 1
    return rolled


def _one_at_a_time(shop_id: int) -> None:
    """Two that sum up the same shop would each add their rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('daysum', %s))", [shop_id])


def _bounds(day: date) -> dict[str, Any]:
    """The day's parameters: its ends by the installation's clock, and the partitions to ask."""
    start, end = (
        timezone.make_aware(datetime.combine(one, time())) for one in (day, day + timedelta(days=1))
    )
    window = timedelta(days=settings.ATTRIBUTION_DAYS)
    return {
        "start": start,
        "end": end,
        "since": start - window,
        "window": window,
        "months": months_around(start, end),
        "before": months_around(start - window, end),
        "zone": settings.TIME_ZONE,
    }
