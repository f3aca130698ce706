"""The ledger of the shop in scope, day by day and row by row, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from billing.models import Kind, LedgerDay, LedgerEntry

MOST_DAYS = 366


@dataclass(frozen=True)
class Span:
    """Days from `start` to `end`, both with it, in the time zone of the installation."""

    start: date
    end: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From, and until without it."""
        return _midnight(self.start), _midnight(self.end + timedelta(days=1))


@dataclass(frozen=True)
class DayUse:
    day: date
    photos: int
    searches: int


@dataclass(frozen=True)
class Place:
    """After which row the list goes on."""

    at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.pk}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """What `str` of one gave; None for everything else."""
        moment, _, number = text.partition("~")
        try:
            at = datetime.fromisoformat(moment)
        except ValueError:
            return None
        fits = at.tzinfo is not None and number.isascii() and number.isdecimal()
        return cls(at, int(number)) if fits and len(number) < 19 else None


def span_read(*, start: str, end: str, today: date) -> Span:
    """The days that a form asks for, this month where it asks for none.

    Turned round where they stand the wrong way, and at most a year: the end holds.
    """
    last = _day(end) or today
    first = _day(start) or last.replace(day=1)
    first, last = min(first, last), max(first, last)
    return Span(max(first, last - timedelta(days=MOST_DAYS - 1)), last)


def days(span: Span) -> list[DayUse]:
    """Days on which something was used, the newest first. One statement."""
    rows = LedgerDay.objects.filter(day__gte=span.start, day__lte=span.end)
    found: dict[date, dict[str, int]] = {}
    for day, kind, quantity in rows.order_by("-day").values_list("day", "kind", "quantity"):
        found.setdefault(day, {})[kind] = quantity
    return [
        DayUse(day, used.get(Kind.PHOTO, 0), used.get(Kind.SEARCH, 0))
        for day, used in found.items()
        if any(used.values())
    ]


def rows(span: Span, *, kind: str = "", after: Place | None = None) -> QuerySet[LedgerEntry]:
    """The rows of these days, those of `kind` only, that stand behind `after`."""
    start, end = span.moments
    chosen = LedgerEntry.objects.filter(at__gte=start, at__lt=end)
    if kind:
        chosen = chosen.filter(kind=kind)
    if after:
        chosen = chosen.filter(
            Q(at__lt=after.at) | Q(at=after.at, pk__lt=after.pk), at__lte=after.at
        )
    return chosen.select_related("reverses").order_by("-at", "-pk")


def place_behind(shown: Sequence[LedgerEntry]) -> Place:
    return Place(shown[-1].at, shown[-1].pk)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
