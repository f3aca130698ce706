import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from analytics.forgetting import visitors_forget
from analytics.hashes import order_hash, visitor_hash
from analytics.models import DailyCount, Event, EventType
from recommender.models import CoCount
from tenants.models import Shop
from tenants.scope import shop_scope
from tenants.uuid7 import uuid7
from tests.analytics.told import SESSION, make_search, make_selling_shop, outcomes, tell, tell_all
from tests.factories import make_key

pytestmark = pytest.mark.django_db

ORDER = "2026-0001"


@pytest.fixture
def shop() -> Shop:
    return make_selling_shop()


@pytest.fixture
def page(shop: Shop) -> str:
    return make_key("pk", shop=shop)[1]


@pytest.fixture
def server(shop: Shop) -> str:
    return make_key("sk", shop=shop)[1]


def order(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "purchase", "order": ORDER, "items": list(items), **more}


def lines(shop: Shop) -> dict[str, Event]:
    with shop_scope(shop):
        return {row.sku: row for row in Event.objects.filter(type=EventType.PURCHASE)}


def bought(shop: Shop) -> int:
    rows = DailyCount.objects.filter(shop=shop, type=EventType.PURCHASE)
    return sum(rows.values_list("quantity", flat=True))


def pairs(shop: Shop) -> dict[frozenset[str], int]:
    with shop_scope(shop):
        rows = CoCount.objects.values_list("first__sku", "second__sku", "purchases")
        return {frozenset({one, other}): count for one, other, count in rows}


@pytest.mark.parametrize("first", ["page", "server"])
def test_the_thank_you_page_and_the_server_count_once_and_know_more_together(
    shop: Shop, page: str, server: str, first: str
) -> None:
    search_id = make_search(shop)
    by_page = order(
        {"product_id": "one", "price": 1, "search_id": search_id, "position": 2},
        {"product_id": "two", "price": 1},
        visitor="v-1",
        event_id=uuid7(),
    )
    by_server = order(
        {"product_id": "one", "quantity": 2, "price": 39000},
        {"product_id": "two", "quantity": 1, "price": 5000},
        total=80000,
        occurred_at=timezone.now().isoformat(),
    )
    calls = [(page, by_page), (server, by_server)]
    for token, event in calls if first == "page" else reversed(calls):
        tell(token, event)
    found = lines(shop)
    assert set(found) == {"one", "two"}
    assert bought(shop) == 2
    one = found["one"]
    assert (one.search_id, one.position) == (search_id, 2)
    assert (one.quantity, one.price, one.currency, one.order_total) == (2, 39000, "KRW", 80000)
    with shop_scope(shop):
        assert {row.visitor for row in found.values()} == {visitor_hash("v-1")}
    assert all(row.by_server for row in found.values())
    assert pairs(shop) == {frozenset({"one", "two"}): 1}


def test_a_page_cannot_change_what_the_server_said(shop: Shop, page: str, server: str) -> None:
    tell(server, order({"product_id": "one", "price": 39000}))
    assert tell(page, order({"product_id": "one", "price": 1})).json()["counted"] is False
    assert lines(shop)["one"].price == 39000


def test_what_the_server_adds_to_an_order_is_counted_and_paired_with_the_rest(
    shop: Shop, page: str, server: str
) -> None:
    tell(page, order({"product_id": "one"}, {"product_id": "two"}))
    tell(server, order(*({"product_id": sku} for sku in ("one", "two", "three"))))
    assert bought(shop) == 3
    assert pairs(shop) == {
        frozenset(pair): 1 for pair in (("one", "two"), ("one", "three"), ("two", "three"))
    }


def test_products_that_the_shop_does_not_have_are_left_out_of_an_order(
    shop: Shop, server: str
) -> None:
    tell(server, order({"product_id": "one"}, {"product_id": "a gift card"}))
    assert set(lines(shop)) == {"one"}
    reply = tell(server, order({"product_id": "gone"}, {"product_id": "a gift card"}))
    assert (reply.status_code, reply.json()["code"]) == (404, "product_not_found")


def test_two_lines_of_one_product_are_one_with_what_was_paid(shop: Shop, server: str) -> None:
    items = [
        {"product_id": "one", "quantity": 2, "price": 1000},
        {"product_id": "one", "quantity": 1, "price": 700},
    ]
    tell(server, order(*items))
    (row,) = lines(shop).values()
    assert (row.quantity, row.price) == (3, 900)


@pytest.mark.parametrize(
    ("event", "field"),
    [
        ({"type": "purchase", "product_id": "one"}, "order"),
        ({"type": "purchase", "order": ORDER}, "product_id"),
        ({"type": "purchase", "order": ORDER, "items": []}, "items"),
        ({"type": "purchase", "order": "", "product_id": "one"}, "order"),
        (
            {"type": "purchase", "order": ORDER, "product_id": "one", "items": [{}]},
            "items.product_id",
        ),
        (order({"product_id": "one"}, product_id="two"), "items"),
        (order({"product_id": "one"}, total=-5), "total"),
        (order({"product_id": "one", "quantity": 0}), "items.quantity"),
        (order(*({"product_id": str(at)} for at in range(101))), "items"),
    ],
)
def test_an_order_that_is_wrong(server: str, event: dict[str, Any], field: str) -> None:
    reply = tell(server, event)
    assert (reply.status_code, reply.json()["code"]) == (400, "validation_error")
    assert reply.json()["errors"][0]["field"].replace("items.0.", "items.") == field


def test_another_shop_has_orders_of_the_same_number(shop: Shop, server: str) -> None:
    other = make_selling_shop("one")
    tell(server, order({"product_id": "one"}))
    told = tell(make_key("sk", shop=other)[1], order({"product_id": "one"})).json()
    assert told["counted"] is True
    with shop_scope(shop):
        here = order_hash(ORDER)
    with shop_scope(other):
        assert order_hash(ORDER) != here


def test_nothing_that_is_kept_says_who_bought(shop: Shop, page: str) -> None:
    search_id = make_search(shop)
    item = {"product_id": "one", "search_id": search_id}
    tell_all(page, order(item, visitor="visitor-7"), session=SESSION)
    with shop_scope(shop):
        kept = json.dumps(list(Event.objects.values()), default=str)
    assert [one for one in (ORDER, "visitor-7", SESSION) if one in kept] == []


def test_a_visitor_is_forgotten_and_the_event_stays(shop: Shop, page: str) -> None:
    carts = [{"type": "cart", "product_id": sku, "event_id": uuid7()} for sku in ("one", "two")]
    tell_all(page, *carts, visitor="visitor-7")
    with shop_scope(shop):
        old = Event.objects.filter(sku="one")
        old.update(at=timezone.now() - timedelta(days=31))
    assert visitors_forget() == 1
    with shop_scope(shop):
        found = dict(Event.objects.values_list("sku", "visitor"))
        assert found == {"one": "", "two": visitor_hash("visitor-7")}
    assert visitors_forget() == 0


def test_orders_of_a_day_in_one_batch(shop: Shop, server: str) -> None:
    orders = [
        {"type": "purchase", "order": f"N-{number}", "product_id": "one", "price": 1000}
        for number in range(3)
    ]
    told = tell_all(server, *orders, *orders[:1])
    assert outcomes(told) == ["counted", "counted", "counted", "repeated"]
    assert tell_all(server, *orders)["repeated"] == 3
    assert bought(shop) == 3


def test_an_id_made_here_is_one_of_version_7() -> None:
    now = timezone.now()
    made = uuid7(now)
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == int(now.timestamp() * 1000)
