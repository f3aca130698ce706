"""Pages of one list: nothing twice, nothing missing, whatever happens to the catalogue."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from analytics.models import Event
from billing.models import LedgerEntry
from catalog.models import Garment, Product
from recommender.models import ResultList
from recommender.pages import cursor_of, cursor_read
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_key, make_shop
from tests.recommender.stock import ask, count_in, picture, random_stock, show, skus, stocked
from vision.analyzer import Analyzer

pytestmark = pytest.mark.django_db

COUNT = 11


@pytest.fixture
def shop(analyzer: Analyzer) -> Shop:
    shop = make_shop(language="en")
    random_stock(shop, analyzer.revision, COUNT)
    return shop


@pytest.fixture
def token(shop: Shop) -> str:
    return make_key("sk", shop=shop)[1]


def rest(token: str, reply: Any, *, limit: int = 3) -> list[str]:
    """The SKUs of all pages that follow."""
    found: list[str] = []
    while cursor := reply.json()["next_cursor"]:
        reply = ask(token, cursor=cursor, limit=limit)
        found += skus(reply)
    return found


def test_pages_are_the_whole_list_in_its_order(token: str) -> None:
    whole = show(token, picture("upper"), limit=48).json()
    assert whole["next_cursor"] is None
    assert (whole["total"], whole["found"]) == (COUNT, COUNT)
    first = show(token, picture("upper"), limit=3)
    assert (first.json()["total"], first.json()["found"]) == (3, COUNT)
    pages = skus(first) + rest(token, first)
    assert pages == [one["product_id"] for one in whole["results"]]


def test_a_page_says_as_much_as_the_first(token: str) -> None:
    whole = show(token, picture("upper"), limit=8).json()
    first = show(token, picture("upper"), limit=4).json()
    second = ask(token, cursor=first["next_cursor"], limit=4).json()
    assert first["results"] + second["results"] == whole["results"]
    assert second["query"] == first["query"]
    assert second["search_id"] == first["search_id"]
    assert (second["total"], second["found"]) == (4, COUNT)


def test_the_page_may_be_of_another_size_and_language(token: str) -> None:
    first = show(token, picture("upper"), limit=2)
    second = ask(token, cursor=first.json()["next_cursor"], limit=5, lang="ko").json()
    assert second["total"] == 5
    assert all(one["why"]["sentence"].endswith("요.") for one in second["results"])


def test_what_changes_meanwhile_moves_no_page(shop: Shop, token: str, analyzer: Analyzer) -> None:
    whole = skus(show(token, picture("upper"), limit=48))
    first = show(token, picture("upper"), limit=3)
    stocked(shop, analyzer, data=picture("upper"), product={"sku": "new-and-best"})
    with shop_scope(shop):
        Product.objects.filter(sku=whole[0]).delete()  # shown already
        Product.objects.filter(sku=whole[4]).delete()
        Garment.objects.filter(product__sku=whole[6]).update(selling_price=1)
    second = ask(token, cursor=first.json()["next_cursor"], limit=3)
    assert skus(second) == [whole[3], whole[5], whole[6]]  # what is gone, others move up for
    assert skus(second) + rest(token, second) == [*whole[3:4], *whole[5:]]


def test_a_product_whose_photos_are_being_seen_again_stays(
    shop: Shop, token: str, analyzer: Analyzer
) -> None:
    first = show(token, picture("upper"), limit=3)
    expected = skus(show(token, picture("upper"), limit=4))[3]
    with shop_scope(shop):
        old = Garment.objects.get(product__sku=expected)
        Garment.objects.filter(pk=old.pk).delete()
        old.pk = None
        old.category = "coat"
        old.save(force_insert=True)
    (again,) = ask(token, cursor=first.json()["next_cursor"], limit=1).json()["results"]
    assert (again["product_id"], again["category"]) == (expected, "coat")


def test_a_product_that_is_shown_nowhere_any_more_drops_out(shop: Shop, token: str) -> None:
    whole = skus(show(token, picture("upper"), limit=48))
    first = show(token, picture("upper"), limit=3)
    with shop_scope(shop):
        Garment.objects.filter(product__sku__in=whole[3:]).delete()
    reply = ask(token, cursor=first.json()["next_cursor"])
    assert skus(reply) == [] and reply.json()["next_cursor"] is None


def test_a_page_costs_nothing_and_is_no_new_search(shop: Shop, token: str) -> None:
    first = show(token, picture("upper"), limit=3)
    rest(token, first)
    assert count_in(shop, LedgerEntry) == count_in(shop, Event) == 1


def test_no_list_is_kept_where_one_page_is_all(shop: Shop, token: str) -> None:
    show(token, picture("upper"), limit=48)
    assert count_in(shop, ResultList) == 0


def test_a_cursor_may_come_with_its_own_question(token: str) -> None:
    asked: dict[str, Any] = {
        "limit": 3,
        "filters": {"price": {"min": 3000}},
        "weights": {"shape": 2, "color": 1},
    }
    first = show(token, picture("upper"), **asked).json()
    cursor = first["next_cursor"]
    image_id = first["query"]["image_id"]
    expected = skus(ask(token, cursor=cursor, limit=3))
    assert skus(show(token, picture("upper"), cursor=cursor, **asked)) == expected
    assert skus(ask(token, image_id=image_id, cursor=cursor, **asked)) == expected
    by_product = ask(token, product_id="R-000", limit=3)
    cursor = by_product.json()["next_cursor"]
    assert skus(ask(token, product_id="R-000", limit=3, cursor=cursor)) == skus(
        ask(token, cursor=cursor, limit=3)
    )


@pytest.mark.parametrize(
    "other",
    [
        {"product_id": "R-001"},
        {"product_id": "R-000", "filters": {"price": {"min": 2}}},
        {"product_id": "R-000", "sort": "newest"},
        {"product_id": "R-000", "weights": {"color": 1}},
        {"product_id": "R-000", "min_score": 0.1},
        {"product_id": "R-000", "group_by": "none"},
        {"product_id": "R-000", "text": "red"},
        {"text": "red"},
        {"image_id": str(uuid4())},
    ],
)
def test_a_cursor_of_another_question_is_refused(token: str, other: dict[str, Any]) -> None:
    cursor = ask(token, product_id="R-000", limit=3).json()["next_cursor"]
    reply = ask(token, cursor=cursor, limit=3, **other)
    assert (reply.status_code, reply.json()["code"]) == (400, "cursor_mismatch")


def test_a_list_is_kept_for_half_an_hour(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cursor = show(token, picture("upper"), limit=3).json()["next_cursor"]
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=29))
    assert ask(token, cursor=cursor).status_code == 200
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=31))
    reply = ask(token, cursor=cursor)
    assert (reply.status_code, reply.json()["code"]) == (410, "cursor_expired")
    korean = ask(token, cursor=cursor, lang="ko").json()
    assert "30분" in korean["detail"]


def test_another_shops_cursor_is_answered_like_one_that_never_was(
    shop: Shop, token: str, analyzer: Analyzer
) -> None:
    cursor = show(token, picture("upper"), limit=3).json()["next_cursor"]
    other = make_shop()
    random_stock(other, analyzer.revision, 2)
    theirs = make_key("sk", shop=other)[1]
    for one in (cursor, cursor_of(uuid4(), 3)):
        reply = ask(theirs, cursor=one)
        assert (reply.status_code, reply.json()["code"]) == (410, "cursor_expired")
        assert b"R-0" not in reply.content


@pytest.mark.parametrize("cursor", ["x", "....", "ä" * 20, "A" * 65, "", "A" * 26])
def test_what_is_no_cursor(token: str, cursor: str) -> None:
    reply = ask(token, cursor=cursor)
    assert (reply.status_code, reply.json()["code"]) == (400, "validation_error")
    assert [error["field"] for error in reply.json()["errors"]] == ["cursor"]


def test_a_cursor_past_the_end_has_no_results(token: str) -> None:
    search_id, _ = cursor_read(show(token, picture("upper"), limit=3).json()["next_cursor"])
    reply = ask(token, cursor=cursor_of(search_id, 10_000))
    assert skus(reply) == [] and reply.json()["next_cursor"] is None
