"""Pages of a shop that leaves: take everything along, close the shop, bring it back."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lookus.leaving.exports import ExportUnderWay, export_start
from tenants.admin_scope import opens_own_scope
from tenants.admin_site import OWNERS, shop_admin
from tenants.audit import audit_record
from tenants.closing import WrongName, shop_close, shop_reopen
from tenants.models_leaving import ShopExport
from tenants.scope import shop_scope

SHOWN = 10
State = ShopExport.State
STATES = {
    State.PENDING: (_("Waiting"), "warn"),
    State.WORKING: (_("Being made"), "warn"),
    State.DONE: (_("Ready"), "good"),
    State.FAILED: (_("Failed"), "bad"),
    State.EXPIRED: (_("No longer kept"), ""),
}
UNDER_WAY = (State.PENDING, State.WORKING)


@shop_admin.page("export/", name="export", readers=OWNERS, writers=OWNERS)
def export(request: Any) -> HttpResponse:
    """The exports of the last days, and the button that makes one."""
    if request.method == "POST":
        photos = request.POST.get("photos") == "yes"
        try:
            export_start(shop=request.shop, by=request.user, photos=photos)
        except ExportUnderWay:
            messages.info(request, gettext("An export is being made already."))
        return HttpResponseRedirect(reverse("admin:export"))
    found = list(ShopExport.objects.order_by("-pk")[:SHOWN])
    under_way = next((one for one in found if one.state in UNDER_WAY), None)
    context = {
        **shop_admin.each_context(request),
        "title": gettext("Export"),
        "exports": [{"row": one, "label": STATES[State(one.state)]} for one in found],
        "under_way": under_way,
        "share": share_of(under_way) if under_way else 0.0,
        "days": settings.EXPORT_DAYS,
    }
    return render(request, "admin/shop/export.html", context)


@shop_admin.page("export/progress/", name="export_progress", readers=OWNERS, writers=())
@require_safe
def export_progress(request: Any) -> JsonResponse:
    """How far the newest export is, for its page."""
    newest = ShopExport.objects.order_by("-pk").first()
    ended = newest is None or newest.state not in UNDER_WAY
    rows = f"{newest.rows:,} / {newest.total:,}" if newest else ""
    share = share_of(newest) if newest else 1.0
    return JsonResponse({"texts": {"rows": rows}, "shares": {"rows": share}, "ended": ended})


@shop_admin.page("closing/export/<int:pk>/", name="export_file", readers=OWNERS, writers=())
@opens_own_scope
@require_safe
def export_file(request: Any, pk: int) -> HttpResponseBase:
    """The ZIP, for the shop's owners while it is kept; of a closed shop too."""
    with shop_scope(request.shop):
        kept = ShopExport.objects.filter(state=State.DONE, expires_at__gt=timezone.now())
        found = kept.filter(pk=pk).first()
        if found is None:
            raise Http404("no such export, or no longer kept")
        audit_record(actor=request.user, action="download", target=found)
    try:
        file = default_storage.open(found.file)
    except FileNotFoundError:
        raise Http404("the file is gone") from None
    name = f"{slugify(request.shop.slug)}-{found.created_at:%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@shop_admin.page("closing/", name="closing")
def closing(request: Any) -> HttpResponse:
    """Close the shop by typing its name; of a closed one, the way back."""
    owner = request.membership.role in OWNERS
    if not owner and (request.shop.is_open or request.method == "POST"):
        raise PermissionDenied("for owners")
    wrong = ""
    if request.method == "POST":
        if request.POST.get("back") == "yes":
            return _bring_back(request)
        try:
            shop_close(shop=request.shop, by=request.user, typed=request.POST.get("typed", ""))
            return HttpResponseRedirect(reverse("admin:closing"))
        except WrongName:
            wrong = gettext("This is not the shop's name. Nothing was closed.")
    kept = ShopExport.objects.filter(state=State.DONE, expires_at__gt=timezone.now())
    context = {
        **shop_admin.each_context(request),
        "title": gettext("Close the shop") if request.shop.is_open else gettext("Closed"),
        "wrong": wrong,
        "days": settings.SHOP_GRACE_DAYS,
        "kept": kept.order_by("-pk").first() if owner else None,
    }
    return render(request, "admin/shop/closing.html", context)


def _bring_back(request: Any) -> HttpResponse:
    if shop_reopen(shop=request.shop, by=request.user):
        messages.success(request, gettext("The shop is open again."))
    return HttpResponseRedirect(reverse("admin:index"))


def share_of(export: ShopExport) -> float:
    """Written ÷ all, from 0 to 1."""
    return min(1.0, export.rows / export.total) if export.total else 0.0
