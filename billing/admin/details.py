"""Who is billed, in which money, and how it is paid."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from billing.admin.forms import BillToForm
from billing.bill_to import bill_to_set, subscription_or_first
from billing.models import Subscription
from billing.providers import provider_of
from billing.providers.base import ProviderFailed
from tenants.admin_scope import opens_own_scope
from tenants.admin_site import OWNERS, shop_admin
from tenants.audit import audit_record
from tenants.problems import current_language


@shop_admin.page("billing/details/", name="billing_details", readers=OWNERS, writers=OWNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: Any) -> HttpResponse:
    """The next invoices are written to whom it says; those that were issued stay as they are."""
    mall = request.shop.mall
    subscription = subscription_or_first(mall, request.shop)
    form = BillToForm(request.POST) if request.method == "POST" else BillToForm.of(subscription)
    if request.method == "POST" and form.is_valid():
        changes = bill_to_set(mall=mall, bill_to=form.bill_to)
        if changes:
            audit_record(actor=request.user, action="change", target=request.shop, changes=changes)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("admin:billing_details"))
    context = {
        **shop_admin.each_context(request),
        "title": _("Paying and address"),
        "tab": "details",
        "subscription": subscription,
        "form": form,
        "by_card": provider_of(subscription).asks_payment_method,
        "may_open": bool(subscription.provider_customer),
        "pay_to": settings.INVOICE_SELLER["pay_to"],
        "seller_email": settings.INVOICE_SELLER["email"],
    }
    return render(request, "admin/shop/billing/details.html", context)


@shop_admin.page("billing/payment/", name="billing_payment", readers=OWNERS, writers=OWNERS)
@opens_own_scope
@require_POST
def payment(request: Any) -> HttpResponse:
    """To the provider's page, where cards and receipts are."""
    subscription = Subscription.objects.filter(mall=request.shop.mall).first()
    if subscription is None or not subscription.provider_customer:
        raise Http404("nothing is paid by card yet")
    back = reverse("admin:billing_details")
    try:
        url = provider_of(subscription).portal(
            subscription=subscription,
            back_url=request.build_absolute_uri(back),
            language=current_language(),
        )
    except ProviderFailed as failed:
        messages.error(request, _("The payment provider did not do it: %(why)s") % {"why": failed})
        return HttpResponseRedirect(back)
    return HttpResponseRedirect(url)
