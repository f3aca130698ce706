"""The queue of one head: one product a page, answered by number, key or touch.

Without JavaScript each answer is a form that comes back with the next question. With it the next
questions are here already and the answers go out behind them.
"""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from catalog.admin.review.shown import asked, kind_or_404, skipped
from catalog.admin.words import kind_label, term_label
from catalog.services.reviews.answers import (
    NothingToUndo,
    UnknownProduct,
    review_answer,
    review_undo,
    review_undo_last,
)
from catalog.services.reviews.queue import COUNTED, questions_next, waiting_counts
from tenants.admin_site import shop_admin

AHEAD = 4
"""Questions that a page holds in hand at most."""
QUESTION = "admin/catalog/review/question.html"


@shop_admin.page("review/kind/<slug:kind>/", name="review_queue")
def queue(request: Any, kind: str) -> HttpResponse:
    """The next question; a POST answers one."""
    kind_or_404(kind)
    if request.method == "POST":
        return _answered(request, kind)
    only_sample = request.GET.get("sample") == "1"
    skip = skipped(request.GET.get("skip", ""))
    found = questions_next(kind=kind, skip=skip, only_sample=only_sample)
    question = next(iter(asked(found, shop=request.shop)), None)
    waiting = waiting_counts([(kind, "")])[kind, ""]
    more = [*skip, question.product.pk] if question else skip
    context = {
        **shop_admin.each_context(request),
        "title": kind_label(kind),
        "kind": kind,
        "asked": question,
        "waiting": min(waiting, COUNTED),
        "waiting_more": waiting > COUNTED,
        "only_sample": only_sample,
        "here": _here(kind, skip, only_sample),
        "next_address": reverse("admin:review_next", args=[kind]),
        "skip_address": _here(kind, more, only_sample),
        "from_start": _here(kind, [], only_sample) if skip else "",
    }
    return render(request, "admin/catalog/review/queue.html", context)


@shop_admin.page("review/kind/<slug:kind>/next/", name="review_next")
def queue_next(request: Any, kind: str) -> HttpResponse:
    """Questions to come, as pieces of the page."""
    kind_or_404(kind)
    found = questions_next(
        kind=kind,
        skip=skipped(request.GET.get("skip", "")),
        count=AHEAD,
        only_sample=request.GET.get("sample") == "1",
    )
    here = _here(kind, [], request.GET.get("sample") == "1")
    may_edit = shop_admin.each_context(request)["may_edit"]
    items = [
        {
            "product": one.product.pk,
            "html": render_to_string(
                QUESTION, {"asked": one, "here": here, "may_edit": may_edit}, request
            ),
        }
        for one in asked(found, shop=request.shop)
    ]
    return JsonResponse({"items": items})


@shop_admin.page("review/undo/", name="review_undo")
def undo(request: Any) -> HttpResponse:
    """Take back the answer that is named, or this person's last one."""
    if request.method != "POST":
        raise Http404("only to be pressed")
    number = request.POST.get("decision", "")
    try:
        if number.isdecimal() and len(number) < 19:
            decision = review_undo(decision_id=int(number))
        else:
            decision = review_undo_last(by=request.user)
    except NothingToUndo:
        if _wants_json(request):
            return JsonResponse({"undone": False})
        messages.warning(request, gettext("There is nothing to take back."))
        return HttpResponseRedirect(reverse("admin:review"))
    if _wants_json(request):
        return JsonResponse({"undone": True, "product": decision.product_id})
    messages.success(request, gettext("Taken back."))
    known = decision.kind if decision.kind != "region" else "category"
    return HttpResponseRedirect(reverse("admin:review_queue", args=[known]))


def _answered(request: Any, kind: str) -> HttpResponse:
    """One answer. The same one twice is one."""
    product, value = request.POST.get("product", ""), request.POST.get("value", "")
    try:
        decision = review_answer(
            product_id=int(product) if product.isdecimal() and len(product) < 19 else 0,
            kind=kind,
            value=value,
            by=request.user,
            sampled=request.POST.get("sampled") == "1",
        )
    except UnknownProduct:
        return _refused(request, kind, gettext("This product is gone."), 404)
    except ValueError:
        return _refused(request, kind, gettext("This value is not offered."), 400)
    if _wants_json(request):
        return JsonResponse({"decision": decision.pk, "product": decision.product_id})
    label = term_label(kind, value)
    messages.success(request, gettext("Set: %(value)s") % {"value": label})
    return HttpResponseRedirect(_back(request, kind))


def _refused(request: Any, kind: str, why: str, status: int) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"error": why}, status=status)
    messages.error(request, why)
    return HttpResponseRedirect(_back(request, kind))


def _back(request: Any, kind: str) -> str:
    """Where the person was: what was skipped stays skipped."""
    skip = skipped(request.POST.get("skip", ""))
    return _here(kind, skip, request.POST.get("only_sample") == "1")


def _here(kind: str, skip: list[int], only_sample: bool) -> str:
    fields: dict[str, str] = {}
    if only_sample:
        fields["sample"] = "1"
    if skip:
        fields["skip"] = ",".join(str(one) for one in skip)
    address = reverse("admin:review_queue", args=[kind])
    return f"{address}?{urlencode(fields, safe=',')}" if fields else address


def _wants_json(request: Any) -> bool:
    return bool(request.headers.get("Accept", "") == "application/json")
