"""A shop's map is made, kept, and made anew: products stand where they stood."""

import numpy as np
import pytest

from analytics.map import making
from analytics.map.jobs import map_announce, map_ask, map_waits, maps_ask, maps_run
from analytics.map.making import map_make
from analytics.map.packing import RECORD, places_packed
from analytics.map.selectors import map_walk
from analytics.map.tagged import products_having, tag_counts
from analytics.models import CatalogMap, MapPlace
from catalog.models import Garment, Product, ProductFacet
from tenants.scope import shop_scope
from tests.analytics.map.made import fill_groups
from tests.factories import make_shop
from vision.taxonomy import taxonomy

STOCKED = 4

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_networks(settings, tiny_bundle):
    settings.VISION_BUNDLE = str(tiny_bundle)


def places_of(shop):
    with shop_scope(shop):
        return {pk: (x, y) for pk, x, y in MapPlace.objects.values_list("product_id", "x", "y")}


def test_every_product_has_a_place_beside_its_kind():
    shop = make_shop()
    ids = fill_groups(shop)
    held = map_make(shop=shop)
    places = places_of(shop)
    assert sorted(places) == ids
    assert (held.version, held.products) == (1, len(ids))
    assert 0.9 < held.trust <= 1
    assert held.overlap > 0.3
    at = np.array([places[pk] for pk in ids]).reshape(STOCKED, -1, 2)
    within = np.linalg.norm(at - at.mean(1, keepdims=True), axis=2).max()
    middles = at.mean(1)
    between = min(np.linalg.norm(middles[a] - middles[b]) for a in range(STOCKED) for b in range(a))
    assert within < between
    assert np.abs(at).max() < 3


def test_tomorrow_everything_stands_where_it_stands():
    shop = make_shop()
    fill_groups(shop)
    map_make(shop=shop)
    before = places_of(shop)
    assert map_make(shop=shop).version == 1
    assert places_of(shop) == before


def test_a_new_product_is_put_among_its_kind_and_nobody_moves():
    shop = make_shop()
    ids = fill_groups(shop)
    map_make(shop=shop)
    before = places_of(shop)
    (new,) = fill_groups(shop, first=50, each=1, groups=[2])
    assert map_make(shop=shop).version == 1
    after = places_of(shop)
    assert {pk: after[pk] for pk in ids} == before
    dresses = np.array([before[pk] for pk in ids[30:45]])
    others = np.array([before[pk] for pk in ids[:30] + ids[45:]])
    off = np.linalg.norm(dresses - after[new], axis=1)
    assert off.min() < np.linalg.norm(others - after[new], axis=1).min()
    with shop_scope(shop):
        assert MapPlace.objects.get(product_id=new).laid is False


def test_many_new_products_have_all_laid_out_anew_from_where_it_stood():
    shop = make_shop()
    ids = fill_groups(shop)
    map_make(shop=shop)
    before = places_of(shop)
    fill_groups(shop, first=50, each=8)
    held = map_make(shop=shop)
    assert held.version == 2
    after = places_of(shop)
    # A group's middle stays where it was, by far nearer than the next group's.
    old = np.array([before[pk] for pk in ids]).reshape(STOCKED, -1, 2).mean(1)
    new = np.array([after[pk] for pk in ids]).reshape(STOCKED, -1, 2).mean(1)
    moved = np.linalg.norm(old - new, axis=1)
    apart = min(np.linalg.norm(old[a] - old[b]) for a in range(STOCKED) for b in range(a))
    assert moved.max() < 0.5 * apart
    assert held.moved is not None


def test_a_new_bundle_sees_otherwise_and_the_map_stays_turned_as_it_was():
    shop = make_shop()
    ids = fill_groups(shop)
    map_make(shop=shop)
    before = places_of(shop)
    with shop_scope(shop):
        CatalogMap.objects.update(revision="former")
    assert map_make(shop=shop).version == 2
    after = places_of(shop)
    off = [np.hypot(*np.subtract(before[pk], after[pk])) for pk in ids]
    assert np.median(off) < 0.3


def test_products_that_are_gone_leave_and_an_empty_shop_has_no_map():
    shop = make_shop()
    assert map_make(shop=shop) is None
    ids = fill_groups(shop)
    map_make(shop=shop)
    with shop_scope(shop):
        Product.objects.filter(pk__in=ids[:5]).update(gone_at="2026-01-01T00:00Z")
        assert set(map_walk(range(len(ids)))) == set(ids[5:])
    assert len(b"".join(places_packed(shop))) == RECORD.itemsize * (len(ids) - 5)
    map_make(shop=shop)
    assert sorted(places_of(shop)) == ids[5:]
    with shop_scope(shop):
        Product.objects.all().update(gone_at="2026-01-01T00:00Z")
    assert map_make(shop=shop) is None
    assert places_of(shop) == {}


def test_of_a_large_catalogue_a_part_is_laid_out_and_the_others_join_it(monkeypatch):
    monkeypatch.setattr(making, "MOST_LAID", 40)
    shop = make_shop()
    ids = fill_groups(shop)
    held = map_make(shop=shop)
    places = places_of(shop)
    assert sorted(places) == ids
    with shop_scope(shop):
        assert MapPlace.objects.filter(laid=True).count() == 40
    assert map_make(shop=shop).version == held.version


def test_places_are_packed_with_colour_and_kind_by_the_taxonomys_order():
    shop = make_shop()
    ids = fill_groups(shop)
    map_make(shop=shop)
    with shop_scope(shop):
        Garment.objects.filter(product_id=ids[0]).update(color_family="", category="shirt")
    rows = np.frombuffer(b"".join(places_packed(shop)), RECORD)
    assert rows["id"].tolist() == ids
    assert rows["color"][0] == 255
    assert rows["color"][1] == taxonomy().ids("color").index("white")
    assert rows["category"][0] == taxonomy().ids("category").index("shirt")


def test_a_heat_map_may_be_of_any_tag():
    shop = make_shop()
    ids = fill_groups(shop)
    with shop_scope(shop):
        for pk in ids[:4]:
            ProductFacet.objects.create(product_id=pk, kind="sleeve", value="long")
    map_make(shop=shop)
    with shop_scope(shop):
        assert products_having("category", "dress") == ids[30:45]
        assert sorted(products_having("sleeve", "long")) == ids[:4]
        counts = tag_counts()
        assert counts["category"] == {"shirt": 30, "dress": 15, "jeans": 15}
        assert counts["color"] == {"white": 15, "navy": 15, "red": 15, "blue": 15}
        assert counts["pattern"]["check"] == 15
        assert counts["style"] == {"casual": 60}
        assert counts["sleeve"] == {"long": 4}
        with pytest.raises(KeyError):
            products_having("price", "1")


def test_two_shops_have_maps_of_their_own():
    one, other = make_shop(), make_shop()
    mine, theirs = fill_groups(one), fill_groups(other, each=6)
    map_make(shop=one)
    map_make(shop=other)
    assert sorted(places_of(one)) == mine
    assert sorted(places_of(other)) == theirs


def test_the_worker_makes_what_was_asked_for_once():
    shop = make_shop()
    fill_groups(shop)
    map_announce(shop=shop)
    with shop_scope(shop):
        assert map_waits(shop)
    assert maps_run(shop_id=shop.pk) == 1
    assert maps_run(shop_id=shop.pk) == 0
    with shop_scope(shop):
        assert CatalogMap.objects.get().version == 1
        assert not map_waits(shop)
    # Made this hour: tagging does not ask again, a person may, and the night does.
    map_announce(shop=shop)
    with shop_scope(shop):
        assert not map_waits(shop)
        map_ask(shop=shop, anew=True)
    assert maps_run(shop_id=shop.pk) == 1
    with shop_scope(shop):
        assert CatalogMap.objects.get().version == 2
    maps_ask()
    with shop_scope(shop):
        assert map_waits(shop)
