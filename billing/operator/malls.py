"""All malls with plan, state and use, for operators. No row of a shop is read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from billing.models import Kind, MonthlyUsage, Subscription
from billing.models_invoices import Invoice
from billing.operator.revenue import Sums, a_month
from billing.plans import PLANS, Plan, default_plan, plan_of
from billing.usage import this_month
from tenants.models import Mall

NEAR_PERCENT = 80
"""Of what the plan allows: from here on somebody should speak with the mall."""
CANCELLED = Subscription.State.CANCELLED


@dataclass(frozen=True)
class Used:
    kind: Kind
    used: int
    allowed: int | None

    @property
    def percent(self) -> int | None:
        """Of what is allowed, rounded down; None without a limit."""
        if self.allowed is None:
            return None
        return 100 * self.used // self.allowed if self.allowed else 100


@dataclass(frozen=True)
class MallRow:
    """A mall as the list shows it. `subscription` is None where it never had one."""

    mall: Mall
    shops: int
    plan: Plan
    subscription: Subscription | None
    uses: tuple[Used, ...]
    month_price: int
    open: Sums = field(default_factory=dict)
    late: bool = False

    @property
    def nearest(self) -> Used | None:
        """The use that is nearest to its limit."""
        limited = [one for one in self.uses if one.percent is not None]
        return max(limited, key=lambda one: one.percent or 0, default=None)


@dataclass(frozen=True)
class Wanted:
    """Which malls. Empty: all."""

    words: str = ""
    plan: str = ""
    state: str = ""
    near: bool = False


def malls(wanted: Wanted, *, month: date | None = None) -> QuerySet[Mall]:
    """By name. `near` are those that used at least 80 % of what their plan allows in the month."""
    rows = Mall.objects.select_related("subscription").order_by("name", "pk")
    if wanted.words:
        rows = rows.filter(Q(name__icontains=wanted.words) | Q(slug__icontains=wanted.words))
    if wanted.plan:
        rows = rows.filter(_on_plan(wanted.plan))
    if wanted.state:
        rows = rows.filter(subscription__state=wanted.state)
    if wanted.near:
        rows = rows.filter(_near(month or this_month()))
    return rows


def mall_rows(chosen: Sequence[Mall], *, at: datetime, month: date | None = None) -> list[MallRow]:
    """Three statements for a page of malls."""
    ids = [mall.pk for mall in chosen]
    used = _used(ids, month or this_month())
    shops = dict(
        Mall.objects.filter(pk__in=ids).annotate(count=Count("shops")).values_list("pk", "count")
    )
    owed = _owed(ids, at)
    return [
        _row(mall, shops=shops[mall.pk], used=used.get(mall.pk, {}), owed=owed.get(mall.pk, []))
        for mall in chosen
    ]


def _row(
    mall: Mall, *, shops: int, used: dict[str, int], owed: Iterable[tuple[str, int, bool]]
) -> MallRow:
    subscription: Subscription | None = getattr(mall, "subscription", None)
    plan = plan_in_force(subscription)
    sums = {currency: amount for currency, amount, _late in owed}
    return MallRow(
        mall=mall,
        shops=shops,
        plan=plan,
        subscription=subscription,
        uses=tuple(Used(kind, used.get(kind, 0), plan.monthly[kind]) for kind in Kind),
        month_price=_price(subscription),
        open=sums,
        late=any(late for _currency, _amount, late in owed),
    )


def plan_in_force(subscription: Subscription | None) -> Plan:
    if subscription is None or subscription.state == CANCELLED:
        return default_plan()
    return plan_of(subscription.plan)


def _price(subscription: Subscription | None) -> int:
    if subscription is None or subscription.state in (CANCELLED, Subscription.State.TRIAL):
        return 0
    return a_month(
        plan=subscription.plan,
        period=subscription.period,
        currency=subscription.currency,
        agreed_price=subscription.agreed_price,
    )


def _on_plan(plan: str) -> Q:
    """Without a subscription, or with a cancelled one, a mall is on the default plan."""
    on = Q(subscription__plan=plan) & ~Q(subscription__state=CANCELLED)
    if plan == default_plan().id:
        on |= Q(subscription=None) | Q(subscription__state=CANCELLED)
    return on


def _near(month: date) -> Q:
    bounds = Q()
    for plan in PLANS.values():
        for kind, allowed in plan.monthly.items():
            if allowed is None:
                continue
            least = -(-allowed * NEAR_PERCENT // 100)
            used = MonthlyUsage.objects.filter(
                mall=OuterRef("pk"), month=month, kind=kind, quantity__gte=least
            )
            bounds |= _on_plan(plan.id) & Q(Exists(used))
    return bounds


def _used(ids: Sequence[int], month: date) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    rows = MonthlyUsage.objects.filter(mall__in=ids, month=month)
    for mall, kind, quantity in rows.values_list("mall", "kind", "quantity"):
        found.setdefault(mall, {})[kind] = quantity
    return found


def _owed(ids: Sequence[int], at: datetime) -> dict[int, list[tuple[str, int, bool]]]:
    found: dict[int, list[tuple[str, int, bool]]] = {}
    rows = Invoice.objects.filter(mall__in=ids, state=Invoice.State.OPEN)
    sums = rows.order_by("mall", "currency").values("mall", "currency")
    counted = sums.annotate(sum=Sum("total"), late=Count("pk", filter=Q(due_at__lt=at)))
    for mall, currency, amount, late in counted.values_list("mall", "currency", "sum", "late"):
        found.setdefault(mall, []).append((currency, amount, late > 0))
    return found
