"""Contact sheets: forty photos of one value, the wrong ones tapped away, the rest approved."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from catalog.admin.review.shown import kind_or_404, shown_of, skipped
from catalog.admin.seen import choices_of
from catalog.admin.words import kind_label, term_label
from catalog.services.reviews.answers import NothingToUndo, sheet_approve, sheet_undo
from catalog.services.reviews.queue import COUNTED, SHEET, sheet_next, waiting_counts
from tenants.admin_site import shop_admin
from tenants.audit import audit_record


@shop_admin.page("review/kind/<slug:kind>/sheet/", name="review_sheet")
def sheet(request: Any, kind: str) -> HttpResponse:
    """Forty at once; a POST approves those that were left."""
    kind_or_404(kind)
    if request.method == "POST":
        return _approved(request, kind)
    value, skip = request.GET.get("value", ""), skipped(request.GET.get("skip", ""))
    tags = sheet_next(kind=kind, value=value, skip=skip) if value else []
    photos = shown_of([tag.product_id for tag in tags], shop=request.shop)
    context = {
        **shop_admin.each_context(request),
        "title": kind_label(kind),
        "kind": kind,
        "value": value,
        "label": term_label(kind, value) if value else "",
        "values": _values(kind),
        "cards": [
            {
                "tag": tag,
                "shown": photos.get(tag.product_id),
                "percent": None if tag.probability is None else round(100 * tag.probability),
            }
            for tag in tags
        ],
        "sheet": uuid.uuid4(),
        "skip": ",".join(str(one) for one in skip),
        "done": _name(request.GET.get("done", "")),
    }
    return render(request, "admin/catalog/review/sheet.html", context)


@shop_admin.page("review/sheet/undo/", name="review_sheet_undo")
def undo(request: Any) -> HttpResponse:
    """Take a sheet back."""
    name = _name(request.POST.get("sheet", ""))
    if request.method != "POST" or name is None:
        raise Http404("no such sheet")
    try:
        count = sheet_undo(sheet=name)
    except NothingToUndo:
        messages.warning(request, gettext("There is nothing to take back."))
    else:
        audit_record(
            actor=request.user, action="sheet_undo", target=request.shop, changes={"count": count}
        )
        messages.success(request, gettext("Taken back."))
    kind = request.POST.get("kind", "")
    value = request.POST.get("value", "")
    return HttpResponseRedirect(_address(kind_or_404(kind), value=value))


def _approved(request: Any, kind: str) -> HttpResponse:
    value, name = request.POST.get("value", ""), _name(request.POST.get("sheet", ""))
    if name is None or value not in dict(choices_of(kind)):
        raise Http404("no such sheet")
    shown = skipped(",".join(request.POST.getlist("shown")))[:SHEET]
    kept = set(skipped(",".join(request.POST.getlist("right"))))
    right = [one for one in shown if one in kept]
    count = sheet_approve(kind=kind, value=value, product_ids=right, by=request.user, sheet=name)
    if count:
        changes = {kind: [None, value], "count": count}
        audit_record(
            actor=request.user, action="sheet_approve", target=request.shop, changes=changes
        )
    text = ngettext("%(count)d photo approved.", "%(count)d photos approved.", count)
    messages.success(request, text % {"count": count})
    wrong = [one for one in shown if one not in kept]
    skip = [*skipped(request.POST.get("skip", "")), *wrong]
    return HttpResponseRedirect(
        _address(
            kind,
            value=value,
            skip=",".join(str(one) for one in skip),
            done=str(name) if count else "",
        )
    )


def _values(kind: str) -> list[dict[str, Any]]:
    """The values of which something waits, the most first."""
    labels = dict(choices_of(kind))
    counts = waiting_counts([(kind, value) for value in labels])
    rows = [
        {
            "value": value,
            "label": label,
            "waiting": min(counts[kind, value], COUNTED),
            "more": counts[kind, value] > COUNTED,
        }
        for value, label in labels.items()
        if counts[kind, value]
    ]
    return sorted(rows, key=lambda row: -int(row["waiting"]))


def _address(kind: str, **fields: str) -> str:
    told = urlencode({name: value for name, value in fields.items() if value}, safe=",")
    return f"{reverse('admin:review_sheet', args=[kind])}?{told}"


def _name(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
