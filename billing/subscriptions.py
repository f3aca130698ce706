"""Verbs about a mall's plan: try one, change it, bring it to today, pay by use."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from billing.invoice_lines import Line
from billing.invoicing import invoice_for_period, invoice_of_lines
from billing.models import Subscription
from billing.models_invoices import InvoiceLine
from billing.periods import period_begin, plan_put, price_in_force, rolled
from billing.plans import PLANS, default_plan, plan_of, price_of
from billing.proration import Change, ChangeLine, PlanRefused, What, change_preview
from tenants.models import Mall

log = logging.getLogger(__name__)

State = Subscription.State
MANUAL = "manual"
# So long what a page has shown is what is charged, though seconds go by until it is pressed.
SHOWN_HOLDS = timedelta(minutes=15)


def subscription_set(*, mall: Mall, plan: str, at: datetime | None = None) -> Subscription:
    """Put the mall on a plan from now on, without a bill: what operators and commands do.

    Raises ValueError for an unknown plan.
    """
    if plan not in PLANS:
        raise ValueError(f"no plan {plan!r}: there are {', '.join(PLANS)}")
    at = at or timezone.now()
    with transaction.atomic():
        subscription = subscription_locked(mall)
        subscription.since = at
        plan_put(subscription, plan, at)
        subscription.state, subscription.past_due_since = State.ACTIVE, None
        period_begin(subscription, at)
        subscription.save()
    return subscription


@transaction.atomic
def trial_begin(*, mall: Mall, plan: str, at: datetime | None = None) -> Subscription:
    """Let the mall try a plan for TRIAL_DAYS, once. Raises PlanRefused."""
    at = at or timezone.now()
    subscription = subscription_locked(mall)
    if price_of(plan, currency=subscription.currency, period=subscription.period) is None:
        raise PlanRefused("not_sold")
    if subscription.trial_ends_at is not None:
        raise PlanRefused("trial_used")
    if subscription.period_end is not None or subscription.plan != default_plan().id:
        raise PlanRefused("paid")
    plan_put(subscription, plan, at)
    subscription.state, subscription.past_due_since = State.TRIAL, None
    subscription.trial_ends_at = at + timedelta(days=settings.TRIAL_DAYS)
    subscription.save()
    return subscription


@transaction.atomic
def plan_change(
    *,
    mall: Mall,
    plan: str,
    period: str,
    at: datetime | None = None,
    shown_at: datetime | None = None,
) -> Change:
    """Change the plan as `change_preview` says, and bill what is due now. Raises PlanRefused.

    `shown_at` is the moment that the shopper's page was made for: its amounts hold for a quarter
    of an hour, unless a new period has begun since. A period that is over is rolled on before,
    whether the clock came by or not: so a change in its last second belongs to it, and one second
    later to the next.
    """
    at = at or timezone.now()
    subscription = subscription_locked(mall)
    subscription_roll(subscription, at)
    moment = _moment(subscription, at, shown_at)
    change = change_preview(subscription=subscription, plan=plan, period=period, at=moment)
    if not change.at_once:
        subscription.next_plan, subscription.next_period = plan, period
        subscription.save()
        return change
    fresh = change.ends != subscription.period_end
    plan_put(subscription, plan, moment, period=period)
    if subscription.state == State.CANCELLED:
        subscription.state = State.ACTIVE
    if fresh:
        period_begin(subscription, moment)
    subscription.save()
    _bill(subscription, change)
    return change


@transaction.atomic
def paying_set(*, mall: Mall, overage: bool, spend_cap: int | None) -> Subscription:
    """Go on beyond the plan and pay by use, or not; and the cap for publishable keys, in the
    smallest unit of the subscription's currency. Raises PlanRefused where the plan does not sell
    use."""
    subscription = subscription_locked(mall)
    if overage and not plan_of(subscription.plan).unit_prices:
        raise PlanRefused("no_use_prices")
    if spend_cap is not None and spend_cap < 0:
        raise ValueError("a cap is not below nothing")
    subscription.overage, subscription.spend_cap = overage, spend_cap
    subscription.save(update_fields=["overage", "spend_cap"])
    return subscription


def subscription_roll(subscription: Subscription, at: datetime) -> bool:
    """Save what a locked subscription is at `at` and bill the periods that began on the way;
    whether it moved. What another provider bills is moved by that provider."""
    if subscription.provider != MANUAL:
        return False
    before = (subscription.plan, subscription.state, subscription.period_end)
    unbegun = subscription.state in (State.ACTIVE, State.PAST_DUE)
    if unbegun and subscription.period_end is None and price_in_force(subscription):
        # Put on this plan when plans had no price: its first period begins now.
        period_begin(subscription, at)
        subscription.save()
        _bill_period(subscription, at)
    for start, end in rolled(subscription, at):
        subscription.save()
        invoice_for_period(mall=subscription.mall, start=start, end=end, at=at)
    subscription.save()
    return before != (subscription.plan, subscription.state, subscription.period_end)


def _bill_period(subscription: Subscription, at: datetime) -> None:
    start, end = subscription.period_start, subscription.period_end
    if start and end:
        invoice_for_period(mall=subscription.mall, start=start, end=end, at=at)


def _bill(subscription: Subscription, change: Change) -> None:
    """What is due now. A period that begins by itself is billed as those are that the clock
    begins."""
    at = change.effective_at
    if [line.what for line in change.lines] == [What.PLAN]:
        _bill_period(subscription, at)
    elif change.lines:
        invoice_of_lines(
            mall=subscription.mall,
            key=f"change:{subscription.mall_id}:{at.timestamp():.6f}",
            lines=[_line(line) for line in change.lines],
            start=at,
            end=max(line.end for line in change.lines),
            at=at,
        )


def _line(line: ChangeLine) -> Line:
    whole = line.what == What.PLAN
    data = {
        "back": line.what == What.UNUSED,
        "plan": plan_of(line.plan).name,
        "period": line.period,
        "start": line.start.isoformat(),
        "end": line.end.isoformat(),
    }
    kind = InvoiceLine.Kind.PLAN if whole else InvoiceLine.Kind.CHANGE
    return Line(kind, line.amount, line.amount, data=data)


def _moment(subscription: Subscription, at: datetime, shown_at: datetime | None) -> datetime:
    if shown_at is None or not at - SHOWN_HOLDS <= shown_at <= at:
        return at
    start = subscription.period_start
    return at if start is not None and shown_at < start else shown_at


def subscription_locked(mall: Mall) -> Subscription:
    """The mall's subscription as it is now, held to the end; of a mall without one the default."""
    Subscription.objects.get_or_create(mall=mall, defaults={"plan": default_plan().id})
    rows = Subscription.objects.select_related("mall").select_for_update(of=("self",))
    return rows.get(mall=mall)
