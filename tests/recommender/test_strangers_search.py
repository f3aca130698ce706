"""Two shops, real transactions, real row-level security: nothing of one is seen by the other."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from analytics.models import Event
from tenants.models import Shop
from tests.factories import make_key, make_mall, make_shop
from tests.recommender.stock import ask, count_in, picture, show, skus, stocked
from vision.analyzer import Analyzer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shops(analyzer: Analyzer) -> tuple[Shop, Shop]:
    """Of one mall; both have a product `shared`, and each one of its own."""
    mall = make_mall()
    ours, theirs = make_shop(mall, slug="ours"), make_shop(mall, slug="theirs")
    for shop in (ours, theirs):
        stocked(shop, analyzer, product={"sku": "shared", "title": shop.slug})
        stocked(shop, analyzer, product={"sku": f"only-{shop.slug}"})
    return ours, theirs


def test_a_search_sees_its_own_shop_only(shops: tuple[Shop, Shop]) -> None:
    ours, theirs = shops
    for shop in shops:
        _, token = make_key("pk", shop=shop)
        reply = show(token, picture("upper"), limit=48)
        assert set(skus(reply)) == {"shared", f"only-{shop.slug}"}
        titles = {one["product_id"]: one["title"] for one in reply.json()["results"]}
        assert titles["shared"] == shop.slug
    assert count_in(ours, Event) == count_in(theirs, Event) == 1


def test_another_shops_product_is_not_there(shops: tuple[Shop, Shop]) -> None:
    _, token = make_key("sk", shop=shops[0])
    reply = ask(token, product_id="only-theirs")
    assert (reply.status_code, reply.json()["code"]) == (404, "product_not_found")
    assert reply.content.count(b"only-theirs") == 0
    assert skus(ask(token, product_id="shared")) == ["only-ours"]


def test_another_shops_search_takes_no_click(shops: tuple[Shop, Shop]) -> None:
    ours, theirs = shops
    search_id = show(make_key("sk", shop=theirs)[1], picture("upper")).json()["search_id"]

    def click(shop: Shop, sku: str) -> Any:
        event = {"type": "click", "search_id": search_id, "product_id": sku}
        return Client().post(
            "/api/v1/events",
            json.dumps(event),
            content_type="application/json",
            headers={"Authorization": f"Bearer {make_key('sk', shop=shop)[1]}"},
        )

    assert click(ours, "shared").json()["code"] == "search_not_found"
    assert click(ours, "only-theirs").json()["code"] == "product_not_found"
    assert click(theirs, "only-theirs").status_code == 202
    assert count_in(ours, Event) == 0 and count_in(theirs, Event) == 2


def test_a_shop_that_is_empty_finds_nothing_of_its_neighbours(
    shops: tuple[Shop, Shop], tiny_bundle: Path
) -> None:
    empty = make_shop(shops[0].mall)
    reply = show(make_key("sk", shop=empty)[1], picture("upper"))
    assert (reply.status_code, reply.json()["code"]) == (409, "no_products")
