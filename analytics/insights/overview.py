"""The first page of Insights: what shoppers did, beside the days before."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.conf import settings
from django.db.models import Sum
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from analytics.counted import Sums, joined
from analytics.insights.cells import KINDS, address, day_cell, of_day
from analytics.insights.dates import Dates
from analytics.insights.figures import figures
from analytics.insights.mood import mood_of
from analytics.insights.reports import Asked, Made, Report
from analytics.insights.sheets import Cell, Column, Sheet, percent, rate, ratio
from analytics.insights.sums import by_day, by_value, stepped, whole
from analytics.models import DailyCount, Dimension, SearchDetail
from catalog.money import display

MADE = "made"


def overview(asked: Asked) -> Made:
    now, before = whole(asked.dates)
    days = _days(asked)
    return Made(
        sheets=[
            _searches(asked, days),
            _steps_to_order(asked, now, before),
            _day_by_day(asked, days),
            _ways(asked),
        ],
        figures=figures(asked, now, before),
        extra={
            "mood": mood_of(asked.shop, asked.language),
            "made": is_made(),
            "robots": _robots(asked),
        },
    )


def is_made() -> bool:
    """Whether the shop's first search was drawn by lot, as the demo's are: one read of an index."""
    first = SearchDetail.objects.order_by("at").values_list("parts_ms", flat=True).first()
    return first is not None and MADE in first


def _robots(asked: Asked) -> int:
    """Searches that are in none of these numbers."""
    days = (asked.dates.start, asked.dates.end)
    counts = DailyCount.objects.filter(shop=asked.shop, type=DailyCount.ROBOT, day__range=days)
    return counts.aggregate(made=Sum("quantity"))["made"] or 0


def _days(asked: Asked) -> Mapping[date, Sums]:
    """Of the days shown and of those compared with, in one statement."""
    compared = asked.dates.compared
    start = min(asked.dates.start, compared[0]) if compared else asked.dates.start
    return by_day(Dimension.ALL, start, asked.dates.end)


def _searches(asked: Asked, days: Mapping[date, Sums]) -> Sheet:
    dates, step = asked.dates, asked.dates.step
    shown = stepped(days, dates.start, dates.end, step)
    compared = dates.compared
    before = list(stepped(days, *compared, step).values()) if compared else []
    columns = [Column(_("Day"), number=False), Column(_("Searches"), tone="ink")]
    if compared:
        columns.append(Column(_("Before"), tone="faint", dashed=True))
    columns.append(Column(_("Clicks"), tone="accent"))
    rows = []
    for place, (day, sums) in enumerate(shown.items()):
        url = address("insights_searches", of_day(dates, day, step))
        row = [day_cell(day, step), Cell(sums.searches, f"{sums.searches:,}", url)]
        if compared:
            was = before[place].searches if place < len(before) else None
            row.append(Cell(was, "" if was is None else f"{was:,}"))
        row.append(_told(sums.clicks, of_day(dates, day, step), "click"))
        rows.append(row)
    heard = any(sums.searches or sums.clicks for sums in shown.values())
    return Sheet(
        "searches",
        _("Searches and clicks"),
        columns,
        rows if heard else [],
        empty=_("When shoppers search by photo, their searches and clicks are counted here."),
        chart="line" if len(rows) > 1 else "bar",
    )


def _told(count: int, dates: Dates, kind: str) -> Cell:
    """A count of events, with the address of each of them."""
    url = address("insights_events", dates, type=kind) if count else ""
    return Cell(count, f"{count:,}", url)


def _steps_to_order(asked: Asked, now: Sums, before: Sums | None) -> Sheet:
    """How many came how far."""
    steps = (
        ("searches", _("Searches"), ""),
        ("impressions", _("Products seen"), "impression"),
        ("clicks", _("Clicks"), "click"),
        ("carts", _("Put into the cart"), "cart"),
        ("conversions", _("Orders after a search"), "purchase"),
    )
    columns = [Column(_("Step"), number=False), Column(_("Count"), tone="ink")]
    columns += [Column(_("For each search"))]
    if before:
        columns += [Column(_("Before"), tone="faint", dashed=True)]
    rows = []
    for name, label, kind in steps:
        count = getattr(now, name)
        share = ratio(count, now.searches)
        row = [
            Cell(str(label)),
            _told(count, asked.dates, kind)
            if kind
            else Cell(count, f"{count:,}", address("insights_searches", asked.dates)),
            Cell(share and round(share, 4), rate(share)),
        ]
        if before:
            row.append(Cell(getattr(before, name), f"{getattr(before, name):,}"))
        rows.append(row)
    return Sheet(
        "steps",
        _("From a search to an order"),
        columns,
        rows if any(getattr(now, name) for name, _label, _kind in steps) else [],
        lead=gettext(
            "An order counts for the last click on that product in a search within %(days)d days."
        )
        % {"days": settings.ATTRIBUTION_DAYS},
        empty=_("When products are seen, clicked and bought, the steps will stand here."),
    )


def _day_by_day(asked: Asked, days: Mapping[date, Sums]) -> Sheet:
    dates, step = asked.dates, asked.dates.step
    shown = stepped(days, dates.start, dates.end, step)
    currencies = sorted({code for one in shown.values() for code in one.revenue | one.attributed})
    rows = []
    for day, sums in sorted(shown.items(), reverse=True):
        only = of_day(dates, day, step)
        rows.append(
            [
                day_cell(day, step),
                Cell(sums.searches, f"{sums.searches:,}", address("insights_searches", only)),
                Cell(sums.visitors, f"{sums.visitors:,}"),
                _told(sums.clicks, only, "click"),
                Cell(sums.poor, f"{sums.poor:,}", address("insights_searches", only, good="no")),
                _told(sums.carts, only, "cart"),
                _told(sums.purchases, only, "purchase"),
                Cell(sums.conversions, f"{sums.conversions:,}"),
                *_amounts(sums, currencies, asked.language),
            ]
        )
    heard = joined(shown.values())
    return Sheet(
        "days",
        _("Day by day"),
        [
            Column(_("Day"), number=False),
            *(Column(_("Searches")), Column(_("Visitors")), Column(_("Clicks"))),
            Column(_("No good answer")),
            *(Column(_("Cart")), Column(_("Orders")), Column(_("After a search"))),
            *(
                Column(gettext(words) % {"currency": currency})
                for currency in currencies
                for words in (_SOLD, _SOLD_AFTER)
            ),
        ],
        rows if heard != Sums() else [],
        empty=_("Each day's numbers will stand here."),
    )


_SOLD = gettext_noop("Sold, %(currency)s")
_SOLD_AFTER = gettext_noop("After a search, %(currency)s")


def _amounts(sums: Sums, currencies: Sequence[str], language: str) -> list[Cell]:
    return [
        Cell(money.get(currency, 0), display(money.get(currency, 0), currency, language))
        for currency in currencies
        for money in (sums.revenue, sums.attributed)
    ]


def _ways(asked: Asked) -> Sheet:
    found = by_value(Dimension.KIND, asked.dates.start, asked.dates.end)
    rows = []
    for kind, sums in sorted(found.items(), key=lambda one: -one[1].searches):
        url = address("insights_searches", asked.dates, kind=kind)
        rows.append(
            [
                Cell(str(KINDS.get(kind, kind))),
                Cell(sums.searches, f"{sums.searches:,}", url),
                Cell(sums.click_rate and round(sums.click_rate, 4), rate(sums.click_rate)),
                Cell(sums.poor_share and round(sums.poor_share, 4), percent(sums.poor_share, 1)),
            ]
        )
    return Sheet(
        "ways",
        _("How they searched"),
        [
            Column(_("By"), number=False),
            Column(_("Searches"), tone="ink"),
            Column(_("Clicks for each search")),
            Column(_("No good answer")),
        ],
        rows,
        empty=_("Searches by photo, drawing and words will stand here, side by side."),
    )


REPORT = Report(
    "",
    _("Overview"),
    "",
    overview,
    template="admin/shop/insights.html",
)
