"""The owner's page: how well the shop's own search does, and what changes did to it."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recommender.models import QualityRun
from recommender.quality.figures import DEPTHS
from recommender.quality.services import quality_ask
from recommender.rank import PARTS, NothingWeighed, Weights
from tenants.admin_site import shop_admin
from vision.taxonomy import taxonomy

SHOWN = 30
HUNDRED = 100
REASONS = {
    "asked": _("Measured by hand"),
    "bundle": _("A new version of the vision"),
    "weights": _("Other weights"),
    "index": _("An index"),
}
VERDICTS = {
    QualityRun.Verdict.BETTER: (_("Not worse"), "good"),
    QualityRun.Verdict.WORSE: (_("Worse"), "bad"),
    QualityRun.Verdict.UNKNOWN: (_("Not compared, or too few to tell"), ""),
}


@shop_admin.page("quality/", name="quality", nav=(55, _("Search quality")))
def quality(request: Any) -> HttpResponse:
    """What was measured, the latest first; a click measures again."""
    if request.method == "POST":
        return _asked(request)
    runs = [_shown(run) for run in QualityRun.objects.order_by("-at", "-pk")[:SHOWN]]
    context = {
        **shop_admin.each_context(request),
        "title": _("Search quality"),
        "runs": runs,
        "latest": next((one for one in runs if one["after"]), None),
        "waits": any(not one["after"] for one in runs[:1]),
        "depths": DEPTHS,
        "parts": PARTS,
    }
    return render(request, "admin/shop/quality.html", context)


def _asked(request: Any) -> HttpResponse:
    try:
        weights = _weights(request.POST)
    except (NothingWeighed, ValueError):
        context = {
            **shop_admin.each_context(request),
            "title": _("Search quality"),
            "error": _("Weights are numbers from 0 to 100, one of them above 0."),
            "parts": PARTS,
        }
        return render(request, "admin/shop/quality.html", context, status=400)
    quality_ask(shop=request.shop, weights=weights, by=request.user)
    return HttpResponseRedirect(reverse("admin:quality"))


def _weights(form: Any) -> Weights | None:
    """The weights to try; None where every field was left empty."""
    said = {name: form.get(name, "").strip() for name in PARTS}
    if not any(said.values()):
        return None
    numbers = {name: float(text or 0) for name, text in said.items()}
    if not all(0 <= number <= HUNDRED for number in numbers.values()):
        raise ValueError("out of bounds")
    return Weights.of(numbers)


def _shown(run: QualityRun) -> dict[str, Any]:
    name, tone = VERDICTS[QualityRun.Verdict(run.verdict)]
    sides = {side: _side(run.figures.get(side)) for side in ("before", "after")}
    return {"run": run, "verdict": name, "tone": tone, "reason": REASONS.get(run.reason), **sides}


def _side(figures: dict[str, Any] | None) -> dict[str, Any] | None:
    if figures is None:
        return None
    known = set(taxonomy().kinds)
    return {
        "photos": figures["photos"],
        "tags": figures["tags"],
        "recall": [(depth, _percent(figures["recall"][str(depth)])) for depth in DEPTHS],
        "agreement": _percent(figures["agreement"]),
        "kinds": [
            {"kind": kind, "right": right, "asked": asked, "share": _percent(right / asked)}
            for kind, (right, asked) in figures["by_kind"].items()
            if asked and kind in known
        ],
        "weights": [(name, _percent(figures["weights"][name])) for name in PARTS],
    }


def _percent(share: float | None) -> float | None:
    return None if share is None else round(HUNDRED * share, 1)
