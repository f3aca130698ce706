"""The second lock: Postgres itself shows a shop's rows to that shop only."""

from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from catalog.models import Photo
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.database import refuse_privileged_role
from tests.factories import make_product, make_shop
from tests.tenants.rows import fill, tenant_models

pytestmark = pytest.mark.django_db(transaction=True)

# Tables with a shop's id that stand outside every scope, by name (docs/tenancy.md).
OUTSIDE = {
    "tenants_apikey",
    "tenants_invitation",
    "tenants_outbox",
    "analytics_dailycount",
    "analytics_dayrolled",
    "analytics_shopday",
    "catalog_searchindex",
    "recommender_shopmood",
}
# Nobody changes or deletes a row of theirs, one's own neither.
GROWS = {"tenants_auditentry", "billing_ledgerentry"}
TABLES = [model._meta.db_table for model in tenant_models()]


def ask(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def partitions(table: str) -> list[str]:
    rows = ask(
        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass", table
    )
    return sorted(name for (name,) in rows)


@pytest.fixture
def shops() -> tuple[Shop, Shop]:
    one, other = make_shop(), make_shop()
    fill(one)
    fill(other)
    return one, other


def test_there_are_tenant_tables_and_a_partitioned_one():
    assert len(TABLES) >= 9
    assert len(partitions("catalog_garment")) == 64


@pytest.mark.parametrize("table", TABLES)
def test_every_table_and_partition_has_the_lock(table):
    for name in [table, *partitions(table)]:
        flags = ask(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass",
            name,
        )
        assert flags == [(True, True)], name
        policies = ask(
            "SELECT cmd, permissive, qual, with_check FROM pg_policies WHERE tablename = %s", name
        )
        assert len(policies) == 1, name
        command, permissive, seen, written = policies[0]
        assert (command, permissive) == ("ALL", "PERMISSIVE")
        assert seen == written
        assert seen.startswith("(shop_id = ")
        assert "current_setting('lookus.shop_id'" in seen


def test_every_table_with_a_shop_is_locked_or_named_as_outside():
    rows = ask(
        """
        SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
          AND a.attname = 'shop_id' AND NOT a.attisdropped AND NOT c.relrowsecurity
        """
    )
    assert {name for (name,) in rows} == OUTSIDE


@pytest.mark.parametrize("table", TABLES)
def test_without_a_scope_nothing_is_read(table, shops):
    assert ask(f"SELECT * FROM {table}") == []


@pytest.mark.parametrize("table", TABLES)
def test_a_scope_reads_its_own_rows_and_no_others(table, shops):
    for shop in shops:
        with shop_scope(shop):
            found = ask(f"SELECT DISTINCT shop_id FROM {table}")
        assert found == [(shop.pk,)], f"{table}: fill() must write a row of every tenant table"


def test_a_partition_gives_away_nothing(shops):
    one, other = shops
    read = 0
    for name in partitions("catalog_garment"):
        assert ask(f"SELECT id FROM {name}") == []
        with shop_scope(one):
            assert ask(f"SELECT id FROM {name} WHERE shop_id = %s", other.pk) == []
            read += len(ask(f"SELECT id FROM {name}"))
    assert read == 1


@pytest.mark.parametrize("table", TABLES)
def test_a_row_of_another_shop_cannot_be_written(table, shops):
    one, other = shops
    columns = [
        name
        for (name,) in ask(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT attisdropped AND attgenerated = '' AND attname NOT IN ('id', 'shop_id')",
            table,
        )
    ]
    names = ", ".join(f'"{name}"' for name in columns)
    with shop_scope(one):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            ask(
                f"INSERT INTO {table} (shop_id, {names}) SELECT %s, {names} FROM {table}"
                " RETURNING id",
                other.pk,
            )
        if table in GROWS:
            for change in (f"UPDATE {table} SET shop_id = shop_id", f"DELETE FROM {table}"):
                with pytest.raises(ProgrammingError, match="denied"), transaction.atomic():
                    ask(f"{change} RETURNING id")
        else:
            _not_moved(table, other)
    with shop_scope(other):
        assert ask(f"SELECT DISTINCT shop_id FROM {table}") == [(other.pk,)]


def _not_moved(table: str, other: Shop) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        ask(f"UPDATE {table} SET shop_id = %s RETURNING id", other.pk)
    same = f"UPDATE {table} SET shop_id = shop_id WHERE shop_id = %s RETURNING id"
    assert ask(same, other.pk) == []
    assert ask(f"DELETE FROM {table} WHERE shop_id = %s RETURNING id", other.pk) == []


def test_a_row_cannot_point_into_another_shop():
    one, other = make_shop(), make_shop()
    product = make_product(other)
    with shop_scope(one), pytest.raises(IntegrityError), transaction.atomic():
        Photo.objects.create(product_id=product.pk)


def test_the_owner_of_the_tables_is_bound_too(shops, owner_db):
    for table in TABLES:
        assert owner_db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_the_suite_runs_as_a_role_that_is_bound():
    with connection.cursor() as cursor:
        refuse_privileged_role(cursor)
    with pytest.raises(ProgrammingError, match="must be owner"):
        ask("ALTER TABLE catalog_product DISABLE ROW LEVEL SECURITY")
