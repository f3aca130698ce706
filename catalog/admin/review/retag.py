"""A new bundle: what it would change of the tags, the button to go live, and the way back."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.review.shown import shown_of
from catalog.admin.words import kind_label, term_label
from catalog.models import Product, RetagPreview, SearchIndex
from catalog.services.retagging import (
    NothingToSwitch,
    revision_choose,
    revision_undo,
    undo_until,
)
from catalog.services.revisions import revision_progress
from tenants import outbox
from tenants.admin_site import OWNERS, shop_admin
from tenants.audit import audit_record

HUNDRED = 100


@shop_admin.page("review/tagging/", name="review_retag", writers=OWNERS)
def retag(request: Any) -> HttpResponse:
    """Where the shop stands between two bundles; a POST goes live, or back."""
    if request.method == "POST":
        return _decided(request)
    held = SearchIndex.objects.filter(shop=request.shop).first()
    preview = None
    if held is not None and held.next_revision:
        rows = RetagPreview.objects.filter(live=held.live_revision, coming=held.next_revision)
        preview = rows.first()
    context = {
        **shop_admin.each_context(request),
        "title": _("New tagging"),
        "held": held,
        "progress": revision_progress(request.shop) if held and not held.ready_at else None,
        "preview": preview,
        "kinds": _kinds(preview) if preview else [],
        "examples": _examples(request, preview) if preview else [],
        "undo_until": undo_until(held) if held else None,
        "declined": bool(held and held.declined_revision),
        "chosen": bool(held and held.chosen_revision),
        "follows": not outbox.idle(shop_id=request.shop.pk, topic=outbox.SETTLE),
        "wait_hours": settings.RETAG_WAIT_HOURS,
        "undo_days": settings.RETAG_UNDO_DAYS,
    }
    return render(request, "admin/catalog/review/retag.html", context)


def _decided(request: Any) -> HttpResponse:
    what = request.POST.get("what", "")
    try:
        if what == "live":
            revision = revision_choose(shop=request.shop)
            messages.success(request, gettext("The new tagging goes live within a minute."))
        elif what == "back":
            revision = revision_undo(shop=request.shop)
            messages.success(request, gettext("Taken back. The tags follow in a few minutes."))
        else:
            raise Http404("go live, or back?")
    except NothingToSwitch:
        messages.warning(request, gettext("There is nothing to switch to."))
    else:
        changes = {"revision": [None, revision]}
        audit_record(
            actor=request.user, action=f"retag_{what}", target=request.shop, changes=changes
        )
    return HttpResponseRedirect(reverse("admin:review_retag"))


def _kinds(preview: RetagPreview) -> list[dict[str, Any]]:
    rows = [
        {
            "label": kind_label(kind),
            "changed": changed,
            "compared": compared,
            "share": round(HUNDRED * changed / compared, 1) if compared else 0,
        }
        for kind, (changed, compared) in preview.kinds.items()
    ]
    return sorted(rows, key=lambda row: -float(row["share"]))


def _examples(request: Any, preview: RetagPreview) -> list[dict[str, Any]]:
    """By head: photos with the old and the new word."""
    ids = {one["product"] for one in preview.examples}
    photos = shown_of(ids, shop=request.shop)
    there = {one.pk: one for one in Product.objects.filter(pk__in=ids)}
    kinds: dict[str, list[dict[str, Any]]] = {}
    for one in preview.examples:
        if one["product"] not in there:
            continue
        share = one["probability"]
        kinds.setdefault(one["kind"], []).append(
            {
                "product": there[one["product"]],
                "shown": photos.get(one["product"]),
                "old": term_label(one["kind"], one["old"]),
                "new": term_label(one["kind"], one["new"]),
                "percent": None if share is None else round(HUNDRED * share),
            }
        )
    return [{"label": kind_label(kind), "rows": rows} for kind, rows in kinds.items()]
