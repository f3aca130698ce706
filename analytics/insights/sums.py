"""The days' sums as the reports read them: few statements over small rows. In the shop's scope."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum

from analytics.insights.dates import Dates, Step, bucket
from analytics.insights.sheets import ratio
from analytics.models import DaySum, Dimension

MONEY = ("revenue", "attributed")
Money = dict[str, int]


@dataclass(frozen=True, slots=True)
class Sums:
    """What was counted, as `DaySum` says; money by currency, in its smallest unit."""

    searches: int = 0
    nothing: int = 0
    poor: int = 0
    visitors: int = 0
    impressions: int = 0
    clicks: int = 0
    views: int = 0
    carts: int = 0
    purchases: int = 0
    conversions: int = 0
    milliseconds: int = 0
    revenue: Money = field(default_factory=dict)
    attributed: Money = field(default_factory=dict)

    @property
    def click_rate(self) -> float | None:
        """Clicks on results for each search."""
        return ratio(self.clicks, self.searches)

    @property
    def seen_rate(self) -> float | None:
        """Clicks for each time that a product was seen among results."""
        return ratio(self.clicks, self.impressions)

    @property
    def poor_share(self) -> float | None:
        """Of searches, those without a good answer."""
        return ratio(self.poor, self.searches)

    @property
    def mean_milliseconds(self) -> float | None:
        return ratio(self.milliseconds, self.searches)


COUNTED = tuple(one.name for one in fields(Sums) if one.name not in MONEY)
NONE = Sums()


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
    return _gathered(rows, ("value",))


def by_dimension(
    dimensions: Iterable[Dimension], start: date, end: date
) -> dict[str, dict[str, Sums]]:
    """Several dimensions by their values, in one statement."""
    rows = DaySum.objects.filter(dimension__in=list(dimensions), day__gte=start, day__lte=end)
    found: dict[str, dict[str, Sums]] = {}
    for (dimension, value), sums in _gathered(rows, ("dimension", "value")).items():
        found.setdefault(dimension, {})[value] = sums
    return found


def by_day(dimension: Dimension, start: date, end: date, *, value: str = "") -> dict[date, Sums]:
    return _gathered(_rows(dimension, start, end).filter(value=value), ("day",))


def by_day_and_value(
    dimension: Dimension, start: date, end: date, values: Iterable[str]
) -> dict[tuple[date, str], Sums]:
    rows = _rows(dimension, start, end).filter(value__in=list(values))
    return _gathered(rows, ("day", "value"))


def stepped(days: Mapping[date, Sums], start: date, end: date, step: Step) -> dict[date, Sums]:
    """Days joined to weeks or months; quiet ones are there too."""
    found: dict[date, list[Sums]] = {}
    for number in range((end - start).days + 1):
        day = date.fromordinal(start.toordinal() + number)
        found.setdefault(max(start, bucket(day, step)), []).append(days.get(day, NONE))
    return {day: joined(sums) for day, sums in found.items()}


def joined(sums: Iterable[Sums]) -> Sums:
    held = list(sums)
    if len(held) == 1:
        return held[0]
    counts: dict[str, Any] = {name: sum(getattr(one, name) for one in held) for name in COUNTED}
    for name in MONEY:
        money: dict[str, int] = {}
        for one in held:
            for currency, amount in getattr(one, name).items():
                money[currency] = money.get(currency, 0) + amount
        counts[name] = money
    return Sums(**counts)


def _rows(dimension: Dimension, start: date, end: date) -> QuerySet[DaySum]:
    found: QuerySet[DaySum] = DaySum.objects.filter(
        dimension=dimension, day__gte=start, day__lte=end
    )
    return found


def _gathered(rows: QuerySet[DaySum], names: tuple[str, ...]) -> dict[Any, Sums]:
    """Sums by one name, or by a tuple of two; numbers and money stand in different rows."""
    summed = rows.order_by().values(*names, "currency")
    found: dict[Any, dict[str, Any]] = {}
    for row in summed.annotate(**{f"all_{name}": Sum(name) for name in (*COUNTED, *MONEY)}):
        key = row[names[0]] if len(names) == 1 else tuple(row[name] for name in names)
        held = found.setdefault(key, {**dict.fromkeys(COUNTED, 0), "revenue": {}, "attributed": {}})
        for name in COUNTED:
            held[name] += row[f"all_{name}"]
        for name in MONEY:
            if row["currency"] and row[f"all_{name}"]:
                held[name][row["currency"]] = int(row[f"all_{name}"])
    return {key: Sums(**held) for key, held in found.items()}
