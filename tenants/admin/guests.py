"""LookUs' staff as guests: an owner lets them in and out; an operator's emergency access."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tenants.admin_site import OWNERS, shop_admin
from tenants.guests import guest_allow, guest_emergency, guests_end
from tenants.models import Shop
from tenants.models_leaving import GuestGrant

SHOWN = 20


@shop_admin.page("help/", name="help", readers=OWNERS, writers=OWNERS)
def staff_help(request: Any) -> HttpResponse:
    """Who of LookUs is or was here, and the button that lets them in."""
    if request.method == "POST":
        guest_allow(shop=request.shop, by=request.user)
        messages.success(request, gettext("LookUs staff may come in now."))
        return HttpResponseRedirect(reverse("admin:help"))
    grants = GuestGrant.objects.order_by("-at").prefetch_related("visits")[:SHOWN]
    context = {
        **shop_admin.each_context(request),
        "title": gettext("Help by LookUs"),
        "grants": grants,
        "hours": settings.GUEST_HOURS,
    }
    return render(request, "admin/shop/help.html", context)


@shop_admin.page("help/end/", name="help_end")
@require_POST
def staff_help_end(request: Any) -> HttpResponse:
    """Everybody who may edit may send the guests away; a guest may leave so too."""
    if guests_end(shop=request.shop, by=request.user):
        messages.success(request, gettext("Nobody of LookUs is a guest any more."))
    mine = request.membership.pk is not None
    return HttpResponseRedirect(reverse("admin:index") if mine else "/desk/")


class EmergencyForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The shop's owners read it: they are mailed at once."),
    )


def emergency(request: Any, object_id: str, context: dict[str, Any]) -> HttpResponse:
    """The operators' page: come in unasked, with a reason. Only superusers reach it."""
    pk = int(object_id) if object_id.isdecimal() else 0
    shop = get_object_or_404(Shop.objects.open(), pk=pk)
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        guest_emergency(shop=shop, operator=request.user, reason=form.cleaned_data["reason"])
        return HttpResponseRedirect(f"/admin/{shop.slug}/")
    context |= {
        "title": gettext("Emergency access to %(shop)s") % {"shop": shop.name},
        "form": form,
        "hours": settings.GUEST_HOURS,
    }
    return render(request, "admin/operator_emergency.html", context)
