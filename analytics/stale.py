"""Days whose sums are no longer what was told: found by counting, marked where counts stay."""

from collections.abc import Collection
from datetime import date, timedelta

from django.conf import settings
from django.db import connection

from analytics.models import DayRolled
from tenants.scope import current_shop_id

# A click that is told late may have led to a purchase of a later day, which was summed up already.
_STALE = """
    WITH told AS (
        SELECT shop_id, day, sum(quantity) AS facts FROM analytics_dailycount GROUP BY 1, 2
    ), stale AS (
        SELECT shop_id, day FROM told LEFT JOIN analytics_dayrolled AS rolled USING (shop_id, day)
        WHERE rolled.facts IS DISTINCT FROM told.facts
    )
    SELECT shop_id, day FROM stale
    UNION
    SELECT later.shop_id, later.day FROM stale
    JOIN analytics_dailycount AS later ON later.shop_id = stale.shop_id
        AND later.type = 'purchase' AND later.day > stale.day AND later.day <= stale.day + %s
    ORDER BY 1, 2
"""


def stale_days() -> list[tuple[int, date]]:
    """Shop and day of all that has to be summed up again, in order. Outside every scope."""
    with connection.cursor() as cursor:
        cursor.execute(_STALE, [settings.ATTRIBUTION_DAYS])
        return [(shop_id, day) for shop_id, day in cursor.fetchall()]


def days_stale(days: Collection[date]) -> None:
    """Of the shop in scope: what these days are summed up of was changed, not only added to."""
    last = timedelta(days=settings.ATTRIBUTION_DAYS)
    for day in days:
        later = DayRolled.objects.filter(shop_id=current_shop_id(), day__gte=day)
        later.filter(day__lte=day + last).update(facts=-1)
