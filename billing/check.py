"""Compare the ledger with every sum of it: days, months, what is paid by use.

Shops are visited one by one, each in its own scope; a mall's in one snapshot of the database, so
that what is counted meanwhile is no difference.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Sum

from billing.models import MonthlyUsage, Overage
from tenants.models import Mall, Shop
from tenants.models_leaving import ClosedShop
from tenants.scope import current_shop_id, shop_scope

_DAYS = """
    SELECT coalesce(l.day, d.day), coalesce(l.kind, d.kind), coalesce(l.sum, 0), l.rows,
           coalesce(d.quantity, 0)
    FROM (
        SELECT (at AT TIME ZONE %(zone)s)::date AS day, kind, sum(quantity) AS sum, count(*) AS rows
        FROM billing_ledgerentry WHERE shop_id = %(shop)s GROUP BY 1, 2
    ) l
    FULL JOIN (
        SELECT day, kind, quantity FROM billing_ledgerday WHERE shop_id = %(shop)s
    ) d ON d.day = l.day AND d.kind = l.kind
"""
_REVERSALS = """
    SELECT r.kind, r.reference, -o.quantity, r.quantity
    FROM billing_ledgerentry r
    JOIN billing_ledgerentry o ON o.shop_id = r.shop_id AND o.id = r.reverses_id
    WHERE r.shop_id = %(shop)s AND r.reverses_id IS NOT NULL
      AND (r.quantity <> -o.quantity OR r.kind <> o.kind OR r.at <> o.at)
"""


@dataclass(frozen=True)
class Difference:
    """`expected` is what the ledger (or the work) says, `found` what stands there."""

    what: str
    mall: str
    shop: str
    kind: str
    when: str
    expected: int
    found: int

    def __str__(self) -> str:
        where = self.shop or self.mall
        return f"{self.what}: {where} {self.when} {self.kind}: {self.found}, not {self.expected}"


# What another room knows of a shop's work, in its scope: differences of it.
Work = Callable[[Shop], Iterator[Difference]]


@dataclass
class Checked:
    malls: int = 0
    shops: int = 0
    rows: int = 0
    differences: list[Difference] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.differences

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "good": self.is_good}


def ledger_check(*, mall: Mall | None = None, work: tuple[Work, ...] = ()) -> Checked:
    """Every mall, or one. Reads everything and writes nothing."""
    done = Checked()
    malls = Mall.objects.order_by("pk")
    for one in malls.filter(pk=mall.pk) if mall else malls:
        done.malls += 1
        with _snapshot():
            done.differences += _mall_check(one, work, done)
    return done


@contextmanager
def _snapshot() -> Iterator[None]:
    """All statements of the block see the same moment; in a caller's transaction it is theirs."""
    inner = connection.in_atomic_block
    with transaction.atomic():
        if not inner:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _mall_check(mall: Mall, work: tuple[Work, ...], done: Checked) -> list[Difference]:
    found: list[Difference] = []
    months: dict[tuple[str, str], int] = defaultdict(int)
    shops = list(Shop.objects.filter(mall=mall).order_by("pk"))
    if any(shop.erasing for shop in shops):
        return []
    for shop in shops:
        done.shops += 1
        with shop_scope(shop):
            found += _shop_check(mall, shop, months, done)
            for look in work:
                found += look(shop)
    for usage in ClosedShop.objects.filter(mall=mall, erased_at__isnull=False).values_list(
        "usage", flat=True
    ):
        for month, kinds in usage.items():
            for kind, quantity in kinds.items():
                months[month, kind] += quantity
    return [*found, *_months_check(mall, months), *_overage_check(mall)]


def _shop_check(
    mall: Mall, shop: Shop, months: dict[tuple[str, str], int], done: Checked
) -> Iterator[Difference]:
    """The shop's days, and its share of the mall's months into `months`."""
    values: dict[str, Any] = {"shop": current_shop_id(), "zone": settings.TIME_ZONE}
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, values)
        days = cursor.fetchall()
        cursor.execute(_REVERSALS, values)
        reversals = cursor.fetchall()
    for day, kind, ledger, rows, rolled in days:
        done.rows += int(rows or 0)
        months[f"{day:%Y-%m}", kind] += int(ledger)
        if ledger != rolled:
            yield Difference("day", mall.slug, shop.slug, kind, f"{day}", int(ledger), int(rolled))
    for kind, reference, expected, quantity in reversals:
        yield Difference("reversal", mall.slug, shop.slug, kind, reference, expected, quantity)


def _months_check(mall: Mall, months: dict[tuple[str, str], int]) -> Iterator[Difference]:
    rows = MonthlyUsage.objects.filter(mall=mall).values_list("month", "kind", "quantity")
    counters = {(f"{month:%Y-%m}", kind): quantity for month, kind, quantity in rows}
    for month, kind in sorted({*months, *counters}):
        expected, found = months.get((month, kind), 0), counters.get((month, kind), 0)
        if expected != found:
            yield Difference("month", mall.slug, "", kind, month, expected, found)


def _overage_check(mall: Mall) -> Iterator[Difference]:
    """Never is more paid by use than was used."""
    used = {(row.month, row.kind): row.quantity for row in MonthlyUsage.objects.filter(mall=mall)}
    rows = Overage.objects.filter(mall=mall).values("month", "kind").order_by("month", "kind")
    for row in rows.annotate(sum=Sum("quantity")):
        most = used.get((row["month"], row["kind"]), 0)
        if row["sum"] > most:
            when = f"{row['month']:%Y-%m}"
            yield Difference("overage", mall.slug, "", row["kind"], when, most, row["sum"])
