"""What is left to do, as steps: each is one transaction, and none is needed twice."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import psycopg

from lookus.citus.facts import DISTRIBUTED, PROPAGATE, REFERENCE, Facts, Key, Table
from lookus.citus.rules import SHOP, Places, is_kept, places
from lookus.citus.whole import whole_statements

SHARDS = 64


@dataclass(frozen=True)
class Step:
    title: str
    statements: list[str]


def steps(
    connection: psycopg.Connection[Any],
    facts: Facts,
    tenant_tables: Collection[str],
    *,
    shards: int = SHARDS,
) -> list[Step]:
    """The way from `facts` to a distributed schema; empty where it is one.

    1. Sessions pass `SET LOCAL lookus.shop_id` on, without which a shard shows no row.
    2. What tenants' tables point to gets a copy on every node.
    3. The owner is let see every row, for as long as it takes: Postgres and Citus check and copy
       rows as the owner does, and forced row-level security shows it none. The application's role
       owns nothing, so its lock stands all the time.
    4. Tables that are partitioned by hash become whole.
    5. Keys whose rule of deletion Citus refuses lose the rule: `TenantQuerySet.delete` does its
       work before it deletes.
    6. Tables are distributed by `shop_id`, colocated, each behind those that it points to.
    7. Row-level security is forced again, and what the tables held here is given back.
    """
    where = places(facts, tenant_tables)
    tables = [facts.tables[name] for name in where.distributed]
    found = [] if facts.propagates else [_propagating(facts)]
    found += [
        Step(f"a copy of {name} on every node", [f"SELECT create_reference_table('{name}')"])
        for name in where.reference
        if facts.tables[name].kind != REFERENCE
    ]
    work = [
        Step(f"{one.name} in one piece", whole_statements(connection, one))
        for one in tables
        if one.strategy == "h"
    ]
    work += [_ruleless(key) for one in tables for key in one.keys if not is_kept(key)]
    work += _distributing(where, tables, shards)
    if work:
        every = [name for one in tables for name in (one.name, *one.partitions)]
        work.insert(0, _forcing("NO FORCE", "every row shown to the owner", every))
    unforced = [one for one in tables if work or not one.forced or one.partitions_unforced]
    if unforced:
        stay = [name for one in unforced for name in (one.name, *_staying(one))]
        work.append(_forcing("FORCE", "the owner under the rows' lock again", stay))
    return [*found, *work, *(_given_back(one) for one in tables if _holds_rows(one))]


def _staying(table: Table) -> list[str]:
    return table.partitions if table.strategy != "h" else []


def _holds_rows(table: Table) -> bool:
    """Whether this node keeps rows of it that nobody reads any more, once it is distributed."""
    return table.kind != DISTRIBUTED or table.bytes > 0


def _forcing(how: str, title: str, names: list[str]) -> Step:
    return Step(title, [f'ALTER TABLE "{one}" {how} ROW LEVEL SECURITY' for one in names])


def _given_back(table: Table) -> Step:
    return Step(
        f"the coordinator's own rows of {table.name} given back",
        [f"SELECT truncate_local_data_after_distributing_table('{table.name}')"],
    )


def _propagating(facts: Facts) -> Step:
    return Step(
        "sessions pass the shop on to the workers",
        [f"ALTER DATABASE \"{facts.database}\" SET {PROPAGATE} = 'local'"],
    )


def _ruleless(key: Key) -> Step:
    before = key.definition.index(" ON DELETE ")
    rest = " DEFERRABLE" if "DEFERRABLE" in key.definition else ""
    return Step(
        f"{key.table}.{key.column}: cleared by whoever deletes, no longer by the key",
        [
            f'ALTER TABLE "{key.table}" DROP CONSTRAINT "{key.name}"',
            f'ALTER TABLE "{key.table}" ADD CONSTRAINT "{key.name}"'
            f" {key.definition[:before]}{rest}",
        ],
    )


def _distributing(where: Places, tables: list[Table], shards: int) -> list[Step]:
    done = [one.name for one in tables if one.kind == DISTRIBUTED]
    first = (done or where.distributed or [""])[0]
    found = []
    for table in tables:
        if table.kind == DISTRIBUTED:
            continue
        how = f"colocate_with => '{first}'"
        if table.name == first:
            how = f"colocate_with => 'none', shard_count => {shards}"
        make = f"SELECT create_distributed_table('{table.name}', '{SHOP}', {how})"
        found.append(Step(f"{table.name} over {SHOP}", [make]))
    return found
