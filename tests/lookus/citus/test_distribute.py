"""`lookus distribute`, against what stands in for Citus: see conftest.py. No Citus runs here."""

import io
import json
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from catalog.models import Feed, Garment, ImportRun, OwnExample, Photo, Product
from catalog.services.products import products_remove
from catalog.services.search_index import _partition
from lookus.citus.work import LOCK, NotDistributable, applied, tenant_tables
from recommender.models import LookItem
from tenants.scope import shop_scope
from tests.factories import make_garment
from tests.lookus.citus.conftest import Cluster
from tests.tenants.rows import tenant_models

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

SHAPE = """
SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
    a.attstorage, pg_get_expr(d.adbin, d.adrelid)
FROM pg_attribute a LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
WHERE a.attrelid = 'catalog_garment'::regclass AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum
"""
BESIDE = """
SELECT 'constraint', conname::text, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = 'catalog_garment'::regclass AND contype <> 'n'
UNION ALL SELECT 'index', indexrelid::regclass::text,
    replace(replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON '), ' USING', '')
FROM pg_index WHERE indrelid = 'catalog_garment'::regclass
UNION ALL SELECT 'policy', policyname::text, concat(cmd, qual, with_check, roles)
FROM pg_policies WHERE tablename = 'catalog_garment'
UNION ALL SELECT 'right', grantee::regrole::text, string_agg(privilege_type, ',' ORDER BY 1)
FROM pg_class, aclexplode(relacl) WHERE oid = 'catalog_garment'::regclass GROUP BY 2
UNION ALL SELECT 'sequence', pg_get_serial_sequence('catalog_garment', 'id'), ''
UNION ALL SELECT 'lock', '', concat(relrowsecurity, relforcerowsecurity) FROM pg_class
WHERE oid = 'catalog_garment'::regclass
ORDER BY 1, 2
"""


def rows(connection: psycopg.Connection[Any], query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query).fetchall()  # type: ignore[call-overload]


def command(*words: str) -> str:
    out = io.StringIO()
    call_command("distribute", *words, stdout=out)
    return out.getvalue()


def test_the_schema_of_today_can_be_distributed() -> None:
    """Fails where a migration adds a table or a key that Citus would refuse."""
    found = json.loads(command("--check", "--json"))
    assert found["faults"] == []
    assert set(found["to_distribute"]) == {one._meta.db_table for one in tenant_models()}
    assert found["reference"] == ["tenants_mall", "tenants_shop"]
    assert {"tenants_outbox", "tenants_apikey", "billing_monthlyusage"} <= set(found["coordinator"])
    assert found["citus"] is False and found["first"]
    with pytest.raises(CommandError, match="CREATE EXTENSION citus"):
        command("--apply")


def test_everything_is_distributed_and_the_shops_are_whole(cluster: Cluster) -> None:
    with cluster.superuser() as server:
        before = {name: _count(server, name) for name in tenant_tables()}
        shape, beside = rows(server, SHAPE), rows(server, BESIDE)
    assert "create_distributed_table('catalog_garment', 'shop_id'" in command("--plan")
    command("--apply", "--shards", "32")
    with cluster.superuser() as server:
        seen = dict(
            rows(server, "SELECT logicalrelid::text, rows_seen FROM pg_dist_partition"
                 " WHERE partmethod = 'h'")
        )  # fmt: skip
        # What Citus could not see it would not have copied.
        assert seen == before and min(before.values()) >= 2
        assert rows(server, "SELECT DISTINCT colocationid, partkey FROM pg_dist_partition"
                    " WHERE partmethod = 'h'") == [(1, "shop_id")]  # fmt: skip
        assert {name for (name,) in rows(server, "SELECT name FROM given_back")} == set(before)
        assert rows(server, SHAPE) == shape and rows(server, BESIDE) == beside
        unforced = "SELECT relname FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity"
        assert rows(server, unforced) == []
    # What stands in for Citus moves no row: only that is left.
    left = [one for one in command("--plan").splitlines() if one.startswith("--")]
    assert len(left) == len(before) and all(one.endswith("given back") for one in left)
    _still_works(cluster)


def _still_works(cluster: Cluster) -> None:
    """The application on the schema that distributing leaves: whole tables, keys without rules."""
    shop, other = cluster.shops
    with shop_scope(shop):
        item = LookItem.objects.exclude(product=None).get()
        product = Product.every.get(pk=item.product_id)
        photo = Photo.objects.filter(product=product).first()
        assert photo is not None
        example = OwnExample.objects.exclude(product=None).first()
    make_garment(photo)
    with shop_scope(shop):
        run = ImportRun.objects.exclude(feed=None).first() or ImportRun.objects.first()
        assert run is not None
        feed = Feed.objects.first()
        assert feed is not None
        ImportRun.objects.filter(pk=run.pk).update(feed=feed)
        Photo.objects.filter(pk=photo.pk).update(import_run=run)
        feed.delete()
        assert ImportRun.objects.get(pk=run.pk).feed_id is None
        run.delete()
        assert Photo.objects.get(pk=photo.pk).import_run_id is None
        products_remove(product_ids=[product.pk])
        assert LookItem.objects.get(pk=item.pk).product_id is None
        assert example is None or OwnExample.objects.get(pk=example.pk).product_id is None
        assert not Garment.objects.filter(photo=photo).exists()
    with shop_scope(other):
        assert Garment.objects.count() == 1 and LookItem.objects.exclude(product=None).exists()
    with cluster.owner() as owner:
        assert _partition(owner.cursor(), shop.pk) == "catalog_garment"
    with transaction.atomic():
        assert not rows_of_garment_without_scope()


def rows_of_garment_without_scope() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM catalog_garment")
        return list(cursor.fetchall())


def test_it_goes_on_where_it_stopped(cluster: Cluster) -> None:
    with cluster.superuser() as server:
        server.execute("INSERT INTO trouble VALUES ('catalog_posting')")
    with pytest.raises(CommandError, match=r"catalog_posting over shop_id[\s\S]*Run it again"):
        command("--apply")
    with cluster.superuser() as server:
        first = dict(rows(server, "SELECT logicalrelid::text, at FROM pg_dist_partition"))
        assert "catalog_product" in first and "catalog_posting" not in first
        server.execute("DELETE FROM trouble")
    command("--apply")
    with cluster.superuser() as server:
        last = dict(rows(server, "SELECT logicalrelid::text, at FROM pg_dist_partition"))
        assert last.items() >= first.items() and tenant_tables() <= last.keys()
        unforced = "SELECT relname FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity"
        assert rows(server, unforced) == []


IN_THE_WAY = [
    ("CREATE UNIQUE INDEX bad ON catalog_product (id)", "catalog_product: bad is unique"),
    (
        "ALTER TABLE catalog_tag ADD CONSTRAINT bad FOREIGN KEY (shop_id, product_id)"
        " REFERENCES catalog_product (shop_id, id) ON UPDATE CASCADE",
        "catalog_tag: the key bad writes shop_id",
    ),
    (
        "CREATE UNIQUE INDEX one ON catalog_product (id); ALTER TABLE catalog_tag"
        " ADD CONSTRAINT bad FOREIGN KEY (product_id) REFERENCES catalog_product (id)",
        "catalog_tag: the key bad does not hold shop_id on both sides",
    ),
    (
        "CREATE TRIGGER bad BEFORE UPDATE ON catalog_tag FOR EACH ROW"
        " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "catalog_tag: the trigger bad",
    ),
    (
        "CREATE POLICY bad ON catalog_tag USING (shop_id IN (SELECT id FROM tenants_shop))",
        "catalog_tag: the policy bad has a sub-select",
    ),
    (
        "ALTER TABLE catalog_vocabularyterm ALTER COLUMN id TYPE integer",
        "catalog_vocabularyterm: id is an identity but no bigint",
    ),
    (
        "ALTER TABLE catalog_product ADD CONSTRAINT bad FOREIGN KEY (shop_id, id)"
        " REFERENCES catalog_product (shop_id, id) ON DELETE SET NULL (id)",
        "catalog_product: nobody empties id",
    ),
    (
        "ALTER TABLE tenants_outbox FORCE ROW LEVEL SECURITY",
        "tenants_outbox: has row-level security, but no TenantModel",
    ),
    ("DROP TABLE catalog_notalike", "catalog_notalike: the model's table is missing"),
    ("DELETE FROM pg_dist_node WHERE groupid = 1", "there is no worker"),
    ("DELETE FROM pg_dist_node WHERE groupid = 0", "citus_set_coordinator_host"),
]


def test_what_cannot_be_kept_is_refused_before_anything_is_done(cluster: Cluster) -> None:
    with cluster.superuser() as server:
        for statement, said in IN_THE_WAY:
            with server.transaction(force_rollback=True):
                server.execute(statement)  # type: ignore[call-overload]
                with pytest.raises(NotDistributable) as refused:
                    applied(server)
                assert said in str(refused.value)
                assert rows(server, "SELECT count(*) FROM pg_dist_partition") == [(0,)]
        with cluster.owner() as other:
            other.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            with pytest.raises(NotDistributable, match="another"):
                applied(server)


def _count(connection: psycopg.Connection[Any], name: str) -> int:
    return int(rows(connection, f'SELECT count(*) FROM "{name}"')[0][0])
