"""A large shop's own HNSW index: built, used, mended after a crash, and taken away."""

from typing import Any

import pytest
from django.db import connection, connections

from catalog.models import Garment, SearchIndex
from catalog.selectors import has_search_index
from catalog.services import search_index
from catalog.services.search_index import name_of, search_index_keep
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import REVISION, make_garment, make_photo, make_product, make_shop

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def small_bound(settings: Any) -> None:
    settings.SEARCH_INDEX_ROWS = 4


@pytest.fixture(autouse=True)
def no_index_is_left(transactional_db: None) -> Any:
    yield
    with connections["owner"].cursor() as cursor:
        for name in indexes():
            cursor.execute(f'DROP INDEX "{name}"')


def shop_of(garments: int) -> Shop:
    shop = make_shop()
    add(shop, garments)
    return shop


def add(shop: Shop, garments: int, **fields: Any) -> None:
    for _ in range(garments):
        photo = make_photo(make_product(shop), stored=False, state="done", revision=REVISION)
        make_garment(photo, **fields)


def keep(shop: Shop, *revisions: str) -> bool:
    return search_index_keep(shop=shop, revisions=revisions or (REVISION,))


def indexes() -> dict[str, bool]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT relname, indisvalid FROM pg_class JOIN pg_index ON indexrelid = pg_class.oid"
            " WHERE relname LIKE 'garment_hnsw%'"
        )
        return dict(cursor.fetchall())


def fresh(shop: Shop) -> Shop:
    return Shop.objects.get(pk=shop.pk)


def test_a_shop_under_the_bound_has_none() -> None:
    shop = shop_of(3)
    assert keep(shop)
    assert indexes() == {}
    assert not has_search_index(fresh(shop), REVISION)
    assert fresh(shop).search_index.garments == 3


def test_a_shop_that_reaches_the_bound_gets_one_that_its_searches_use() -> None:
    shop = shop_of(4)
    assert not has_search_index(fresh(shop), REVISION)
    assert keep(shop)
    assert indexes() == {name_of(shop.pk, REVISION): True}
    assert has_search_index(fresh(shop), REVISION)
    assert not has_search_index(fresh(shop), "another")
    with shop_scope(shop), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM catalog_garment WHERE is_product AND revision = %s"
            f" AND shop_id = {shop.pk} ORDER BY embedding <=> %s::halfvec LIMIT 2",
            [REVISION, str([0.1] * 256)],
        )
        plan = " ".join(line for (line,) in cursor.fetchall())
    assert name_of(shop.pk, REVISION) in plan


def test_only_what_products_are_counts() -> None:
    shop = shop_of(3)
    add(shop, 4, is_product=False)
    keep(shop)
    assert indexes() == {}


def test_it_stays_above_half_the_bound_and_goes_below() -> None:
    shop = shop_of(4)
    keep(shop)
    with shop_scope(shop):
        Garment.objects.filter(pk=Garment.objects.order_by("pk")[:1]).delete()
    keep(shop)
    assert has_search_index(fresh(shop), REVISION)
    with shop_scope(shop):
        Garment.objects.filter(pk__in=Garment.objects.order_by("pk").values("pk")[:2]).delete()
    keep(shop)
    assert indexes() == {}
    assert fresh(shop).search_index.state == SearchIndex.State.EXACT


def test_two_revisions_have_one_each_and_the_one_that_is_no_longer_kept_goes() -> None:
    shop = shop_of(4)
    with shop_scope(shop):
        for garment in Garment.objects.all():
            garment.pk, garment.revision = None, "next"
            garment.save(force_insert=True)
    keep(shop, REVISION, "next")
    assert indexes() == {name_of(shop.pk, one): True for one in (REVISION, "next")}
    assert has_search_index(fresh(shop), REVISION)
    keep(shop, "next")
    assert indexes() == {name_of(shop.pk, "next"): True}
    assert has_search_index(fresh(shop), "next")


def test_another_shops_index_and_rows_are_left_alone() -> None:
    one, other = shop_of(4), shop_of(4)
    keep(one)
    keep(other)
    assert len(indexes()) == 2
    with shop_scope(one):
        Garment.objects.all().delete()
    keep(one)
    assert indexes() == {name_of(other.pk, REVISION): True}
    assert has_search_index(fresh(other), REVISION)


def test_a_shop_whose_number_begins_another_s_is_not_taken_for_it() -> None:
    shop = shop_of(4)
    keep(shop)
    with connections["owner"].cursor() as cursor:
        longer = search_index._standing(cursor, int(f"{shop.pk}0"))
        shorter = search_index._standing(cursor, shop.pk)
    assert longer == {} and list(shorter) == [name_of(shop.pk, REVISION)]


def test_what_a_crash_left_half_built_is_built_again() -> None:
    shop = shop_of(4)
    keep(shop)
    with connections["owner"].cursor() as cursor:
        # As a job leaves it that dies in the middle: an index that is there and not whole.
        cursor.execute(f'DROP INDEX "{name_of(shop.pk, REVISION)}"')
        table = search_index._partition(cursor, shop.pk)
        with pytest.raises(Exception, match="could not create unique"):
            cursor.execute(
                f'CREATE UNIQUE INDEX CONCURRENTLY "{name_of(shop.pk, REVISION)}"'
                f' ON "{table}" (shop_id)'
            )
    assert indexes() == {name_of(shop.pk, REVISION): False}
    assert keep(shop)
    assert indexes() == {name_of(shop.pk, REVISION): True}
    assert has_search_index(fresh(shop), REVISION)


def test_what_a_crash_left_built_and_unsaid_is_said() -> None:
    shop = shop_of(4)
    keep(shop)
    SearchIndex.objects.update(state=SearchIndex.State.BUILDING, indexed_revision="")
    assert keep(shop)
    assert has_search_index(fresh(shop), REVISION)


def test_two_jobs_at_one_shop_do_not_meet(databases: Any) -> None:
    import psycopg

    shop = shop_of(4)
    with psycopg.connect(databases.owner_url, autocommit=True) as other:
        lock = (search_index.LOCK_CLASS, shop.pk)
        other.execute("SELECT pg_advisory_lock(%s, %s)", lock)
        assert not keep(shop)
        assert indexes() == {}
    assert keep(shop)
    assert len(indexes()) == 1


def test_without_the_owners_role_every_search_stays_exact(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop = shop_of(4)
    monkeypatch.setattr(search_index, "OWNER", "nobody")
    assert keep(shop)
    assert not has_search_index(fresh(shop), REVISION)
