"""When a period ends, and what a subscription is when it is over: pure, nothing is saved here."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone

from billing.models import Subscription
from billing.plans import FREE, MONTH, YEAR, default_plan, price_of

State = Subscription.State
MONTHS = {MONTH: 1, YEAR: 12}
MONTHS_OF_YEAR = 12


def period_end(start: datetime, period: str, anchor_day: int) -> datetime:
    """One month or year later on the anchor's day, or on the month's last where it has no such
    day; at the same time of day, in the installation's time zone."""
    local = timezone.localtime(start)
    years, month = divmod(local.month - 1 + MONTHS[period], MONTHS_OF_YEAR)
    year, month = local.year + years, month + 1
    day = min(anchor_day, monthrange(year, month)[1])
    return timezone.make_aware(datetime.combine(date(year, month, day), local.time()))


def day_of(at: datetime) -> int:
    """The day of the month, in the installation's time zone."""
    return timezone.localtime(at).day


def price_in_force(subscription: Subscription) -> int | None:
    """What a period costs without tax, as agreed or as the plan says; None where it is free."""
    if subscription.agreed_price is not None:
        return subscription.agreed_price
    plan, currency = subscription.plan, subscription.currency
    return price_of(plan, currency=currency, period=subscription.period)


def period_begin(subscription: Subscription, at: datetime) -> None:
    """A new period from `at` on, anchored there; none for a plan without a price."""
    if price_in_force(subscription) is None:
        subscription.period_start = subscription.period_end = None
        return
    subscription.anchor_day = day_of(at)
    subscription.period_start = at
    subscription.period_end = period_end(at, subscription.period, subscription.anchor_day)


def plan_put(subscription: Subscription, plan: str, at: datetime, *, period: str = "") -> None:
    """The plan from `at` on, and nothing waits to follow it. A price agreed on for another plan
    ends with it."""
    if plan != subscription.plan:
        subscription.agreed_price = None
        subscription.since = at
    subscription.plan = plan
    subscription.period = period or subscription.period
    subscription.next_plan = subscription.next_period = ""


def rolled(subscription: Subscription, at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Bring the subscription to `at`, step by step; each paid period [start, end) that begins on
    the way, in their order, as it begins.

    1. A trial that is over goes on with the plan that was chosen, or with the free one.
    2. A period that is over is followed by the next, of the plan that was to follow if there is
       one. A plan without a price has none.
    """
    if subscription.state == State.TRIAL:
        ends = subscription.trial_ends_at
        if ends is None or ends > at:
            return
        chosen, period = subscription.next_plan or FREE.id, subscription.next_period
        plan_put(subscription, chosen, ends, period=period)
        subscription.state = State.ACTIVE
        period_begin(subscription, ends)
        yield from _begun(subscription)
    if subscription.state == State.CANCELLED:
        return
    while subscription.period_end is not None and subscription.period_end <= at:
        start = subscription.period_end
        if subscription.next_plan:
            chosen, period = subscription.next_plan, subscription.next_period
            plan_put(subscription, chosen, start, period=period)
        if price_in_force(subscription) is None:
            period_begin(subscription, start)
        else:
            anchor = subscription.anchor_day
            subscription.period_start = start
            subscription.period_end = period_end(start, subscription.period, anchor)
        yield from _begun(subscription)


def _begun(subscription: Subscription) -> Iterator[tuple[datetime, datetime]]:
    if subscription.period_start and subscription.period_end:
        yield subscription.period_start, subscription.period_end


def plan_in_force(subscription: Subscription | None) -> str:
    """The id of the plan that counts: of none, or of a cancelled subscription, the default."""
    if subscription is None or subscription.state == State.CANCELLED:
        return default_plan().id
    return subscription.plan
