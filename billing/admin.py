"""What a shop's people see of plan and use; what operators may set."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from billing.models import Kind, Subscription
from billing.plans import PLANS
from billing.selectors import ledger_newest, usage_of
from tenants.admin_site import OWNERS, shop_admin

KIND_NAMES = {Kind.PHOTO: _("Photos tagged"), Kind.SEARCH: _("Searches answered")}
LEDGER_ROWS = 50


@shop_admin.page("billing/", name="billing", nav=(60, _("Billing")), readers=OWNERS)
def billing(request: Any) -> HttpResponse:
    """The plan of the mall, what it used this month, and the last rows of this shop's ledger."""
    usage = usage_of(request.shop.mall)
    context = {
        **shop_admin.each_context(request),
        "title": _("Billing"),
        "usage": usage,
        "lines": [{"line": line, "label": KIND_NAMES[Kind(line.kind)]} for line in usage.lines],
        "ledger": [
            {"entry": entry, "label": KIND_NAMES[Kind(entry.kind)]}
            for entry in ledger_newest(LEDGER_ROWS)
        ],
    }
    return render(request, "admin/shop/billing.html", context)


class SubscriptionForm(forms.ModelForm):
    plan = forms.ChoiceField(choices=[(plan.id, plan.name) for plan in PLANS.values()])

    class Meta:
        model = Subscription
        fields = ("mall", "plan", "since")


@admin.register(Subscription)
class SubscriptionAdmin(admin.ModelAdmin):
    form = SubscriptionForm
    list_display = ("mall", "plan", "since")
    list_select_related = ("mall",)
    autocomplete_fields = ("mall",)
