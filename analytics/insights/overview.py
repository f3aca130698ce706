"""The first page of Insights: what shoppers did, beside the days before."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from analytics.insights.dates import OWN, Dates, Step
from analytics.insights.reports import Asked, Figure, Made, Report
from analytics.insights.sheets import Cell, Column, Sheet, percent, ratio
from analytics.insights.sums import Money, Sums, by_day, by_value, joined, stepped, whole
from analytics.models import Dimension
from catalog.admin.words import term_label
from catalog.money import display
from recommender.mood.selectors import shop_mood
from recommender.mood.styles import styles
from tenants.models import Shop

SHOWN_STYLES = 5
NO_MONEY = "–"


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
        figures=_figures(asked, now, before),
        extra={"mood": mood_of(asked.shop, asked.language)},
    )


def overview_figures(asked: Asked) -> list[Figure]:
    """The figures alone, for the mail."""
    return _figures(asked, *whole(asked.dates))


def wanted_most(asked: Asked, most: int) -> list[str]:
    """Names of the categories that were looked for most, with how often."""
    found = by_value(Dimension.CATEGORY, asked.dates.start, asked.dates.end)
    order = sorted(found.items(), key=lambda one: -one[1].searches)
    named = [(value, sums.searches) for value, sums in order if value and sums.searches]
    return [f"{term_label('category', value)} {count:,}" for value, count in named[:most]]


def _days(asked: Asked) -> Mapping[date, Sums]:
    """Of the days shown and of those compared with, in one statement."""
    compared = asked.dates.compared
    start = min(asked.dates.start, compared[0]) if compared else asked.dates.start
    return by_day(Dimension.ALL, start, asked.dates.end)


def address(name: str, dates: Dates, **more: Any) -> str:
    return reverse(f"admin:{name}") + dates.query(**more)


def money_said(money: Money, language: str) -> str:
    """Each currency's amount: ₩39,000 · $12.00."""
    found = [display(amount, currency, language) for currency, amount in sorted(money.items())]
    return " · ".join(found)


def _figures(asked: Asked, now: Sums, before: Sums | None) -> list[Figure]:
    dates = asked.dates
    searches = address("insights_searches", dates)

    def count(label: str, name: str, url: str = "", more_is: str = "good") -> Figure:
        value, was = getattr(now, name), getattr(before, name) if before else None
        said = "" if was is None else f"{was:,}"
        return Figure(label, f"{value:,}", value, was, said, url, more_is)

    def share(label: str, of: Any, url: str = "", more_is: str = "good", digits: int = 0) -> Figure:
        value, was = of(now), of(before) if before else None
        said = percent(was, digits) if was is not None else ""
        return Figure(label, percent(value, digits), value, was, said, url, more_is)

    return [
        count(gettext("searches"), "searches", searches),
        count(gettext("visitors who searched"), "visitors", searches),
        share(
            gettext("clicks for each search"),
            lambda one: one.click_rate,
            address("insights_unclicked", dates),
        ),
        share(
            gettext("of searches without a good answer"),
            lambda one: one.poor_share,
            address("insights_unanswered", dates),
            "bad",
            1,
        ),
        count(gettext("put into the cart"), "carts", _anchor("steps")),
        count(gettext("orders"), "purchases", _anchor("steps")),
        count(gettext("orders after a search"), "conversions", _anchor("steps")),
        _attributed(asked, now, before),
    ]


def _anchor(slug: str) -> str:
    return f"#{slug}"


def _attributed(asked: Asked, now: Sums, before: Sums | None) -> Figure:
    """In several currencies there is no one number to compare."""
    one = set(now.attributed) | set(before.attributed if before else ())
    alone = next(iter(one)) if len(one) == 1 else ""
    value = now.attributed.get(alone, 0) if alone else None
    was = before.attributed.get(alone, 0) if alone and before else None
    return Figure(
        gettext("sold after a search"),
        money_said(now.attributed, asked.language) or NO_MONEY,
        value,
        was,
        money_said(before.attributed, asked.language) if before else "",
        _anchor("days"),
    )


def day_cell(day: date, step: Step) -> Cell:
    shown = date_format(day, "YEAR_MONTH_FORMAT" if step == "month" else "MONTH_DAY_FORMAT")
    return Cell(day.isoformat(), shown)


def of_day(dates: Dates, day: date, step: Step) -> Dates:
    """Only one bar of the chart: a day, a week or a month."""
    lasts = {"day": 1, "week": 7 - day.weekday(), "month": 31}[step]
    last = min(dates.end, day + timedelta(days=lasts - 1))
    if step == "month" and last.month != day.month:
        last = last.replace(day=1) - timedelta(days=1)
    return Dates(day, last, OWN, dates.compare)


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
        row.append(Cell(sums.clicks, f"{sums.clicks:,}", url))
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


def _steps_to_order(asked: Asked, now: Sums, before: Sums | None) -> Sheet:
    """How many came how far."""
    steps = (
        ("searches", _("Searches")),
        ("impressions", _("Products seen")),
        ("clicks", _("Clicks")),
        ("carts", _("Put into the cart")),
        ("conversions", _("Orders after a search")),
    )
    columns = [Column(_("Step"), number=False), Column(_("Count"), tone="ink")]
    columns += [Column(_("For each search"))]
    if before:
        columns += [Column(_("Before"), tone="faint", dashed=True)]
    rows = []
    for name, label in steps:
        count = getattr(now, name)
        share = ratio(count, now.searches)
        row = [
            Cell(str(label)),
            Cell(count, f"{count:,}"),
            Cell(share and round(share, 4), "–" if share is None else f"{share:,.2f}"),
        ]
        if before:
            row.append(Cell(getattr(before, name), f"{getattr(before, name):,}"))
        rows.append(row)
    return Sheet(
        "steps",
        _("From a search to an order"),
        columns,
        rows if any(getattr(now, name) for name, _label in steps) else [],
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
                Cell(sums.clicks, f"{sums.clicks:,}"),
                Cell(sums.poor, f"{sums.poor:,}", address("insights_searches", only, good="no")),
                Cell(sums.carts, f"{sums.carts:,}"),
                Cell(sums.purchases, f"{sums.purchases:,}"),
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


KINDS = {
    "photo": _("Photo"),
    "drawing": _("Drawing"),
    "words": _("Words"),
    "product": _("Product"),
    "photo+words": _("Photo and words"),
}


def _ways(asked: Asked) -> Sheet:
    found = by_value(Dimension.KIND, asked.dates.start, asked.dates.end)
    rows = []
    for kind, sums in sorted(found.items(), key=lambda one: -one[1].searches):
        url = address("insights_searches", asked.dates, kind=kind)
        rows.append(
            [
                Cell(str(KINDS.get(kind, kind))),
                Cell(sums.searches, f"{sums.searches:,}", url),
                Cell(sums.click_rate and round(sums.click_rate, 4), percent(sums.click_rate)),
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


def mood_of(shop: Shop, language: str) -> dict[str, Any] | None:
    """The style that sets the shop apart, and its largest styles beside the mall's; None before
    its first product was tagged."""
    mood = shop_mood(shop)
    if mood is None:
        return None
    known = styles(mood.row.head)
    largest = sorted(mood.shares, key=lambda style: -mood.shares[style])[:SHOWN_STYLES]
    return {
        "label": known[mood.style].label(language),
        "joined": shop.discoverable,
        "rows": [
            {
                "label": known[style].label(language),
                "share": 100 * mood.shares[style],
                "average": 100 * mood.average[style],
            }
            for style in largest
        ],
    }


REPORT = Report(
    "",
    _("Overview"),
    "",
    overview,
    template="admin/shop/insights.html",
)
