"""What a mall has used and will pay: so far, at the month's end, and on the next invoice.

Amounts are without tax unless they are called `total`, in the currency's smallest unit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Sum
from django.utils import timezone

from billing.forecast import Forecast, month_forecast
from billing.invoice_lines import overage_lines
from billing.models import Kind, MonthlyUsage, Overage, Subscription
from billing.models_invoices import Credit
from billing.periods import plan_in_force, price_in_force
from billing.plans import MONTH, Plan, plan_of, price_of, tax_of, use_price
from billing.usage import GRACE_PERCENT, month_before
from tenants.models import Mall


@dataclass(frozen=True)
class Use:
    """One kind of use in this month. `unit_price` is of 1,000 beyond the plan, None where that is
    not paid by use; `cost` and `cost_expected` are those of what is beyond, now and at the end."""

    kind: Kind
    allowed: int | None
    forecast: Forecast
    unit_price: int | None
    cost: int = 0
    cost_expected: int = 0
    capped: bool = False
    """The spend cap will end searches with publishable keys before the month does."""

    @property
    def used(self) -> int:
        return self.forecast.used

    @property
    def percent(self) -> int | None:
        """Of what is allowed, rounded down; None without a limit."""
        if self.allowed is None:
            return None
        return 100 * self.used // self.allowed if self.allowed else 100

    @property
    def is_over(self) -> bool:
        return self.allowed is not None and self.used >= self.allowed

    @property
    def will_be_over(self) -> bool:
        return self.allowed is not None and self.forecast.expected > self.allowed

    @property
    def grace(self) -> int | None:
        """So many searches are answered where nothing is paid by use."""
        if self.allowed is None or self.kind != Kind.SEARCH:
            return self.allowed
        return self.allowed + self.allowed * GRACE_PERCENT // 100


@dataclass(frozen=True)
class Beyond:
    """What use beyond the plan has cost, and the part that publishable keys caused."""

    cost: int = 0
    publishable: int = 0


@dataclass(frozen=True)
class NextInvoice:
    """`plan` and `use` add up, less `credits`, to the net sum; `total` is with the tax."""

    at: datetime
    plan: int
    use: int
    credits: int
    tax: int
    total: int


@dataclass(frozen=True)
class Outlook:
    """`price` is of a period of the plan, None where it has none; `used_beyond` is what use beyond
    the plan has come to in this month, `expected_beyond` what it will have at its end."""

    plan: Plan
    subscription: Subscription | None
    month: date
    last_day: date
    uses: tuple[Use, ...]
    price: int | None
    next_invoice: NextInvoice | None

    @property
    def used_beyond(self) -> int:
        return sum(use.cost for use in self.uses)

    @property
    def expected_beyond(self) -> int:
        return sum(use.cost_expected for use in self.uses)


def outlook_of(mall: Mall, *, at: datetime) -> Outlook:
    """Of a mall at a moment, from its sums: five statements at most, whatever its size."""
    local = timezone.localtime(at)
    month = local.date().replace(day=1)
    subscription = Subscription.objects.filter(mall=mall).first()
    plan = plan_of(plan_in_force(subscription))
    uses = _uses(mall, subscription, plan, local)
    ended = subscription is not None and subscription.state == Subscription.State.CANCELLED
    counts = None if ended else subscription
    return Outlook(
        plan=plan,
        subscription=subscription,
        month=month,
        last_day=_month_after(month) - timedelta(days=1),
        uses=uses,
        price=price_in_force(counts) if counts else None,
        next_invoice=_next_invoice(counts, uses, at=at) if counts else None,
    )


_PAID_BY_USE = (Subscription.State.ACTIVE, Subscription.State.PAST_DUE)


def _uses(
    mall: Mall, subscription: Subscription | None, plan: Plan, at: datetime
) -> tuple[Use, ...]:
    month = at.date().replace(day=1)
    before = month_before(month)
    rows = MonthlyUsage.objects.filter(mall=mall, month__in=(before, month))
    used = {(row.month, row.kind): row.quantity for row in rows}
    beyond = _beyond(mall, month) if subscription else {}
    return tuple(
        _use(
            kind,
            plan,
            subscription,
            month_forecast(
                used=used.get((month, kind), 0),
                before=used.get((before, kind), 0),
                began=mall.created_at,
                at=at,
                allowed=plan.monthly[kind],
            ),
            beyond.get(kind, Beyond()),
        )
        for kind in Kind
    )


def _use(
    kind: Kind, plan: Plan, subscription: Subscription | None, forecast: Forecast, beyond: Beyond
) -> Use:
    allowed, unit_price = plan.monthly[kind], None
    if subscription and subscription.overage and subscription.state in _PAID_BY_USE:
        unit_price = plan.unit_prices.get((kind, subscription.currency))
    if subscription is None or unit_price is None or allowed is None:
        return Use(kind, allowed, forecast, unit_price, beyond.cost, beyond.cost)
    # Only what is still to come: what was used is counted as it was when it was used.
    more = use_price(max(0, forecast.expected - max(allowed, forecast.used)), unit_price)
    cap = subscription.spend_cap if kind == Kind.SEARCH else None
    held = more if cap is None else _held(more, beyond, cap)
    return Use(
        kind, allowed, forecast, unit_price, beyond.cost, beyond.cost + held, capped=held < more
    )


def _held(more: int, beyond: Beyond, cap: int) -> int:
    """What more will cost under the cap, with publishable keys causing as much of it as so far; all
    of it where nothing says."""
    theirs = more * beyond.publishable // beyond.cost if beyond.cost else more
    return more - theirs + min(theirs, max(0, cap - beyond.publishable))


def _beyond(mall: Mall, month: date) -> dict[str, Beyond]:
    """What use beyond the plan has cost in the month, by kind."""
    costs: dict[str, Beyond] = {}
    for row in Overage.objects.filter(mall=mall, month=month):
        unit = plan_of(row.plan).unit_prices.get((Kind(row.kind), row.currency), 0)
        before = costs.get(row.kind, Beyond())
        costs[row.kind] = Beyond(
            before.cost + use_price(row.quantity, unit),
            before.publishable + use_price(row.publishable, unit),
        )
    return costs


def _next_invoice(
    subscription: Subscription, uses: Sequence[Use], *, at: datetime
) -> NextInvoice | None:
    """On the day that the next period begins, or a month is over whose use is billed by itself."""
    when, plan = _next_price(subscription)
    after = _month_after(timezone.localdate(at))
    if subscription.overage and (when is None or subscription.period != MONTH):
        alone = timezone.make_aware(datetime.combine(after, time.min))
        if when is None or alone < when:
            when, plan = alone, 0
    if when is None:
        return None
    use = _unbilled(subscription, timezone.localdate(when).replace(day=1), uses, at)
    if not plan and not use:
        return None
    credit = min(plan + use, _credit_left(subscription))
    net = plan + use - credit
    tax = tax_of(net, subscription.bill_country)
    return NextInvoice(when, plan, use, credit, tax, net + tax)


def _next_price(subscription: Subscription) -> tuple[datetime | None, int]:
    """When the next period begins, and what its plan costs."""
    in_trial = subscription.state == Subscription.State.TRIAL
    when = subscription.trial_ends_at if in_trial else subscription.period_end
    plan, period = subscription.next_plan, subscription.next_period
    if plan:
        return when, price_of(plan, currency=subscription.currency, period=period) or 0
    return when, 0 if in_trial else price_in_force(subscription) or 0


def _unbilled(subscription: Subscription, before: date, uses: Sequence[Use], at: datetime) -> int:
    """Use beyond the plan in months before `before` that no invoice has, and what is expected."""
    mall, currency = subscription.mall_id, subscription.currency
    found = sum(
        line.amount for line in overage_lines(mall_id=mall, currency=currency, before=before)
    )
    this_month = timezone.localdate(at).replace(day=1)
    coming = sum(use.cost_expected - use.cost for use in uses) if this_month < before else 0
    return max(0, found) + coming


def _credit_left(subscription: Subscription) -> int:
    rows = Credit.objects.filter(mall=subscription.mall_id, currency=subscription.currency)
    return rows.aggregate(sum=Sum("left"))["sum"] or 0


def _month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
