"""The overview's figures, on its page and in the mail."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext

from analytics.counted import Sums
from analytics.insights.cells import address, money_said
from analytics.insights.dates import Dates
from analytics.insights.reports import Asked, Figure
from analytics.insights.sheets import percent, rate
from analytics.insights.sums import by_value, whole
from analytics.models import Dimension
from catalog.admin.words import term_label

NO_MONEY = "–"


def overview_figures(asked: Asked) -> list[Figure]:
    """The figures alone, for the mail, which is written where no page is: without addresses."""
    return figures(asked, *whole(asked.dates), link=_nowhere)


def wanted_most(asked: Asked, most: int) -> list[str]:
    """Names of the categories that were looked for most, with how often."""
    found = by_value(Dimension.CATEGORY, asked.dates.start, asked.dates.end)
    order = sorted(found.items(), key=lambda one: -one[1].searches)
    named = [(value, sums.searches) for value, sums in order if value and sums.searches]
    return [f"{term_label('category', value)} {count:,}" for value, count in named[:most]]


def _nowhere(name: str, dates: Dates, **more: str) -> str:
    return ""


def figures(
    asked: Asked, now: Sums, before: Sums | None, link: Callable[..., str] = address
) -> list[Figure]:
    dates = asked.dates
    searches = link("insights_searches", dates)

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
        Figure(
            gettext("clicks for each search"),
            rate(now.click_rate),
            now.click_rate,
            before.click_rate if before else None,
            rate(before.click_rate) if before and before.searches else "",
            link("insights_unclicked", dates),
        ),
        share(
            gettext("of searches without a good answer"),
            lambda one: one.poor_share,
            link("insights_unanswered", dates),
            "bad",
            1,
        ),
        count(gettext("put into the cart"), "carts", link("insights_events", dates, type="cart")),
        count(gettext("orders"), "purchases", link("insights_events", dates, type="purchase")),
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
