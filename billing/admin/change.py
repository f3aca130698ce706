"""What a change of plan costs and when it happens, before it does; and the change."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from billing.admin.words import FEATURE_NAMES, REFUSED
from billing.bill_to import currency_set, may_choose_currency, subscription_or_first
from billing.invoice_words import period_of
from billing.models import Subscription
from billing.money import shown
from billing.plans import CURRENCIES, PERIODS, SOLD, plan_of
from billing.proration import Change, ChangeLine, PlanRefused, What
from billing.providers import provider_of
from billing.providers.base import ProviderFailed
from billing.subscriptions import SHOWN_HOLDS
from tenants.admin_scope import opens_own_scope
from tenants.admin_site import OWNERS, shop_admin
from tenants.audit import audit_record
from tenants.problems import current_language
from tenants.scope import shop_scope

SALT = "billing.change"
CHANGED = _("The amounts have changed since they were shown. Please look at them again.")
FAILED = _("The payment provider did not do it: %(why)s")
LINE_WORDS = {
    What.PLAN: _("Plan %(plan)s, from today on"),
    What.REST: _("Plan %(plan)s, for the rest of the period"),
    What.UNUSED: _("Plan %(plan)s, what is left of it"),
}


class _Otherwise(Exception):
    """What would be billed is not what was shown."""


@dataclass(frozen=True)
class Shown:
    """What a page has shown, signed into its form."""

    at: datetime
    total: int
    at_once: bool

    @classmethod
    def of(cls, change: Change, at: datetime) -> "Shown":
        return cls(at, change.total, change.at_once)

    def signed(self, subject: str) -> str:
        return signing.dumps([subject, self.at.isoformat(), self.total, self.at_once], salt=SALT)

    @classmethod
    def read(cls, text: str, subject: str) -> "Shown | None":
        """None where it was not signed here, is of something else, or is too old."""
        try:
            said, at, total, at_once = signing.loads(text, salt=SALT, max_age=SHOWN_HOLDS)
        except signing.BadSignature:
            return None
        return cls(datetime.fromisoformat(at), total, at_once) if said == subject else None


@shop_admin.page(
    "billing/plan/<slug:plan>/<slug:period>/",
    name="billing_change",
    readers=OWNERS,
    writers=OWNERS,
)
@opens_own_scope
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Any, plan: str, period: str) -> HttpResponse:
    """A POST makes it, for what was shown: else it is shown again.

    A provider is across the network, so it is asked outside the shop's scope.
    """
    if plan not in {one.id for one in SOLD} or period not in PERIODS:
        raise Http404("no such plan is sold")
    subscription = _subscription(request)
    try:
        if request.method == "POST":
            return _made(request, subscription, plan, period)
        return _shown(request, subscription, plan, period)
    except _Otherwise:
        messages.warning(request, CHANGED)
        return _shown(request, subscription, plan, period)
    except PlanRefused as refused:
        messages.error(request, REFUSED.get(refused.code, REFUSED["unknown"]))
    except ProviderFailed as failed:
        messages.error(request, FAILED % {"why": failed})
    return HttpResponseRedirect(reverse("admin:billing_plan"))


def _subscription(request: Any) -> Subscription:
    """In the money that was asked for, as far as that may be chosen; not saved."""
    subscription = subscription_or_first(request.shop.mall, request.shop)
    asked = request.POST if request.method == "POST" else request.GET
    currency = asked.get("currency", "")
    if currency in CURRENCIES and may_choose_currency(subscription):
        subscription.currency = currency
    return subscription


def _shown(request: Any, subscription: Subscription, plan: str, period: str) -> HttpResponse:
    at, way = timezone.now(), provider_of(subscription)
    made = way.preview(subscription=subscription, plan=plan, period=period, at=at)
    subject = _subject(request, subscription, plan, period)
    with shop_scope(request.shop):
        context = {
            **shop_admin.each_context(request),
            "title": _("Change to %(plan)s") % {"plan": plan_of(plan).name},
            "tab": "plan",
            "plan": plan_of(plan),
            "period": period,
            "change": made,
            "lines": [_line(line, made.currency) for line in made.lines],
            "subscription": subscription,
            "losses": _losses(subscription, plan),
            "leaves": _needs_checkout(subscription, made),
            "signed": Shown.of(made, at).signed(subject),
        }
        return render(request, "admin/shop/billing/change.html", context)


def _made(request: Any, subscription: Subscription, plan: str, period: str) -> HttpResponse:
    mall, text = request.shop.mall, request.POST.get("shown", "")
    seen = Shown.read(text, _subject(request, subscription, plan, period))
    if seen is None:
        raise _Otherwise
    if not subscription.bill_country:
        messages.error(request, _("Say first whom to bill, and in which country."))
        return HttpResponseRedirect(reverse("admin:billing_details"))
    before = f"{subscription.plan} {subscription.period}"
    subscription = currency_set(mall=mall, currency=subscription.currency)
    way = provider_of(subscription)
    made = way.preview(subscription=subscription, plan=plan, period=period, at=seen.at)
    _compare(made, seen)
    if _needs_checkout(subscription, made):
        back = request.build_absolute_uri(reverse("admin:billing"))
        url = way.checkout(
            subscription=subscription,
            plan=plan,
            period=period,
            done_url=back,
            back_url=request.build_absolute_uri(reverse("admin:billing_plan")),
            language=current_language(),
        )
        return HttpResponseRedirect(url)
    # What another provider has charged cannot be taken back here.
    with nullcontext() if way.asks_payment_method else transaction.atomic():
        at = timezone.now()
        made = way.change(
            subscription=subscription, plan=plan, period=period, at=at, shown_at=seen.at
        )
        if not way.asks_payment_method:
            _compare(made, seen)
    with shop_scope(request.shop):
        changes = {"plan": [before, f"{plan} {period}"]}
        audit_record(actor=request.user, action="change", target=request.shop, changes=changes)
    words = _("Your plan is %(plan)s now.") if made.at_once else _("%(plan)s follows your plan.")
    messages.success(request, words % {"plan": plan_of(plan).name})
    return HttpResponseRedirect(reverse("admin:billing"))


def _compare(made: Change, seen: Shown) -> None:
    if (made.total, made.at_once) != (seen.total, seen.at_once):
        raise _Otherwise


def _needs_checkout(subscription: Subscription, made: Change) -> bool:
    """Whether the person has to give a card first, on the provider's page."""
    asks = provider_of(subscription).asks_payment_method
    return asks and not subscription.provider_subscription and made.price > 0


def _subject(request: Any, subscription: Subscription, plan: str, period: str) -> str:
    """What a signature is good for."""
    return f"{request.shop.mall_id}:{plan}:{period}:{subscription.currency}"


def _line(line: ChangeLine, currency: str) -> dict[str, str]:
    return {
        "text": LINE_WORDS[line.what] % {"plan": plan_of(line.plan).name},
        "detail": period_of(line.start, line.end),
        "amount": shown(line.amount, currency),
    }


def _losses(subscription: Subscription, plan: str) -> list[Any]:
    """What the mall has now and the chosen plan has not."""
    now, then = plan_of(subscription.plan), plan_of(plan)
    return [FEATURE_NAMES[one] for one in sorted(now.features - then.features)]
