"""Events and searches by month: each has one place, whenever it is told."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.conf import LazySettings
from django.db import connection, connections
from django.utils import timezone

from analytics.intake import events_take
from analytics.keeping import TABLES, months_keep
from analytics.models import Event, EventType, SearchDetail
from analytics.months import event_month, months_around
from analytics.services import search_recorded
from analytics.told import Line, Told
from tenants.models import Shop
from tenants.months import (
    AHEAD,
    STRAY,
    month_after,
    month_of,
    partition_of,
    partitions_held,
    rest_of,
)
from tenants.scope import shop_scope
from tenants.uuid7 import uuid7, uuid7_time
from tests.analytics.told import make_selling_shop

TABLE = "analytics_event"
# Two sides of a month's end, in months that have no partition and are older than the suite's.
LAST = datetime(2001, 1, 31, 23, 50, tzinfo=UTC)
NEXT = LAST + timedelta(minutes=20)
ODD = datetime(2031, 5, 5, tzinfo=UTC)


def view(event_id: uuid.UUID, at: datetime) -> Told:
    return Told(kind=EventType.VIEW, event_id=event_id, lines=(Line("one"),), at=at)


def order(at: datetime, *skus: str) -> Told:
    lines = tuple(Line(sku, quantity=1, price=1000) for sku in skus)
    return Told(
        kind=EventType.PURCHASE, event_id=uuid7(at), lines=lines, at=at, currency="KRW", order="7"
    )


def take(shop: Shop, *told: Told) -> list[str]:
    with shop_scope(shop):
        return [one.outcome for one in events_take(shop=shop, told=told, by_server=True)]


def months(shop: Shop) -> list[date]:
    with shop_scope(shop):
        return list(Event.objects.order_by("id").values_list("month", flat=True))


def standing(shop: Shop) -> dict[str, int]:
    """How many events of the shop stand in which partition."""
    with shop_scope(shop), connection.cursor() as cursor:
        cursor.execute(f"SELECT tableoid::regclass::text, count(*) FROM {TABLE} GROUP BY 1")
        return dict(cursor.fetchall())


def test_an_id_of_version_7_tells_its_time() -> None:
    one = uuid7(LAST)
    assert one.version == 7 and one.variant == uuid.RFC_4122
    assert uuid7_time(one) == LAST
    assert uuid7_time(uuid.uuid4()) is None
    assert uuid7_time(uuid.UUID("ffffffff-ffff-7fff-bfff-ffffffffffff")) is None


def test_a_month_by_the_id_where_its_clock_can_be_believed() -> None:
    assert event_month(uuid7(LAST), at=NEXT) == date(2001, 1, 1)
    assert event_month(uuid7(ODD), at=NEXT) == STRAY
    assert event_month(uuid.uuid4(), at=NEXT) == date(2001, 2, 1)
    assert {STRAY, date(2000, 12, 1), date(2001, 1, 1)} < set(months_around(LAST, NEXT))


@pytest.mark.django_db
def test_an_event_that_is_told_again_in_the_next_month_is_the_same() -> None:
    shop, event_id = make_selling_shop(), uuid7(LAST)
    assert take(shop, view(event_id, LAST)) == ["counted"]
    assert take(shop, view(event_id, NEXT)) == ["repeated"]
    assert months(shop) == [date(2001, 1, 1)]


@pytest.mark.django_db
def test_an_id_of_a_clock_that_is_years_off_counts_once_too() -> None:
    shop, event_id = make_selling_shop(), uuid7(ODD)
    told = view(event_id, LAST)
    assert take(shop, told, told) == ["counted", "repeated"]
    assert take(shop, view(event_id, NEXT)) == ["repeated"]
    assert months(shop) == [STRAY]


@pytest.mark.django_db
def test_an_order_stands_where_it_was_told_first() -> None:
    shop = make_selling_shop()
    assert take(shop, order(LAST, "one")) == ["counted"]
    assert take(shop, order(NEXT, "one", "two")) == ["counted"]
    assert take(shop, order(NEXT + timedelta(days=3), "one", "two")) == ["repeated"]
    assert months(shop) == [date(2001, 1, 1)] * 2


@pytest.mark.django_db
def test_what_a_search_led_to_stands_with_the_search() -> None:
    shop, search_id = make_selling_shop(), uuid7(LAST)
    with shop_scope(shop):
        search_recorded(shop=shop, search_id=search_id, results=1, category="", milliseconds=9)
    click = Told(EventType.CLICK, uuid7(NEXT), (Line("one", search_id=search_id),), NEXT)
    again = Told(EventType.CLICK, uuid7(NEXT), (Line("one", search_id=search_id),), NEXT)
    assert take(shop, click, again) == ["counted", "repeated"]
    assert months(shop) == [date(2001, 1, 1)] * 2


@pytest.mark.django_db
def test_a_search_with_an_id_without_a_time_is_found_too() -> None:
    shop, search_id = make_selling_shop(), uuid.uuid4()
    with shop_scope(shop):
        search_recorded(shop=shop, search_id=search_id, results=1, category="", milliseconds=9)
    click = Told(EventType.CLICK, uuid7(NEXT), (Line("one", search_id=search_id),), NEXT)
    assert take(shop, click) == ["counted"]
    assert months(shop) == [month_of(timezone.now())] * 2


@pytest.fixture
def shop_with_views(db: None) -> Shop:
    """Of two views, one in January 2001 and one in February, both without a partition."""
    shop = make_selling_shop()
    assert take(shop, view(uuid7(LAST), LAST), view(uuid7(NEXT), NEXT)) == ["counted"] * 2
    return shop


def drop(*made: date) -> None:
    with connections["owner"].cursor() as cursor:
        for table in TABLES:
            for month in made:
                cursor.execute(f'DROP TABLE IF EXISTS "{partition_of(table, month)}"')


@pytest.fixture
def clean_months(db: None) -> Any:
    """The partitions of the suite's database as they were."""
    before = set(partitions_held(TABLE))
    yield
    drop(*set(partitions_held(TABLE)) - before)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_month_without_a_partition_loses_nothing(
    shop_with_views: Shop, owner_db: psycopg.Connection[Any], clean_months: None
) -> None:
    assert standing(shop_with_views) == {rest_of(TABLE): 2}
    before = set(partitions_held(TABLE))
    months_keep(now=LAST)
    january = date(2001, 1, 1)
    made = [month_after(january, ahead) for ahead in range(AHEAD + 1)]
    for table in TABLES:
        assert set(partitions_held(table)) - before == set(made)
    january_name, february_name = (partition_of(TABLE, month) for month in made[:2])
    assert standing(shop_with_views) == {january_name: 1, february_name: 1}
    # The new partitions are locked as the table is, for the owner of the tables too.
    assert owner_db.execute(f"SELECT count(*) FROM {january_name}").fetchone() == (0,)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {january_name}")
        assert cursor.fetchone() == (0,)
    # Told again it meets itself in its new place, and a second run makes nothing.
    take(shop_with_views, view(uuid7(LAST), LAST))
    assert standing(shop_with_views)[january_name] == 2
    months_keep(now=LAST)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_months_are_dropped_when_their_time_is_over(
    shop_with_views: Shop, clean_months: None, settings: LazySettings
) -> None:
    shop = shop_with_views
    take(shop, view(uuid7(ODD), LAST), view(uuid7(ODD), NEXT))
    months_keep(now=LAST)
    january, february = (partition_of(TABLE, date(2001, month, 1)) for month in (1, 2))
    settings.EVENT_KEEP_MONTHS = 0
    months_keep(now=NEXT + timedelta(days=40))
    assert standing(shop) == {january: 1, february: 1, rest_of(TABLE): 2}
    settings.EVENT_KEEP_MONTHS = 1
    months_keep(now=NEXT)
    assert standing(shop) == {january: 1, february: 1, rest_of(TABLE): 2}
    months_keep(now=NEXT + timedelta(days=40))
    assert standing(shop) == {february: 1, rest_of(TABLE): 1}


@pytest.mark.django_db
def test_a_search_has_one_detail() -> None:
    shop, search_id = make_selling_shop(), uuid7()
    with shop_scope(shop):
        search_recorded(shop=shop, search_id=search_id, results=1, category="", milliseconds=9)
        assert SearchDetail.objects.get().search_id == search_id
