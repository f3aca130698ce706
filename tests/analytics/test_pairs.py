import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from analytics.hashes import session_hash
from analytics.models import DailyCount, Event, EventType, Visit
from analytics.tasks import forget_visits
from analytics.visits import MOST_A_SESSION
from catalog.models import Product
from recommender.models import CoCount
from recommender.outfit.pairs import ENOUGH_PURCHASES, ENOUGH_VIEWS, pairs_count, together
from tenants.models import Shop
from tenants.scope import shop_scope
from tenants.uuid7 import uuid7
from tests.analytics.told import SESSION, tell_all
from tests.factories import make_key, make_product, make_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    shop = make_shop(language="en")
    for sku in ("one", "two", "three"):
        make_product(shop, sku=sku)
    return shop


@pytest.fixture
def token(shop: Shop) -> str:
    return make_key("pk", shop=shop)[1]


def tell(token: str, **event: Any) -> Any:
    return Client().post(
        "/api/v1/events",
        json.dumps(event),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )


def look(token: str, sku: str, session: str = SESSION) -> bool:
    reply = tell(token, type="view", session=session, product_id=sku)
    assert reply.status_code == 202, reply.content
    return bool(reply.json()["counted"])


def pairs(shop: Shop) -> dict[frozenset[str], tuple[int, int]]:
    with shop_scope(shop):
        rows = CoCount.objects.values_list("first__sku", "second__sku", "views", "purchases")
        return {frozenset({one, other}): (seen, bought) for one, other, seen, bought in rows}


def test_two_products_of_one_session_are_a_pair_whatever_their_order(
    shop: Shop, token: str
) -> None:
    for sku in ("three", "one"):
        assert look(token, sku)
    for sku in ("one", "three"):
        assert look(token, sku, "another-session")
    look(token, "two", "a-third-session")
    assert pairs(shop) == {frozenset({"one", "three"}): (2, 0)}


def test_a_page_seen_twice_counts_once(shop: Shop, token: str) -> None:
    assert [look(token, sku) for sku in ("one", "two", "one", "two")] == [True, True, False, False]
    assert pairs(shop) == {frozenset({"one", "two"}): (1, 0)}
    assert DailyCount.objects.get(shop=shop, type=EventType.VIEW).quantity == 2


def test_an_order_counts_each_pair_of_its_products(shop: Shop, token: str) -> None:
    look(token, "one")
    reply = tell(
        token, type="purchase", session=SESSION, product_ids=["one", "two", "three", "gone"]
    )
    assert (reply.status_code, reply.json()["counted"]) == (202, True)
    assert set(pairs(shop).values()) == {(0, 1)}
    assert len(pairs(shop)) == 3
    assert DailyCount.objects.get(shop=shop, type=EventType.PURCHASE).quantity == 3


def test_nothing_is_kept_of_a_session_but_a_hash_for_half_an_hour(shop: Shop, token: str) -> None:
    look(token, "one")
    with shop_scope(shop):
        visit = Visit.objects.get()
        assert visit.session == session_hash(SESSION)
        kept = [*Visit.objects.values(), *Event.objects.values()]
        assert SESSION not in json.dumps(kept, default=str)
        assert session_hash(SESSION) not in json.dumps(kept[1:], default=str)
        Visit.objects.update(at=timezone.now() - timedelta(minutes=30))
    look(token, "two")
    assert pairs(shop) == {}
    with shop_scope(shop):
        assert [one.product.sku for one in Visit.objects.select_related("product")] == ["two"]


def test_the_clock_forgets_sessions_that_ended_and_no_others(shop: Shop, token: str) -> None:
    for minutes, sku in ((31, "one"), (29, "two")):
        look(token, sku)
        with shop_scope(shop):
            at = timezone.now() - timedelta(minutes=minutes)
            Visit.objects.filter(product__sku=sku).update(at=at)
    forget_visits()
    with shop_scope(shop):
        assert [one.product.sku for one in Visit.objects.select_related("product")] == ["two"]


def test_a_session_has_another_name_in_another_shop(shop: Shop, token: str) -> None:
    other = make_shop()
    with shop_scope(shop):
        here = session_hash(SESSION)
    with shop_scope(other):
        there = session_hash(SESSION)
    assert here != there


def test_a_robot_writes_no_thousands_of_pairs(shop: Shop, token: str) -> None:
    skus = [make_product(shop).sku for _ in range(MOST_A_SESSION + 5)]
    events = [{"type": "view", "product_id": sku} for sku in skus]
    assert tell_all(token, *events, session=SESSION)["counted"] == len(skus)
    with shop_scope(shop):
        assert Visit.objects.count() == MOST_A_SESSION
        assert CoCount.objects.count() == MOST_A_SESSION * (MOST_A_SESSION - 1) // 2


def test_a_page_without_a_session_is_counted_and_paired_with_nothing(
    shop: Shop, token: str
) -> None:
    for sku in ("one", "two"):
        assert tell(token, type="view", product_id=sku).json()["counted"]
    assert pairs(shop) == {}
    assert DailyCount.objects.get(shop=shop, type=EventType.VIEW).quantity == 2


def test_a_view_told_again_after_its_session_was_forgotten_makes_no_pair(
    shop: Shop, token: str
) -> None:
    event = {"type": "view", "product_id": "one", "event_id": str(uuid7())}
    tell_all(token, event, session=SESSION)
    with shop_scope(shop):
        Visit.objects.all().delete()
    look(token, "two")
    assert tell_all(token, event, session=SESSION)["repeated"] == 1
    assert pairs(shop) == {}


@pytest.mark.parametrize(
    ("event", "fields"),
    [
        ({"type": "view", "session": SESSION}, ["product_id"]),
        ({"type": "view", "session": "short", "product_id": "one"}, ["session"]),
        ({"type": "purchase", "session": SESSION, "product_ids": []}, ["product_ids"]),
        ({"type": "purchase", "session": SESSION, "product_ids": ["x"] * 101}, ["product_ids"]),
        ({"type": "purchase", "product_ids": ["one"]}, ["order"]),
        ({"type": "click", "product_ids": ["one"]}, ["search_id", "product_id"]),
    ],
)
def test_an_event_that_is_wrong(token: str, event: dict[str, Any], fields: list[str]) -> None:
    reply = tell(token, **event)
    assert (reply.status_code, reply.json()["code"]) == (400, "validation_error")
    assert sorted(error["field"] for error in reply.json()["errors"]) == sorted(fields)


def test_another_shops_product_is_unknown_here(shop: Shop, token: str) -> None:
    make_product(make_shop(), sku="theirs")
    reply = tell(token, type="view", session=SESSION, product_id="theirs")
    assert (reply.status_code, reply.json()["code"]) == (404, "product_not_found")
    assert pairs(shop) == {}


def test_few_sessions_say_nothing_and_more_say_more(shop: Shop) -> None:
    ids = {}
    with shop_scope(shop):
        for sku in ("one", "two", "three"):
            ids[sku] = make_product(shop, sku=f"p-{sku}").pk
        for _ in range(ENOUGH_VIEWS - 1):
            pairs_count(product_id=ids["two"], others=[ids["one"]], taken="views")
        for _ in range(ENOUGH_PURCHASES - 1):
            pairs_count(product_id=ids["one"], others=[ids["three"]], taken="purchases")
        assert together([ids["one"]]) == {}
        pairs_count(product_id=ids["one"], others=[ids["two"]], taken="views")
        pairs_count(product_id=ids["three"], others=[ids["one"]], taken="purchases")
        few = together([ids["one"]])
        assert set(few) == {ids["two"], ids["three"]}
        assert few[ids["three"]] > few[ids["two"]]
        for _ in range(30):
            pairs_count(product_id=ids["one"], others=[ids["two"]], taken="views")
        assert few[ids["two"]] < together([ids["one"]])[ids["two"]] < 1
        assert together([ids["two"]]).keys() == {ids["one"]}


def test_pairs_go_with_their_product(shop: Shop, token: str) -> None:
    look(token, "one")
    look(token, "two")
    with shop_scope(shop):
        Product.objects.get(sku="one").delete()
    assert pairs(shop) == {}
