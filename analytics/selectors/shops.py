"""Sums of several shops, for their mall and for operators: outside every scope, from small rows.

Whoever calls says which shops: a mall's person may see those of the mall alone.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from analytics.counted import Sums, gathered
from analytics.models import ShopDay


def shop_figures(
    *, start: date, end: date, shop_ids: Collection[int] | None = None
) -> dict[int, Sums]:
    """By shop, the sums of these days, both ends included; of all shops without `shop_ids`.

    Shops without anything are missing. One statement.
    """
    return gathered(_rows(start, end, shop_ids), ("shop_id",))


def shop_figures_by_day(
    *, start: date, end: date, shop_ids: Collection[int] | None = None
) -> dict[date, Sums]:
    """By day, the sums of these shops together; quiet days are missing. One statement."""
    return gathered(_rows(start, end, shop_ids), ("day",))


def _rows(start: date, end: date, shop_ids: Collection[int] | None) -> QuerySet[ShopDay]:
    rows: QuerySet[ShopDay] = ShopDay.objects.filter(day__gte=start, day__lte=end)
    return rows if shop_ids is None else rows.filter(shop_id__in=shop_ids)
