"""The last days of a shop, for the plain page."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from analytics.models import DailyCount, Event, EventType
from tenants.models import Shop

SHOWN_DAYS = 30


@dataclass(frozen=True)
class Day:
    """A shop's day; `click_rate` is clicks ÷ searches, None without searches."""

    day: date
    searches: int
    clicks: int

    @property
    def click_rate(self) -> float | None:
        return self.clicks / self.searches if self.searches else None


def daily_counts(shop: Shop, *, days: int = SHOWN_DAYS) -> list[Day]:
    """The last days of a shop, today first, quiet ones too. Needs no scope."""
    today = timezone.localdate()
    shown = [today - timedelta(days=back) for back in range(days)]
    rows = DailyCount.objects.filter(shop=shop, day__in=shown)
    counts = {(row.day, row.type): row.quantity for row in rows}
    return [
        Day(day, counts.get((day, EventType.SEARCH), 0), counts.get((day, EventType.CLICK), 0))
        for day in shown
    ]


def events_newest(limit: int = 50) -> QuerySet[Event]:
    """The last events of the shop in scope, newest first."""
    return Event.objects.order_by("-at", "-id")[:limit]
