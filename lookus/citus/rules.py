"""Which table goes where, and what of the schema Citus would not keep.

The rules are Citus' own, as its documentation and its refusals have them ("Determining the
distribution column", `create_distributed_table`, citusdata/citus issue 7132). They are asked
before anything is changed, so that no half of a schema is distributed.
"""

from collections.abc import Collection
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from lookus.citus.facts import DISTRIBUTED, Facts, Key, Table

SHOP = "shop_id"


@dataclass(frozen=True)
class Places:
    """Names of tables, in an order in which each stands behind those that it points to."""

    reference: list[str]
    distributed: list[str]
    coordinator: list[str]


def places(facts: Facts, tenant_tables: Collection[str]) -> Places:
    """Tenants' tables are distributed; what they point to outside has a copy on every node.

    Everything else stays on the coordinator: people, malls' money, and the tables that are asked
    across shops (the outbox, sums for operators).
    """
    distributed = {name for name in facts.tables if name in tenant_tables}
    reference = _pointed_to(facts, distributed) - distributed
    grown = True
    while grown:
        more = _pointed_to(facts, reference) - distributed - reference
        reference |= more
        grown = bool(more)
    rest = sorted(set(facts.tables) - distributed - reference)
    return Places(_ordered(facts, reference), _ordered(facts, distributed), rest)


def faults(
    facts: Facts, tenant_tables: Collection[str], emptied: Collection[tuple[str, str]]
) -> list[str]:
    """Sentences, one for each thing that cannot be distributed as it stands. None: it can.

    `emptied` are the (table, column) that our own deletions empty before a key's target goes.
    """
    found = [f"{name}: the model's table is missing: run the migrations" for name in
             sorted(set(tenant_tables) - set(facts.tables))]  # fmt: skip
    where = places(facts, tenant_tables)
    for name in where.distributed:
        found += _faults_of(facts.tables[name], facts, where)
        found += [
            f"{name}: nobody empties {key.column} when its {key.target} goes, and Citus does not"
            for key in facts.tables[name].keys
            if not is_kept(key) and (name, key.column) not in emptied
        ]
    for name in where.reference:
        found += _faults_of_reference(facts.tables[name], where)
    for name in where.coordinator:
        if facts.tables[name].forced:
            found.append(f"{name}: has row-level security, but no TenantModel says what it is")
    groups = {one.colocation for one in facts.tables.values() if one.kind == DISTRIBUTED}
    if len(groups) > 1:
        found.append("the distributed tables are not colocated: undistribute those of one group")
    return found


def cannot_begin(facts: Facts) -> list[str]:
    """What keeps `--apply` from beginning here, whatever the schema is."""
    if not facts.cluster:
        return [
            "this Postgres has no Citus: put it into shared_preload_libraries on every node, then "
            f"CREATE EXTENSION citus in the database {facts.database}"
        ]
    found = []
    if not facts.coordinator:
        found.append(
            "the coordinator is not among its own nodes, so tables beside the distributed ones "
            "cannot point to them: SELECT citus_set_coordinator_host('its.name')"
        )
    if not facts.workers:
        found.append("there is no worker: SELECT citus_add_node('its.name', 5432) for each")
    return found


def is_kept(key: Key) -> bool:
    """Whether Citus keeps the key's rule of deletion: none that sets columns, in any spelling."""
    return not (key.sets and key.has_shop)


def _pointed_to(facts: Facts, names: Collection[str]) -> set[str]:
    return {key.target for name in names for key in facts.tables[name].keys}


def _ordered(facts: Facts, names: Collection[str]) -> list[str]:
    order = TopologicalSorter({name: set[str]() for name in sorted(names)})
    for name in sorted(names):
        for key in facts.tables[name].keys:
            if key.target in names and key.target != name:
                order.add(name, key.target)
    try:
        return list(order.static_order())
    except CycleError:
        return sorted(names)


def _faults_of(table: Table, facts: Facts, where: Places) -> list[str]:
    found = []
    if table.shop_type != "bigint":
        said = table.shop_type or "missing"
        found.append(f"{SHOP} must be a bigint that is never NULL, and is {said}")
    found += [f"{one} is unique without {SHOP}" for one in table.unique_without_shop]
    found += [f"the trigger {one}: Citus runs none on a shard" for one in table.triggers]
    found += [f"the policy {one} has a sub-select" for one in table.policies_that_select]
    found += [f"{one} is an identity but no bigint" for one in table.narrow_identities]
    if table.strategy == "l":
        found.append("is partitioned by a list of values")
    if table.strategy == "h" and facts.keys_to(table.name):
        found.append("is partitioned by hash and other tables point to it")
    names = set(where.distributed)
    for key in table.keys:
        if key.target in names and key.target != table.name:
            found += _faults_of_key(key, where)
    return [f"{table.name}: {one}" for one in found]


def _faults_of_key(key: Key, where: Places) -> list[str]:
    if not key.over_shop:
        return [f"the key {key.name} does not hold {SHOP} on both sides"]
    if key.on_update in ("c", "n", "d"):
        return [f"the key {key.name} writes {SHOP} when it is updated"]
    here = where.distributed.index
    if here(key.target) > here(key.table):
        return [f"the key {key.name} stands in a circle of keys"]
    return []


def _faults_of_reference(table: Table, where: Places) -> list[str]:
    names = set(where.distributed)
    return [
        f"{table.name}: every node would have a copy, and it points to the distributed {key.target}"
        for key in table.keys
        if key.target in names
    ]
