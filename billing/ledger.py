"""Write the ledger: a row for each thing to be paid for, and every sum of it, in one statement.

The sums are the mall's month, which the quota asks; the shop's day; and what is paid by use. They
are moved in the transaction of the work itself and not rolled up afterwards: so none is ever
behind, nothing is lost with a job, and it costs a search one statement where there were four.
Rows are always locked in one order: the ledger's, the month's, the day's, the overage's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from billing.models import Kind
from billing.plans import PLANS
from billing.usage import by_publishable_key, plan_name, this_month
from billing.warnings import crossing_announce, may_cross
from tenants.models import Shop
from tenants.scope import current_shop_id

_RECORD = """
    WITH new AS (
        INSERT INTO billing_ledgerentry
            (shop_id, kind, reference, quantity, at, reason, by_email)
        SELECT %(shop)s, %(kind)s, reference, %(quantity)s, %(at)s, '', ''
        FROM unnest(%(references)s::text[]) AS t (reference) ORDER BY reference
        ON CONFLICT (shop_id, kind, reference) DO NOTHING
        RETURNING quantity
    ), added AS (
        SELECT count(*) AS rows, sum(quantity) AS quantity FROM new HAVING count(*) > 0
    ), moved AS (
        INSERT INTO billing_monthlyusage AS held (mall_id, month, kind, quantity)
        SELECT %(mall)s, %(month)s, %(kind)s, quantity FROM added
        ON CONFLICT (mall_id, month, kind)
        DO UPDATE SET quantity = held.quantity + excluded.quantity
        RETURNING quantity AS total
    ), day AS (
        INSERT INTO billing_ledgerday AS held (shop_id, day, kind, quantity)
        SELECT %(shop)s, %(day)s, %(kind)s, quantity FROM added, moved
        ON CONFLICT (shop_id, day, kind)
        DO UPDATE SET quantity = held.quantity + excluded.quantity
        RETURNING day
    ), beyond AS (
        INSERT INTO billing_overage AS held
            (mall_id, month, kind, plan, currency, quantity, publishable)
        SELECT %(mall)s, %(month)s, %(kind)s, s.plan, s.currency, more, more * %(publishable)s
        FROM added, moved, day, billing_subscription s, {limits},
             LATERAL (SELECT least(quantity, total - allowed) AS more) AS m
        WHERE s.mall_id = %(mall)s AND s.overage AND s.state IN ('active', 'past_due')
          AND (limits.plan, limits.currency) = (s.plan, s.currency) AND total > allowed
        ON CONFLICT (mall_id, month, kind, plan, currency)
        DO UPDATE SET quantity = held.quantity + excluded.quantity,
                      publishable = held.publishable + excluded.publishable
    )
    SELECT rows, quantity, total FROM added, moved
"""
LIMITS = (
    "unnest(%(plans)s::text[], %(currencies)s::text[], %(limits)s::bigint[])"
    " AS limits (plan, currency, allowed)"
)


@dataclass(frozen=True)
class Moved:
    """What a statement wrote: so many rows, their quantity, and the month's sum with them."""

    rows: int
    quantity: int
    total: int


def usage_record(
    *,
    shop: Shop,
    kind: Kind | str,
    reference: str,
    quantity: int = 1,
    at: datetime | None = None,
) -> bool:
    """Write one thing in the ledger and move its sums with it.

    Call it in the shop's scope, in the transaction that writes what is paid for. Returns False
    when this reference was counted before: nothing is written then. `at` is now unless given.
    """
    return _record(shop, kind, [reference], quantity, at) > 0


def usages_record(
    *, shop: Shop, kind: Kind | str, references: Sequence[str], at: datetime | None = None
) -> int:
    """`usage_record` of several things at once, one each: how many were not counted before."""
    return _record(shop, kind, references, 1, at) if references else 0


def _record(
    shop: Shop, kind: Kind | str, references: Sequence[str], quantity: int, at: datetime | None
) -> int:
    at = at or timezone.now()
    moved = _written(shop, Kind(kind), references, quantity, at)
    if moved is None:
        return 0
    before = moved.total - moved.quantity
    if may_cross(kind, before, moved.total):
        month = this_month(at)
        crossing_announce(
            mall_id=shop.mall_id,
            plan=plan_name(mall_id=shop.mall_id),
            kind=kind,
            month=month.year * 100 + month.month,
            before=before,
            now=moved.total,
        )
    return moved.rows


def _written(
    shop: Shop, kind: Kind, references: Sequence[str], quantity: int, at: datetime
) -> Moved | None:
    values: dict[str, Any] = {
        "shop": current_shop_id(),
        "mall": shop.mall_id,
        "kind": kind.value,
        "references": list(references),
        "quantity": quantity,
        "at": at,
        "day": day_of(at),
        "month": this_month(at),
        "publishable": int(by_publishable_key()),
        **limits_of(kind),
    }
    with connection.cursor() as cursor:
        cursor.execute(_RECORD.format(limits=LIMITS), values)
        row = cursor.fetchone()
    return Moved(int(row[0]), int(row[1]), int(row[2])) if row else None


def limits_of(kind: Kind) -> dict[str, list[Any]]:
    """Of each plan that sells `kind` by use: what it allows, as columns for `LIMITS`."""
    sold = [
        (plan.id, currency, plan.monthly[kind])
        for plan in PLANS.values()
        for of, currency in plan.unit_prices
        if of == kind and plan.monthly[kind] is not None
    ]
    plans, currencies, limits = zip(*sold, strict=True) if sold else ((), (), ())
    return {"plans": list(plans), "currencies": list(currencies), "limits": list(limits)}


def day_of(at: datetime) -> date:
    """In the time zone of the installation."""
    return timezone.localdate(at)
