"""Searches without a good answer: how many, for what, and in which words."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, Max
from django.db.models.functions import Lower
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from analytics.counted import Sums, joined
from analytics.insights.cells import address, day_cell, of_day
from analytics.insights.dates import span
from analytics.insights.reports import Asked, Figure, Made, Report
from analytics.insights.sheets import Cell, Column, Sheet, percent
from analytics.insights.sums import by_day, by_dimension, stepped
from analytics.insights.trends import KINDS, value_cell
from analytics.models import Dimension, SearchDetail
from catalog.admin.words import kind_label

LOOKED_AT = 5000
"""The newest such searches, whose words are counted."""
SHOWN = 25


def unanswered(asked: Asked) -> Made:
    compared = asked.dates.compared
    start = min(asked.dates.start, compared[0]) if compared else asked.dates.start
    days = by_day(Dimension.ALL, start, asked.dates.end)
    return Made(
        sheets=[_over_time(asked, days), _by_tag(asked), _by_words(asked)],
        figures=_figures(asked, days),
    )


def _between(days: Mapping[date, Sums], start: date, end: date) -> Sums:
    return joined(sums for day, sums in days.items() if start <= day <= end)


def _figures(asked: Asked, days: Mapping[date, Sums]) -> list[Figure]:
    dates = asked.dates
    now = _between(days, dates.start, dates.end)
    was = _between(days, *dates.compared) if dates.compared else None
    poor = address("insights_searches", dates, good="no")
    return [
        Figure(
            gettext("searches without a good answer"),
            f"{now.poor:,}",
            now.poor,
            was.poor if was else None,
            f"{was.poor:,}" if was else "",
            poor,
            "bad",
        ),
        Figure(
            gettext("of all searches"),
            percent(now.poor_share, 1),
            now.poor_share,
            was.poor_share if was else None,
            percent(was.poor_share, 1) if was and was.searches else "",
            poor,
            "bad",
        ),
        Figure(
            gettext("found no product at all"),
            f"{now.nothing:,}",
            now.nothing,
            was.nothing if was else None,
            f"{was.nothing:,}" if was else "",
            address("insights_searches", dates, good="none"),
            "bad",
        ),
    ]


def _over_time(asked: Asked, days: Mapping[date, Sums]) -> Sheet:
    dates, step = asked.dates, asked.dates.step
    rows = []
    for day, sums in stepped(days, dates.start, dates.end, step).items():
        share = sums.poor_share
        url = address("insights_searches", of_day(dates, day, step), good="no")
        rows.append(
            [
                day_cell(day, step),
                Cell(None if share is None else round(100 * share, 1), percent(share, 1)),
                Cell(sums.poor, f"{sums.poor:,}", url),
                Cell(sums.nothing, f"{sums.nothing:,}"),
                Cell(sums.searches, f"{sums.searches:,}"),
            ]
        )
    heard = any(row[4].value for row in rows)
    return Sheet(
        "over-time",
        _("Share of searches without a good answer"),
        [
            Column(_("Day"), number=False),
            Column(_("Share"), tone="ink"),
            Column(_("No good answer")),
            Column(_("Nothing found")),
            Column(_("Searches")),
        ],
        rows if heard else [],
        lead=_(
            "A good answer is a product that looks enough like the photo, or has all that the"
            " words say."
        ),
        empty=_("When shoppers search, the share without a good answer will stand here."),
        chart="line" if len(rows) > 1 else "bar",
        unit="%",
    )


def _by_tag(asked: Asked) -> Sheet:
    """What the shop seems to lack: values by how many searches for them went wrong."""
    found = by_dimension(KINDS, asked.dates.start, asked.dates.end)
    lacking = [
        (kind, value, sums)
        for kind in KINDS
        for value, sums in found.get(kind, {}).items()
        if value and sums.poor
    ]
    lacking.sort(key=lambda one: (-one[2].poor, one[1]))
    rows = []
    for kind, value, sums in lacking[:SHOWN]:
        url = address("insights_searches", asked.dates, good="no", **{kind.value: value})
        rows.append(
            [
                value_cell(kind.value, value, url),
                Cell(str(kind_label(kind.value))),
                Cell(sums.poor, f"{sums.poor:,}", url),
                Cell(sums.searches, f"{sums.searches:,}"),
                Cell(round(sums.poor_share or 0, 4), percent(sums.poor_share)),
            ]
        )
    return Sheet(
        "by-tag",
        _("What was missing"),
        [
            Column(_("Looked for"), number=False),
            Column(_("Kind"), number=False),
            *(Column(_("No good answer")), Column(_("Searches")), Column(_("Share"))),
        ],
        rows,
        empty=_("Every search of these days that says what it is for had a good answer."),
    )


def _by_words(asked: Asked) -> Sheet:
    first, last = span(asked.dates.start, asked.dates.end)
    poor = SearchDetail.objects.filter(at__gte=first, at__lt=last, good=False).exclude(text="")
    newest = poor.order_by("-at").values("pk")[:LOOKED_AT]
    words = (
        poor.filter(pk__in=newest)
        .annotate(words=Lower("text"))
        .values("words")
        .annotate(times=Count("pk"), latest=Max("at"), most=Max("results"))
        .order_by("-times", "-latest")
    )
    return Sheet(
        "by-words",
        _("In which words"),
        [
            Column(_("Words"), number=False),
            *(Column(_("Searches")), Column(_("Most results")), Column(_("Last"))),
        ],
        [
            [
                Cell(row["words"], url=_said(asked, row["words"])),
                Cell(row["times"], f"{row['times']:,}", _said(asked, row["words"])),
                Cell(row["most"], f"{row['most']:,}"),
                Cell(
                    localtime(row["latest"]).date().isoformat(),
                    date_format(localtime(row["latest"]), "MONTH_DAY_FORMAT"),
                ),
            ]
            for row in words[: min(asked.most, 500)]
        ],
        lead=_("Addresses, telephone numbers and other long numbers are blotted out."),
        empty=_("Words that found no good answer will stand here."),
    )


def _said(asked: Asked, words: str) -> str:
    return address("insights_searches", asked.dates, good="no", text=words)


REPORT = Report(
    "unanswered",
    _("Without a good answer"),
    _("What shoppers wanted and your shop did not show them: products to buy, or to describe."),
    unanswered,
)
