"""One tap on the garment of a photo that the product is."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from catalog.admin.words import term_label
from catalog.models import Garment, Photo, Product
from catalog.services.photo_choices import garment_point, garment_unpoint
from catalog.services.tags import garment_choose
from tenants.admin_site import shop_admin
from tenants.audit import audit_record
from vision.types import WHOLE_PHOTO


@shop_admin.page("review/garment/<int:pk>/", name="review_garment")
def point(request: Any, pk: int) -> HttpResponse:
    """This garment is the product: in its photo, or (`scope=product`) its part of the body in all
    photos of the product."""
    garment = Garment.objects.defer("embedding").filter(pk=pk).first()
    if garment is None or request.method != "POST":
        raise Http404("no such garment in this shop")
    if request.POST.get("scope") == "product" and garment.region != WHOLE_PHOTO:
        garment_choose(garment=garment, by=request.user)
    else:
        garment_point(garment=garment, by=request.user)
    label = term_label("category", garment.category)
    _record(request, garment.product_id, {"garment": [None, label]})
    messages.success(request, gettext("Set: %(value)s") % {"value": label})
    return _product(garment.product_id)


@shop_admin.page("review/photo/<int:pk>/garment/", name="review_garment_clear")
def clear(request: Any, pk: int) -> HttpResponse:
    """Take the word on a photo back."""
    photo = Photo.objects.filter(pk=pk).first()
    if photo is None or request.method != "POST":
        raise Http404("no such photo in this shop")
    if garment_unpoint(photo=photo):
        _record(request, photo.product_id, {"garment": [None, None]})
        messages.success(request, gettext("Taken back."))
    return _product(photo.product_id)


def _record(request: Any, product_id: int, changes: dict[str, Any]) -> None:
    product = Product.objects.get(pk=product_id)
    audit_record(actor=request.user, action="garment", target=product, changes=changes)


def _product(product_id: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:catalog_product_change", args=[product_id]))
