"""What was counted, summed: of a shop's days, of many shops, of a mall."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from django.db.models import QuerySet, Sum

from analytics.insights.sheets import ratio
from analytics.models import DaySum, ShopDay

MONEY = ("revenue", "attributed")
Money = dict[str, int]


@dataclass(frozen=True, slots=True)
class Sums:
    """What was counted, as `DaySum` and `ShopDay` say; money by currency, in its smallest unit.
    `revenue` is of all orders that were told, `attributed` the part that searches led to."""

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
    def poor_percent(self) -> float | None:
        return ratio(100 * self.poor, self.searches)

    @property
    def mean_milliseconds(self) -> float | None:
        return ratio(self.milliseconds, self.searches)


COUNTED = tuple(one.name for one in fields(Sums) if one.name not in MONEY)
NONE = Sums()


def joined(sums: Iterable[Sums]) -> Sums:
    """All of them together; of none, nothing."""
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


def gathered(rows: QuerySet[DaySum] | QuerySet[ShopDay], names: tuple[str, ...]) -> dict[Any, Sums]:
    """Sums by one name, or by a tuple of two; numbers and money stand in different rows."""
    summed: Any = rows.order_by().values(*names, "currency")
    found: dict[Any, dict[str, Any]] = {}
    for row in summed.annotate(**{f"all_{name}": Sum(name) for name in (*COUNTED, *MONEY)}):
        key = row[names[0]] if len(names) == 1 else tuple(row[name] for name in names)
        held = found.setdefault(key, {**dict.fromkeys(COUNTED, 0), "revenue": {}, "attributed": {}})
        for name in COUNTED:
            held[name] += int(row[f"all_{name}"])
        for name in MONEY:
            if row["currency"] and row[f"all_{name}"]:
                held[name][row["currency"]] = int(row[f"all_{name}"])
    return {key: Sums(**held) for key, held in found.items()}
