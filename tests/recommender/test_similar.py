"""`GET /products/{sku}/similar`: the same as a search by product."""

from typing import Any

import pytest
from django.test import Client

from billing.models import LedgerEntry
from tenants.models import Shop
from tests.factories import make_key, make_product, make_shop
from tests.recommender.stock import ask, count_in, picture, skus, stocked
from vision.analyzer import Analyzer

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(analyzer: Analyzer) -> Shop:
    shop = make_shop(language="en")
    stocked(shop, analyzer, data=picture("upper"), product={"sku": "A/1", "price": 500})
    stocked(shop, analyzer, data=picture("upper", stain=60), product={"sku": "near", "price": 900})
    stocked(shop, analyzer, data=picture("lower"), product={"sku": "far", "price": 100})
    return shop


@pytest.fixture
def token(shop: Shop) -> str:
    return make_key("sk", shop=shop)[1]


def similar(token: str, sku: str, **asked: Any) -> Any:
    path = f"/api/v1/products/{sku}/similar"
    return Client().get(path, asked, headers={"Authorization": f"Bearer {token}"})


def test_it_is_the_search_by_product(shop: Shop, token: str) -> None:
    reply = similar(token, "A/1", limit=2)
    assert skus(reply) == ["near", "far"]
    assert reply.json()["results"] == ask(token, product_id="A/1", limit=2).json()["results"]
    assert "sql;dur=" in reply["Server-Timing"]
    assert count_in(shop, LedgerEntry) == 1


def test_it_takes_filters_order_and_language_behind_the_question_mark(token: str) -> None:
    assert skus(similar(token, "A/1", filters='{"price": {"max": 500}}')) == ["far"]
    assert skus(similar(token, "A/1", sort="price_asc")) == ["far", "near"]
    sentence = similar(token, "A/1", lang="ko").json()["results"][0]["why"]["sentence"]
    assert sentence.endswith("요.")
    first = similar(token, "A/1", limit=1).json()
    second = similar(token, "A/1", limit=1, cursor=first["next_cursor"])
    assert skus(second) == ["far"]
    facets = similar(token, "A/1", facets="price").json()["facets"]
    assert [one["kind"] for one in facets] == ["price"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"limit": 0}, "limit"),
        ({"sort": "best"}, "sort"),
        ({"filters": "{"}, "filters"),
        ({"colour": "red"}, "colour"),
        ({"text": "red"}, "text"),
        ({"cursor": "x"}, "cursor"),
        ({"lang": "fr"}, "lang"),
    ],
)
def test_what_it_does_not_take(token: str, asked: dict[str, Any], field: str) -> None:
    reply = similar(token, "A/1", **asked)
    assert (reply.status_code, reply.json()["code"]) == (400, "validation_error")
    assert [error["field"] for error in reply.json()["errors"]] == [field]


def test_what_is_not_there(shop: Shop, token: str, analyzer: Analyzer) -> None:
    assert similar(token, "none").json()["code"] == "product_not_found"
    make_product(shop, sku="waits")
    reply = similar(token, "waits")
    assert (reply.status_code, reply.json()["code"]) == (409, "product_not_ready")
    other = make_shop()
    stocked(other, analyzer, product={"sku": "theirs"})
    reply = similar(token, "theirs")
    assert (reply.status_code, reply.json()["code"]) == (404, "product_not_found")


def test_it_takes_no_key_of_a_mall_and_no_post(shop: Shop, token: str) -> None:
    reply = similar(make_key("mk", mall=shop.mall)[1], "A/1")
    assert (reply.status_code, reply.json()["code"]) == (403, "key_kind_not_allowed")
    posted = Client().post(
        "/api/v1/products/near/similar", headers={"Authorization": f"Bearer {token}"}
    )
    assert posted.status_code == 405
