"""Sums of several shops, for their mall and for operators: outside every scope, from small rows.

Whoever calls says which shops: a mall's person may see those of the mall alone.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Sum

from analytics.models import COUNTS, ShopDay

MONEY = ("revenue", "attributed")
COUNTED = tuple(name for name in COUNTS if name not in MONEY)


@dataclass(frozen=True, slots=True)
class ShopFigures:
    """What was counted, as DaySum says. `revenue` is of all orders that were told, `attributed` the
    part that searches led to: by currency, in its smallest unit."""

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
    revenue: Mapping[str, int] = field(default_factory=dict)
    attributed: Mapping[str, int] = field(default_factory=dict)

    @property
    def click_rate(self) -> float | None:
        """Clicks for each search; None without searches."""
        return self.clicks / self.searches if self.searches else None


def shop_figures(
    *, start: date, end: date, shop_ids: Collection[int] | None = None
) -> dict[int, ShopFigures]:
    """By shop, the sums of these days, both ends included; of all shops without `shop_ids`.

    Shops without anything are missing. One statement.
    """
    return _by("shop_id", start, end, shop_ids)


def shop_figures_by_day(
    *, start: date, end: date, shop_ids: Collection[int] | None = None
) -> dict[date, ShopFigures]:
    """By day, the sums of these shops together; quiet days are missing. One statement."""
    return _by("day", start, end, shop_ids)


def _by(
    name: str, start: date, end: date, shop_ids: Collection[int] | None
) -> dict[Any, ShopFigures]:
    rows = ShopDay.objects.filter(day__gte=start, day__lte=end)
    if shop_ids is not None:
        rows = rows.filter(shop_id__in=shop_ids)
    summed = rows.values(name, "currency").annotate(**{f"all_{one}": Sum(one) for one in COUNTS})
    found: dict[Any, dict[str, Any]] = {}
    for row in summed.order_by():
        held = found.setdefault(row[name], {"revenue": {}, "attributed": {}})
        if not row["currency"]:
            held |= {one: int(row[f"all_{one}"]) for one in COUNTED}
            continue
        for one in MONEY:
            if amount := row[f"all_{one}"]:
                held[one][row["currency"]] = int(amount)
    return {key: ShopFigures(**held) for key, held in found.items()}
