import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from analytics.models import DailyCount, Event, EventType
from analytics.selectors import daily_counts, events_newest
from analytics.services import search_recorded
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_key, make_product, make_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    shop = make_shop(language="en")
    make_product(shop, sku="one")
    make_product(shop, sku="two")
    return shop


@pytest.fixture
def search_id(shop: Shop) -> uuid.UUID:
    search_id = uuid.uuid4()
    with shop_scope(shop):
        search_recorded(
            shop=shop, search_id=search_id, results=2, category="dress", milliseconds=80
        )
    return search_id


@pytest.fixture
def token(shop: Shop) -> str:
    return make_key("pk", shop=shop)[1]


def tell(token: str, **event: Any) -> Any:
    return Client().post(
        "/api/v1/events",
        json.dumps({"type": "click"} | event, default=str),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )


@pytest.mark.parametrize("kind", ["pk", "sk"])
def test_a_click_is_kept_and_counted(shop: Shop, search_id: uuid.UUID, kind: str) -> None:
    reply = tell(make_key(kind, shop=shop)[1], search_id=search_id, product_id="one", position=2)
    assert reply.status_code == 202
    assert reply.json() == {"request_id": reply["X-Request-ID"], "counted": True}
    with shop_scope(shop):
        click = Event.objects.get(type=EventType.CLICK)
        assert (click.search_id, click.sku, click.position) == (search_id, "one", 2)
        assert [one.type for one in events_newest()] == ["click", "search"]
    assert daily_counts(shop)[0].clicks == 1


def test_the_same_click_again_counts_once_and_another_product_too(
    shop: Shop, token: str, search_id: uuid.UUID
) -> None:
    told = [
        tell(token, search_id=search_id, product_id=sku).json()["counted"]
        for sku in ("one", "one", "two")
    ]
    assert told == [True, False, True]
    assert daily_counts(shop)[0].clicks == 2


def test_an_unknown_product_and_an_unknown_search(
    shop: Shop, token: str, search_id: uuid.UUID
) -> None:
    for code, event in (
        ("product_not_found", {"search_id": search_id, "product_id": "none"}),
        ("search_not_found", {"search_id": uuid.uuid4(), "product_id": "one"}),
    ):
        reply = tell(token, **event)
        assert (reply.status_code, reply.json()["code"]) == (404, code)
    assert daily_counts(shop)[0].clicks == 0


@pytest.mark.parametrize(
    ("event", "field"),
    [
        ({"type": "look"}, "type"),
        ({"search_id": "7"}, "search_id"),
        ({"product_id": ""}, "product_id"),
        ({"position": 0}, "position"),
        ({"position": 1001}, "position"),
        ({"position": "first"}, "position"),
    ],
)
def test_an_event_that_is_wrong(
    token: str, search_id: uuid.UUID, event: dict[str, Any], field: str
) -> None:
    reply = tell(token, **({"search_id": search_id, "product_id": "one"} | event))
    assert (reply.status_code, reply.json()["code"]) == (400, "validation_error")
    assert [error["field"] for error in reply.json()["errors"]] == [field]


def test_a_mall_key_tells_nothing(shop: Shop) -> None:
    _, token = make_key("mk", mall=shop.mall)
    reply = Client().post("/api/v1/events", headers={"Authorization": f"Bearer {token}"})
    assert reply.json()["code"] == "key_kind_not_allowed"


def test_the_days_of_a_shop_are_whole_and_its_own(shop: Shop, search_id: uuid.UUID) -> None:
    today = timezone.localdate()
    other = make_shop()
    for owner, back, kind, quantity in (
        (shop, 3, EventType.SEARCH, 10),
        (shop, 3, EventType.CLICK, 4),
        (shop, 40, EventType.SEARCH, 99),
        (other, 0, EventType.SEARCH, 7),
    ):
        day = today - timedelta(days=back)
        DailyCount.objects.create(shop=owner, day=day, type=kind, quantity=quantity)
    days = daily_counts(shop)
    assert [one.day for one in days] == [today - timedelta(days=back) for back in range(30)]
    assert (days[0].searches, days[0].clicks) == (1, 0)
    assert (days[3].searches, days[3].clicks, days[3].click_rate) == (10, 4, 0.4)
    assert days[1].click_rate is None
    assert sum(one.searches for one in days) == 11
