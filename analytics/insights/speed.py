"""How fast searches are answered, which are not, and at what time of day they come."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from analytics.counted import NONE, Sums, joined
from analytics.insights.cells import address, day_cell, of_day
from analytics.insights.reports import Asked, Figure, Made, Report
from analytics.insights.sheets import Cell, Column, Sheet, percent
from analytics.insights.sums import by_day, by_dimension, stepped
from analytics.models import Dimension
from analytics.rollup.statement import LATENCIES, SLOWER
from catalog.admin.words import language
from tenants.problem_texts import PROBLEMS

READ = (Dimension.LATENCY, Dimension.HOUR, Dimension.ERROR)
MEDIAN, SLOW = 0.5, 0.95
HOURS = 24
Found = Mapping[str, Sums]


def speed(asked: Asked) -> Made:
    dates, compared = asked.dates, asked.dates.compared
    now = by_dimension(READ, dates.start, dates.end)
    before = by_dimension(READ, *compared) if compared else {}
    days = by_day(Dimension.ALL, dates.start, dates.end)
    return Made(
        sheets=[
            _by_day(asked, days),
            _latencies(asked, now.get(Dimension.LATENCY, {})),
            _hours(asked, now.get(Dimension.HOUR, {})),
            _errors(now.get(Dimension.ERROR, {}), before.get(Dimension.ERROR, {})),
        ],
        figures=_figures(now, before, joined(days.values()) if days else NONE),
    )


def quantile(found: Found, share: float) -> str:
    """The end of the bucket that the share of searches lies under, as "300"; "" without any."""
    whole = sum(sums.searches for sums in found.values())
    if not whole:
        return ""
    below = 0
    for end in LATENCIES:
        below += found.get(str(end), NONE).searches
        if below >= share * whole:
            return str(end)
    return SLOWER


def latency_said(end: str) -> str:
    if end == SLOWER:
        return gettext("more than %(ms)s ms") % {"ms": f"{LATENCIES[-1]:,}"}
    return gettext("up to %(ms)s ms") % {"ms": f"{int(end):,}"} if end else "–"


def _figures(now: Mapping[str, Found], before: Mapping[str, Found], whole: Sums) -> list[Figure]:
    buckets, was = now.get(Dimension.LATENCY, {}), before.get(Dimension.LATENCY, {})
    errors = sum(sums.searches for sums in now.get(Dimension.ERROR, {}).values())
    errors_before = sum(sums.searches for sums in before.get(Dimension.ERROR, {}).values())
    mean = whole.mean_milliseconds
    return [
        Figure(
            label,
            latency_said(quantile(buckets, share)),
            _number(quantile(buckets, share)),
            _number(quantile(was, share)),
            latency_said(quantile(was, share)) if was else "",
            "#latencies",
            "bad",
        )
        for label, share in (
            (gettext("half of the searches took"), MEDIAN),
            (gettext("95 of 100 took"), SLOW),
        )
    ] + [
        Figure(
            gettext("a search took on average"),
            "–" if mean is None else f"{mean:,.0f} ms",
            url="#by-day",
        ),
        Figure(
            gettext("searches were refused"),
            f"{errors:,}",
            errors,
            errors_before,
            f"{errors_before:,}" if before else "",
            "#errors",
            "bad",
        ),
    ]


def _number(end: str) -> float | None:
    return float(end) if end.isdecimal() else None


def _by_day(asked: Asked, days: Mapping[date, Sums]) -> Sheet:
    dates, step = asked.dates, asked.dates.step
    rows = []
    for day, sums in stepped(days, dates.start, dates.end, step).items():
        mean = sums.mean_milliseconds
        url = address("insights_searches", of_day(dates, day, step))
        rows.append(
            [
                day_cell(day, step),
                Cell(mean and round(mean, 1), "–" if mean is None else f"{mean:,.0f} ms"),
                Cell(sums.searches, f"{sums.searches:,}", url),
            ]
        )
    return Sheet(
        "by-day",
        _("Time to answer"),
        [
            Column(_("Day"), number=False),
            Column(_("On average"), tone="ink"),
            Column(_("Searches")),
        ],
        rows if any(row[2].value for row in rows) else [],
        lead=_("From the request to the answer, without the way to the shopper."),
        empty=_("How long searches take will stand here."),
        chart="line" if len(rows) > 1 else "bar",
        unit="ms",
    )


def _latencies(asked: Asked, found: Found) -> Sheet:
    whole = sum(sums.searches for sums in found.values())
    rows = []
    for end in (*map(str, LATENCIES), SLOWER):
        count = found.get(end, NONE).searches
        url = address("insights_searches", asked.dates, took=end) if count else ""
        share = count / whole if whole else None
        rows.append(
            [
                Cell(latency_said(end)),
                Cell(count, f"{count:,}", url),
                Cell(share if share is None else round(share, 4), percent(share, 1)),
            ]
        )
    return Sheet(
        "latencies",
        _("How long they took"),
        [Column(_("Time"), number=False), Column(_("Searches"), tone="ink"), Column(_("Share"))],
        rows if whole else [],
        empty=_("How many searches were fast and how many slow will stand here."),
        chart="bar",
    )


def _hours(asked: Asked, found: Found) -> Sheet:
    rows = []
    for hour in range(HOURS):
        sums = found.get(f"{hour:02d}", NONE)
        rows.append(
            [
                Cell(f"{hour:02d}"),
                Cell(sums.searches, f"{sums.searches:,}"),
                Cell(sums.clicks, f"{sums.clicks:,}"),
                Cell(sums.purchases, f"{sums.purchases:,}"),
            ]
        )
    return Sheet(
        "hours",
        _("At what time of day"),
        [
            Column(_("Hour"), number=False),
            Column(_("Searches"), tone="ink"),
            Column(_("Clicks"), tone="accent"),
            Column(_("Orders")),
        ],
        rows if any(sums.searches for sums in found.values()) else [],
        empty=_("When shoppers search during the day will stand here."),
        chart="bar",
    )


def _errors(now: Found, before: Found) -> Sheet:
    order = sorted(now.items(), key=lambda one: (-one[1].searches, one[0]))
    return Sheet(
        "errors",
        _("Searches that were refused"),
        [
            Column(_("Why"), number=False),
            Column(_("Code"), number=False),
            *(Column(_("Times")), Column(_("Before"))),
        ],
        [
            [
                Cell(problem_said(code)),
                Cell(code),
                Cell(sums.searches, f"{sums.searches:,}"),
                Cell(before.get(code, NONE).searches, f"{before.get(code, NONE).searches:,}"),
            ]
            for code, sums in order
        ],
        lead=_(
            "What the shopper was told: a photo that is none, for instance, or a used-up quota."
        ),
        empty=_("No search was refused in these days."),
    )


def problem_said(code: str) -> str:
    """As the shopper read it."""
    return PROBLEMS[code].words(language()).title if code in PROBLEMS else code


REPORT = Report("speed", _("Speed and errors"), _("How fast shoppers got their answers."), speed)
