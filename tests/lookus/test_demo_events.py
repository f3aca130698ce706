"""The demo's made shoppers: believable, said to be made, and nowhere that somebody searched."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Sum
from django.utils import timezone

from analytics.insights.overview import is_made
from analytics.models import DaySum, Event, SearchDetail
from billing.models import LedgerEntry
from catalog import seeing
from lookus.demo_events import events_make, shoppers
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.factories import make_garment, make_mall, make_photo, make_product, make_shop

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 3, 18, 6, tzinfo=UTC)


@pytest.fixture
def shops(settings: Any, tiny_bundle: Any, monkeypatch: pytest.MonkeyPatch) -> list[Shop]:
    """Two shops of one mall with eight tagged products each; nine days are enough to see."""
    settings.VISION_BUNDLE = str(tiny_bundle)
    monkeypatch.setattr(shoppers, "DAYS", 9)
    mall = make_mall()
    made = [make_shop(mall, slug=slug, currency="KRW") for slug in ("atelier", "street")]
    for shop in made:
        for number in range(8):
            product = make_product(shop, sku=f"{shop.slug}-{number}")
            photo = make_photo(
                product, stored=False, state="done", revision=seeing.revision(), position=0
            )
            make_garment(photo, color_family="navy" if number % 2 else "red")
    return made


def test_days_of_shoppers_up_to_now_and_only_once(shops: list[Shop]) -> None:
    assert events_make(shops, now=NOW, say=lambda _text: None) > 100
    for shop in shops:
        with shop_scope(shop):
            assert is_made()
            assert not SearchDetail.objects.filter(at__gt=NOW).exists()
            assert not Event.objects.filter(at__gt=NOW).exists()
            days = DaySum.objects.filter(dimension="all")
            sums = days.filter(currency="").aggregate(
                *(Sum(name) for name in ("searches", "clicks", "carts", "poor", "conversions"))
            )
            assert sums["searches__sum"] == SearchDetail.objects.count()
            assert all(sums.values()), sums
            assert sums["searches__sum"] > sums["clicks__sum"] > sums["carts__sum"]
            assert days.filter(currency="KRW", attributed__gt=0).exists()
            assert DaySum.objects.filter(dimension="rule", clicks__gt=0).exists()
            assert not LedgerEntry.objects.exists()
    assert events_make(shops, now=NOW, say=lambda _text: None) == 0
    page = Desk(shops[0]).page("insights/?range=own&from=2026-03-10&to=2026-03-18")
    assert "These numbers are made" in page


def test_a_shop_that_somebody_searched_is_left_alone(shops: list[Shop]) -> None:
    with shop_scope(shops[0]):
        SearchDetail.objects.create(
            search_id="0190a000-0000-7000-8000-000000000001",
            kind="words",
            results=1,
            good=True,
            milliseconds=1,
            at=timezone.now() - timedelta(days=1),
        )
    events_make(shops, now=NOW, say=lambda _text: None)
    with shop_scope(shops[0]):
        assert SearchDetail.objects.count() == 1
        assert not is_made()
    with shop_scope(shops[1]):
        assert SearchDetail.objects.count() > 50


def test_without_tagged_products_nobody_comes(shops: list[Shop]) -> None:
    empty = make_shop(shops[0].mall)
    assert events_make([empty], now=NOW, say=lambda _text: None) == 0
