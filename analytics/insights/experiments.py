"""Tests of two orders: each with what may be said of it today."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from analytics.insights.reports import Asked, Made, Report
from analytics.insights.sheets import MINUS, Cell, Column, Sheet, percent
from recommender.admin.experiments import STATES
from recommender.experiments import experiment_read
from recommender.models import Experiment
from recommender.readout import Readout

SHOWN = 30
POINTS = 100


def experiments(asked: Asked) -> Made:
    """The one that runs is counted; the others' sums were kept when they ended."""
    started = Experiment.objects.exclude(state=Experiment.State.DRAFT)
    rows = [_row(test) for test in started.order_by("-started_at", "-pk")[:SHOWN]]
    return Made(
        [
            Sheet(
                "tests",
                _("Tests of two orders"),
                [
                    Column(_("Test"), number=False),
                    Column(_("State"), number=False),
                    Column(_("Days"), number=False),
                    *(Column(_("Visitors of A")), Column(_("Visitors of B"))),
                    *(Column(_("Clicked, A")), Column(_("Clicked, B"))),
                    Column(_("B less A, points")),
                    Column(_("Result"), number=False),
                ],
                rows,
                lead=_(
                    "The share of visitors who clicked a result. It is told once, when both sides"
                    " have the visitors that the test was planned for."
                ),
                empty=_(
                    "Two orders of results can be tried against each other: visitors are split by"
                    " lot. Their results will stand here."
                ),
            )
        ]
    )


def _row(test: Experiment) -> list[Cell]:
    told = experiment_read(experiment=test, now=timezone.now())
    url = reverse("admin:recommender_experiment_change", args=[test.pk])
    shares = [Cell(None, "–")] * 3
    if told.full:
        low, high = (POINTS * one for one in told.interval)
        shares = [
            Cell(round(told.a.share, 4), percent(told.a.share, 1), url),
            Cell(round(told.b.share, 4), percent(told.b.share, 1), url),
            Cell(
                round(POINTS * told.difference, 2),
                f"{_points(POINTS * told.difference)} ({_points(low)} – {_points(high)})",
            ),
        ]
    return [
        Cell(test.name, url=url),
        Cell(test.state, str(STATES[Experiment.State(test.state)][1])),
        Cell(_days(test)),
        Cell(told.a.visitors, f"{told.a.visitors:,} / {told.needed[0]:,}", url),
        Cell(told.b.visitors, f"{told.b.visitors:,} / {told.needed[1]:,}", url),
        *shares,
        Cell(_result(test, told)),
    ]


def _points(points: float) -> str:
    return f"{points:+.1f}".replace("-", MINUS)


def _days(test: Experiment) -> str:
    first, last = (
        date_format(timezone.localtime(at), "SHORT_DATE_FORMAT") if at else ""
        for at in (test.started_at, test.stopped_at)
    )
    return f"{first} – {last}"


def _result(test: Experiment, told: Readout) -> str:
    if told.uneven:
        return gettext("The sides' sizes do not fit: do not trust it")
    if told.better:
        return gettext("B is better") if told.better == "b" else gettext("A is better")
    if told.full:
        return gettext("No difference was found")
    if test.state == Experiment.State.RUNNING:
        return gettext("Not enough visitors yet")
    return gettext("Stopped before enough visitors came")


REPORT = Report(
    "tests", _("Tests"), _("Which of two orders more visitors click."), experiments, dated=False
)
