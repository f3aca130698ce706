"""Tables of a tenant that are partitioned by month: their partitions, made ahead and dropped.

A row's `month` is the first day of a month, in UTC. Where a month has no partition the row goes to
the table's last one, `…_rest`, so that nothing is lost; it moves when its month is made. Partitions
are the owner's to make: these functions run on the connection `owner`.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.db import connections, transaction

OWNER = "owner"
AHEAD = 2
"""Months that have their partition before they begin: the job may fail for weeks."""
LOCK_WAIT = "3s"
"""A partition is made under a lock that stops the table's readers: rather later than long."""
STRAY = date(1, 1, 1)
"""The month of rows whose name tells none that can be believed. It never has a partition."""
POLICY = "shop_id = nullif(current_setting('lookus.shop_id', true), '')::bigint"

Run = Callable[[str], Any]


def month_of(at: datetime) -> date:
    """The first day of its month in UTC."""
    return at.astimezone(UTC).date().replace(day=1)


def month_after(month: date, months: int = 1) -> date:
    """`months` may be negative."""
    count = month.year * 12 + month.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def months_between(first: date, last: date) -> Iterator[date]:
    """First days, both ends included."""
    while first <= last:
        yield first
        first = month_after(first)


def partition_of(table: str, month: date) -> str:
    return f"{table}_{month:%Y_%m}"


def rest_of(table: str) -> str:
    return f"{table}_rest"


def row_lock(name: str, run: Run) -> None:
    """Row-level security on a table or a partition: each needs its own."""
    run(f'ALTER TABLE "{name}" ENABLE ROW LEVEL SECURITY')
    run(f'ALTER TABLE "{name}" FORCE ROW LEVEL SECURITY')
    run(f'CREATE POLICY one_shop ON "{name}" USING ({POLICY}) WITH CHECK ({POLICY})')


def partition_make(table: str, month: date, run: Run) -> None:
    """One month's partition, with the rows of it that had to go to the rest. In a transaction."""
    name, rest = partition_of(table, month), rest_of(table)
    until = month_after(month)
    run(f'CREATE TABLE "{name}" (LIKE "{table}" INCLUDING DEFAULTS INCLUDING CONSTRAINTS)')
    run(f'LOCK TABLE "{rest}" IN ACCESS EXCLUSIVE MODE')
    # The owner is bound by the rows' lock too, and nobody else can look while this one holds.
    run(f'ALTER TABLE "{rest}" NO FORCE ROW LEVEL SECURITY')
    run(
        f"WITH moved AS (DELETE FROM \"{rest}\" WHERE month >= '{month}' AND month < '{until}'"  # noqa: S608
        f' RETURNING *) INSERT INTO "{name}" SELECT * FROM moved'
    )
    run(f'ALTER TABLE "{rest}" FORCE ROW LEVEL SECURITY')
    row_lock(name, run)
    run(
        f'ALTER TABLE "{table}" ATTACH PARTITION "{name}"'
        f" FOR VALUES FROM ('{month}') TO ('{until}')"
    )


def partitions_held(table: str, *, using: str = OWNER) -> dict[date, str]:
    """Months that have a partition, oldest first, with its name."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass",
            [table],
        )
        names = sorted(name for (name,) in cursor.fetchall() if name != rest_of(table))
    return {_month_named(name): name for name in names}


def _month_named(partition: str) -> date:
    year, month = partition.split("_")[-2:]
    return date(int(year), int(month), 1)


def partitions_ahead(table: str, *, now: datetime, using: str = OWNER) -> list[date]:
    """Make those of this month and of AHEAD more, each in a transaction of its own: the new ones.

    Raises OperationalError where the table is busy for longer than LOCK_WAIT; run it again.
    """
    held, first = partitions_held(table, using=using), month_of(now)
    missing = [
        month for month in months_between(first, month_after(first, AHEAD)) if month not in held
    ]
    for month in missing:
        with transaction.atomic(using), connections[using].cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'")
            partition_make(table, month, cursor.execute)
    return missing


def partitions_drop(table: str, *, before: date, using: str = OWNER) -> list[date]:
    """Drop the partitions of months before `before` with all their rows: the months."""
    held = partitions_held(table, using=using)
    gone = [month for month in held if month < before]
    for month in gone:
        with transaction.atomic(using), connections[using].cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'")
            cursor.execute(f'DROP TABLE "{held[month]}"')
    return gone
