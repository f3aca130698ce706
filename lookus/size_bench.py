"""Bytes that a product and a search take in the database, table by table, with their indexes.

Everything is written as it is in service: an import, tagging, the words' postings, events. A photo
shows two garments, one of which is the product, and has some 19 tags a garment: a busy one.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import numpy as np
import psycopg
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from catalog.bench_import.clock import took
from catalog.bench_import.measure import imported
from catalog.bench_import.world import csv_of, made_shop, sight
from catalog.models import Garment, Photo
from catalog.services.postings import postings_run
from catalog.services.search_index import search_index_keep
from catalog.services.tagging import photos_finish
from lookus.analytics_bench.world import events_make, months_make
from lookus.citus.work import tenant_tables
from tenants.models import Shop
from tenants.scope import shop_scope

BATCH = 100
OF_SEARCHES = ("analytics_event", "analytics_searchdetail")
SIZES = """
SELECT coalesce(sum(pg_table_size(oid)), 0), coalesce(sum(pg_indexes_size(oid)), 0)
FROM pg_class WHERE pg_relation_size(oid) > 0 AND (oid = %(table)s::regclass
    OR oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = %(table)s::regclass))
"""


def measure(
    *, products: int, events: int, superuser: str, say: Callable[[str], None]
) -> dict[str, float | int]:
    """Bytes for each product: rows (with what lies apart of them) and indexes; and for an event."""
    shop = made_shop(0)
    say(f"{products:,} products")
    imported(shop, csv_of(products), created=products)
    say("tagged")
    _tagged(shop)
    say("their words")
    while postings_run(shop_id=shop.pk):
        pass
    before = _sizes(superuser)
    say(f"{events:,} events")
    now = timezone.now()
    months_make(now)
    events_make(shop, events, now=now)
    after = _sizes(superuser)
    figures: dict[str, float | int] = {"products": products, **_rows(superuser, shop)}
    for table, (rows, indexes) in before.items():
        if rows + indexes >= products:
            figures[f"{table}_rows_bytes"] = round(rows / products, 1)
            figures[f"{table}_indexes_bytes"] = round(indexes / products, 1)
    figures["product_bytes"] = round(sum(map(sum, before.values())) / products, 1)
    for table in OF_SEARCHES:
        count = figures[f"{table}_count"]
        for part, name in enumerate(("rows", "indexes")):
            grown = after[table][part] - before[table][part]
            figures[f"{table}_{name}_bytes"] = round(grown / count, 1)
    say("an index of its own")
    return figures | _promoted(shop)


def _tagged(shop: Shop) -> None:
    numbers = np.random.default_rng(5)
    for photos in _waiting(shop):
        seen = [(photo, sight(numbers, photo.pk)) for photo in photos]
        photos_finish(shop=shop, until=photos[0].leased_until, seen=seen)


def _waiting(shop: Shop) -> Iterator[list[Any]]:
    until = timezone.now() + timedelta(hours=5)
    while True:
        with shop_scope(shop):
            ids = list(
                Photo.objects.filter(state=Photo.State.PENDING).values_list("pk", flat=True)[:BATCH]
            )
            chosen = Photo.objects.filter(pk__in=ids)
            chosen.update(state=Photo.State.WORKING, leased_until=until)
            photos = list(chosen.order_by("pk"))
        if not photos:
            return
        yield photos


def _sizes(superuser: str) -> dict[str, tuple[int, int]]:
    """Bytes of rows and of indexes by table, after what autovacuum does within a day."""
    with psycopg.connect(superuser, autocommit=True) as server:
        server.execute("VACUUM (ANALYZE)")
        found = {}
        for table in sorted(tenant_tables()):
            row = server.execute(SIZES, {"table": table}).fetchone()
            assert row
            found[table] = (int(row[0]), int(row[1]))
        return found


def _rows(superuser: str, shop: Shop) -> dict[str, int]:
    with psycopg.connect(superuser, autocommit=True) as server:
        found = {}
        for table in sorted(tenant_tables()):
            query = f'SELECT count(*) FROM "{table}" WHERE shop_id = %s'  # noqa: S608
            row = server.execute(query, [shop.pk]).fetchone()
            if row and row[0] > 1:
                found[f"{table}_count"] = int(row[0])
        return found


def _promoted(shop: Shop) -> dict[str, float | int]:
    """Of the shop's HNSW index: bytes and milliseconds of the clock for each garment in it."""
    with shop_scope(shop):
        revision = str(Garment.objects.values_list("revision", flat=True)[:1][0])
        count = Garment.objects.filter(is_product=True, revision=revision).count()
    with override_settings(SEARCH_INDEX_ROWS=1), took(connection.connection) as spent:
        search_index_keep(shop=shop, revisions=(revision,))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_relation_size(oid)) FROM pg_class WHERE starts_with(relname, %s)",
            ["garment_hnsw_"],
        )
        size = int(cursor.fetchone()[0])
    return {
        "hnsw_garments": count,
        "hnsw_bytes_a_garment": round(size / count, 1),
        "hnsw_ms_a_garment": round(spent.wall * 1000 / count, 2),
    }
