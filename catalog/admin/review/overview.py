"""Review's first page: a row for each head, what waits, and how right the model shall be."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.review.shown import kind_or_404
from catalog.admin.words import kind_label
from catalog.models import ReviewThreshold
from catalog.precision import CONFIDENCE
from catalog.services.reviews.queue import COUNTED, kinds, waiting_counts
from catalog.services.reviews.thresholds import (
    LEAST_WANTED,
    MOST_WANTED,
    KindMeasure,
    kinds_measured,
    threshold_set,
)
from tenants.admin_site import shop_admin
from tenants.audit import audit_record

HUNDRED = 100


@dataclass(frozen=True)
class Row:
    """A head, as the table shows it; percents."""

    kind: str
    label: str
    waiting: int
    waiting_more: bool
    answers: int
    right: float | None
    wanted: float | None
    threshold: int | None
    covered: int | None
    missing: int


@shop_admin.page("review/", name="review", nav=(25, _("Review")))
def overview(request: Any) -> HttpResponse:
    """What waits, and the thresholds; a POST sets one."""
    if request.method == "POST":
        return _set(request)
    names = kinds()
    waiting = waiting_counts((kind, "") for kind in names)
    rows = [_row(one, waiting[one.kind, ""]) for one in kinds_measured(names)]
    context = {
        **shop_admin.each_context(request),
        "title": _("Review"),
        "rows": [row for row in rows if row.waiting or row.answers or row.wanted],
        "confidence": round(HUNDRED * CONFIDENCE),
        "least": round(HUNDRED * LEAST_WANTED),
        "most": HUNDRED * MOST_WANTED,
    }
    return render(request, "admin/catalog/review/overview.html", context)


def _row(one: KindMeasure, waiting: int) -> Row:
    told = one.measured
    return Row(
        kind=one.kind,
        label=kind_label(one.kind),
        waiting=min(waiting, COUNTED),
        waiting_more=waiting > COUNTED,
        answers=one.answers,
        right=round(HUNDRED * one.right / one.answers, 1) if one.answers else None,
        wanted=round(HUNDRED * one.wanted, 1) if one.wanted else None,
        threshold=None if one.threshold is None else round(HUNDRED * one.threshold),
        covered=round(HUNDRED * told.covered) if told and told.score is not None else None,
        missing=told.missing if told else 0,
    )


def _set(request: Any) -> HttpResponse:
    kind = kind_or_404(request.POST.get("kind", ""))
    said = request.POST.get("wanted", "").strip().rstrip("%").strip()
    before = ReviewThreshold.objects.filter(kind=kind).values_list("precision", flat=True).first()
    try:
        wanted = float(said) / HUNDRED if said else None
        threshold_set(kind=kind, precision=wanted, by=request.user)
    except ValueError:
        bounds = {"least": round(HUNDRED * LEAST_WANTED), "most": HUNDRED * MOST_WANTED}
        text = gettext("Write a number from %(least)s to %(most)s, or leave it empty.")
        messages.error(request, text % bounds)
    else:
        changes = {kind: [before, wanted]}
        audit_record(actor=request.user, action="threshold", target=request.shop, changes=changes)
        messages.success(request, gettext("Saved: %(name)s") % {"name": kind_label(kind)})
    return HttpResponseRedirect(reverse("admin:review") + f"#{kind}")
