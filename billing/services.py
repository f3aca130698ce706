"""Ask the quota, write the ledger."""

from collections.abc import Sequence
from datetime import date

from django.db.models import F
from django.utils import timezone

from billing.models import Kind, LedgerEntry, MonthlyUsage, Subscription
from billing.plans import DEFAULT, PLANS, allowed
from tenants.bulk import rows_insert
from tenants.models import Mall, Shop


class OverQuota(Exception):
    """The mall has used up what its plan allows in this month."""

    def __init__(self, plan: str, kind: Kind, limit: int, used: int) -> None:
        self.plan, self.kind, self.limit, self.used = plan, kind, limit, used
        noun = {Kind.PHOTO: "tagged photos", Kind.SEARCH: "searches"}[kind]
        super().__init__(
            f"The plan {plan} allows {limit:,} {noun} a month and {used:,} are used: "
            "choose a larger plan, or wait for the next month."
        )


def this_month() -> date:
    """Its first day, in the time zone of the installation."""
    return timezone.localdate().replace(day=1)


def plan_name(*, mall_id: int) -> str:
    name = Subscription.objects.filter(mall_id=mall_id).values_list("plan", flat=True).first()
    return name if name in PLANS else DEFAULT.id


def subscription_set(*, mall: Mall, plan: str) -> Subscription:
    """Put the mall on a plan from now on. Raises ValueError for an unknown plan."""
    if plan not in PLANS:
        raise ValueError(f"no plan {plan!r}: there are {', '.join(PLANS)}")
    subscription, _ = Subscription.objects.update_or_create(
        mall=mall, defaults={"plan": plan, "since": timezone.now()}
    )
    return subscription


def quota_left(*, mall_id: int, kind: Kind | str) -> int | None:
    """How many more are allowed in this month; None is without a limit."""
    limit = allowed(plan_name(mall_id=mall_id), kind)
    return None if limit is None else max(0, limit - used_in_month(mall_id=mall_id, kind=kind))


def quota_check(*, mall_id: int, kind: Kind | str) -> None:
    """Raises OverQuota when the mall has used what its plan allows in this month."""
    plan = plan_name(mall_id=mall_id)
    limit = allowed(plan, kind)
    if limit is None:
        return
    used = used_in_month(mall_id=mall_id, kind=kind)
    if used >= limit:
        raise OverQuota(plan, Kind(kind), limit, used)


def used_in_month(*, mall_id: int, kind: Kind | str) -> int:
    rows = MonthlyUsage.objects.filter(mall_id=mall_id, month=this_month(), kind=kind)
    return rows.values_list("quantity", flat=True).first() or 0


def usage_record(*, shop: Shop, kind: Kind | str, reference: str, quantity: int = 1) -> bool:
    """Write one thing in the ledger and move the month's sum with it.

    Call it in the shop's scope, in the transaction that writes what is paid for. Returns False
    when this reference was counted before: nothing is written then.
    """
    _, new = LedgerEntry.objects.get_or_create(
        kind=kind, reference=reference, defaults={"quantity": quantity}
    )
    if new:
        _month_add(mall_id=shop.mall_id, kind=kind, quantity=quantity)
    return new


def usages_record(*, shop: Shop, kind: Kind | str, references: Sequence[str]) -> int:
    """`usage_record` of several things at once, one each: how many were not counted before."""
    written = rows_insert(
        LedgerEntry,
        ("reference",),
        [(reference,) for reference in references],
        fixed={"kind": str(kind), "quantity": 1},
        conflict="(shop_id, kind, reference) DO NOTHING",
        returning=("id",),
    )
    if written:
        _month_add(mall_id=shop.mall_id, kind=kind, quantity=len(written))
    return len(written)


def _month_add(*, mall_id: int, kind: Kind | str, quantity: int) -> None:
    key = {"mall_id": mall_id, "month": this_month(), "kind": kind}
    moved = MonthlyUsage.objects.filter(**key).update(quantity=F("quantity") + quantity)
    if not moved:
        MonthlyUsage.objects.bulk_create([MonthlyUsage(**key)], ignore_conflicts=True)
        MonthlyUsage.objects.filter(**key).update(quantity=F("quantity") + quantity)
