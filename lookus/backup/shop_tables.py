"""The tables of a shop that a backup holds: those that the database has, so none is forgotten."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections
from psycopg import sql

from lookus.leaving.shop_rows import shop_tables
from tenants.base import UserReference

SHOP_TABLE = "tenants_shop"
LEFT_OUT = {
    "tenants_shopexport": "an export is made anew when somebody asks for it",
    "tenants_invitation": "people belong to the mall, and their links have ended",
}

_COLUMNS = """
SELECT attname FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
ORDER BY attnum
"""
# A key of its own that nobody points to: another installation may have given it to another row.
_OWN_KEY = """
SELECT EXISTS (
    SELECT FROM pg_constraint p JOIN pg_attribute a ON a.attrelid = p.conrelid AND a.attname = 'id'
    WHERE p.conrelid = %(table)s::regclass AND p.contype = 'p' AND p.conkey = ARRAY[a.attnum]
) AND NOT EXISTS (
    SELECT FROM pg_constraint WHERE contype = 'f' AND confrelid = %(table)s::regclass
)
"""


@dataclass(frozen=True)
class Kept:
    """`column` holds the shop's id; `people` are columns that name users by their ids."""

    name: str
    column: str
    columns: tuple[str, ...]
    people: tuple[str, ...]

    @property
    def file(self) -> str:
        return f"tables/{self.name}.copy.gz"

    @property
    def names(self) -> sql.Composable:
        return sql.SQL(", ").join(map(sql.Identifier, self.columns))


def tables_kept() -> list[Kept]:
    """Those that others point to first, the shop's own row before all."""
    found = [one for one in reversed(shop_tables()) if one.name not in LEFT_OUT]
    if len({one.name for one in found}) != len(found):
        raise AssertionError("a table names the shop twice: say by which column it is kept")
    return [_kept(SHOP_TABLE, "id"), *(_kept(one.name, one.column) for one in found)]


def _kept(name: str, column: str) -> Kept:
    with connections["default"].cursor() as cursor:
        cursor.execute(_COLUMNS, [name])
        columns = [one for (one,) in cursor.fetchall()]
        cursor.execute(_OWN_KEY, {"table": name})
        if name != SHOP_TABLE and cursor.fetchone()[0]:
            columns.remove("id")
    people = _people().get(name, ())
    return Kept(name, column, tuple(columns), tuple(one for one in columns if one in people))


def _people() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    model: Any
    for model in apps.get_models():
        named = {one.column for one in model._meta.local_fields if isinstance(one, UserReference)}
        if named:
            found[model._meta.db_table] = named
    return found
