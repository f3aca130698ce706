"""The shops of a mall side by side: those whose owners let them be found in the mall.

From `ShopDay`, small sums outside every shop's scope: no row of another shop is read.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from analytics.counted import NONE, Sums, joined
from analytics.insights.cells import day_cell, money_said
from analytics.insights.dates import bucket
from analytics.insights.reports import Asked, Figure, Made, Report
from analytics.insights.sheets import Cell, Column, Sheet, change, percent, ratio, signed_percent
from analytics.selectors.shops import shop_figures, shop_figures_by_day
from billing.limits import has_feature, not_in_plan
from billing.plans import MALL_VIEW
from tenants.callers import current_caller
from tenants.models import Shop

SERIES = ("searches", "clicks", "purchases")
EMPTY = _("No shop of the mall takes part yet. An owner lets a shop take part under Settings.")


def mall(asked: Asked) -> Made:
    """Two sheets: the shops, and their days together. Guests of one shop see that shop alone."""
    if not has_feature(asked.shop.mall_id, MALL_VIEW):
        return Made(sheets=[_shops_sheet(asked, [], {}, {}, empty=not_in_plan())])
    shops = _shops(asked.shop)
    joined = [shop for shop in shops if shop.discoverable]
    ids = [shop.pk for shop in joined]
    dates, compared = asked.dates, asked.dates.compared
    now = shop_figures(start=dates.start, end=dates.end, shop_ids=ids)
    before = shop_figures(start=compared[0], end=compared[1], shop_ids=ids) if compared else {}
    left_out = [shop.name for shop in shops if not shop.discoverable]
    return Made(
        sheets=[
            _shops_sheet(asked, joined, now, before, empty=EMPTY, lead=_left_out(left_out)),
            _days_sheet(asked, ids),
        ],
        figures=_figures(asked, now, before if compared else None) if joined else (),
    )


def _shops(shop: Shop) -> Sequence[Shop]:
    rows = Shop.objects.open().filter(mall=shop.mall_id).order_by("name", "pk")
    return list(rows.filter(pk=shop.pk) if current_caller().guest else rows)


def _left_out(names: Sequence[str]) -> str:
    if not names:
        return ""
    words = ngettext("%(names)s does not take part.", "%(names)s do not take part.", len(names))
    return words % {"names": ", ".join(names)}


def _figures(
    asked: Asked, now: Mapping[int, Sums], before: Mapping[int, Sums] | None
) -> list[Figure]:
    def count(label: str, name: str) -> Figure:
        value = sum(getattr(one, name) for one in now.values())
        if before is None:
            return Figure(label, f"{value:,}", value)
        was = sum(getattr(one, name) for one in before.values())
        return Figure(label, f"{value:,}", value, was, f"{was:,}")

    led = joined(now.values()).attributed
    return [
        count(gettext("searches"), "searches"),
        count(gettext("clicks"), "clicks"),
        count(gettext("orders after a search"), "conversions"),
        Figure(
            gettext("sold after a search"),
            money_said(led, asked.language) or "–",
        ),
    ]


def _shops_sheet(
    asked: Asked,
    shops: Sequence[Shop],
    now: Mapping[int, Sums],
    before: Mapping[int, Sums],
    *,
    empty: Any,
    lead: str = "",
) -> Sheet:
    columns = [
        Column(gettext("Shop"), number=False),
        Column(gettext("Searches"), tone="ink"),
        Column(gettext("beside the days before")),
        Column(gettext("Clicks"), tone="accent"),
        Column(gettext("clicks for each search")),
        Column(gettext("Without a good answer")),
        Column(gettext("Orders")),
        Column(gettext("Revenue")),
        Column(gettext("of it after a search")),
    ]
    order = sorted(shops, key=lambda shop: (-now.get(shop.pk, NONE).searches, shop.name))
    rows = [_row(asked, shop, now.get(shop.pk, NONE), before.get(shop.pk)) for shop in order]
    return Sheet(
        "shops",
        gettext("Shop by shop"),
        columns,
        rows,
        lead=lead,
        empty=empty,
        chart="bar" if len(rows) > 1 else "",
        told=gettext("Searches and clicks of each shop."),
    )


def _row(asked: Asked, shop: Shop, now: Sums, before: Sums | None) -> list[Cell]:
    base = reverse("admin:index").removesuffix(f"{asked.shop.slug}/")
    url = f"{base}{shop.slug}/insights/{asked.dates.query()}"
    moved = change(now.searches, before.searches if before else None)
    clicks, poor = now.click_rate, ratio(now.poor, now.searches)
    revenue, led = dict(now.revenue), dict(now.attributed)
    return [
        Cell(shop.name, url=url),
        _count(now.searches),
        Cell(None if moved is None else round(moved, 4), signed_percent(moved)),
        _count(now.clicks),
        Cell(
            None if clicks is None else round(clicks, 4), "" if clicks is None else f"{clicks:.2f}"
        ),
        Cell(None if poor is None else round(poor, 4), percent(poor)),
        _count(now.purchases),
        Cell(money_said(revenue, asked.language) or None),
        Cell(money_said(led, asked.language) or None),
    ]


def _count(number: int) -> Cell:
    return Cell(number, f"{number:,}")


def _days_sheet(asked: Asked, ids: Sequence[int]) -> Sheet:
    found = shop_figures_by_day(start=asked.dates.start, end=asked.dates.end, shop_ids=ids)
    columns = [
        Column(gettext("Day"), number=False),
        Column(gettext("Searches"), tone="ink"),
        Column(gettext("Clicks"), tone="accent"),
        Column(gettext("Orders"), tone="good"),
    ]
    step = asked.dates.step
    stepped: dict[date, list[Sums]] = {}
    for day, one in sorted(found.items()):
        stepped.setdefault(max(asked.dates.start, bucket(day, step)), []).append(one)
    rows = [
        [day_cell(day, step), *(_count(sum(getattr(one, name) for one in all_)) for name in SERIES)]
        for day, all_ in stepped.items()
    ]
    return Sheet(
        "days",
        gettext("Day by day, together"),
        columns,
        rows,
        empty=gettext("Searches of the shops that take part will stand here."),
        chart="line",
        told=gettext("Searches, clicks and orders of each day."),
    )


REPORT = Report(
    slug="mall",
    label=_("All shops"),
    lead=_("The shops of your mall side by side, those that let shoppers of the mall find them."),
    make=mall,
)
