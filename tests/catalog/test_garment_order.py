"""The search table is written anew in the order that scans read it, and loses nothing."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, connections
from django.db.migrations.state import ProjectState

from catalog.models import Garment, Product
from tenants.migrations_ops import TenantTableOrdered
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_garment, make_photo, make_product, make_shop

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

migration: Any = import_module("catalog.migrations.0004_garment_order")


@pytest.fixture
def shops() -> list[Shop]:
    shops = [make_shop(), make_shop()]
    for shop in shops:
        for number in range(3):
            made = make_photo(make_product(shop), stored=False, state="done")
            make_garment(made, selling_price=number, tags={"category": {"value": "x" * 3000}})
    return shops


def rows(shop: Shop) -> list[dict[str, Any]]:
    with shop_scope(shop):
        found = list(Garment.objects.order_by("pk").values())
    for row in found:
        row["embedding"] = [float(part) for part in row["embedding"]]
        row["shades"] = bytes(row["shades"])
    return found


def rewrite() -> None:
    (operation,) = (
        one for one in migration.Migration.operations if isinstance(one, TenantTableOrdered)
    )
    state = ProjectState.from_apps(apps)
    with connections["owner"].schema_editor(atomic=True) as editor:
        operation.database_forwards("catalog", editor, state, state)


def one(sql: str) -> Any:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_rows_keys_locks_and_indexes_are_the_same_afterwards(shops: list[Shop]) -> None:
    before = [rows(shop) for shop in shops]
    named = "SELECT indexname FROM pg_indexes WHERE tablename = 'catalog_garment' ORDER BY 1"
    indexes = one(named)
    rewrite()
    assert [rows(shop) for shop in shops] == before
    assert one(named) == indexes
    locks = "SELECT DISTINCT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname ~ "
    assert one(locks + "'^catalog_garment(_p[0-9]+)?$'") == [(True, True)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM catalog_garment")
        assert cursor.fetchone() == (0,), "outside a scope nothing is seen"
    newest = make_garment(make_photo(make_product(shops[0]), stored=False, state="done"))
    assert newest.pk > max(row["id"] for found in before for row in found)


def test_deletes_still_go_along_and_no_row_points_into_another_shop(shops: list[Shop]) -> None:
    rewrite()
    own, other = shops
    with shop_scope(own):
        Product.objects.all().delete()
    assert rows(own) == [] and len(rows(other)) == 3
    with pytest.raises(IntegrityError), shop_scope(other):
        Garment.objects.update(product_id=10**9)


def test_filters_stand_before_the_vector_and_long_texts_apart(shops: list[Shop]) -> None:
    columns = [
        name
        for (name,) in one(
            "SELECT attname FROM pg_attribute WHERE attrelid = 'catalog_garment'::regclass"
            " AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
        )
    ]
    vector = columns.index("embedding")
    for name in ("shop_id", "revision", "is_product", "category", "selling_price", "shades"):
        assert columns.index(name) < vector
    assert columns[-2:] == ["palette", "tags"]
    apart = "SELECT sum(pg_relation_size(reltoastrelid)) FROM pg_class"
    assert one(apart + " WHERE relname ~ '^catalog_garment_p[0-9]+$'")[0][0] > 0
