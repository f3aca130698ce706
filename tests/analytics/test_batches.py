import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from analytics.models import DailyCount, Event, EventType
from tenants.models import Shop
from tenants.scope import shop_scope
from tenants.uuid7 import uuid7
from tests.analytics.told import SESSION, make_search, make_selling_shop, outcomes, tell, tell_all
from tests.factories import make_key, make_product, make_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return make_selling_shop()


@pytest.fixture
def token(shop: Shop) -> str:
    return make_key("pk", shop=shop)[1]


@pytest.fixture
def search_id(shop: Shop) -> uuid.UUID:
    return make_search(shop)


def events_of(shop: Shop) -> list[Event]:
    with shop_scope(shop):
        return list(Event.objects.exclude(type=EventType.SEARCH).order_by("id"))


def counted(shop: Shop) -> dict[str, int]:
    rows = DailyCount.objects.filter(shop=shop).exclude(type=EventType.SEARCH)
    return dict(rows.values_list("type", "quantity"))


def way_to_the_cart(search_id: uuid.UUID) -> list[dict[str, Any]]:
    """What one shopper does, each with an id of its own."""
    found = {"search_id": search_id, "product_id": "one", "position": 3}
    events: list[dict[str, Any]] = [
        {"type": "impression", **found},
        {"type": "impression", **found, "product_id": "two", "position": 4},
        {"type": "click", **found},
        {"type": "view", **found},
        {"type": "cart", **found, "quantity": 2, "price": 39000, "currency": "KRW"},
    ]
    return [{"event_id": uuid7(), **event} for event in events]


def test_every_kind_of_event_becomes_a_row(shop: Shop, token: str, search_id: uuid.UUID) -> None:
    reply = tell_all(token, *way_to_the_cart(search_id), session=SESSION)
    assert (reply["counted"], reply["refused"], reply["repeated"]) == (5, 0, 0)
    assert counted(shop) == {"impression": 2, "click": 1, "view": 1, "cart": 1}
    rows = events_of(shop)
    assert {(row.search_id, row.by_server) for row in rows} == {(search_id, False)}
    cart = next(row for row in rows if row.type == EventType.CART)
    assert (cart.sku, cart.position, cart.quantity, cart.price, cart.currency) == (
        *("one", 3, 2, 39000, "KRW"),
    )


def test_a_batch_told_again_changes_nothing(shop: Shop, token: str, search_id: uuid.UUID) -> None:
    events = way_to_the_cart(search_id)
    tell_all(token, *events, session=SESSION)
    again = tell_all(token, *events, *events[-1:], session=SESSION)
    assert again["repeated"] == 6
    assert counted(shop) == {"impression": 2, "click": 1, "view": 1, "cart": 1}
    assert len(events_of(shop)) == 5


def test_an_event_twice_in_one_batch_counts_once(shop: Shop, token: str) -> None:
    event = {"event_id": uuid7(), "type": "cart", "product_id": "one"}
    assert outcomes(tell_all(token, event, event)) == ["counted", "repeated"]
    assert counted(shop) == {"cart": 1}


def test_a_search_shows_and_opens_a_product_once_whatever_the_ids(
    shop: Shop, token: str, search_id: uuid.UUID
) -> None:
    seen = {"type": "impression", "search_id": search_id, "product_id": "one"}
    clicked = seen | {"type": "click"}
    events = [one | {"event_id": uuid7()} for one in (seen, seen, clicked, clicked)]
    told = outcomes(tell_all(token, *events))
    assert told == ["counted", "repeated", "counted", "repeated"]
    put = [{"type": "cart", "product_id": "one", "event_id": uuid7()} for _ in range(2)]
    assert outcomes(tell_all(token, *put)) == ["counted", "counted"]


def test_each_bad_event_has_its_own_result_and_the_good_ones_are_kept(
    shop: Shop, token: str, search_id: uuid.UUID
) -> None:
    make_product(make_shop(), sku="theirs")
    theirs = make_search(make_selling_shop("other"))
    cart = {"type": "cart", "product_id": "one"}
    click = {"type": "click", "product_id": "one"}
    old = timezone.now() - timedelta(days=8)
    events: dict[str, Any] = {
        "search_not_found": click | {"search_id": uuid.uuid4(), "event_id": str(uuid7())},
        "product_not_found": cart | {"product_id": "theirs"},
        "not_a_price": cart | {"price": -1},
        "wrong_currency": cart | {"price": 10, "currency": "USD"},
        "not_a_currency": cart | {"price": 10, "currency": "WON"},
        "too_late": cart | {"occurred_at": old.isoformat()},
        "not_uuid7": cart | {"event_id": str(uuid.uuid4())},
        "invalid_choice": cart | {"type": "looked"},
        "not_an_object": "click",
        "max_value": cart | {"quantity": 10**9},
        "required": {"type": "cart"},
    }
    reply = tell_all(token, *events.values(), click | {"search_id": theirs}, cart)
    assert outcomes(reply) == [*events, "search_not_found", "counted"]
    assert (reply["counted"], reply["refused"]) == (1, 12)
    first, second, third = reply["results"][:3]
    assert first["event_id"] == events["search_not_found"]["event_id"]
    assert (first["status"], first["outcome"], first["errors"][0]["field"]) == (
        *(404, None, "search_id"),
    )
    assert (second["status"], second["errors"][0]["field"]) == (404, "product_id")
    assert (third["status"], third["errors"][0]["field"]) == (400, "price")
    assert [row["index"] for row in reply["results"]] == list(range(13))
    assert len(events_of(shop)) == 1


def test_a_currency_beside_the_amount_is_looked_at_too(shop: Shop, token: str) -> None:
    items = [{"product_id": "one", "price": {"amount": 5, "currency": "USD"}}]
    order = {"type": "purchase", "order": "1", "items": items}
    (row,) = tell_all(token, order)["results"]
    assert (row["errors"][0]["code"], row["errors"][0]["field"]) == (
        *("wrong_currency", "items.0.price"),
    )


def test_ten_thousand_in_a_batch_are_refused_in_words(shop: Shop, token: str) -> None:
    event = {"type": "cart", "product_id": "one"}
    reply = tell(token, {"events": [event] * 10_000})
    assert (reply.status_code, reply.json()["code"]) == (400, "validation_error")
    (error,) = reply.json()["errors"]
    assert (error["field"], error["code"]) == ("events", "too_many_events")
    assert "500" in error["message"]
    assert events_of(shop) == []
    korean = tell(token, {"events": [event] * 501, "lang": "ko"}).json()
    assert "500개까지" in korean["errors"][0]["message"]


def test_five_hundred_are_taken(shop: Shop, token: str) -> None:
    events = [{"type": "cart", "product_id": "one", "event_id": uuid7()} for _ in range(500)]
    assert tell_all(token, *events)["counted"] == 500
    assert counted(shop) == {"cart": 500}
    assert tell_all(token)["results"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"events": {}}, "events"),
        ({"events": [], "session": "short"}, "session"),
        ({"events": [], "sent_at": "now"}, "sent_at"),
        ({"events": [], "visitor": "v" * 65}, "visitor"),
        ([], ""),
    ],
)
def test_a_batch_that_is_none(token: str, body: Any, field: str) -> None:
    reply = tell(token, body)
    assert (reply.status_code, reply.json()["errors"][0]["field"]) == (400, field)


def test_a_cart_outlives_a_search_that_nobody_knows(shop: Shop, token: str) -> None:
    tell_all(token, {"type": "cart", "product_id": "one", "search_id": uuid.uuid4()})
    (row,) = events_of(shop)
    assert (row.type, row.search_id, row.position) == ("cart", None, None)


def test_a_product_that_is_gone_since_still_counts(shop: Shop, token: str) -> None:
    make_product(shop, sku="last one", gone_at=timezone.now())
    assert outcomes(tell_all(token, {"type": "cart", "product_id": "last one"})) == ["counted"]


def told_at(
    shop: Shop, token: str, *, occurred: datetime, sent: datetime | None = None
) -> datetime:
    of_all = {"sent_at": sent.isoformat()} if sent else {}
    tell_all(
        token,
        {"type": "cart", "product_id": "one", "occurred_at": occurred.isoformat()},
        **of_all,
    )
    return events_of(shop)[-1].at


def test_late_events_belong_to_their_own_day_and_future_ones_to_now(shop: Shop, token: str) -> None:
    now = timezone.now()
    yesterday = now - timedelta(days=1)
    assert told_at(shop, token, occurred=yesterday) == yesterday
    assert told_at(shop, token, occurred=now + timedelta(days=3)) < now + timedelta(minutes=1)
    days = dict(DailyCount.objects.filter(shop=shop).values_list("day", "quantity"))
    assert days == {timezone.localdate(yesterday): 1, timezone.localdate(): 1}


@pytest.mark.parametrize("days_off", [-3, 3])
def test_a_clock_that_is_days_off_is_put_right(shop: Shop, token: str, days_off: int) -> None:
    now = timezone.now()
    wrong = now + timedelta(days=days_off)
    at = told_at(shop, token, occurred=wrong - timedelta(minutes=10), sent=wrong)
    assert abs(at - (now - timedelta(minutes=10))) < timedelta(seconds=30)


def test_no_date_that_a_clock_can_say_breaks_it(token: str) -> None:
    cart = {"type": "cart", "product_id": "one"}
    extremes = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "1970-01-01T00:00:00Z"]
    events = [cart | {"occurred_at": one} for one in extremes]
    for sent_at in (*extremes, None):
        of_all = {"sent_at": sent_at} if sent_at else {}
        reply = tell(token, {"events": events, **of_all})
        assert reply.status_code in (202, 400), reply.content


ROBOTS = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)",
    "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/140.0 Safari/537.36",
    "facebookexternalhit/1.1",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0)",
]
PEOPLE = [
    "Mozilla/5.0 (Linux; Android 13; CUBOT P80) AppleWebKit/537.36 Chrome/130.0 Mobile",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile/15E148 Safari",
    "",
]


@pytest.mark.parametrize("agent", ROBOTS)
def test_robots_are_left_out(shop: Shop, token: str, agent: str) -> None:
    event = {"type": "cart", "product_id": "one"}
    reply = tell(token, {"events": [event, {}]}, **{"User-Agent": agent}).json()
    assert (reply["left_out"], reply["refused"], reply["counted"]) == (1, 1, 0)
    assert tell(token, event, **{"User-Agent": agent}).json()["counted"] is False
    assert events_of(shop) == []


@pytest.mark.parametrize("agent", PEOPLE)
def test_people_and_servers_are_not(shop: Shop, token: str, agent: str) -> None:
    event = {"type": "cart", "product_id": "one"}
    assert tell(token, event, **{"User-Agent": agent}).json()["counted"] is True
    _, secret = make_key("sk", shop=shop)
    assert tell(secret, event, **{"User-Agent": ROBOTS[0]}).json()["counted"] is True


@pytest.mark.parametrize("header", ["DNT", "Sec-GPC"])
def test_a_browser_that_asks_not_to_be_tracked_is_left_out(
    shop: Shop, token: str, header: str
) -> None:
    event = {"type": "cart", "product_id": "one"}
    assert tell(token, event, **{header: "1"}).json()["counted"] is False
    assert events_of(shop) == []
    assert tell(token, event, **{header: "0"}).json()["counted"] is True
