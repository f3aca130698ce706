"""The pages of Insights: one address a report, the same days on all of them, and their CSVs."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from analytics.insights.catalogue import REPORTS
from analytics.insights.dates import COMPARISONS, OWN, PRESETS, Dates, dates_asked
from analytics.insights.reports import MOST_IN_A_FILE, Asked, Made, Report
from analytics.insights.sheets import Sheet
from catalog.admin.words import language
from tenants.admin_site import PageView, shop_admin
from tenants.csv_cells import BYTE_ORDER_MARK, csv_line

OF_DATES = ("range", "from", "to", "compare")
NOT_KEPT = (*OF_DATES, "part", "after")
"""Words of an address that another choice of days does not keep."""
CSV_TYPE = "text/csv; charset=utf-8"


def asked_of(request: Any) -> Asked:
    dates = dates_asked(request.GET, today=timezone.localdate())
    said = {name: value for name, value in request.GET.items() if name not in OF_DATES}
    return Asked(request.shop, dates, language(), said)


def report_view(report: Report) -> PageView:
    def view(request: Any) -> HttpResponse:
        asked = asked_of(request)
        made = report.make(asked)
        context = {**page_context(request, report, asked), **_shown(made, report, asked)}
        return render(request, report.template, context)

    view.__doc__ = f"The report {report.slug or 'overview'}."
    return view


def page_context(request: Any, report: Report, asked: Asked) -> dict[str, Any]:
    """What every page of Insights has; one that is not of some days has no choice of them."""
    kept = [(name, value) for name, value in asked.said.items() if name not in NOT_KEPT]
    return {
        **shop_admin.each_context(request),
        "title": report.label if report.slug else _("Insights"),
        "lead": report.lead,
        "tabs": list(_tabs(report.slug, asked.dates)),
        "dates": asked.dates,
        "kept": kept,
        "choices": _choices(asked.dates, dict(kept)) if report.dated else None,
    }


def _shown(made: Made, report: Report, asked: Asked) -> dict[str, Any]:
    return {
        "figures": made.figures,
        "sheets": made.sheets,
        "csv": reverse("admin:insights_csv", args=[report.slug or "overview"]),
        "query": asked.dates.query(**{k: v for k, v in asked.said.items() if k not in NOT_KEPT}),
        **made.extra,
    }


def _tabs(here: str, dates: Dates) -> Iterator[dict[str, Any]]:
    for one in REPORTS:
        if not one.tab:
            continue
        url = reverse(f"admin:{one.name}") + (dates.query() if one.dated else "")
        yield {"label": one.label, "url": url, "here": one.slug == here}
    yield {"label": _("Mail"), "url": reverse("admin:insights_mail"), "here": here == "mail"}


def _choices(dates: Dates, kept: dict[str, str]) -> dict[str, Any]:
    compared = dates.asked.get("compare", "")
    return {
        "presets": [
            {
                "label": label,
                "url": Dates(dates.start, dates.end, name, dates.compare).query(**kept),
                "here": dates.preset == name,
            }
            for name, label in PRESETS.items()
        ],
        "own": dates.preset == OWN,
        "today": timezone.localdate(),
        "asked": [(name, value) for name, value in dates.asked.items() if name != "compare"],
        "comparisons": [
            {"value": name, "label": label, "here": name == (compared or "before")}
            for name, label in COMPARISONS.items()
        ],
        "compared": dates.compared,
    }


@shop_admin.page("insights/<slug:report>.csv", name="insights_csv")
def csv(request: Any, report: str) -> StreamingHttpResponse:
    """One sheet of a report, for the same days; formulas in it are made harmless."""
    found = next((one for one in REPORTS if (one.slug or "overview") == report), None)
    if found is None:
        raise Http404("no such report")
    asked = replace(asked_of(request), most=MOST_IN_A_FILE)
    sheets = found.make(asked).sheets
    part = asked.said.get("part", "")
    sheet = next((one for one in sheets if one.slug == part), None if part else sheets[0])
    if sheet is None:
        raise Http404("no such table")
    return csv_answer(sheet, f"{request.shop.slug}-{report}-{sheet.slug}-{asked.dates.end}.csv")


def csv_answer(sheet: Sheet, name: str) -> StreamingHttpResponse:
    lines = (csv_line(line) for line in sheet.lines)
    answer = StreamingHttpResponse(_marked(lines), content_type=CSV_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _marked(lines: Iterator[str]) -> Iterator[str]:
    """With the mark that lets spreadsheets read Korean."""
    yield BYTE_ORDER_MARK
    yield from lines


for _report in REPORTS:
    _address = f"insights/{_report.slug}/" if _report.slug else "insights/"
    shop_admin.page(_address, name=_report.name, nav=None if _report.slug else (50, _("Insights")))(
        report_view(_report)
    )
