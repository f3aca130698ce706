"""What merchandising rules did: searches that a rule held for, beside all the others."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from analytics.counted import COUNTED, NONE, Sums
from analytics.insights.cells import address, money_said
from analytics.insights.reports import Asked, Made, Report
from analytics.insights.sheets import Cell, Column, Sheet, change, rate, signed_percent
from analytics.insights.sums import by_value, total
from analytics.models import Dimension
from recommender.admin.rule_form import ACTIONS
from recommender.admin.rules import state_of
from recommender.experiments import tested_rules
from recommender.models import Rule

LEAST = 30
"""Searches of each side, below which no difference is told."""


def rules(asked: Asked) -> Made:
    dates = asked.dates
    everything = total(Dimension.ALL, dates.start, dates.end)
    now = by_value(Dimension.RULE, dates.start, dates.end)
    before = by_value(Dimension.RULE, *dates.compared) if dates.compared else {}
    known = list(Rule.objects.order_by("-active", "-pk"))
    return Made(sheets=[_effect(asked, known, everything, now, before), _money(asked, known, now)])


def less(all_of: Sums, part: Sums) -> Sums:
    """The searches that the rule did not hold for."""
    return Sums(**{name: max(0, getattr(all_of, name) - getattr(part, name)) for name in COUNTED})


def _name_cell(rule: Rule) -> Cell:
    return Cell(rule.name, url=reverse("admin:recommender_rule_preview", args=[rule.pk]))


def _effect(
    asked: Asked,
    known: list[Rule],
    everything: Sums,
    now: Mapping[str, Sums],
    before: Mapping[str, Sums],
) -> Sheet:
    tested = tested_rules() if known else set()
    moment = timezone.now()
    rows = []
    for rule in known:
        sums = now.get(str(rule.pk), NONE)
        others = less(everything, sums)
        _tone, state = state_of(rule, moment, tested)
        url = address("insights_searches", asked.dates, rule=rule.pk)
        row = [
            _name_cell(rule),
            Cell(rule.action, str(dict(ACTIONS)[Rule.Action(rule.action)])),
            Cell(state),
            Cell(sums.searches, f"{sums.searches:,}", url if sums.searches else ""),
            _rate(sums.click_rate),
            _rate(others.click_rate),
            _difference(sums, others),
        ]
        if asked.dates.compared:
            was = before.get(str(rule.pk), NONE)
            row += [Cell(was.searches, f"{was.searches:,}"), _rate(was.click_rate)]
        rows.append(row)
    return Sheet(
        "effect",
        _("Searches with each rule, and without it"),
        [
            Column(_("Rule"), number=False),
            Column(_("What it does"), number=False),
            Column(_("State"), number=False),
            Column(_("Searches it held for")),
            Column(_("Clicks for each of them")),
            Column(_("For each other search")),
            Column(_("Difference")),
            *(
                [Column(_("Searches before")), Column(_("Clicks for each before"))]
                if asked.dates.compared
                else []
            ),
        ],
        rows,
        lead=_(
            "A rule often holds for searches of another kind than the others, so a difference is"
            " a hint. A test of two orders says whether the rule is the reason."
        ),
        empty=_("When you make a rule, the searches that it held for will stand here."),
    )


def _rate(clicks: float | None) -> Cell:
    return Cell(clicks if clicks is None else round(clicks, 4), rate(clicks))


def _difference(sums: Sums, others: Sums) -> Cell:
    if min(sums.searches, others.searches) < LEAST:
        return Cell("", str(_("too few")))
    moved = change(sums.click_rate, others.click_rate)
    if moved is None:
        return Cell("", "–")
    tone = "good" if moved > 0 else "bad" if moved < 0 else ""
    return Cell(round(moved, 4), signed_percent(moved), tone=tone)


def _money(asked: Asked, known: list[Rule], now: Mapping[str, Sums]) -> Sheet:
    heard: list[tuple[Rule, Any]] = [
        (rule, now[str(rule.pk)]) for rule in known if str(rule.pk) in now
    ]
    return Sheet(
        "orders",
        _("What was bought after them"),
        [
            Column(_("Rule"), number=False),
            *(Column(_("Clicks")), Column(_("Cart")), Column(_("Orders after a search"))),
            Column(_("Sold after a search")),
        ],
        [
            [
                _name_cell(rule),
                Cell(sums.clicks, f"{sums.clicks:,}"),
                Cell(sums.carts, f"{sums.carts:,}"),
                Cell(sums.conversions, f"{sums.conversions:,}"),
                Cell(
                    money_said(sums.attributed, asked.language),
                    money_said(sums.attributed, asked.language) or "–",
                ),
            ]
            for rule, sums in heard
        ],
        empty=_("No rule held for a search of these days."),
    )


REPORT = Report(
    "rules", _("Rules"), _("What your rules of the order did to searches and clicks."), rules
)
