"""The mall's months agree with its shops' ledgers: also when a ledger comes back.

A month is never lowered, for it may have been billed. Where the shop was deleted here its months
still stand, and its receipt says so: the receipt keeps what the ledger that came back does not
have. Where it was never here the months grow by its ledger.
"""

from collections import Counter
from typing import Any

from django.conf import settings
from psycopg.types.json import Jsonb

from tenants.models_leaving import ClosedShop

_MONTHS = """
    SELECT date_trunc('month', at AT TIME ZONE %(zone)s)::date, kind, sum(quantity)
    FROM billing_ledgerentry WHERE shop_id = %(shop)s GROUP BY 1, 2
"""
_GROW = """
    INSERT INTO billing_monthlyusage AS held (mall_id, month, kind, quantity)
    VALUES (%s, %s, %s, %s)
    ON CONFLICT (mall_id, month, kind) DO UPDATE SET quantity = held.quantity + excluded.quantity
"""


def books_open(cursor: Any, *, shop_id: int, mall_id: int) -> None:
    """Call it in the transaction that brought the shop's ledger back, in its scope."""
    cursor.execute(_MONTHS, {"zone": settings.TIME_ZONE, "shop": shop_id})
    came = {(month, kind): int(quantity) for month, kind, quantity in cursor.fetchall()}
    receipt = ClosedShop.objects.filter(shop_number=shop_id).first()
    counted: Counter[tuple[str, str]] = Counter()
    if receipt is not None and receipt.mall_id == mall_id and receipt.erased_at is not None:
        for month, kinds in receipt.usage.items():
            counted.update({(month, kind): quantity for kind, quantity in kinds.items()})
    for (month, kind), quantity in sorted(came.items()):
        key = (f"{month:%Y-%m}", kind)
        known = min(counted[key], quantity)
        counted[key] -= known
        if quantity > known:
            cursor.execute(_GROW, [mall_id, month, kind, quantity - known])
    if receipt is not None and receipt.mall_id == mall_id:
        _receipt_keep(cursor, receipt, counted)


def _receipt_keep(cursor: Any, receipt: ClosedShop, left: Counter[tuple[str, str]]) -> None:
    """What was used after the backup was made: the months have it, and no ledger."""
    usage: dict[str, dict[str, int]] = {}
    for (month, kind), quantity in left.items():
        if quantity > 0:
            usage.setdefault(month, {})[kind] = quantity
    if not usage:
        cursor.execute("DELETE FROM tenants_closedshop WHERE id = %s", [receipt.pk])
        return

    # Its number is free again: when the shop is closed once more it has a receipt of its own.
    cursor.execute(
        "UPDATE tenants_closedshop SET usage = %s, shop_number = -id WHERE id = %s",
        [Jsonb(usage), receipt.pk],
    )
