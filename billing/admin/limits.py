"""What happens where the plan's limits are reached: an owner says it on Billing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from billing.admin.forms import LimitsForm
from billing.admin.overview import overview
from billing.admin.words import REFUSED
from billing.models import Subscription
from billing.proration import PlanRefused
from billing.subscriptions import paying_set
from tenants.admin_site import OWNERS, shop_admin
from tenants.audit import audit_record


@shop_admin.page("billing/limits/", name="billing_limits", readers=OWNERS, writers=OWNERS)
@require_POST
def limits(request: Any) -> HttpResponse:
    """Go on beyond the plan and pay by use, or not; and the most that shoppers may cause."""
    mall = request.shop.mall
    held = Subscription.objects.filter(mall=mall).first()
    if held is None:
        raise Http404("this mall has no plan yet")
    form = LimitsForm(request.POST, currency=held.currency)
    if not form.is_valid():
        return overview(request, form)
    before = {"overage": held.overage, "spend_cap": held.spend_cap}
    try:
        now = paying_set(mall=mall, **form.cleaned_data)
    except PlanRefused as refused:
        messages.error(request, REFUSED[refused.code])
        return HttpResponseRedirect(reverse("admin:billing"))
    changes = {
        name: [was, getattr(now, name)] for name, was in before.items() if was != getattr(now, name)
    }
    if changes:
        audit_record(actor=request.user, action="change", target=request.shop, changes=changes)
    messages.success(request, gettext_lazy("Saved."))
    return HttpResponseRedirect(reverse("admin:billing"))
