"""What a change of plan costs, before it is made: exact whole numbers, nothing is read or written.

    credit for the old plan = price × seconds left ÷ seconds of the period
    charge for the new plan = the same of its price, or the whole price where a new period begins

Each line is rounded half up to the currency's smallest unit, the tax of their sum too. Rounding so
keeps the order of amounts: a larger plan never costs less than the smaller one gives back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from billing.models import Subscription
from billing.periods import day_of, period_end, price_in_force
from billing.plans import FREE, PERIODS, PLANS, YEAR, price_of, rank, rounded, tax_of

State = Subscription.State
SECOND = timedelta(seconds=1)


class PlanRefused(ValueError):
    """`code` says why: unknown, not_sold, same, past_due, trial_used, paid, no_use_prices."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class What(StrEnum):
    """What a line is for."""

    PLAN = "plan"
    """A whole period of the new plan."""
    REST = "rest"
    """The rest of the running period, on the new plan."""
    UNUSED = "unused"
    """Back: the rest of the running period, on the old plan."""


@dataclass(frozen=True)
class ChangeLine:
    """One line of a change: of `unit_amount`, the price of a whole period, `amount` for
    [start, end)."""

    what: What
    plan: str
    period: str
    start: datetime
    end: datetime
    unit_amount: int
    amount: int


@dataclass(frozen=True)
class Change:
    """What happens when: `lines` and `due_now` are without tax, `total` is with it. What is not
    `at_once` costs nothing now: the plan changes at `effective_at` and costs `price` from then."""

    plan: str
    period: str
    currency: str
    price: int
    lines: tuple[ChangeLine, ...]
    due_now: int
    tax: int
    total: int
    effective_at: datetime
    at_once: bool
    ends: datetime | None
    """When the period ends that then runs; None for a plan without a price."""


def change_preview(*, subscription: Subscription, plan: str, period: str, at: datetime) -> Change:
    """What it costs to change to the plan at `at`, and when it happens. Raises PlanRefused.

    - In a trial: the plan follows it, and costs nothing until then.
    - From a plan without a price, or a cancelled one: at once, for a whole period from then on.
    - To a larger plan, or from months to years: at once; what is left of the old is given back.
    - To a smaller plan, or from years to months: at the end of the period that is paid.
    """
    price = _sold(subscription, plan, period)
    ends = subscription.period_end
    if subscription.state == State.TRIAL:
        if subscription.trial_ends_at is None:
            raise PlanRefused("unknown")
        return _later(subscription, plan, period, subscription.trial_ends_at)
    same = (plan, period) == (subscription.plan, subscription.period) or (
        plan == subscription.plan and not price
    )
    if same and subscription.state != State.CANCELLED:
        if not subscription.next_plan:
            raise PlanRefused("same")
        return _change(subscription, (plan, period), (), at, ends=ends)
    if ends is None or subscription.state == State.CANCELLED:
        return _anew(subscription, plan, period, at)
    if _smaller(subscription, plan, period):
        return _later(subscription, plan, period, ends)
    if subscription.state == State.PAST_DUE:
        raise PlanRefused("past_due")
    back = _part(What.UNUSED, subscription, subscription.plan, at, price_in_force(subscription))
    if period != subscription.period:
        return _anew(subscription, plan, period, at, back)
    rest = _part(What.REST, subscription, plan, at, price)
    return _change(subscription, (plan, period), (back, rest), at, ends=ends)


def _sold(subscription: Subscription, plan: str, period: str) -> int:
    """The price of the plan, 0 of the free one."""
    if plan not in PLANS or period not in PERIODS:
        raise PlanRefused("unknown")
    if plan == subscription.plan and subscription.agreed_price is not None:
        if period == subscription.period:
            return subscription.agreed_price
        raise PlanRefused("not_sold")
    price = price_of(plan, currency=subscription.currency, period=period)
    if price is None and plan != FREE.id:
        raise PlanRefused("not_sold")
    return price or 0


def _smaller(subscription: Subscription, plan: str, period: str) -> bool:
    years = subscription.period == YEAR and period != YEAR
    return rank(plan) < rank(subscription.plan) or years


def _part(
    what: What, subscription: Subscription, plan: str, at: datetime, price: int | None
) -> ChangeLine:
    """A plan's price for the seconds that are left of the running period."""
    start, end = subscription.period_start, subscription.period_end
    assert start is not None and end is not None
    left = max(0, (end - max(at, start)) // SECOND)
    amount = rounded((price or 0) * left, (end - start) // SECOND)
    signed = -amount if what == What.UNUSED else amount
    return ChangeLine(what, plan, subscription.period, at, end, price or 0, signed)


def _anew(
    subscription: Subscription,
    plan: str,
    period: str,
    at: datetime,
    *before: ChangeLine,
) -> Change:
    """A whole period of the plan from `at` on."""
    price = _sold(subscription, plan, period)
    if not price:
        return _change(subscription, (plan, period), before, at, ends=None)
    end = period_end(at, period, day_of(at))
    line = ChangeLine(What.PLAN, plan, period, at, end, price, price)
    return _change(subscription, (plan, period), (*before, line), at, ends=end)


def _later(subscription: Subscription, plan: str, period: str, at: datetime) -> Change:
    """Nothing now: the plan follows at `at`, which ends a trial or a period."""
    anchor = day_of(at) if subscription.state == State.TRIAL else subscription.anchor_day
    ends = period_end(at, period, anchor) if _sold(subscription, plan, period) else None
    return _change(subscription, (plan, period), (), at, ends=ends, at_once=False)


def _change(
    subscription: Subscription,
    wanted: tuple[str, str],
    lines: tuple[ChangeLine, ...],
    at: datetime,
    *,
    ends: datetime | None,
    at_once: bool = True,
) -> Change:
    plan, period = wanted
    net = sum(line.amount for line in lines)
    tax = tax_of(max(0, net), subscription.bill_country)
    return Change(
        plan=plan,
        period=period,
        currency=subscription.currency,
        price=_sold(subscription, plan, period),
        lines=lines,
        due_now=net,
        tax=tax,
        total=net + tax,
        effective_at=at,
        at_once=at_once,
        ends=ends,
    )
