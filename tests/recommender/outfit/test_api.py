"""Outfits over the API: a product, or a photo of something owned, in; what goes with it out."""

import io
import json
import uuid
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from billing.models import Kind, LedgerEntry, MonthlyUsage
from billing.services import subscription_set
from catalog.models import Garment, Product
from recommender.models import QueryMemory
from recommender.outfit.pairs import pairs_count
from recommender.outfit.pool import A_SLOT
from recommender.outfit.slots import slot_of
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_garment, make_key, make_photo, make_product, make_shop
from tests.recommender.outfit.clothes import HEXES
from tests.recommender.stock import count_in, picture, png
from vision.analyzer import Analyzer
from vision.colorspace import hex_to_lab

pytestmark = pytest.mark.django_db

OUTFIT = "/api/v1/outfit"


@pytest.fixture
def shop(analyzer: Analyzer) -> Shop:
    return make_shop(language="en", currency="KRW")


@pytest.fixture
def token(shop: Shop) -> str:
    return make_key("pk", shop=shop)[1]


def hang(
    shop: Shop, analyzer: Analyzer, sku: str, category: str, color: str, **fields: Any
) -> Product:
    """A product on the rack, tagged by the live bundle; `fields` are of its garment, those of
    `product` its own."""
    made = make_product(shop, sku=sku, **fields.pop("product", {}))
    photo = make_photo(made, stored=False, state="done", revision=analyzer.revision)
    shade = {"name": color, "name_ko": color, "family": color, "hex": HEXES[color], "share": 1.0}
    shade["lab"] = [float(one) for one in hex_to_lab(HEXES[color])]
    values = {"palette": [shade], "color_family": color, "gender": "", "category": category}
    make_garment(photo, **(values | fields))
    return made


@pytest.fixture
def rack(shop: Shop, analyzer: Analyzer) -> dict[str, Product]:
    kinds = {
        "shirt-red": ("shirt", "red"),
        "skirt-black": ("skirt", "black"),
        "skirt-green": ("skirt", "green"),
        "jeans-blue": ("jeans", "blue"),
        "shoes-white": ("sneakers", "white"),
        "bag-brown": ("bag", "brown"),
        "dress-navy": ("dress", "navy"),
    }
    return {sku: hang(shop, analyzer, sku, *kind) for sku, kind in kinds.items()}


def around(token: str, sku: str, **query: Any) -> Any:
    query = {
        key: value if isinstance(value, str) else json.dumps(value) for key, value in query.items()
    }
    return Client().get(
        f"/api/v1/products/{sku}/outfit", query, headers={"Authorization": f"Bearer {token}"}
    )


def own(token: str, data: bytes | None = None, **fields: Any) -> Any:
    """A photo of something owned, uploaded; without one, a JSON request."""
    headers = {"Authorization": f"Bearer {token}"}
    if data is None:
        return Client().post(
            OUTFIT, json.dumps(fields), content_type="application/json", headers=headers
        )
    form: dict[str, Any] = {
        key: value if isinstance(value, str) else json.dumps(value) for key, value in fields.items()
    }
    form["image"] = io.BytesIO(data)
    form["image"].name = "photo.png"
    return Client().post(OUTFIT, form, headers=headers)


def rows(reply: Any) -> dict[str, list[str]]:
    assert reply.status_code == 200, reply.content
    return {
        row["slot"]: [one["product_id"] for one in row["results"]] for row in reply.json()["rows"]
    }


@pytest.mark.usefixtures("rack")
def test_a_shirt_gets_what_it_lacks_each_with_its_reason(token: str) -> None:
    reply = around(token, "shirt-red")
    found = rows(reply)
    assert set(found) == {"bottom", "footwear", "bag"}
    assert found["bottom"][0] in ("skirt-black", "jeans-blue")
    assert "skirt-green" not in found["bottom"][:2]
    body = reply.json()
    assert body["request_id"] == reply["X-Request-ID"]
    assert body["owned"][0]["category"] == {"id": "shirt", "label": "Shirt"}
    assert body["note"] == ""
    first = body["rows"][0]["results"][0]
    assert first["price"]["display"] == "₩39,000"
    assert first["why"]["rule"] == "accent"
    assert "lets red stand out" in first["why"]["sentence"]
    assert 0.5 < first["score"] <= 1
    assert "sql;dur=" in reply["Server-Timing"]


@pytest.mark.usefixtures("rack")
def test_the_reasons_and_names_are_in_the_language_asked(token: str) -> None:
    body = around(token, "shirt-red", lang="ko").json()
    assert [row["label"] for row in body["rows"]] == ["하의", "신발", "가방"]
    assert "돋보이게" in body["rows"][0]["results"][0]["why"]["sentence"]


@pytest.mark.usefixtures("rack")
def test_a_dress_gets_no_skirt(token: str) -> None:
    assert set(rows(around(token, "dress-navy"))) == {"footwear", "bag"}


@pytest.mark.usefixtures("rack")
def test_choices_and_filters(shop: Shop, analyzer: Analyzer, token: str) -> None:
    hang(shop, analyzer, "skirt-cheap", "skirt", "navy", product={"price": 900})
    assert len(rows(around(token, "shirt-red", choices=1))["bottom"]) == 1
    filters = {"price": {"max": 1000}}
    assert rows(around(token, "shirt-red", filters=filters)) == {"bottom": ["skirt-cheap"]}


@pytest.mark.usefixtures("rack")
def test_what_is_sold_out_is_not_suggested(shop: Shop, token: str) -> None:
    with shop_scope(shop):
        Garment.objects.filter(product__sku="skirt-black").update(in_stock=False)
    assert "skirt-black" not in rows(around(token, "shirt-red"))["bottom"]


@pytest.mark.usefixtures("rack")
def test_one_busy_piece_in_a_look(shop: Shop, analyzer: Analyzer, token: str) -> None:
    hang(shop, analyzer, "blouse-check", "blouse", "white", pattern="check")
    hang(shop, analyzer, "skirt-floral", "skirt", "black", pattern="floral")
    assert "skirt-floral" in rows(around(token, "shirt-red"))["bottom"]
    assert "skirt-floral" not in rows(around(token, "blouse-check"))["bottom"]


@pytest.mark.usefixtures("rack")
def test_women_do_not_get_mens_trousers(shop: Shop, analyzer: Analyzer, token: str) -> None:
    hang(shop, analyzer, "his", "trousers", "black", gender="men")
    hang(shop, analyzer, "hers", "blouse", "white", gender="women")
    assert "his" not in rows(around(token, "hers"))["bottom"]
    assert "his" in rows(around(token, "shirt-red", choices=12))["bottom"]


def test_what_is_bought_together_comes_first_and_says_so(
    shop: Shop, rack: dict[str, Product], token: str
) -> None:
    first, second = rows(around(token, "shirt-red"))["bottom"]
    with shop_scope(shop):
        for _ in range(12):
            pairs_count(
                product_id=rack["shirt-red"].pk,
                others=[rack[second].pk],
                taken="purchases",
            )
    found = around(token, "shirt-red").json()["rows"][0]["results"]
    assert [one["product_id"] for one in found] == [second, first]
    assert found[0]["why"]["together"] > 0.5 > found[1]["why"]["together"] == 0
    assert found[0]["why"]["sentence"].endswith("Shoppers often took both.")


@pytest.mark.usefixtures("rack")
def test_a_product_counts_once_a_day_however_it_is_asked_for(shop: Shop, token: str) -> None:
    for _ in range(3):
        around(token, "shirt-red")
    around(token, "dress-navy")
    assert count_in(shop, LedgerEntry, kind=Kind.SEARCH) == 2


def test_what_is_worn_by_itself_says_so(shop: Shop, analyzer: Analyzer, token: str) -> None:
    hang(shop, analyzer, "pyjamas", "sleepwear", "red")
    reply = around(token, "pyjamas")
    assert rows(reply) == {}
    assert reply.json()["owned"][0]["slot"] is None
    assert "by itself" in reply.json()["note"]


def test_a_product_that_is_not_there_or_not_ready(shop: Shop, token: str) -> None:
    make_product(shop, sku="new")
    for sku, status, code in (
        ("none", 404, "product_not_found"),
        ("new", 409, "product_not_ready"),
    ):
        reply = around(token, sku)
        assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert count_in(shop, LedgerEntry) == 0


@pytest.mark.usefixtures("rack")
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"choices": 0}, "choices"),
        ({"choices": 13}, "choices"),
        ({"filters": "{"}, "filters"),
        ({"filters": {"taste": ["good"]}}, "filters"),
        ({"filters": {"brand": ["Nobody"]}}, "filters.brand"),
        ({"colour": "red"}, "colour"),
        ({"lang": "fr"}, "lang"),
    ],
)
def test_a_question_that_is_wrong(token: str, query: dict[str, Any], field: str) -> None:
    reply = around(token, "shirt-red", **query)
    assert (reply.status_code, reply.json()["code"]) == (400, "validation_error")
    assert [error["field"] for error in reply.json()["errors"]] == [field]


@pytest.mark.usefixtures("rack")
def test_over_quota(shop: Shop, token: str) -> None:
    subscription_set(mall=shop.mall, plan="free")
    around(token, "shirt-red")
    MonthlyUsage.objects.filter(mall=shop.mall).update(quantity=10**9)
    for reply in (around(token, "dress-navy"), own(token, picture("upper"))):
        assert (reply.status_code, reply.json()["code"]) == (429, "over_quota")


@pytest.mark.usefixtures("rack")
def test_few_statements_whatever_the_shop_has(
    shop: Shop, analyzer: Analyzer, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Asked every two seconds, by whichever search is the next: it is not what grows.
    monkeypatch.setattr("catalog.shop_taxonomy.CHECK_SECONDS", 3600.0)
    around(token, "shirt-red")
    with CaptureQueriesContext(
        connection,
    ) as few:
        around(token, "shirt-red")
    for number in range(30):
        hang(shop, analyzer, f"more-{number}", "trousers", "black")
        hang(shop, analyzer, f"coat-{number}", "coat", "camel")
    with CaptureQueriesContext(connection) as many:
        around(token, "shirt-red")
    assert len(many) <= len(few)


def test_a_slot_is_read_to_its_limit_and_no_other_is_short(
    shop: Shop, analyzer: Analyzer, token: str
) -> None:
    for number in range(A_SLOT + 10):
        hang(shop, analyzer, f"skirt-{number}", "skirt", "black")
    hang(shop, analyzer, "bag", "bag", "brown")
    hang(shop, analyzer, "shirt", "shirt", "red")
    with CaptureQueriesContext(connection) as sent:
        found = rows(around(token, "shirt", choices=12))
    assert "bag" in found["bag"] and found["bottom"]
    assert any("ROW_NUMBER" in one["sql"] for one in sent)


@pytest.mark.usefixtures("rack")
def test_a_photo_of_something_owned(shop: Shop, analyzer: Analyzer, token: str) -> None:
    reply = own(token, picture("upper"))
    found = rows(reply)
    body = reply.json()
    owned = body["owned"][0]
    assert owned["slot"] == slot_of(owned["category"]["id"])
    assert owned["slot"] not in found
    assert [one["selected"] for one in body["garments"]] == [True]
    assert body["garments"][0]["box"][2] <= 160
    assert count_in(shop, LedgerEntry, kind=Kind.SEARCH) == 1
    again = own(token, image_id=body["image_id"])
    assert rows(again) == found
    assert count_in(shop, LedgerEntry, kind=Kind.SEARCH) == 1
    assert count_in(shop, QueryMemory) == 1


@pytest.mark.usefixtures("rack")
def test_one_of_several_garments_or_all_of_them(token: str) -> None:
    data = picture("upper", "lower", "bag")
    whole = own(token, data).json()
    assert len(whole["garments"]) >= 2
    one = own(token, data, object=1).json()
    assert [at for at, each in enumerate(one["garments"]) if each["selected"]] == [1]
    assert one["owned"][0]["category"]["id"] == one["garments"][1]["category"]["id"]
    every = own(token, data, objects="all").json()
    assert all(each["selected"] for each in every["garments"])
    assert len(every["owned"]) == len(every["garments"])
    worn = {each["slot"] for each in every["owned"]}
    assert not worn & {row["slot"] for row in every["rows"]}


@pytest.mark.usefixtures("rack")
def test_a_photo_without_a_garment(shop: Shop, token: str) -> None:
    blank = png(np.full((200, 160, 3), 255, np.uint8))
    reply = own(token, blank)
    assert (reply.status_code, reply.json()["code"]) == (422, "no_garment")
    assert count_in(shop, LedgerEntry) == 0


@pytest.mark.usefixtures("rack")
@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({}, 400, "image_url"),
        ({"image_url": "https://a.example/a.jpg", "image_id": str(uuid.uuid4())}, 400, "image_url"),
        ({"product_id": "shirt-red"}, 400, "product_id"),
        ({"image_id": "7"}, 400, "image_id"),
        ({"image_url": "http://127.0.0.1/a.jpg"}, 422, "url_refused"),
        ({"image_id": str(uuid.uuid4())}, None, "image_expired"),
    ],
)
def test_a_photo_request_that_is_wrong(
    token: str, fields: dict[str, Any], status: int | None, told: str
) -> None:
    reply = own(token, **fields)
    body = reply.json()
    assert status is None or reply.status_code == status
    assert told in [body["code"], *(error["field"] for error in body["errors"])]


@pytest.mark.usefixtures("rack")
@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"object": 7}, "object"),
        ({"object": -1}, "object"),
        ({"objects": "some"}, "objects"),
        ({"object": 0, "objects": "all"}, "objects"),
        ({"box": [0, 0, 9000, 9000]}, "box"),
        ({"box": [5, 5, 1, 1]}, "box"),
    ],
)
def test_a_place_in_the_photo_that_is_wrong(token: str, fields: dict[str, Any], field: str) -> None:
    reply = own(token, picture("upper"), **fields)
    assert (reply.status_code, reply.json()["code"]) == (400, "validation_error")
    assert [error["field"] for error in reply.json()["errors"]] == [field]


@pytest.mark.parametrize(("data", "code"), [(b"", "empty"), (b"no photo", "not_an_image")])
@pytest.mark.usefixtures("rack")
def test_bytes_that_are_no_photo(token: str, data: bytes, code: str) -> None:
    assert own(token, data).json()["code"] == code


def test_a_shop_without_products_and_without_finished_ones(shop: Shop, token: str) -> None:
    assert own(token, picture("upper")).json()["code"] == "no_products"
    make_product(shop)
    assert own(token, picture("upper")).json()["code"] == "no_products_ready"


@pytest.mark.usefixtures("rack")
def test_a_malls_key_is_of_the_wrong_kind(shop: Shop) -> None:
    _, token = make_key("mk", mall=shop.mall)
    for reply in (around(token, "shirt-red"), own(token, picture("upper"))):
        assert (reply.status_code, reply.json()["code"]) == (403, "key_kind_not_allowed")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("rack")
def test_strangers_get_neither_the_product_nor_the_photo(
    shop: Shop, analyzer: Analyzer, token: str
) -> None:
    other = make_shop(language="en")
    hang(other, analyzer, "theirs", "trousers", "black")
    _, stranger = make_key("sk", shop=other)
    reply = around(stranger, "shirt-red")
    assert (reply.status_code, reply.json()["code"]) == (404, "product_not_found")
    named = own(token, picture("upper")).json()["image_id"]
    assert own(stranger, image_id=named).json()["code"] == "image_expired"
    suggested = {sku for row in rows(around(token, "shirt-red")).values() for sku in row}
    assert "theirs" not in suggested
    suggested = {sku for row in rows(around(stranger, "theirs")).values() for sku in row}
    assert suggested == set()
