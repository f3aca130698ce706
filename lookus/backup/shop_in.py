"""Bring one shop back: the same ids, all of it or nothing, and nothing of anybody else's touched.

1. The backup is whole, of these very tables, and collides with nothing here; else it is refused.
2. Its files go into the storage.
3. Its rows go in as the owner of the tables, who is bound by row-level security too: in one
   transaction, in the shop's own scope, so that a backup that was tampered with writes no row of
   another shop.
"""

import gzip
import json
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connections
from psycopg import sql

from lookus.backup import folder as backups
from lookus.backup.about import migrations_compare
from lookus.backup.folder import BackupRefused, Manifest
from lookus.backup.media import files_in
from lookus.backup.shop_books import books_open
from lookus.backup.shop_home import Home, home_find, home_make
from lookus.backup.shop_out import PEOPLE
from lookus.backup.shop_tables import Kept, tables_kept
from tenants.scope import shop_scope

OWNER = "owner"


def shop_restore(*, source: Path, mall: str = "") -> Manifest:
    """Bring the shop of a backup back, into `mall` (a slug) or the one that it was of. Call it
    outside any scope. Raises BackupRefused; nothing is restored then.
    """
    manifest = backups.read(source)
    if OWNER not in connections.settings:
        raise BackupRefused("restoring needs OWNER_DATABASE_URL, the role that owns the tables")
    migrations_compare(manifest)
    tables = tables_kept()
    _tables_compare(manifest, tables)
    home = home_find(manifest, mall)
    names = backups.check(source, manifest)
    with files_in(source, names):
        _rows_in(source, manifest, tables, home)
    return manifest


def _tables_compare(manifest: Manifest, tables: list[Kept]) -> None:
    here = {table.name: list(table.columns) for table in tables}
    there: dict[str, list[str]] = manifest.facts.get("columns", {})
    if here != there:
        differ = sorted(one for one in {*here, *there} if here.get(one) != there.get(one))
        raise BackupRefused(f"the backup's tables are not those that are here: {differ[:5]}")


def _rows_in(source: Path, manifest: Manifest, tables: list[Kept], home: Home) -> None:
    shop_id = home.shop_id
    with shop_scope(shop_id, using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        home_make(cursor, home)
        _people_in(cursor, source)
        for table in tables:
            rows = _table_in(cursor, source, table, home)
            if rows != manifest.tables.get(table.name):
                raise BackupRefused(
                    f"{table.name}: {rows} rows of the shop came, "
                    f"not {manifest.tables.get(table.name)}: the backup is damaged"
                )
        # The index was not brought along: the next look at every shop builds it anew.
        cursor.execute(
            "UPDATE catalog_searchindex SET state = 'exact', indexed_revision = ''"
            " WHERE shop_id = %s",
            [shop_id],
        )
        books_open(cursor, shop_id=shop_id, mall_id=home.mall_id)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _table_in(cursor: Any, source: Path, table: Kept, home: Home) -> int:
    """Through a table of our own: COPY writes into none that row-level security guards."""
    into = sql.Identifier(table.name)
    named = {"names": table.names, "into": into}
    cursor.execute(
        sql.SQL(
            "CREATE TEMP TABLE incoming ON COMMIT DROP AS SELECT {names} FROM {into} WITH NO DATA"
        ).format(**named)
    )
    with (
        gzip.open(source / table.file, "rb") as packed,
        cursor.copy(sql.SQL("COPY incoming ({names}) FROM STDIN").format(**named)) as copied,
    ):
        while piece := packed.read(backups.COPY_BYTES):
            copied.write(piece)
    for column in table.people:
        cursor.execute(
            sql.SQL("UPDATE incoming SET {0} = (SELECT now FROM people WHERE before = {0})").format(
                sql.Identifier(column)
            )
        )
    if "mall_id" in table.columns:
        cursor.execute("UPDATE incoming SET mall_id = %s", [home.mall_id])
    cursor.execute(
        sql.SQL(
            "INSERT INTO {into} ({names}) OVERRIDING SYSTEM VALUE"
            " SELECT {names} FROM incoming WHERE {column} = {shop}"
        ).format(**named, column=sql.Identifier(table.column), shop=sql.Literal(home.shop_id))
    )
    rows = int(cursor.rowcount)
    if "id" in table.columns:
        _numbers_go_on(cursor, table.name)
    cursor.execute("DROP TABLE incoming")
    return rows


def _numbers_go_on(cursor: Any, table: str) -> None:
    """No later row gets the id of one that came."""
    cursor.execute("SELECT max(id), pg_get_serial_sequence(%s, 'id') FROM incoming", [table])
    largest, sequence = cursor.fetchone()
    if largest is not None and sequence is not None:
        cursor.execute(
            "SELECT setval(%s, greatest(%s, nextval(%s)))", [sequence, largest, sequence]
        )


def _people_in(cursor: Any, source: Path) -> None:
    """Who has which number here, by the address; nobody for whoever is not here."""
    told: dict[str, str] = json.loads((source / PEOPLE).read_text(encoding="utf-8"))
    users = get_user_model().objects.filter(email__in=[*told.values()])
    here = dict(users.values_list("email", "pk"))
    cursor.execute("CREATE TEMP TABLE people (before bigint, now bigint) ON COMMIT DROP")
    known = [(int(pk), here[email]) for pk, email in told.items() if email in here]
    if known:
        cursor.executemany("INSERT INTO people VALUES (%s, %s)", known)
