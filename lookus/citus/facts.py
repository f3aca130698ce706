"""What stands in the database, read from its catalog: the tables, their keys, and what Citus has.

Nothing is remembered between two runs of `lookus distribute`: each begins with these facts.
"""

from dataclasses import dataclass, field
from typing import Any

import psycopg

PROPAGATE = "citus.propagate_set_commands"
CLUSTER = "pg_dist_partition"
"""Citus' own list of tables; a database that has it has Citus."""

_TABLES = """
SELECT c.oid, c.relname, c.relforcerowsecurity,
    CASE WHEN c.relkind = 'p' THEN (SELECT partstrat FROM pg_partitioned_table
                                    WHERE partrelid = c.oid) END,
    ARRAY(SELECT i.inhrelid::regclass::text FROM pg_inherits i
          WHERE i.inhparent = c.oid ORDER BY 1),
    EXISTS (SELECT FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhrelid
            WHERE i.inhparent = c.oid AND NOT p.relforcerowsecurity),
    (SELECT format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN '' ELSE ' NULL' END
     FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'shop_id'),
    ARRAY(SELECT t.tgname::text FROM pg_trigger t
          WHERE t.tgrelid = c.oid AND NOT t.tgisinternal ORDER BY 1),
    ARRAY(SELECT p.polname::text FROM pg_policy p WHERE p.polrelid = c.oid
          AND concat(pg_get_expr(p.polqual, c.oid), pg_get_expr(p.polwithcheck, c.oid))
              ~* '\\mselect\\M' ORDER BY 1),
    ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid
          AND NOT a.attisdropped AND a.attidentity <> '' AND a.atttypid <> 'bigint'::regtype),
    pg_relation_size(c.oid) + (SELECT coalesce(sum(pg_relation_size(i.inhrelid)), 0)
                               FROM pg_inherits i WHERE i.inhparent = c.oid)
FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
    AND NOT c.relispartition
ORDER BY c.relname
"""
# Citus can hold a row unique among all only if its shop is a part of what is unique.
_UNIQUE = """
SELECT i.indrelid, i.indexrelid::regclass::text
FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
WHERE (i.indisunique OR i.indisexclusion) AND c.relnamespace = 'public'::regnamespace
    AND NOT c.relispartition AND NOT EXISTS (
        SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'shop_id'
            AND a.attnum = ANY (i.indkey))
ORDER BY 2
"""
_KEYS = """
SELECT f.conrelid, f.confrelid::regclass::text, f.conname, f.confdeltype, f.confupdtype,
    EXISTS (SELECT FROM unnest(f.conkey, f.confkey) AS pair (mine, other)
            JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = pair.mine
            JOIN pg_attribute b ON b.attrelid = f.confrelid AND b.attnum = pair.other
            WHERE a.attname = 'shop_id' AND b.attname = 'shop_id'),
    EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = f.conrelid
            AND a.attname = 'shop_id' AND a.attnum = ANY (f.conkey)),
    (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = f.conrelid
        AND a.attnum = ANY (f.conkey) AND a.attname <> 'shop_id' LIMIT 1),
    pg_get_constraintdef(f.oid)
FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid
WHERE f.contype = 'f' AND f.conparentid = 0 AND c.relnamespace = 'public'::regnamespace
    AND NOT c.relispartition
ORDER BY 3
"""
# h: by hash of a column. n: by none, a reference table where each node has a copy ('t').
_DISTRIBUTED = """
SELECT logicalrelid::oid, partmethod::text, repmodel::text, colocationid FROM pg_dist_partition
"""
_PROPAGATES = """
SELECT EXISTS (SELECT FROM pg_db_role_setting s, unnest(s.setconfig) AS one
    WHERE s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND one = 'citus.propagate_set_commands=local')
"""


@dataclass(frozen=True)
class Key:
    """A foreign key. `column` is the one beside `shop_id`; rules are as pg_constraint has them."""

    table: str
    target: str
    name: str
    on_delete: str
    on_update: str
    over_shop: bool
    has_shop: bool
    column: str
    definition: str

    @property
    def sets(self) -> bool:
        return self.on_delete in ("n", "d")


@dataclass
class Table:
    """`strategy`: 'h' or 'r' where it is partitioned. `kind`: how Citus has it, if at all."""

    name: str
    forced: bool
    strategy: str
    partitions: list[str]
    partitions_unforced: bool
    shop_type: str
    triggers: list[str]
    policies_that_select: list[str]
    narrow_identities: list[str]
    bytes: int
    unique_without_shop: list[str] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    kind: str = ""
    colocation: int = 0


DISTRIBUTED, REFERENCE, LOCAL = "distributed", "reference", "local"


@dataclass
class Facts:
    """`cluster`: whether this database has Citus. The rest of it is empty where it has not."""

    tables: dict[str, Table]
    database: str
    cluster: bool = False
    workers: int = 0
    coordinator: bool = False
    propagates: bool = False

    def keys_to(self, name: str) -> list[Key]:
        return [key for one in self.tables.values() for key in one.keys if key.target == name]


def facts_read(connection: psycopg.Connection[Any]) -> Facts:
    """Everything that the rules and the plan ask. Reads catalogs only, no row of anybody."""
    tables: dict[int, Table] = {}
    for oid, *rest in connection.execute(_TABLES):
        name, forced, strategy, parts, unforced, shop, triggers, selects, narrow, size = rest
        tables[oid] = Table(
            name, forced, strategy or "", parts, unforced, shop or "", triggers, selects, narrow,
            int(size),
        )  # fmt: skip
    for oid, index in connection.execute(_UNIQUE):
        tables[oid].unique_without_shop.append(index)
    for oid, *rest in connection.execute(_KEYS):
        tables[oid].keys.append(Key(tables[oid].name, *rest))
    facts = Facts(
        {one.name: one for one in tables.values()}, _one(connection, "current_database()")
    )
    if _one(connection, f"to_regclass('{CLUSTER}')") is not None:
        _cluster(connection, facts, tables)
    return facts


def _cluster(connection: psycopg.Connection[Any], facts: Facts, tables: dict[int, Table]) -> None:
    facts.cluster = True
    for oid, method, model, colocation in connection.execute(_DISTRIBUTED):
        if oid in tables:
            plain = REFERENCE if model == "t" else LOCAL
            tables[oid].kind = DISTRIBUTED if method == "h" else plain
            tables[oid].colocation = colocation
    nodes = connection.execute(
        "SELECT count(*) FILTER (WHERE groupid <> 0 AND isactive AND noderole = 'primary'),"
        " bool_or(groupid = 0) FROM pg_dist_node"
    ).fetchone()
    assert nodes
    facts.workers, facts.coordinator = int(nodes[0]), bool(nodes[1])
    row = connection.execute(_PROPAGATES).fetchone()
    facts.propagates = bool(row and row[0])


def _one(connection: psycopg.Connection[Any], expression: str) -> Any:
    row = connection.execute(f"SELECT {expression}").fetchone()
    return row[0] if row else None
