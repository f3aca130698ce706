"""The plan of a mall, as operators may set it."""

from django import forms
from django.contrib import admin

from billing.models import Subscription
from billing.plans import PLANS


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
