"""Every row of a shop, in whatever table: found in the database itself, so none is forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

from django.db import connections
from psycopg import sql

from tenants.scope import shop_scope

BATCH = 5000
APP, OWNER = "default", "owner"

# Tables with a column `shop_id`, and those that point to the shop by another name.
FIND = """
SELECT c.oid, c.relname, a.attname, has_table_privilege(c.oid, 'DELETE')
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
  AND NOT c.relispartition
  AND (a.attname = 'shop_id' OR EXISTS (
    SELECT FROM pg_constraint f
    WHERE f.contype = 'f' AND f.conrelid = c.oid AND f.confrelid = 'tenants_shop'::regclass
      AND f.conkey = ARRAY[a.attnum]
  ))
ORDER BY c.relname, a.attname
"""
POINTS = """
SELECT conrelid, confrelid FROM pg_constraint
WHERE contype = 'f' AND conrelid <> confrelid AND conparentid = 0
"""


@dataclass(frozen=True)
class ShopTable:
    """`writable`: the application's role may delete from it; otherwise only the owner's."""

    name: str
    column: str
    writable: bool


def shop_tables() -> list[ShopTable]:
    """Each table's rows of a shop, those that point to others before those they point to."""
    with connections[APP].cursor() as cursor:
        cursor.execute(FIND)
        found = cursor.fetchall()
        cursor.execute(POINTS)
        points = cursor.fetchall()
    tables: dict[int, list[ShopTable]] = {}
    for oid, name, column, writable in found:
        tables.setdefault(oid, []).append(ShopTable(name, column, writable))
    order = TopologicalSorter({oid: set[int]() for oid in tables})
    for child, parent in points:
        if child in tables and parent in tables:
            order.add(parent, child)
    try:
        sorted_oids = list(order.static_order())
    except CycleError:
        # The database cascades, or sets to NULL: any order ends, if more slowly.
        sorted_oids = list(tables)
    return [table for oid in sorted_oids for table in tables[oid]]


def rows_delete(table: ShopTable, shop_id: int) -> Iterator[int]:
    """Delete the shop's rows of a table in batches, each a transaction: how many each time."""
    using = APP if table.writable else OWNER
    name, column = sql.Identifier(table.name), sql.Identifier(table.column)
    statement = sql.SQL(
        "DELETE FROM {name} WHERE {column} = {shop} AND ctid = ANY(ARRAY("
        "SELECT ctid FROM {name} WHERE {column} = {shop} LIMIT {batch}))"
    ).format(name=name, column=column, shop=sql.Literal(shop_id), batch=sql.Literal(BATCH))
    while True:
        with shop_scope(shop_id, using=using), connections[using].cursor() as cursor:
            cursor.execute(statement)
            gone = cursor.rowcount
        if not gone:
            return
        yield gone


def rows_left(shop_id: int, tables: list[ShopTable]) -> dict[str, int]:
    """How many rows of the shop still stand in which table; empty when all are gone."""
    left: dict[str, int] = {}
    with shop_scope(shop_id), connections[APP].cursor() as cursor:
        for table in tables:
            count = _count(cursor, table, shop_id)
            if count:
                left[table.name] = left.get(table.name, 0) + count
    return left


def _count(cursor: Any, table: ShopTable, shop_id: int) -> int:
    cursor.execute(
        sql.SQL("SELECT count(*) FROM {} WHERE {} = {}").format(
            sql.Identifier(table.name), sql.Identifier(table.column), sql.Literal(shop_id)
        )
    )
    return int(cursor.fetchone()[0])
