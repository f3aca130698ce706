"""Sums of all malls for some days, from `ShopDay`: three statements, whatever there is to sum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analytics.insights.dates import Dates
from analytics.selectors.shops import ShopFigures, shop_figures
from tenants.models import Mall, Shop

COUNTS = ("searches", "poor", "clicks", "carts", "purchases", "conversions")


@dataclass(frozen=True)
class Figures:
    """Of a mall, or of all. Amounts by currency, in its smallest unit."""

    searches: int
    poor: int
    clicks: int
    carts: int
    purchases: int
    conversions: int
    revenue: Mapping[str, int]
    attributed: Mapping[str, int]

    @property
    def click_rate(self) -> float | None:
        return self.clicks / self.searches if self.searches else None

    @property
    def poor_percent(self) -> float | None:
        return 100 * self.poor / self.searches if self.searches else None


@dataclass(frozen=True)
class MallFigures:
    """`before` is of the days compared with, None where there are none."""

    mall: Mall
    shops: int
    now: Figures
    before: Figures | None

    @property
    def moved(self) -> float | None:
        """How many per cent more searches than before."""
        if self.before is None or not self.before.searches:
            return None
        return 100 * (self.now.searches / self.before.searches - 1)


def malls_figures(dates: Dates) -> list[MallFigures]:
    """Every mall with a shop, those with the most searches first."""
    of_mall: dict[int, list[int]] = {}
    for shop, mall in Shop.objects.values_list("pk", "mall"):
        of_mall.setdefault(mall, []).append(shop)
    malls = Mall.objects.in_bulk(of_mall)
    now = shop_figures(start=dates.start, end=dates.end)
    before = _before(dates.compared)
    found = [
        MallFigures(
            malls[mall],
            len(shops),
            _together(now, shops),
            None if before is None else _together(before, shops),
        )
        for mall, shops in of_mall.items()
        if mall in malls
    ]
    return sorted(found, key=lambda one: (-one.now.searches, one.mall.name))


def whole(malls: Sequence[MallFigures]) -> Figures:
    return _sum([one.now for one in malls])


def of_shops(dates: Dates, shops: Sequence[Shop]) -> dict[int, Figures]:
    """By shop, quiet ones too."""
    ids = [shop.pk for shop in shops]
    found = shop_figures(start=dates.start, end=dates.end, shop_ids=ids)
    return {pk: _together(found, [pk]) for pk in ids}


def _before(compared: tuple[date, date] | None) -> dict[int, ShopFigures] | None:
    return shop_figures(start=compared[0], end=compared[1]) if compared else None


def _together(by_shop: Mapping[int, ShopFigures], shops: Sequence[int]) -> Figures:
    return _sum([by_shop[shop] for shop in shops if shop in by_shop])


def _sum(parts: Sequence[ShopFigures] | Sequence[Figures]) -> Figures:
    counts = {name: sum(getattr(one, name) for one in parts) for name in COUNTS}
    return Figures(
        **counts, revenue=_money(parts, "revenue"), attributed=_money(parts, "attributed")
    )


def _money(parts: Sequence[ShopFigures] | Sequence[Figures], name: str) -> dict[str, int]:
    sums: dict[str, int] = {}
    for one in parts:
        for currency, amount in getattr(one, name).items():
            sums[currency] = sums.get(currency, 0) + amount
    return sums
