"""The photos that shoppers let the shop keep: people hidden, deleted when their days are over."""

from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from catalog.admin.words import term_label
from recommender.kept.services import photo_forget
from recommender.models import KeptPhoto
from tenants.admin_scope import opens_own_scope
from tenants.admin_site import shop_admin
from tenants.audit import audit_record
from tenants.scope import shop_scope

PAGE = 48


@shop_admin.page("queries/", name="kept_photos", nav=(72, _("Shoppers' photos")))
def photos(request: Any) -> HttpResponse:
    """The newest first."""
    page = Paginator(KeptPhoto.objects.order_by("-created_at", "-pk"), PAGE)
    shown = page.get_page(request.GET.get("p"))
    context = {
        **shop_admin.each_context(request),
        "title": _("Shoppers' photos"),
        "page": shown,
        "photos": [{"photo": one, "label": term_label("category", one.category)} for one in shown],
        "days": request.shop.photo_days,
    }
    return render(request, "admin/shop/kept_photos.html", context)


@shop_admin.page("queries/<uuid:image_id>.jpg", name="kept_photo")
@opens_own_scope
@require_safe
def photo(request: Any, image_id: Any) -> HttpResponseBase:
    """The picture, to the shop's own people only."""
    with shop_scope(request.shop):
        row = get_object_or_404(KeptPhoto, image_id=image_id)
    if not default_storage.exists(row.file):
        raise Http404("its file is not there")
    response = FileResponse(default_storage.open(row.file), content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    return response


@shop_admin.page("queries/<uuid:image_id>/delete/", name="kept_photo_delete")
@opens_own_scope
@require_POST
def delete(request: Any, image_id: Any) -> HttpResponse:
    with shop_scope(request.shop):
        row = get_object_or_404(KeptPhoto, image_id=image_id)
        audit_record(actor=request.user, action="delete", target=row)
    photo_forget(shop=request.shop, image_id=image_id)
    messages.success(request, gettext("The photo is deleted."))
    return HttpResponseRedirect(reverse("admin:kept_photos"))
