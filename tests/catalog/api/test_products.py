from typing import Any

import pytest

from catalog.models import Photo, Product, Tag
from tenants.models import AuditEntry
from tenants.scope import shop_scope
from tests.catalog.api.caller import Caller, at, fields
from tests.factories import make_garment, make_key, make_photo, make_product, make_shop

pytestmark = pytest.mark.django_db

WHOLE = {
    "title": "Floral midi dress",
    "description": "Light",
    "brand": "Mori",
    "url": "https://shop.example/p/1",
    "category": "Women > Dresses",
    "gender": "women",
    "season": "summer",
    "price": 59000,
    "sale_price": {"amount": 49000, "currency": "KRW"},
    "in_stock": False,
    "variant_group": "G1",
    "attributes": {"fit": "loose", "sizes": ["S", "M"]},
    "translations": {"ko": {"title": "꽃무늬 원피스"}},
    "tags": {"pattern": "floral"},
    "photos": ["https://shop.example/1.jpg", "https://shop.example/2.jpg"],
}


def test_a_product_is_made_as_it_was_sent(ours: Caller) -> None:
    made = ours.put(at("MR-1"), WHOLE)
    assert made.status_code == 201, made.content
    assert made.headers["Location"] == "/api/v1/products/MR-1"
    told = ours.get(at("MR-1")).json()
    assert told == made.json()
    same = {name: told[name] for name in ("title", "brand", "category", "season", "in_stock")}
    assert same == {name: WHOLE[name] for name in same}
    assert told["price"] == {"amount": 59000, "currency": "KRW"}
    assert told["sale_price"] == {"amount": 49000, "currency": "KRW"}
    assert told["attributes"] == WHOLE["attributes"]
    assert told["translations"] == WHOLE["translations"]
    said = {kind: (tag["value"], tag["source"]) for kind, tag in told["tags"].items()}
    # The shop's category names ours, as in a file.
    assert said == {"pattern": ("floral", "feed"), "category": ("dress", "feed")}
    photos = [(one["source_url"], one["state"]) for one in told["photos"]]
    assert photos == [(url, "pending") for url in WHOLE["photos"]]


def test_a_second_put_replaces_and_leaves_unnamed_photos(ours: Caller) -> None:
    ours.put(at("MR-1"), WHOLE)
    again = ours.put(at("MR-1"), {"title": "Plain"})
    assert again.status_code == 200
    told = again.json()
    assert (told["title"], told["brand"], told["price"], told["attributes"]) == (
        "Plain",
        "",
        None,
        {},
    )
    assert (told["in_stock"], told["tags"]) == (True, {})
    assert len(told["photos"]) == 2
    assert ours.put(at("MR-1"), {"title": "Plain", "photos": []}).json()["photos"] == []


def test_a_patch_changes_what_it_names(ours: Caller) -> None:
    ours.put(at("MR-1"), WHOLE)
    changed = ours.patch(
        at("MR-1"),
        {
            "brand": None,
            "in_stock": True,
            "attributes": {"fit": None, "cloth": "linen"},
            "translations": {"ko": {"description": "가벼워요"}},
            "tags": {"pattern": None, "color": "navy"},
        },
        kind="application/merge-patch+json",
    )
    assert changed.status_code == 200, changed.content
    told = changed.json()
    assert (told["title"], told["brand"], told["in_stock"]) == (WHOLE["title"], "", True)
    assert told["attributes"] == {"sizes": ["S", "M"], "cloth": "linen"}
    assert told["translations"] == {"ko": {"title": "꽃무늬 원피스", "description": "가벼워요"}}
    assert {kind: tag["value"] for kind, tag in told["tags"].items()} == {
        "category": "dress",
        "color": "navy",
    }
    assert len(told["photos"]) == 2
    assert ours.patch(at("MR-1"), {"attributes": None, "tags": None}).json()["attributes"] == {}


def test_a_patch_of_the_price_is_held_against_the_other(ours: Caller) -> None:
    ours.put(at("MR-1"), {"title": "T", "price": 100})
    assert fields(ours.patch(at("MR-1"), {"sale_price": 101})) == {
        "sale_price": "sale_price_above_price"
    }
    assert ours.patch(at("MR-1"), {"sale_price": 90}).json()["sale_price"]["amount"] == 90
    assert fields(ours.patch(at("MR-1"), {"price": None})) == {"price": "price_missing"}


def test_a_deleted_product_is_gone(ours: Caller) -> None:
    ours.put(at("MR-1"), WHOLE)
    assert ours.delete(at("MR-1")).status_code == 204
    for reply in (ours.get(at("MR-1")), ours.delete(at("MR-1")), ours.patch(at("MR-1"), {})):
        assert (reply.status_code, reply.json()["code"]) == (404, "product_not_found")
    with shop_scope(ours.shop):
        assert not Photo.objects.exists()
        told = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert told == ["api put", "api delete"]


@pytest.mark.parametrize(
    "sku", ["A/B", "린넨 셔츠", "👗-1", "a?b#c", "50%", "x/photos-1", "..", "a+b&c=d", "Ä" * 100]
)
def test_a_sku_may_hold_anything(ours: Caller, sku: str) -> None:
    assert ours.put(at(sku), {"title": "T", "sku": sku}).status_code == 201
    assert ours.get(at(sku)).json()["sku"] == sku
    assert ours.get("/products", {"sku": sku}).json()["results"][0]["sku"] == sku
    assert ours.delete(at(sku)).status_code == 204


def test_finding_still_answers_below_a_product(ours: Caller) -> None:
    ours.put(at("A/B"), {"title": "T"})
    for name in ("similar", "outfit"):
        assert ours.get(f"{at('A/B')}/{name}").json()["code"] in (
            "product_not_ready",
            "no_products_ready",
        )


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"title": ""}, "title", "blank"),
        ({"title": None}, "title", "null"),
        ({"title": "x" * 301}, "title", "max_length"),
        ({"title": ["x"]}, "title", "invalid"),
        ({"title": "a\0b"}, "title", "null_characters_not_allowed"),
        ({"title": "a\ud800"}, "title", "surrogate_characters_not_allowed"),
        ({"colour": "red"}, "colour", "unknown_field"),
        ({"price": "39000"}, "price", "not_a_price"),
        ({"price": 39.9}, "price", "not_a_price"),
        ({"price": -1}, "price", "not_a_price"),
        ({"price": True}, "price", "not_a_price"),
        ({"price": 10**16}, "price", "not_a_price"),
        ({"price": {"amount": 1, "currency": "XXZ"}}, "price", "not_a_currency"),
        (
            {"price": {"amount": 1, "currency": "USD"}, "currency": "KRW"},
            "currency",
            "currencies_differ",
        ),
        ({"sale_price": 1}, "price", "price_missing"),
        ({"price": 1, "sale_price": 2}, "sale_price", "sale_price_above_price"),
        ({"currency": "won"}, "currency", "not_a_currency"),
        ({"currency": ["KRW"]}, "currency", "not_a_currency"),
        ({"in_stock": "maybe"}, "in_stock", "invalid"),
        ({"in_stock": [1]}, "in_stock", "invalid"),
        ({"gender": "robots"}, "gender", "invalid_choice"),
        ({"url": "javascript:alert(1)"}, "url", "not_an_address"),
        ({"attributes": [1]}, "attributes", "not_an_object"),
        ({"attributes": {"a": {"b": 1}}}, "attributes.a", "not_an_attribute"),
        ({"attributes": {"a": "\ud800"}}, "attributes.a", "not_an_attribute"),
        ({"attributes": {str(n): 1 for n in range(101)}}, "attributes", "too_many"),
        ({"translations": {"fr": {}}}, "translations", "unknown_language"),
        ({"translations": {"ko": {"brand": "x"}}}, "translations.ko", "unknown_field"),
        ({"tags": {"color": "crimson"}}, "tags.color", "unknown_value"),
        ({"tags": {"size": "S"}}, "tags.size", "unknown_kind"),
        ({"photos": "https://x.example/1.jpg"}, "photos", "not_a_list"),
        ({"photos": ["http://169.254.169.254/"]}, "photos.0", "private_address"),
        ({"photos": ["file:///etc/passwd"]}, "photos.0", "bad_scheme"),
        ({"photos": [f"https://x.example/{n}" for n in range(21)]}, "photos", "max_length"),
        ({"sku": "other"}, "sku", "another_sku"),
    ],
)
def test_what_is_wrong_is_named(ours: Caller, wrong: Any, field: str, code: str) -> None:
    told = fields(ours.put(at("MR-1"), {"title": "T"} | wrong))
    assert set(told) == {field}
    if not field.startswith("photos.0"):
        assert told[field] == code
    with shop_scope(ours.shop):
        assert not Product.objects.exists()


def test_wrong_values_are_told_with_those_that_exist(ours: Caller) -> None:
    reply = ours.put(at("MR-1"), {"title": "T", "tags": {"color": "crimson"}})
    assert "navy" in reply.json()["detail"]
    korean = ours.put(at("MR-1"), {"title": "T", "price": "1"}, Accept_Language="ko")
    assert "정수" in korean.json()["detail"]


@pytest.mark.parametrize("body", [None, [], "x", 1, {"title": {}}])
def test_a_body_that_is_no_product(ours: Caller, body: Any) -> None:
    assert ours.put(at("MR-1"), body).status_code == 400


def test_broken_and_huge_json(ours: Caller) -> None:
    from django.test import Client

    def sent(data: bytes) -> Any:
        kind = "application/json"
        where = "/api/v1/products/X"
        return Client().put(where, data, content_type=kind, headers=ours.headers)

    assert sent(b'{"title": ').json()["code"] == "parse_error"
    assert sent(b"[" * 100_000).json()["code"] == "parse_error"
    assert sent(b'{"title": NaN}').json()["code"] == "parse_error"
    assert sent(b'{"title": "' + b"x" * 10_000_000 + b'"}').json()["code"] == "validation_error"
    assert sent(b'{"title": "' + b"x" * 13_000_000 + b'"}').json()["code"] == "too_large"


def test_tags_say_who_said_them(ours: Caller) -> None:
    product = make_product(ours.shop, sku="A")
    photo = make_photo(product, state="done")
    make_garment(photo)
    with shop_scope(ours.shop):
        Tag.objects.create(
            product=product,
            kind="color",
            value="red",
            source="model",
            probability=0.9,
            revision="r",
        )
        Tag.objects.create(product=product, kind="color", value="navy", source="person")
    told = ours.get(at("A")).json()
    assert (told["tags"]["color"]["value"], told["tags"]["color"]["source"]) == ("navy", "person")
    assert [(one["source"], one["probability"]) for one in told["statements"]] == [
        ("person", None),
        ("model", 0.9),
    ]
    assert told["photos"][0]["state"] == "done"


def test_only_a_secret_key_of_the_shop(ours: Caller) -> None:
    make_product(ours.shop, sku="A")
    other = Caller(make_shop(ours.shop.mall))
    for call in (
        lambda who: who.get(at("A")),
        lambda who: who.patch(at("A"), {"title": "theirs"}),
        lambda who: who.delete(at("A")),
        lambda who: who.post(f"{at('A')}/photos", {"url": "https://x.example/1.jpg"}),
    ):
        assert call(other).status_code == 404
        publishable = Caller(ours.shop, "pk")
        refused = call(publishable)
        assert (refused.status_code, refused.json()["code"]) == (403, "key_kind_not_allowed")
        _forget(publishable)
    assert other.get("/products").json()["results"] == []
    mall = Caller(ours.shop)
    mall.headers = {"Authorization": f"Bearer {make_key('mk', mall=ours.shop.mall)[1]}"}
    assert mall.get("/products").status_code == 403
    assert other.put(at("A"), {"title": "theirs"}).status_code == 201
    with shop_scope(ours.shop):
        assert Product.objects.get().title == "Product A"


def _forget(caller: Caller) -> None:
    from tenants.models import ApiKey

    ApiKey.objects.filter(digest=ApiKey.digest_of(caller.token)).delete()
