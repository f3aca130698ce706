import pytest

from catalog.models import Product
from tenants.models import Shop
from tests.factories import make_key, make_shop
from tests.recommender.stock import ask, picture, random_stock, show, skus, stocked
from vision.analyzer import Analyzer

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(analyzer: Analyzer) -> Shop:
    shop = make_shop(language="en")
    rows = {
        "dress-red": ({"price": 10000, "gender": "women"}, "dress", "floral", "red"),
        "boots": ({"price": 90000, "gender": "unisex"}, "boots", "solid", "black"),
        "shoes": (
            {"price": 50000, "sale_price": 20000, "gender": "men"},
            "shoes",
            "solid",
            "brown",
        ),
        "shirt": ({"price": 30000, "gender": "men"}, "shirt", "check", "blue"),
        "blouse": ({"price": None, "gender": ""}, "blouse", "solid", "white"),
    }
    for sku, (product, category, pattern, color) in rows.items():
        stocked(
            shop,
            analyzer,
            product={"sku": sku, **product},
            category=category,
            pattern=pattern,
            color_family=color,
        )
    return shop


@pytest.fixture
def token(shop: Shop) -> str:
    return make_key("sk", shop=shop)[1]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {"dress-red", "boots", "shoes", "shirt", "blouse"}),
        ({"category": ["dress"]}, {"dress-red"}),
        ({"category": "dress"}, {"dress-red"}),
        ({"category": ["dress", "boots"]}, {"dress-red", "boots"}),
        ({"category": ["shoes"]}, {"shoes", "boots"}),
        ({"category": ["blouse"]}, {"blouse"}),
        ({"category": ["shirt"]}, {"shirt", "blouse"}),
        ({"pattern": ["solid"]}, {"boots", "shoes", "blouse"}),
        ({"color": ["blue", "white"]}, {"shirt", "blouse"}),
        ({"gender": ["men", "unisex"]}, {"boots", "shoes", "shirt"}),
        ({"price": {"max": 30000}}, {"dress-red", "shoes", "shirt"}),
        ({"price": {"min": 30000}}, {"boots", "shirt"}),
        ({"price": {"min": 20000, "max": 20000}}, {"shoes"}),
        ({"price": {}}, {"dress-red", "boots", "shoes", "shirt", "blouse"}),
        ({"category": ["shirt"], "price": {"min": 1}}, {"shirt"}),
        ({"category": [], "color": ["gold"]}, set()),
    ],
)
def test_a_filter_keeps_exactly_what_fits(
    token: str, filters: dict[str, object], expected: set[str]
) -> None:
    assert set(skus(show(token, picture("upper"), filters=filters))) == expected
    by_product = skus(ask(token, product_id="dress-red", filters=filters))
    assert set(by_product) == expected - {"dress-red"}


def test_a_rare_kind_is_found_behind_many_nearer_ones(
    shop: Shop, token: str, analyzer: Analyzer
) -> None:
    seen = ask(token, product_id="shirt")
    assert seen.status_code == 200
    random_stock(shop, analyzer.revision, 40, category="coat", color_family="navy")
    assert skus(show(token, picture("upper"), filters={"color": ["blue"]}, limit=48)) == ["shirt"]
    everything = skus(show(token, picture("upper"), limit=48))
    assert len(everything) == len(set(everything)) == 45


def test_many_photos_of_one_product_do_not_push_others_out(
    shop: Shop, token: str, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from recommender import candidates
    from tests.factories import make_garment, make_photo
    from vision.decode import decode_image

    monkeypatch.setattr(candidates, "POOL_LEAST", 5)
    monkeypatch.setattr(candidates, "POOL_FACTOR", 1)
    crowd = stocked(shop, analyzer, product={"sku": "crowd"})
    near = [float(one) for one in analyzer.analyze(decode_image(picture("upper"))).main.embedding]
    for _ in range(60):
        photo = make_photo(crowd, stored=False, state="done", revision=analyzer.revision)
        make_garment(photo, embedding=near)
    assert len(skus(show(token, picture("upper"), limit=6))) == 6


@pytest.mark.parametrize(
    ("filters", "field", "told"),
    [
        ({"colour": ["red"]}, "filters", ["'colour'", "color", "price"]),
        ({"color": ["crimson"]}, "filters.color", ["'crimson'", "red", "navy"]),
        ({"category": ["gown"]}, "filters.category", ["'gown'", "dress"]),
        ({"pattern": ["plaid"]}, "filters.pattern", ["'plaid'", "check"]),
        ({"gender": ["female"]}, "filters.gender", ["'female'", "women"]),
        ({"gender": [None]}, "filters.gender", ["women"]),
        ({"gender": [["women"]]}, "filters.gender", ["women"]),
        ({"category": {"a": 1}}, "filters.category", ["list"]),
        ({"price": 5}, "filters.price", ["object"]),
        ({"price": {"from": 5}}, "filters.price", ["'from'", "min, max"]),
        ({"price": {"min": "5"}}, "filters.price.min", ["whole number"]),
        ({"price": {"min": 1.5}}, "filters.price.min", ["whole number"]),
        ({"price": {"max": 2**63}}, "filters.price.max", ["whole number"]),
        ({"price": {"min": 9, "max": 5}}, "filters.price", ["above"]),
        ([1], "filters", ["object"]),
        ("{", "filters", ["JSON"]),
    ],
)
def test_a_filter_that_is_wrong_is_named_with_what_exists(
    token: str, filters: object, field: str, told: list[str]
) -> None:
    for reply in (
        show(token, picture("upper"), filters=filters),
        ask(token, product_id="shirt", filters=filters),
    ):
        body = reply.json()
        assert (reply.status_code, body["code"]) == (400, "validation_error"), body
        (error,) = body["errors"]
        assert error["field"] == field
        for word in told:
            assert word in error["message"]


def test_what_is_wrong_is_told_in_korean_too(token: str, shop: Shop) -> None:
    reply = ask(token, product_id="shirt", filters={"color": ["빨강색"]}, lang="ko")
    assert reply.json()["errors"][0]["message"].startswith("color에 '빨강색' 값은 없어요.")
    assert Product is not None and shop.language == "en"
