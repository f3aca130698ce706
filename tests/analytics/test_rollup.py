"""A day summed up: what is counted, what led to a sale, and that it comes out the same again."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from analytics.intake import events_take
from analytics.models import COUNTS, DayRolled, DaySum, Dimension, Event, SearchDetail, ShopDay
from analytics.rollup import day_roll, days_roll
from analytics.services import search_recorded
from analytics.stale import stale_days
from analytics.told import EventType, Line, Told
from recommender.searched import Searched
from tenants.models import Shop
from tenants.scope import shop_scope
from tenants.uuid7 import uuid7
from tests.analytics.told import make_selling_shop

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 10, 12, tzinfo=timezone.get_default_timezone())
DAY = NOON.date()


def ago(**off: float) -> datetime:
    return NOON - timedelta(**off)


@pytest.fixture
def shop() -> Shop:
    return make_selling_shop()


def searched(shop: Shop, at: datetime = NOON, *, shown: int = 5, **said: Any) -> uuid.UUID:
    """A search of that time."""
    search_id = uuid7(at)
    with shop_scope(shop):
        search_recorded(
            shop=shop,
            search_id=search_id,
            results=shown,
            category="",
            milliseconds=120,
            searched=Searched(found=shown, **said),
        )
        for model in (Event, SearchDetail):
            model.objects.filter(search_id=search_id).update(at=at)
    return search_id


def take(shop: Shop, *told: Told) -> None:
    with shop_scope(shop):
        assert {one.outcome for one in events_take(shop=shop, told=told, by_server=True)} <= {
            "counted"
        }


def click(search_id: uuid.UUID, at: datetime = NOON, sku: str = "one", visitor: str = "") -> Told:
    line = Line(sku, search_id=search_id, position=1)
    return Told(EventType.CLICK, uuid7(at), (line,), at, visitor=visitor)


def seen(search_id: uuid.UUID, *skus: str) -> list[Told]:
    return [
        Told(EventType.IMPRESSION, uuid7(NOON), (Line(sku, search_id=search_id),), NOON)
        for sku in skus
    ]


def bought(
    order: str, *lines: Line, at: datetime = NOON, visitor: str = "", currency: str = "KRW"
) -> Told:
    return Told(
        EventType.PURCHASE, uuid7(at), lines, at, currency=currency, order=order, visitor=visitor
    )


def paid(sku: str, price: int, quantity: int = 1, search_id: uuid.UUID | None = None) -> Line:
    return Line(sku, quantity=quantity, price=price, search_id=search_id)


def sums(shop: Shop, dimension: Dimension, value: str = "", currency: str = "") -> dict[str, int]:
    """What is not zero."""
    with shop_scope(shop):
        rows = DaySum.objects.filter(dimension=dimension, value=value, currency=currency, day=DAY)
        row = rows.values(*COUNTS).first()
    return {name: number for name, number in (row or {}).items() if number}


def everything(shop: Shop, day: date = DAY) -> list[tuple[Any, ...]]:
    with shop_scope(shop):
        rows = DaySum.objects.filter(day=day).order_by("dimension", "value", "currency")
        return list(rows.values_list("dimension", "value", "currency", *COUNTS))


def test_a_day_by_everything(shop: Shop) -> None:
    red = searched(shop, kind="photo", category="dress", color="red", best_score=0.95)
    none = searched(shop, ago(hours=1), shown=0, kind="words", text="olive cape", color="olive")
    searched(shop, ago(days=1))
    take(shop, *seen(red, "one", "two"), click(red, visitor="anna"))
    take(shop, Told(EventType.VIEW, uuid7(NOON), (Line("two"),), NOON, visitor="anna"))
    take(shop, Told(EventType.CART, uuid7(NOON), (Line("one", 1, 100, red),), NOON))
    day_roll(shop, DAY)
    assert sums(shop, Dimension.ALL) == {
        "searches": 2,
        "nothing": 1,
        "poor": 1,
        "visitors": 1,
        "impressions": 2,
        "clicks": 1,
        "views": 1,
        "carts": 1,
        "milliseconds": 240,
    }
    of_red = {"searches": 1, "impressions": 2, "clicks": 1, "carts": 1, "milliseconds": 120}
    for dimension, value in (
        (Dimension.CATEGORY, "dress"),
        (Dimension.COLOR, "red"),
        (Dimension.KIND, "photo"),
    ):
        assert sums(shop, dimension, value) == of_red
    assert sums(shop, Dimension.KIND, "words") == {
        "searches": 1,
        "nothing": 1,
        "poor": 1,
        "milliseconds": 120,
    }
    assert sums(shop, Dimension.PRODUCT, "one") == {
        "impressions": 1,
        "clicks": 1,
        "carts": 1,
        "visitors": 1,
    }
    assert sums(shop, Dimension.PRODUCT, "two") == {"impressions": 1, "views": 1, "visitors": 1}
    assert sums(shop, Dimension.HOUR, "11")["searches"] == 1
    assert sums(shop, Dimension.HOUR, "12")["clicks"] == 1
    assert sums(shop, Dimension.LATENCY, "200")["searches"] == 2
    assert none and not sums(shop, Dimension.PRODUCT, "three")


def test_again_it_is_the_same(shop: Shop) -> None:
    search_id = searched(shop, category="dress")
    take(shop, click(search_id), bought("1", paid("one", 500, 2, search_id)))
    day_roll(shop, DAY)
    first = everything(shop)
    day_roll(shop, DAY)
    assert everything(shop) == first and len(first) > 5


def test_another_shop_and_another_day_are_left_alone(shop: Shop) -> None:
    other = make_selling_shop()
    for one in (shop, other):
        searched(one)
        searched(one, ago(days=1))
        day_roll(one, DAY)
    before = everything(other)
    searched(shop)
    day_roll(shop, DAY)
    assert everything(other) == before
    assert not everything(shop, DAY - timedelta(days=1))
    assert sums(shop, Dimension.ALL)["searches"] == 2


def test_the_last_click_led_to_the_sale(shop: Shop) -> None:
    """By the search that the purchase names, or by the same visitor; within the window."""
    old = searched(shop, ago(days=6), category="skirt")
    new = searched(shop, ago(days=1), category="dress")
    take(shop, click(old, ago(days=6), visitor="anna"), click(new, ago(days=1), visitor="anna"))
    take(shop, bought("1", paid("one", 500, 2), paid("two", 70), visitor="anna"))
    day_roll(shop, DAY)
    assert sums(shop, Dimension.ALL) == {"purchases": 1, "conversions": 1, "visitors": 1}
    assert sums(shop, Dimension.ALL, currency="KRW") == {"revenue": 1070, "attributed": 1000}
    assert sums(shop, Dimension.CATEGORY, "dress", "KRW") == {"attributed": 1000}
    assert not sums(shop, Dimension.CATEGORY, "skirt", "KRW")
    assert sums(shop, Dimension.PRODUCT, "two", "KRW") == {"revenue": 70}
    assert sums(shop, Dimension.PRODUCT, "one", "KRW") == {"revenue": 1000, "attributed": 1000}


def test_a_purchase_that_names_its_search_needs_no_visitor(shop: Shop) -> None:
    search_id = searched(shop, ago(hours=2), category="dress")
    take(shop, click(search_id, ago(hours=2)), bought("1", paid("one", 300, 1, search_id)))
    day_roll(shop, DAY)
    assert sums(shop, Dimension.CATEGORY, "dress") == {
        "searches": 1,
        "clicks": 1,
        "conversions": 1,
        "milliseconds": 120,
    }


@pytest.mark.parametrize("why", ["too old", "another visitor", "after", "never clicked"])
def test_what_led_to_no_sale(shop: Shop, why: str) -> None:
    at = {"too old": ago(days=8), "after": NOON + timedelta(hours=1)}.get(why, ago(hours=1))
    search_id = searched(shop, ago(days=8.1))
    if why != "never clicked":
        take(shop, click(search_id, at, visitor="ben" if why == "another visitor" else "anna"))
    named = search_id if why == "never clicked" else None
    take(shop, bought("1", paid("one", 300, 1, named), visitor="anna"))
    day_roll(shop, DAY)
    assert sums(shop, Dimension.ALL, currency="KRW") == {"revenue": 300}
    assert "conversions" not in sums(shop, Dimension.ALL)


def test_money_stands_by_currency(shop: Shop) -> None:
    take(shop, bought("1", paid("one", 300)), bought("2", paid("one", 5), currency="USD"))
    take(shop, bought("3", Line("one", 1)))
    day_roll(shop, DAY)
    assert sums(shop, Dimension.ALL)["purchases"] == 3
    assert sums(shop, Dimension.ALL, currency="KRW") == {"revenue": 300}
    assert sums(shop, Dimension.ALL, currency="USD") == {"revenue": 5}


def test_an_order_of_two_products_is_one_purchase(shop: Shop) -> None:
    take(shop, bought("1", paid("one", 300), paid("two", 200)), bought("2", paid("one", 300)))
    day_roll(shop, DAY)
    assert sums(shop, Dimension.ALL)["purchases"] == 2
    assert sums(shop, Dimension.PRODUCT, "one")["purchases"] == 2


def test_the_rules_that_held(shop: Shop) -> None:
    ruled = searched(shop, rules=[7, 8])
    searched(shop)
    take(shop, click(ruled))
    day_roll(shop, DAY)
    expected = {"searches": 1, "clicks": 1, "milliseconds": 120}
    assert sums(shop, Dimension.RULE, "7") == sums(shop, Dimension.RULE, "8") == expected


def test_the_mall_and_operators_read_the_same_sums_outside_the_shop(shop: Shop) -> None:
    search_id = searched(shop, category="dress")
    take(shop, click(search_id), bought("1", paid("one", 500, 1, search_id)))
    day_roll(shop, DAY)
    counts = ShopDay.objects.get(shop=shop, day=DAY, currency="")
    assert (counts.searches, counts.clicks, counts.conversions) == (1, 1, 1)
    assert ShopDay.objects.get(shop=shop, day=DAY, currency="KRW").attributed == 500


def stale(shop: Shop) -> Iterable[date]:
    return [day for shop_id, day in stale_days() if shop_id == shop.pk]


def test_only_days_that_changed_are_summed_up_again(shop: Shop) -> None:
    searched(shop)
    take(shop, bought("1", paid("one", 500)))
    # A search counts on the day that it is recorded: today.
    assert set(stale(shop)) == {DAY, timezone.localdate()}
    assert days_roll() == 2
    assert not stale(shop)
    assert sums(shop, Dimension.ALL, currency="KRW") == {"revenue": 500}
    take(shop, bought("2", paid("one", 40)))
    assert stale(shop) == [DAY]
    assert days_roll() == 1
    assert sums(shop, Dimension.ALL, currency="KRW") == {"revenue": 540}


def test_a_click_that_is_told_late_mends_the_sale_of_a_later_day(shop: Shop) -> None:
    search_id = searched(shop, ago(days=3))
    take(shop, bought("1", paid("one", 500), visitor="anna"))
    days_roll()
    assert sums(shop, Dimension.ALL, currency="KRW") == {"revenue": 500}
    take(shop, click(search_id, ago(days=3), visitor="anna"))
    assert stale(shop) == [DAY - timedelta(days=3), DAY]
    days_roll()
    assert sums(shop, Dimension.ALL, currency="KRW") == {"revenue": 500, "attributed": 500}


def test_an_order_that_the_server_puts_right_is_summed_up_again(shop: Shop) -> None:
    page = bought("1", paid("one", 999))
    with shop_scope(shop):
        events_take(shop=shop, told=[page], by_server=False)
    days_roll()
    with shop_scope(shop):
        events_take(shop=shop, told=[bought("1", paid("one", 400))], by_server=True)
    assert stale(shop) == [DAY]
    days_roll()
    assert sums(shop, Dimension.ALL, currency="KRW") == {"revenue": 400}
    with shop_scope(shop):
        events_take(shop=shop, told=[bought("1", paid("one", 400))], by_server=True)
    assert not stale(shop), "the server may repeat itself as often as it likes"


def test_a_day_is_marked_as_it_was_before_it_was_read(shop: Shop) -> None:
    searched(shop)
    today = timezone.localdate()
    day_roll(shop, today)
    assert DayRolled.objects.get(shop=shop, day=today).facts == 1
