"""Which products a search considers: exact, or by the shop's own HNSW index."""

from typing import Any

import numpy as np
import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from catalog.models import Garment
from catalog.services.search_index import name_of, search_index_keep
from catalog.shades import packed
from recommender import candidates as module
from recommender.candidates import Candidate, by_products, candidates, with_palettes
from recommender.filters import Filters
from recommender.rank import Parts, Ranked
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import REVISION, make_garment, make_photo, make_product, make_shop, unit_vector

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

QUERY = np.asarray(unit_vector(7), np.float32)
RED = Filters(values={"color": ("red",)})


@pytest.fixture
def shop() -> Shop:
    """40 garments, every tenth red, one product of two garments, one copied three times."""
    shop = make_shop()
    for number in range(40):
        photo = make_photo(make_product(shop), stored=False, state="done", revision=REVISION)
        make_garment(
            photo,
            embedding=unit_vector(number % 37),
            color_family="red" if number % 10 == 0 else "navy",
        )
    make_garment(photo, embedding=unit_vector(100))
    return shop


@pytest.fixture
def promoted(shop: Shop, settings: Any) -> Any:
    settings.SEARCH_INDEX_ROWS = 10
    search_index_keep(shop=shop, revisions=(REVISION,))
    yield Shop.objects.get(pk=shop.pk)
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'DROP INDEX "{name_of(shop.pk, REVISION)}"')


def found(shop: Shop, filters: Filters | None = None, **asked: Any) -> list[Candidate]:
    with shop_scope(shop):
        return candidates(
            QUERY, shop=shop, revision=REVISION, filters=filters or Filters(), limit=6, **asked
        )


def expected(shop: Shop, **wanted: Any) -> list[int]:
    """Products by the distance of their nearest garment, counted by numpy in halves."""
    with shop_scope(shop):
        rows = list(Garment.objects.filter(**wanted).order_by("id"))
    query = QUERY.astype(np.float16).astype(np.float64)
    best: dict[int, tuple[float, int]] = {}
    for row in rows:
        vector = np.asarray(row.embedding, np.float16).astype(np.float64)
        cosine = query @ vector / np.linalg.norm(query) / np.linalg.norm(vector)
        place = (round(1 - cosine, 6), row.pk)
        best[row.product_id] = min(best.get(row.product_id, place), place)
    return sorted(best, key=lambda one: best[one])


def ids(candidates: list[Candidate]) -> list[int]:
    return [one.product_id for one in candidates]


def test_the_exact_search_finds_every_product_once_nearest_first(shop: Shop) -> None:
    assert ids(found(shop)) == expected(shop)
    assert ids(found(shop, RED)) == expected(shop, color_family="red")


def test_equal_distances_stand_by_garment_and_the_order_is_always_the_same(shop: Shop) -> None:
    first = found(shop)
    assert all(found(shop) == first for _ in range(3))
    twins = [one.garment_id for one in first if abs(one.distance - first[0].distance) < 1e-9]
    assert twins == sorted(twins)


def test_a_candidate_says_what_the_table_holds(shop: Shop) -> None:
    with shop_scope(shop):
        Garment.objects.update(variant_group="tee", fold=3, in_stock=False, selling_price=500)
        row = Garment.objects.get(pk=found(shop)[0].garment_id)
    one = found(shop)[0]
    assert (one.variant_group, one.fold, one.in_stock, one.selling_price) == ("tee", 3, False, 500)
    assert (one.category, one.photo_id) == (row.category, row.photo_id)
    assert bytes(one.shades or b"") == packed(row.palette)


def test_a_product_and_a_photo_can_be_left_out(shop: Shop) -> None:
    first, second = found(shop)[:2]
    left = found(shop, without=first.product_id, without_photo=second.photo_id)
    assert not {first.product_id, second.product_id} & set(ids(left))


def test_the_index_answers_as_the_exact_search_does(
    shop: Shop, promoted: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = found(shop)
    # So many are in the shop: the index has enough, and nothing else is asked.
    monkeypatch.setattr(module, "POOL_LEAST", 10)
    monkeypatch.setattr(module, "POOL_FACTOR", 1)
    with CaptureQueriesContext(connection) as asked:
        by_index = found(promoted)
    assert ids(by_index) == ids(exact)[:10]
    selects = [one["sql"] for one in asked.captured_queries if "<=>" in one["sql"]]
    assert len(selects) == 1 and " + 0.0" not in selects[0]


def test_filters_never_return_fewer_than_exist(shop: Shop, promoted: Shop) -> None:
    for filters in (Filters(), RED, Filters(price_min=10**9), Filters(values={"gender": ("men",)})):
        assert found(promoted, filters) == found(shop, filters)
    assert len(found(promoted)) == 40 and len(found(promoted, RED)) == 4


def test_an_index_that_ends_too_early_is_helped_out_by_the_exact_search(
    shop: Shop, promoted: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "POOL_LEAST", 4)
    monkeypatch.setattr(module, "POOL_FACTOR", 0)
    # The table has no statistics yet: let the index be tried whatever Postgres guesses.
    monkeypatch.setattr(module, "_many", lambda garments, filters: True)
    monkeypatch.setattr(
        module,
        "HNSW_SETTINGS",
        "SET LOCAL hnsw.iterative_scan = relaxed_order; SET LOCAL hnsw.ef_search = 1;"
        "SET LOCAL hnsw.max_scan_tuples = 1; SET LOCAL enable_seqscan = off;"
        "SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off",
    )
    assert ids(found(promoted, RED)) == expected(shop, color_family="red")


def test_what_filters_leave_few_of_is_searched_exactly_at_once(
    shop: Shop, promoted: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE catalog_garment")

    def by_index(*_: Any) -> None:
        raise AssertionError("the index was asked")

    monkeypatch.setattr(module, "_by_index", by_index)
    assert ids(found(promoted, RED)) == expected(shop, color_family="red")
    with pytest.raises(AssertionError, match="the index was asked"):
        found(promoted, Filters(values={"color": ("navy",)}))


def test_an_exact_search_of_an_indexed_shop_does_not_read_the_index(promoted: Shop) -> None:
    with shop_scope(promoted), CaptureQueriesContext(connection) as asked:
        by_products([one.product_id for one in found(promoted)], embedding=QUERY, revision=REVISION)
    sql = next(one["sql"] for one in asked.captured_queries if " + 0.0" in one["sql"])
    with shop_scope(promoted), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {sql}")
        assert "hnsw" not in " ".join(line for (line,) in cursor.fetchall())


def test_products_of_words_come_in_their_own_order_by_their_nearest_garment(shop: Shop) -> None:
    with shop_scope(shop):
        last, *_, first = (one.product_id for one in found(shop))
        got = by_products([first, last, 10**9, first], embedding=QUERY, revision=REVISION)
        assert ids(got) == [first, last]
        assert got[1] == found(shop)[0]
        (one,) = by_products([first], revision=REVISION)
        assert one.distance == module.APART
        red = by_products(ids(found(shop)), revision=REVISION, filters=RED)
        assert {one.color_family for one in red} == {"red"} and len(red) == 4
        assert by_products([first], revision="another") == []


def test_palettes_come_for_a_page_in_one_statement(shop: Shop) -> None:
    ranked = [Ranked(one, Parts(1, 1, 1, 1), 1.0) for one in found(shop)[:5]]
    with shop_scope(shop), CaptureQueriesContext(connection) as asked:
        shown = with_palettes(ranked)
    assert len([one for one in asked.captured_queries if "palette" in one["sql"]]) == 1
    assert all(one.candidate.palette[0].name == "navy" for one in shown)
    assert [one.candidate.product_id for one in shown] == ids(found(shop))[:5]


def test_another_shop_s_products_are_never_candidates(shop: Shop) -> None:
    stranger = make_shop()
    assert found(stranger) == []
    with shop_scope(stranger):
        theirs = [one.product_id for one in []]
        assert by_products(theirs or [1, 2, 3], embedding=QUERY, revision=REVISION) == []
