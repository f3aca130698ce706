"""A ledger of made rows, written inside Postgres, to measure the check and the pages on."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from billing.models import Kind
from tenants.models import Mall, Shop
from tenants.scope import shop_scope

DAYS = 60
"""So long back the rows reach: two or three months of counters."""
# One photo in eight rows, spread evenly over the days.
_ROWS = """
    INSERT INTO billing_ledgerentry (shop_id, kind, reference, quantity, at, reason, by_email)
    SELECT %(shop)s, CASE WHEN n %% 8 = 0 THEN 'photo' ELSE 'search' END, 'made:' || n, 1,
           %(now)s - make_interval(secs => n * %(step)s), '', ''
    FROM generate_series(1, %(rows)s) AS n
"""
_DAYS = """
    INSERT INTO billing_ledgerday (shop_id, day, kind, quantity)
    SELECT shop_id, (at AT TIME ZONE %(zone)s)::date, kind, sum(quantity)
    FROM billing_ledgerentry WHERE shop_id = %(shop)s GROUP BY 1, 2, 3
    RETURNING day, kind, quantity
"""
_MONTHS = """
    INSERT INTO billing_monthlyusage AS held (mall_id, month, kind, quantity)
    SELECT %(mall)s, date_trunc('month', day)::date, kind, sum(quantity)
    FROM unnest(%(days)s::date[], %(kinds)s::text[], %(quantities)s::bigint[])
        AS t (day, kind, quantity)
    GROUP BY 1, 2, 3
    ON CONFLICT (mall_id, month, kind) DO UPDATE SET quantity = held.quantity + excluded.quantity
"""


def ledger_fill(rows: int, shops: int) -> list[Shop]:
    """`rows` made rows, spread evenly over `shops` new shops of one mall, with their sums."""
    number = Mall.objects.count()
    mall = Mall.objects.create(name=f"Ledger {number}", slug=f"ledger-{number}")
    made = Shop.objects.bulk_create(
        Shop(mall=mall, name=f"Ledger {number}-{n}", slug=f"ledger-{number}-{n}")
        for n in range(shops)
    )
    ledger_fill_shops(made, rows)
    return made


def ledger_fill_shops(shops: Sequence[Shop], rows: int) -> None:
    """The same in shops that are there and have no ledger yet."""
    each, rest = divmod(rows, len(shops))
    now = timezone.now()
    for place, shop in enumerate(shops):
        values: dict[str, Any] = {
            "shop": shop.pk,
            "mall": shop.mall_id,
            "rows": each + (place < rest),
            "step": timedelta(days=DAYS).total_seconds() / (each + 1),
            "now": now,
            "zone": settings.TIME_ZONE,
        }
        with shop_scope(shop), connection.cursor() as cursor:
            cursor.execute(_ROWS, values)
            cursor.execute(_DAYS, values)
            days, kinds, quantities = zip(*cursor.fetchall(), strict=True)
            sums: dict[str, Any] = {
                "mall": shop.mall_id,
                "days": list(days),
                "kinds": [Kind(kind).value for kind in kinds],
                "quantities": [int(quantity) for quantity in quantities],
            }
            cursor.execute(_MONTHS, sums)
