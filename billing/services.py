"""Ask the quota, write the ledger."""

from collections.abc import Sequence
from datetime import date

from django.db import connection
from django.utils import timezone

from billing.models import Kind, LedgerEntry, MonthlyUsage, Subscription
from billing.plans import PLANS, allowed
from billing.usage import plan_name, this_month, used_in_month
from billing.warnings import crossing_announce, may_cross
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
    month = this_month()
    used = _moved(mall_id, month, kind, quantity)
    if used is None:
        row = MonthlyUsage(mall_id=mall_id, month=month, kind=kind)
        MonthlyUsage.objects.bulk_create([row], ignore_conflicts=True)
        used = _moved(mall_id, month, kind, quantity) or quantity
    before = used - quantity
    if may_cross(kind, before, used):
        crossing_announce(
            mall_id=mall_id,
            plan=plan_name(mall_id=mall_id),
            kind=kind,
            month=month.year * 100 + month.month,
            before=before,
            now=used,
        )


def _moved(mall_id: int, month: date, kind: Kind | str, quantity: int) -> int | None:
    """The month's new sum, in one statement; None where the month has no row yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE billing_monthlyusage SET quantity = quantity + %s"
            " WHERE mall_id = %s AND month = %s AND kind = %s RETURNING quantity",
            [quantity, mall_id, month, str(kind)],
        )
        row = cursor.fetchone()
    return int(row[0]) if row else None
