"""The days' sums as the reports read them: few statements over small rows. In the shop's scope."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import QuerySet

from analytics.counted import NONE, Sums, gathered, joined
from analytics.insights.dates import Dates, Step, bucket
from analytics.models import DaySum, Dimension


def total(dimension: Dimension, start: date, end: date) -> Sums:
    return by_value(dimension, start, end).get("", NONE)


def whole(dates: Dates) -> tuple[Sums, Sums | None]:
    """Everything of the days shown, and of those compared with where there are any."""
    before = dates.compared
    return (
        total(Dimension.ALL, dates.start, dates.end),
        total(Dimension.ALL, *before) if before else None,
    )


def by_value(
    dimension: Dimension, start: date, end: date, *, values: Collection[str] | None = None
) -> dict[str, Sums]:
    """One statement; with `values` only those."""
    rows = _rows(dimension, start, end)
    if values is not None:
        rows = rows.filter(value__in=values)
    return gathered(rows, ("value",))


def by_dimension(
    dimensions: Iterable[Dimension], start: date, end: date
) -> dict[str, dict[str, Sums]]:
    """Several dimensions by their values, in one statement."""
    rows = DaySum.objects.filter(dimension__in=list(dimensions), day__gte=start, day__lte=end)
    found: dict[str, dict[str, Sums]] = {}
    for (dimension, value), sums in gathered(rows, ("dimension", "value")).items():
        found.setdefault(dimension, {})[value] = sums
    return found


def by_day(dimension: Dimension, start: date, end: date, *, value: str = "") -> dict[date, Sums]:
    return gathered(_rows(dimension, start, end).filter(value=value), ("day",))


def by_day_and_value(
    dimension: Dimension, start: date, end: date, values: Iterable[str]
) -> dict[tuple[date, str], Sums]:
    rows = _rows(dimension, start, end).filter(value__in=list(values))
    return gathered(rows, ("day", "value"))


def stepped(days: Mapping[date, Sums], start: date, end: date, step: Step) -> dict[date, Sums]:
    """Days joined to weeks or months; quiet ones are there too."""
    found: dict[date, list[Sums]] = {}
    for number in range((end - start).days + 1):
        day = date.fromordinal(start.toordinal() + number)
        found.setdefault(max(start, bucket(day, step)), []).append(days.get(day, NONE))
    return {day: joined(sums) for day, sums in found.items()}


def _rows(dimension: Dimension, start: date, end: date) -> QuerySet[DaySum]:
    found: QuerySet[DaySum] = DaySum.objects.filter(
        dimension=dimension, day__gte=start, day__lte=end
    )
    return found
