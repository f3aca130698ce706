"""Back one shop up: its rows under its own scope, and its files.

1. All rows in one snapshot, as the application's role: what row-level security does not show is
   not in the backup.
2. Then the files: they are named by content and outlive what points to them, so those that the
   rows name are there.
"""

import gzip
import json
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connections
from psycopg import sql

from lookus.backup.about import manifest_new
from lookus.backup.folder import SHOP, Manifest, Writing, writing
from lookus.backup.media import SHOPS, files_out
from lookus.backup.shop_tables import Kept, tables_kept
from tenants.models import Shop
from tenants.scope import shop_scope

PEOPLE = "people.json"


def shop_backup(*, shop: Shop, out: Path, photos: bool = True) -> Manifest:
    """Everything of `shop` into the new folder `out`. Call it outside any scope.

    Raises BackupRefused.
    """
    manifest = manifest_new(SHOP)
    manifest.facts = {
        "shop": {"id": shop.pk, "slug": shop.slug, "name": shop.name},
        "mall": {"id": shop.mall.pk, "slug": shop.mall.slug, "name": shop.mall.name},
        "photos": photos,
    }
    with writing(out, manifest) as work:
        tables = tables_kept()
        manifest.facts["columns"] = {table.name: list(table.columns) for table in tables}
        people: set[int] = set()
        with shop_scope(shop), connections["default"].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            for table in tables:
                manifest.tables[table.name] = _rows_out(cursor, work, table, shop.pk)
                people |= _people_of(cursor, table, shop.pk)
        _people_out(work, people)
        if photos:
            files_out(work, f"{SHOPS}/{shop.pk}")
    return manifest


def _rows_out(cursor: Any, work: Writing, table: Kept, shop_id: int) -> int:
    statement = sql.SQL("COPY (SELECT {} FROM {} WHERE {} = {}) TO STDOUT").format(
        table.names,
        sql.Identifier(table.name),
        sql.Identifier(table.column),
        sql.Literal(shop_id),
    )
    rows = 0
    with (
        work.file(table.file) as file,
        gzip.open(file, "wb", compresslevel=6) as packed,
        cursor.copy(statement) as copied,
    ):
        for piece in copied:
            packed.write(piece)
            rows += bytes(piece).count(b"\n")
    return rows


def _people_of(cursor: Any, table: Kept, shop_id: int) -> set[int]:
    found: set[int] = set()
    for column in table.people:
        statement = sql.SQL("SELECT DISTINCT {0} FROM {1} WHERE {2} = {3} AND {0} IS NOT NULL")
        cursor.execute(
            statement.format(
                sql.Identifier(column),
                sql.Identifier(table.name),
                sql.Identifier(table.column),
                sql.Literal(shop_id),
            )
        )
        found |= {one for (one,) in cursor.fetchall()}
    return found


def _people_out(work: Writing, ids: set[int]) -> None:
    """By their addresses: elsewhere the same number is somebody else's."""
    named = dict(get_user_model().objects.filter(pk__in=ids).values_list("pk", "email"))
    with work.file(PEOPLE) as file:
        file.write(json.dumps(named, ensure_ascii=False).encode())
