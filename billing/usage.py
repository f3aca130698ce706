"""What a mall may use and has used, asked on the way of every search."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from billing.models import Kind, MonthlyUsage, Subscription
from billing.plans import PER, PLANS, default_plan, plan_of
from tenants.callers import current_caller
from tenants.models import ApiKey

# Of a plan's searches, in percent: so far a storefront goes on where nothing is paid by use.
GRACE_PERCENT = 10

# By plan and kind, what publishable keys caused beyond it: for mall m with subscription s.
SPENT = """
           CASE WHEN s.overage AND s.spend_cap IS NOT NULL THEN
               (SELECT json_agg(json_build_array(o.plan, o.kind, o.publishable))
                FROM billing_overage o
                WHERE o.mall_id = m.id AND o.month = %(month)s AND o.currency = s.currency)
           END
"""
# One statement, each table by its unique index: it stands before every search.
_STANDING = f"""
    SELECT s.plan, s.state, s.overage, s.currency, s.spend_cap, coalesce(u.quantity, 0),
           {SPENT}
    FROM (VALUES (%(mall)s::bigint)) AS m (id)
    LEFT JOIN billing_subscription s ON s.mall_id = m.id
    LEFT JOIN billing_monthlyusage u
        ON u.mall_id = m.id AND u.month = %(month)s AND u.kind = %(kind)s
"""  # noqa: S608


@dataclass(frozen=True)
class Standing:
    """Where a mall stands with one kind of use in this month.

    `allowed` is the plan's, None without a limit. `paid_on` says that what is beyond it is paid by
    use, in `currency` at `unit_price` for 1,000. `spent` is what publishable keys have caused so
    far beyond plans, in thousandths of the smallest unit; `spend_cap` its limit, in units.
    """

    plan: str
    kind: Kind
    allowed: int | None
    used: int
    paid_on: bool = False
    currency: str = ""
    unit_price: int = 0
    spent: int = 0
    spend_cap: int | None = None

    @property
    def hard(self) -> int | None:
        """So many are answered where nothing is paid by use: searches a share beyond the plan."""
        if self.allowed is None or self.kind != Kind.SEARCH:
            return self.allowed
        return self.allowed + self.allowed * GRACE_PERCENT // 100

    @property
    def capped(self) -> bool:
        """One more for a publishable key, paid by use, would pass the spend cap."""
        if self.spend_cap is None:
            return False
        return self.spent + self.unit_price > self.spend_cap * PER


def this_month(at: datetime | None = None) -> date:
    """The first day of the month that `at`, or now, is in: in the installation's time zone."""
    return timezone.localdate(at).replace(day=1)


def month_before(month: date) -> date:
    """The first day of the month before the one that begins on `month`."""
    return (month - timedelta(days=1)).replace(day=1)


def plan_name(*, mall_id: int) -> str:
    """The plan that counts: of no subscription, or a cancelled one, the default."""
    found = Subscription.objects.filter(mall_id=mall_id).values_list("plan", "state").first()
    return plan_that_counts(*found) if found else default_plan().id


def used_in_month(*, mall_id: int, kind: Kind | str, at: datetime | None = None) -> int:
    rows = MonthlyUsage.objects.filter(mall_id=mall_id, month=this_month(at), kind=kind)
    return rows.values_list("quantity", flat=True).first() or 0


def standing(*, mall_id: int, kind: Kind | str, at: datetime | None = None) -> Standing:
    """Plan, use and what is paid by use, in one statement."""
    kind = Kind(kind)
    values: dict[str, Any] = {"mall": mall_id, "month": this_month(at), "kind": kind.value}
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, values)
        name, state, overage, currency, cap, used, spent = cursor.fetchone()
    plan = plan_of(plan_that_counts(name, state))
    unit_price = plan.unit_prices.get((kind, currency)) if currency else None
    if not overage or state == Subscription.State.TRIAL or unit_price is None:
        return Standing(plan.id, kind, plan.monthly[kind], used)
    return Standing(
        plan.id,
        kind,
        plan.monthly[kind],
        used,
        paid_on=True,
        currency=currency,
        unit_price=unit_price,
        spent=spent_price(spent or (), currency),
        spend_cap=cap,
    )


def by_publishable_key() -> bool:
    """Whether the request that is being answered came with a publishable key."""
    return current_caller().key.startswith(f"{ApiKey.Kind.PUBLISHABLE.value}_")


def plan_that_counts(name: str | None, state: str | None) -> str:
    """Of no subscription, a plan that is gone, or a cancelled one: the default."""
    if name not in PLANS or state == Subscription.State.CANCELLED:
        return default_plan().id
    return str(name)


def spent_price(spent: Iterable[tuple[str, str, int]], currency: str) -> int:
    """What `SPENT` says comes to: in thousandths of the currency's smallest unit."""
    return sum(
        count * plan_of(plan).unit_prices.get((Kind(kind), currency), 0)
        for plan, kind, count in spent
    )
