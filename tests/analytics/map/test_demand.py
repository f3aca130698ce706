"""Shoppers' searches over the map: what is near, what is far, and what is missing."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from analytics.map.demand.drawing import NotDrawn, prototype
from analytics.map.demand.regions import LEAST, regions
from analytics.map.making import map_make
from analytics.models import MapPlace, MapSearch
from tenants.scope import shop_scope
from tests.analytics.map.made import fill_groups, make_search, vector
from tests.factories import make_shop

pytestmark = pytest.mark.django_db

SHIRT = {"category": "shirt", "color": "white", "pattern": "solid"}
DRESS = {"category": "dress", "color": "red", "pattern": "floral"}
KHAKI = {"category": "shirt", "color": "khaki", "pattern": "solid"}


@pytest.fixture(autouse=True)
def small_networks(settings, tiny_bundle):
    settings.VISION_BUNDLE = str(tiny_bundle)


def months(shop, **asked):
    with shop_scope(shop):
        now = timezone.now()
        span = {"start": now - timedelta(days=60), "end": now + timedelta(minutes=1)} | asked
        return regions(**span)


def spots(shop):
    with shop_scope(shop):
        return {one.search_id: one for one in MapSearch.objects.all()}


def test_a_search_stands_beside_what_it_looks_like():
    shop = make_shop()
    ids = fill_groups(shop)
    near = make_search(shop, seen=vector(2, 90), **DRESS)
    map_make(shop=shop)
    spot = spots(shop)[near.search_id]
    assert spot.product_id in ids[30:45]
    assert spot.alike > 0.6
    assert not spot.far
    with shop_scope(shop):
        at = np.array(MapPlace.objects.order_by("product_id").values_list("x", "y"))
    off = np.linalg.norm(at - [spot.x, spot.y], axis=1)
    assert 30 <= off.argmin() < 45


def test_what_no_product_is_like_is_far():
    shop = make_shop()
    fill_groups(shop)
    khaki = make_search(shop, seen=vector(0, 90), **KHAKI)
    strange = make_search(shop, seen=vector(11, 1), category="", color="", pattern="")
    map_make(shop=shop)
    assert spots(shop)[khaki.search_id].far
    assert spots(shop)[strange.search_id].far
    assert spots(shop)[strange.search_id].alike < 0.4


def test_words_stand_in_the_middle_of_what_they_name():
    shop = make_shop()
    ids = fill_groups(shop)
    found = make_search(shop, text="red dress", category="dress", color="red")
    missing = make_search(shop, text="khaki shirt", category="shirt", color="khaki", good=False)
    nothing = make_search(shop, text="hanbok", good=False)
    map_make(shop=shop)
    placed = spots(shop)
    assert placed[found.search_id].product_id in ids[30:45]
    assert not placed[found.search_id].far
    assert placed[missing.search_id].product_id in ids[:30]
    assert placed[missing.search_id].far
    assert nothing.search_id not in placed


def test_a_region_is_what_is_looked_for_together_and_is_not_there():
    shop = make_shop()
    ids = fill_groups(shop)
    for one in range(20):
        make_search(shop, seen=vector(0, 90 + one), days_ago=one, **KHAKI)
    for one in range(6):
        words = {"text": "khaki linen shirt", "filters": {"material": ["linen"]}, "good": False}
        make_search(shop, days_ago=one, **words, category="shirt", color="khaki")
        make_search(shop, seen=vector(2, 90 + one), **DRESS)
    map_make(shop=shop)
    (khaki,) = months(shop)
    assert khaki.size == 26
    assert khaki.by_photo == 20
    assert khaki.words == (("color", "khaki"), ("material", "linen"), ("category", "shirt"))
    assert khaki.texts == ("khaki linen shirt",)
    assert set(khaki.nearest) <= set(ids[:30])
    assert 0.6 < khaki.alike < 1
    assert khaki.place is not None


def test_a_pattern_that_many_look_for_is_a_region_of_its_own():
    shop = make_shop()
    fill_groups(shop)
    for one in range(5):
        make_search(shop, seen=vector(0, 90 + one), **KHAKI)
        make_search(shop, seen=vector(1, 90 + one), **(KHAKI | {"pattern": "check"}))
    map_make(shop=shop)
    assert sorted(one.pattern for one in months(shop)) == ["", "check"]


def test_one_or_two_searches_are_no_region_and_days_are_kept_to():
    shop = make_shop()
    fill_groups(shop)
    for one in range(LEAST):
        make_search(shop, seen=vector(0, 90 + one), days_ago=10 * one, **KHAKI)
    map_make(shop=shop)
    assert [one.size for one in months(shop)] == [LEAST]
    now = timezone.now()
    assert months(shop, start=now - timedelta(days=15)) == []
    assert months(shop, start=now - timedelta(days=50), end=now - timedelta(days=40)) == []


def test_what_came_in_stock_is_missing_no_longer():
    shop = make_shop()
    fill_groups(shop)
    for one in range(4):
        make_search(shop, seen=vector(0, 90 + one), **SHIRT)
        make_search(shop, seen=vector(5, 90 + one), category="coat", color="beige", pattern="solid")
    map_make(shop=shop)
    (coat,) = months(shop)
    assert coat.category == "coat"
    fill_groups(shop, groups=[5], each=4)
    map_make(shop=shop)
    assert months(shop) == []


def test_words_that_nothing_knows_are_told_as_they_were_typed():
    shop = make_shop()
    fill_groups(shop)
    for text in ("Hanbok", "hanbok", "hanbok", "kimono"):
        make_search(shop, text=text, good=False, results=0)
    map_make(shop=shop)
    (hanbok,) = months(shop)
    assert (hanbok.text, hanbok.size, hanbok.place, hanbok.nearest) == ("hanbok", 3, None, ())


def test_vectors_of_a_former_bundle_and_old_searches_are_left_out():
    shop = make_shop()
    fill_groups(shop)
    make_search(shop, seen=vector(0, 90), revision="former", **SHIRT)
    make_search(shop, seen=vector(0, 91), days_ago=120, **SHIRT)
    map_make(shop=shop)
    assert spots(shop) == {}


def test_a_shop_sees_its_own_demand_alone():
    shop, other = make_shop(), make_shop()
    for one in (shop, other):
        fill_groups(one, each=6)
    for one in range(4):
        make_search(other, seen=vector(0, 90 + one), **KHAKI)
    map_make(shop=shop)
    map_make(shop=other)
    assert months(shop) == []
    assert len(months(other)) == 1


def test_a_region_is_drawn_from_its_attributes():
    body = prototype("shirt", "khaki", "check")
    assert body[8:12] == b"WEBP"
    assert body == prototype("shirt", "khaki", "check")
    assert body != prototype("shirt", "red", "check")
    for wrong in (("spoon", "", ""), ("shirt", "loud", ""), ("shirt", "", "loud")):
        with pytest.raises(NotDrawn):
            prototype(*wrong)
