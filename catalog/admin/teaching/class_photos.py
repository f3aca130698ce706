"""Uploading photos that are examples of a value of the shop's own."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from catalog.admin.framed import REASONS
from catalog.models import OwnClass
from catalog.services.photos import StoredPhoto, photo_store
from catalog.services.teaching.own import TooManyExamples, example_photo_add
from tenants.admin_scope import opens_own_scope
from tenants.admin_site import EDITORS, shop_admin
from tenants.scope import shop_scope
from vision.decode import DEFAULT_LIMITS
from vision.errors import ImageRejected

MOST_FILES = 20


@shop_admin.page("catalog/ownclass/<int:pk>/photos/", name="teaching_photos")
@opens_own_scope
def photos(request: Any, pk: int) -> HttpResponse:
    """Store them outside the scope, for that may take long; the worker looks at them."""
    if request.method != "POST":
        return HttpResponse(status=405)
    if request.membership.role not in EDITORS:
        raise PermissionDenied
    with shop_scope(request.shop):
        if not OwnClass.objects.filter(pk=pk).exists():
            raise Http404("no such value in this shop")
    files = request.FILES.getlist("photo")[:MOST_FILES]
    stored = [one for file in files if (one := _stored(request, file)) is not None]
    with shop_scope(request.shop):
        own = OwnClass.objects.get(pk=pk)
        try:
            added = sum(example_photo_add(own=own, stored=one, by=request.user) for one in stored)
        except TooManyExamples:
            added = 0
            messages.error(request, gettext("A value has at most 500 examples."))
    if added:
        said = ngettext("%(count)s photo was added.", "%(count)s photos were added.", added)
        messages.success(request, said % {"count": added})
    elif not files:
        messages.warning(request, gettext("Choose a file first."))
    return HttpResponseRedirect(reverse("admin:teaching_class", args=[pk]))


def _stored(request: Any, file: Any) -> StoredPhoto | None:
    try:
        # One byte over the limit is enough to be refused as too large.
        data = file.read(DEFAULT_LIMITS.max_bytes + 1)
        return photo_store(shop_id=request.shop.pk, data=data)
    except ImageRejected as refused:
        reason = REASONS.get(refused.code) or refused.message
        messages.error(request, f"{reason} ({file.name})")
        return None
