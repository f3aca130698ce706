"""One new query is one charge; moving, filtering and paging it is none."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from billing.models import Kind, LedgerEntry
from billing.plans import FREE
from recommender import usage
from recommender.usage import (
    SAME_QUERY,
    photo_counted,
    photo_paid,
    product_paid,
    quota_held,
    words_counted,
    words_paid,
)
from tenants.models import Shop
from tenants.problems import Problem
from tenants.scope import shop_scope
from tests.factories import make_key, make_shop
from tests.recommender.stock import ask, count_in, picture, random_stock, show, stocked
from vision.analyzer import Analyzer

# Half hours are counted from 1970: one of them begins here.
EDGE = datetime.fromtimestamp(SAME_QUERY.total_seconds() * 1_000_000, tz=UTC)


def minutes(monkeypatch: pytest.MonkeyPatch, after: float) -> None:
    now = EDGE + timedelta(minutes=after)
    monkeypatch.setattr(usage.timezone, "now", lambda: now)


@pytest.mark.django_db
def test_for_half_an_hour_it_is_the_same_query_wherever_the_clock_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop = make_shop()
    with shop_scope(shop):
        for begins in (0, 17, 29.99):
            said = f"linen {begins}"
            minutes(monkeypatch, begins)
            assert words_counted(shop=shop, text=said)
            for later in (0, 0.5, 15, 29.9):
                minutes(monkeypatch, begins + later)
                assert not words_counted(shop=shop, text=said)
                assert words_paid(said)
            minutes(monkeypatch, begins + 30.1)
            assert not words_paid(said)
            assert words_counted(shop=shop, text=said)


@pytest.mark.django_db
def test_words_are_the_same_in_any_case_and_spacing_and_photos_by_their_bytes() -> None:
    shop, other = make_shop(), make_shop()
    with shop_scope(shop):
        assert words_counted(shop=shop, text="Red  Linen")
        assert not words_counted(shop=shop, text=" red linen ")
        assert words_counted(shop=shop, text="red linen shirt")
        assert photo_counted(shop=shop, digest="a" * 64)
        assert photo_paid("a" * 64)
        assert not photo_paid("b" * 64)
        assert not product_paid("A")
    with shop_scope(other):
        assert not words_paid("red linen")
        assert words_counted(shop=other, text="red linen")


@pytest.mark.django_db
def test_what_was_paid_for_is_answered_when_the_quota_is_used_up(
    analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = make_shop(language="en")
    stocked(shop, analyzer, product={"sku": "top", "title": "Linen shirt"})
    random_stock(shop, analyzer.revision, 8)
    token = make_key("sk", shop=shop)[1]
    monkeypatch.setitem(FREE.monthly, Kind.SEARCH, 3)
    first = show(token, picture("upper"), limit=2).json()
    assert ask(token, text="linen").status_code == 200
    assert ask(token, product_id="top").status_code == 200
    moved: list[Any] = [
        show(token, picture("upper"), limit=4),
        ask(token, image_id=first["query"]["image_id"], limit=3, filters={"in_stock": True}),
        ask(token, cursor=first["next_cursor"]),
        ask(token, text="linen", sort="price_asc"),
        ask(token, product_id="top", filters={"in_stock": True}),
    ]
    assert [reply.status_code for reply in moved] == [200] * 5
    refused = [
        show(token, picture("lower")),
        ask(token, text="wool"),
        ask(token, product_id="R-001"),
    ]
    assert [reply.status_code for reply in refused] == [429] * 3
    assert count_in(shop, LedgerEntry) == 3


@pytest.mark.django_db
def test_without_a_query_at_hand_a_used_up_quota_is_a_refusal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop = make_shop()
    monkeypatch.setitem(FREE.monthly, Kind.SEARCH, 0)
    with shop_scope(shop):
        with pytest.raises(Problem) as refused:
            quota_held(shop, paid=lambda: False)
        assert refused.value.code == "over_quota"
        quota_held(shop, paid=lambda: True)


@pytest.mark.django_db(transaction=True)
def test_at_the_edge_of_a_half_hour_two_at_once_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one of the former half hour is not committed yet when the other asks."""
    shop = make_shop()
    minutes(monkeypatch, -0.01)
    new: list[bool] = []

    def ask_again() -> None:
        try:
            with shop_scope(shop):
                new.append(words_counted(shop=shop, text="linen"))
        finally:
            connection.close()

    with shop_scope(shop):
        assert words_counted(shop=shop, text="linen")
        minutes(monkeypatch, 0.01)
        other = threading.Thread(target=ask_again)
        other.start()
        _wait_until_blocked(other)
    other.join()
    assert new == [False]
    assert _rows(shop) == 1


def _wait_until_blocked(other: threading.Thread) -> None:
    """Until the other stands before the lock, or has gone through."""
    waits = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    with connection.cursor() as cursor:
        while other.is_alive():
            cursor.execute(waits)
            if cursor.fetchone()[0]:
                return


def _rows(shop: Shop) -> int:
    with shop_scope(shop):
        return LedgerEntry.objects.count()
