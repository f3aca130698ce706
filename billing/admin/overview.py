"""What an owner sees first of money: what was used, what it will come to, and the plan."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from billing.admin.forms import LimitsForm
from billing.admin.words import KIND_NAMES
from billing.banners import Banner, banners
from billing.invoice_words import state_word
from billing.models import Subscription
from billing.models_invoices import Invoice
from billing.outlook import Outlook, Use, outlook_of
from billing.plans import PER, plan_of
from tenants.admin_site import OWNERS, shop_admin

INVOICES = 3
State = Subscription.State


@shop_admin.notes
def money_notes(request: Any) -> tuple[Banner, ...]:
    """On every page of the shop's admin, for everybody in the mall."""
    return banners(request.shop.mall)


@shop_admin.page("billing/", name="billing", nav=(60, _("Billing")), readers=OWNERS, writers=OWNERS)
@require_safe
def billing(request: Any) -> HttpResponse:
    """Use so far with its forecast, the plan and the next invoice, what happens at a limit."""
    return overview(request, None)


def overview(request: Any, form: LimitsForm | None) -> HttpResponse:
    """The page; `form` is one that was sent and holds a fault."""
    mall = request.shop.mall
    outlook = outlook_of(mall, at=timezone.now())
    issued = Invoice.objects.filter(mall=mall).exclude(state=Invoice.State.DRAFT)
    context = {
        **shop_admin.each_context(request),
        "title": _("Billing"),
        "tab": "overview",
        "outlook": outlook,
        "subscription": outlook.subscription,
        "uses": [_shown(use, outlook) for use in outlook.uses],
        "per": PER,
        "form": form or _limits(outlook),
        "next_plan": _next_plan(outlook.subscription),
        "past_due_days": settings.PAST_DUE_DAYS,
        "invoices": [
            {"invoice": one, "state": state_word(one)}
            for one in issued.order_by("-issued_at", "-pk")[:INVOICES]
        ],
    }
    return render(request, "admin/shop/billing/overview.html", context, status=400 if form else 200)


def _limits(outlook: Outlook) -> LimitsForm | None:
    """None where the plan sells nothing beyond it."""
    if outlook.subscription is None or not outlook.plan.unit_prices:
        return None
    return LimitsForm.of(outlook.subscription)


def _shown(use: Use, outlook: Outlook) -> dict[str, Any]:
    rows = f"{reverse('admin:billing_ledger')}?kind={use.kind}"
    return {
        "use": use,
        "label": KIND_NAMES[use.kind],
        "url": rows,
        # As far as the bar reaches: beyond the plan, the month's end is.
        "most": max(use.allowed or 0, use.forecast.expected, use.used, 1),
        "is_search": use.kind == "search",
        "last_day": outlook.last_day,
    }


def _next_plan(subscription: Subscription | None) -> str:
    if subscription is None or not subscription.next_plan:
        return ""
    return plan_of(subscription.next_plan).name
