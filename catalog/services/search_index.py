"""Give a large shop an HNSW index of its own, and take it away when the shop has shrunk.

What should stand is compared with what stands, and the difference is made: a job that died half
way is mended by the next one. Searches never wait: indexes are built and dropped CONCURRENTLY, by
the role that owns the tables, and a search uses one only when the shop's row says that it is whole.
"""

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connections
from django.utils import timezone
from psycopg import sql

from catalog.models import Garment, SearchIndex
from tenants.models import Shop
from tenants.scope import shop_scope

log = logging.getLogger(__name__)

OWNER = "owner"
PREFIX = "garment_hnsw"
# Says to other advisory locks that this one is of ours.
LOCK_CLASS = 1_282_305_377
# pgvector's own. Of 100,000 garments they find .985 of the ten nearest however far a search goes,
# for some are linked from nowhere near; 24 and 128 take over four times as long to build.
LINKS, BUILD_WIDTH = 16, 64
# A shop that stands at the bound shall not be promoted and demoted by turns.
KEEP_ABOVE = 0.5


def search_index_keep(*, shop: Shop, revisions: tuple[str, ...]) -> bool:
    """Let the shop's indexes be those that it needs for these revisions, the live one first.

    Call it outside any scope and transaction: building takes minutes for a large shop. False
    where another job is at this shop; without the owner's role nothing can be built, and every
    search is exact.
    """
    held = SearchIndex.objects.get_or_create(shop=shop)[0]
    wanted = _wanted(shop, held, revisions)
    if not wanted and held.state == SearchIndex.State.EXACT and not held.indexed_revision:
        return True
    if OWNER not in connections.settings:
        log.warning("shop %s: no index can be built without OWNER_DATABASE_URL", shop.pk)
        return True
    with _alone(shop.pk) as cursor:
        if cursor is None:
            return False
        standing = _standing(cursor, shop.pk)
        whole = {name for name, valid in standing.items() if valid}
        _say(held, revisions[0], wanted, whole)
        for name in standing.keys() - (wanted.keys() & whole):
            _drop(cursor, name)
        for name in wanted.keys() - whole:
            _build(cursor, name, shop.pk, wanted[name])
            whole.add(name)
        _say(held, revisions[0], wanted, whole)
    return True


def search_indexes_drop(*, shop_id: int) -> bool:
    """Drop every index of a shop that is being deleted; False where another job is at it."""
    with _alone(shop_id) as cursor:
        if cursor is None:
            return False
        for name in _standing(cursor, shop_id):
            _drop(cursor, name)
    return True


def _wanted(shop: Shop, held: SearchIndex, revisions: tuple[str, ...]) -> dict[str, str]:
    """The revisions that are to have an index, by its name."""
    least: float = settings.SEARCH_INDEX_ROWS
    if held.state == SearchIndex.State.PROMOTED:
        least *= KEEP_ABOVE
    with shop_scope(shop):
        garments = Garment.objects.filter(is_product=True)
        counts = {one: garments.filter(revision=one).count() for one in revisions}
    SearchIndex.objects.filter(pk=held.pk).update(garments=counts[revisions[0]])
    return {name_of(shop.pk, one): one for one, rows in counts.items() if rows >= max(1, least)}


def _say(held: SearchIndex, live: str, wanted: Collection[str], whole: Collection[str]) -> None:
    """Write down what searches may rely on."""
    name = name_of(held.shop_id, live)
    state, revision = SearchIndex.State.EXACT, ""
    if name in wanted:
        state = SearchIndex.State.BUILDING
        if name in whole:
            state, revision = SearchIndex.State.PROMOTED, live
    rows = SearchIndex.objects.filter(pk=held.pk)
    rows.exclude(state=state, indexed_revision=revision).update(
        state=state, indexed_revision=revision, changed_at=timezone.now()
    )


def name_of(shop_id: int, revision: str) -> str:
    return f"{PREFIX}_{shop_id}_{revision}"


@contextmanager
def _alone(shop_id: int) -> Iterator[Any]:
    """A cursor of the owner's, or None where another job holds the shop.

    The lock is the connection's: it ends with a job that dies, and not before what that job had
    begun in the database.
    """
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK_CLASS, shop_id])
        if not cursor.fetchone()[0]:
            yield None
            return
        try:
            yield cursor
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_CLASS, shop_id])


def _standing(cursor: Any, shop_id: int) -> dict[str, bool]:
    """The shop's indexes by name, and whether each is whole."""
    cursor.execute(
        "SELECT relname, indisvalid FROM pg_class JOIN pg_index ON indexrelid = pg_class.oid"
        " WHERE relnamespace = 'public'::regnamespace AND starts_with(relname, %s)",
        [name_of(shop_id, "")],
    )
    return dict(cursor.fetchall())


def _build(cursor: Any, name: str, shop_id: int, revision: str) -> None:
    statement = sql.SQL(
        "CREATE INDEX CONCURRENTLY {name} ON {table} USING hnsw (embedding halfvec_cosine_ops)"
        " WITH (m = {links}, ef_construction = {width})"
        " WHERE shop_id = {shop} AND revision = {revision} AND is_product"
    )
    # One process of the server's, so that searches keep the others.
    cursor.execute("SET max_parallel_maintenance_workers = 0")
    cursor.execute("SELECT set_config('maintenance_work_mem', %s, false)", [_memory()])
    cursor.execute(
        statement.format(
            name=sql.Identifier(name),
            table=sql.Identifier(_partition(cursor, shop_id)),
            links=sql.Literal(LINKS),
            width=sql.Literal(BUILD_WIDTH),
            shop=sql.Literal(shop_id),
            revision=sql.Literal(revision),
        )
    )


def _memory() -> str:
    return f"{settings.SEARCH_INDEX_MEMORY_MB}MB"


def _drop(cursor: Any, name: str) -> None:
    cursor.execute(sql.SQL("DROP INDEX CONCURRENTLY IF EXISTS {}").format(sql.Identifier(name)))


def _partition(cursor: Any, shop_id: int) -> str:
    """The table that holds the shop's rows; on Citus the search table has no partitions."""
    table = Garment._meta.db_table
    cursor.execute(
        "SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid"
        " WHERE inhparent = %s::regclass AND satisfies_hash_partition(inhparent,"
        " (SELECT count(*)::int FROM pg_inherits WHERE inhparent = %s::regclass),"
        " right(relname, 2)::int, %s::bigint)",
        [table, table, shop_id],
    )
    row = cursor.fetchone()
    return str(row[0]) if row else table
