"""Sums of all malls for some days, from `ShopDay`: three statements, whatever there is to sum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analytics.counted import Sums, joined
from analytics.insights.dates import Dates
from analytics.selectors.shops import shop_figures
from tenants.models import Mall, Shop


@dataclass(frozen=True)
class MallFigures:
    """`before` is of the days compared with, None where there are none."""

    mall: Mall
    shops: int
    now: Sums
    before: Sums | None

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


def whole(malls: Sequence[MallFigures]) -> Sums:
    return joined(one.now for one in malls)


def of_shops(dates: Dates, shops: Sequence[Shop]) -> dict[int, Sums]:
    """By shop, quiet ones too."""
    ids = [shop.pk for shop in shops]
    found = shop_figures(start=dates.start, end=dates.end, shop_ids=ids)
    return {pk: _together(found, [pk]) for pk in ids}


def _before(compared: tuple[date, date] | None) -> dict[int, Sums] | None:
    return shop_figures(start=compared[0], end=compared[1]) if compared else None


def _together(by_shop: Mapping[int, Sums], shops: Sequence[int]) -> Sums:
    return joined(by_shop[shop] for shop in shops if shop in by_shop)
