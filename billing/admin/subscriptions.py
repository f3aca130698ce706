"""The plan of a mall, as operators may set it: without a bill, and with a price of its own."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from billing.models import Subscription
from billing.plans import PLANS
from billing.subscriptions import subscription_set

AGREED = ("agreed_price", "currency", "period", "overage", "spend_cap")
BILL_TO = ("bill_name", "bill_address", "bill_tax_number", "bill_email", "bill_country")


class SubscriptionForm(forms.ModelForm):
    plan = forms.ChoiceField(choices=[(plan.id, plan.name) for plan in PLANS.values()])

    class Meta:
        model = Subscription
        fields = ("mall", "plan", *AGREED, *BILL_TO)


@admin.register(Subscription)
class SubscriptionAdmin(admin.ModelAdmin):
    """A price that was agreed on is billed when the clock comes by, from that hour on."""

    form = SubscriptionForm
    list_display = ("mall", "plan", "state", "period", "currency", "period_end", "provider")
    list_filter = ("plan", "state", "period", "currency")
    list_select_related = ("mall",)
    search_fields = ("mall__name", "mall__slug", "bill_name", "bill_email")
    autocomplete_fields = ("mall",)
    fieldsets = (
        (None, {"fields": ("mall", "plan", "state", "period_end")}),
        (_("Price"), {"fields": AGREED}),
        (_("Billed to"), {"fields": BILL_TO}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What runs at a provider is changed there, by the owner's own pages."""
        theirs = obj is not None and obj.provider_subscription
        held = ("plan", *AGREED[:3]) if theirs else ()
        return ("state", "period_end", *(("mall",) if obj else ()), *held)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Invoices and use belong to it: it ends, and stays."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        told = {name: getattr(obj, name) for name in form.cleaned_data if name != "mall"}
        if "plan" in form.changed_data:
            fresh = subscription_set(mall=obj.mall, plan=told.pop("plan"))
            # Django goes on with this object, and logs what it is.
            obj.__dict__.update(fresh.__dict__)
        for name, value in told.items():
            setattr(obj, name, value)
        obj.save()
