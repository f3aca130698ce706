"""What shoppers look for, over time: categories, colors, patterns and styles."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from analytics.counted import NONE, Sums
from analytics.insights.cells import address, day_cell, of_day
from analytics.insights.reports import Asked, Made, Report
from analytics.insights.sheets import (
    Cell,
    Column,
    Sheet,
    Tone,
    change,
    percent,
    rate,
    signed_percent,
)
from analytics.insights.sums import by_day_and_value, by_dimension, stepped
from analytics.models import Dimension
from catalog.admin.words import kind_label, term_label

KINDS = (Dimension.CATEGORY, Dimension.COLOR, Dimension.PATTERN, Dimension.STYLE)
LINES = 5
"""Values whose days are drawn: more lines nobody tells apart."""
LINE_TONES: tuple[Tone, ...] = ("ink", "accent", "good", "warn", "bad")
MOVED = 8
"""Values that rose most, and as many that fell."""
LEAST = 5
"""Searches in both spans together: below that a change is chance."""
SHADES = {
    "black": "#1b1b1b",
    "white": "#ffffff",
    "grey": "#8d8d8d",
    "beige": "#d9c7a8",
    "brown": "#6f4a2f",
    "red": "#c8202f",
    "pink": "#eba1b5",
    "orange": "#e5792b",
    "yellow": "#f0cd45",
    "green": "#2f7d4f",
    "khaki": "#7b7446",
    "mint": "#a5dcc6",
    "blue": "#2c5fc4",
    "navy": "#1f2a44",
    "sky": "#9cc7ea",
    "purple": "#7a4fa3",
    "gold": "#c7a44a",
    "silver": "#bfc3c8",
}
"""How a family of colors is shown; a product's own colors are shown as they are."""

Found = Mapping[str, Sums]


def trends(asked: Asked) -> Made:
    """One kind by its values and days, and what moved most in all of them."""
    dates, compared = asked.dates, asked.dates.compared
    now = by_dimension(KINDS, dates.start, dates.end)
    before = by_dimension(KINDS, *compared) if compared else {}
    said = asked.said.get("of", "")
    kind = next((one for one in KINDS if one.value == said), KINDS[0])
    values = _named(now.get(kind, {}))
    return Made(
        sheets=[
            _over_time(asked, kind, values[:LINES]),
            _values(asked, kind, values, now.get(kind, {}), before.get(kind, {})),
            *([_moved(asked, now, before)] if compared else []),
        ],
        extra={
            "parts": [
                {
                    "label": kind_label(one.value),
                    "url": address("insights_trends", dates, of=one.value),
                    "here": one == kind,
                }
                for one in KINDS
            ]
        },
    )


def _named(found: Found) -> list[str]:
    """Values that were searched for, the most first; searches that say none are left out."""
    order = sorted(found.items(), key=lambda one: (-one[1].searches, one[0]))
    return [value for value, sums in order if value and sums.searches]


def value_cell(kind: str, value: str, url: str = "") -> Cell:
    shade = SHADES.get(value, "") if kind == Dimension.COLOR else ""
    return Cell(value, term_label(kind, value) if value else "–", url, swatch=shade)


def _over_time(asked: Asked, kind: Dimension, values: Sequence[str]) -> Sheet:
    dates, step = asked.dates, asked.dates.step
    found = by_day_and_value(kind, dates.start, dates.end, values) if values else {}
    lines = [
        stepped(
            {day: sums for (day, one), sums in found.items() if one == value},
            dates.start,
            dates.end,
            step,
        )
        for value in values
    ]
    days: Sequence[date] = list(lines[0]) if lines else []
    return Sheet(
        "over-time",
        _("Over time"),
        [
            Column(_("Day"), number=False),
            *(
                Column(term_label(kind, value), tone=tone)
                for value, tone in zip(values, LINE_TONES, strict=False)
            ),
        ],
        [
            [
                day_cell(day, step),
                *(
                    Cell(
                        line[day].searches,
                        f"{line[day].searches:,}",
                        address(
                            "insights_searches",
                            of_day(dates, day, step),
                            **{kind.value: value},
                        ),
                    )
                    for value, line in zip(values, lines, strict=True)
                ),
            ]
            for day in days
        ],
        empty=_("When shoppers search, what they look for will stand here, day by day."),
        chart="line" if len(days) > 1 else "bar",
        told=_("Searches for the values that were looked for most."),
    )


def _values(
    asked: Asked, kind: Dimension, values: Sequence[str], now: Found, before: Found
) -> Sheet:
    all_searches = sum(sums.searches for sums in now.values())
    compared = asked.dates.compared is not None
    columns = [
        Column(kind_label(kind.value), number=False),
        Column(_("Searches")),
        Column(_("Share")),
        *([Column(_("Before")), Column(_("Difference"))] if compared else []),
        Column(_("Clicks for each search")),
        Column(_("No good answer")),
    ]
    rows = []
    for value in values[: asked.most]:
        sums, was = now[value], before.get(value, NONE)
        url = address("insights_searches", asked.dates, **{kind.value: value})
        row = [
            value_cell(kind.value, value, url),
            Cell(sums.searches, f"{sums.searches:,}", url),
            Cell(round(sums.searches / all_searches, 4), percent(sums.searches / all_searches, 1)),
        ]
        if compared:
            row += [Cell(was.searches, f"{was.searches:,}"), _change(sums.searches, was.searches)]
        poor = address("insights_searches", asked.dates, good="no", **{kind.value: value})
        row += [
            Cell(sums.click_rate and round(sums.click_rate, 4), rate(sums.click_rate)),
            Cell(sums.poor, f"{sums.poor:,}", poor if sums.poor else ""),
        ]
        rows.append(row)
    return Sheet(
        "values",
        _("All that was looked for"),
        columns,
        rows,
        empty=_("No search of these days says what it is for."),
    )


def _change(now: int, before: int) -> Cell:
    moved = change(now, before)
    if moved is None:
        return Cell("", str(_("new")) if now else "–")
    return Cell(round(moved, 4), signed_percent(moved), tone="good" if moved > 0 else "")


def _moved(asked: Asked, now: Mapping[Any, Found], before: Mapping[Any, Found]) -> Sheet:
    """By the number of searches, not by the percentage: from one to three is no trend."""
    moves = []
    for kind in KINDS:
        for value in {*now.get(kind, {}), *before.get(kind, {})} - {""}:
            one = now.get(kind, {}).get(value, NONE).searches
            was = before.get(kind, {}).get(value, NONE).searches
            if one + was >= LEAST and one != was:
                moves.append((one - was, kind, value, one, was))
    order = sorted(moves, key=lambda move: (-move[0], move[2]))
    rising = [move for move in order if move[0] > 0][:MOVED]
    falling = [move for move in reversed(order) if move[0] < 0][:MOVED]
    return Sheet(
        "moved",
        _("What rose and fell most"),
        [
            Column(_("Looked for"), number=False),
            Column(_("Kind"), number=False),
            *(Column(_("Searches")), Column(_("Before")), Column(_("More or less"))),
        ],
        [
            [
                value_cell(
                    kind.value,
                    value,
                    address("insights_searches", asked.dates, **{kind.value: value}),
                ),
                Cell(str(kind_label(kind.value))),
                Cell(one, f"{one:,}"),
                Cell(was, f"{was:,}"),
                Cell(moved, f"{moved:+,}".replace("-", "−"), tone="good" if moved > 0 else ""),
            ]
            for moved, kind, value, one, was in (*rising, *falling)
        ],
        empty=_("Nothing changed much between these days and those before."),
    )


REPORT = Report(
    "trends",
    _("What they look for"),
    _("Read from their photos, drawings and words."),
    trends,
    template="admin/shop/insights_trends.html",
)
