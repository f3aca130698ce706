"""Plans side by side, and a trial of one."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from billing.admin.words import FEATURE_NAMES, KIND_NAMES, REFUSED
from billing.bill_to import currency_set, may_choose_currency, subscription_or_first
from billing.models import Subscription
from billing.periods import plan_in_force
from billing.plans import (
    CURRENCIES,
    FEATURES,
    FREE,
    PER,
    PERIODS,
    SOLD,
    Plan,
    default_plan,
    plan_of,
    rank,
)
from billing.proration import PlanRefused
from billing.subscriptions import trial_begin
from tenants.admin_site import OWNERS, shop_admin
from tenants.audit import audit_record

State = Subscription.State


@shop_admin.page("billing/plan/", name="billing_plan", readers=OWNERS, writers=OWNERS)
@require_safe
def plans(request: Any) -> HttpResponse:
    """Every plan with its price and what is in it; which one is the mall's."""
    subscription = subscription_or_first(request.shop.mall, request.shop)
    choose = may_choose_currency(subscription)
    if choose and request.GET.get("currency") in CURRENCIES:
        subscription.currency = request.GET["currency"]
    period = request.GET.get("period", "")
    period = period if period in PERIODS else subscription.period
    context = {
        **shop_admin.each_context(request),
        "title": _("Plan"),
        "tab": "plan",
        "subscription": subscription,
        "period": period,
        "currencies": CURRENCIES if choose else (),
        "cards": [_card(plan, subscription, period) for plan in offered(subscription)],
        "per": PER,
        "trial_days": settings.TRIAL_DAYS,
        "seller_email": settings.INVOICE_SELLER["email"],
    }
    return render(request, "admin/shop/billing/plans.html", context)


@shop_admin.page("billing/trial/<slug:plan>/", name="billing_trial", readers=OWNERS, writers=OWNERS)
@require_POST
def trial(request: Any, plan: str) -> HttpResponse:
    """The plan for some days, without a price."""
    mall = request.shop.mall
    try:
        if request.POST.get("currency") in CURRENCIES:
            currency_set(mall=mall, currency=request.POST["currency"])
        begun = trial_begin(mall=mall, plan=plan)
    except (PlanRefused, ValueError) as refused:
        code = getattr(refused, "code", "unknown")
        messages.error(request, REFUSED.get(code, REFUSED["unknown"]))
        return HttpResponseRedirect(reverse("admin:billing_plan"))
    changes = {"plan": ["", begun.plan], "trial_ends_at": ["", str(begun.trial_ends_at)]}
    audit_record(actor=request.user, action="change", target=request.shop, changes=changes)
    messages.success(request, gettext("You are trying %(plan)s.") % {"plan": plan_of(plan).name})
    return HttpResponseRedirect(reverse("admin:billing"))


def offered(subscription: Subscription) -> Iterable[Plan]:
    """What is sold, and the mall's own plan where that is not for sale."""
    own = plan_of(plan_in_force(subscription))
    return SOLD if own in SOLD else (own, *SOLD)


def _card(plan: Plan, subscription: Subscription, period: str) -> dict[str, Any]:
    now = plan_of(plan_in_force(subscription))
    price = plan.prices.get((subscription.currency, period))
    own = plan == now and (period == subscription.period or not plan.prices)
    if plan == now and own and subscription.agreed_price is not None:
        price = subscription.agreed_price
    return {
        "plan": plan,
        "price": price,
        "is_own": own,
        "follows": subscription.next_plan == plan.id and subscription.next_period == period,
        "is_larger": rank(plan.id) > rank(now.id),
        "may_choose": (bool(plan.prices) or plan == FREE)
        and not (own and not _waits(subscription)),
        "may_try": price is not None and _may_try(subscription),
        "uses": [
            {
                "label": KIND_NAMES[kind],
                "allowed": allowed,
                "unit_price": plan.unit_prices.get((kind, subscription.currency)),
            }
            for kind, allowed in plan.monthly.items()
        ],
        "features": [
            {"label": FEATURE_NAMES[one], "has": one in plan.features} for one in FEATURES
        ],
    }


def _waits(subscription: Subscription) -> bool:
    """Another plan is to follow: choosing one's own again takes that back."""
    return bool(subscription.next_plan)


def _may_try(subscription: Subscription) -> bool:
    first = subscription.trial_ends_at is None and subscription.period_end is None
    return first and subscription.plan == default_plan().id and subscription.state == State.ACTIVE
