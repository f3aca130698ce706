"""The parts of one request that combine: weights, order, groups, garments, words, facets."""

from math import sqrt
from typing import Any

import pytest

from analytics.models import Event
from billing.models import LedgerEntry
from catalog.models import Product
from catalog.services.postings import postings_write
from catalog.shades import packed as shades_packed
from catalog.terms import product_terms
from recommender import by_photo
from recommender.models import Rule
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_garment, make_key, make_photo, make_product, make_shop
from tests.recommender.stock import ask, count_in, picture, show, skus, stocked
from vision.analyzer import Analyzer
from vision.colorspace import hex_to_lab

pytestmark = pytest.mark.django_db


def palette(family: str, hex_: str) -> dict[str, Any]:
    lab = [float(one) for one in hex_to_lab(hex_)]
    color = {"name": family, "name_ko": family, "family": family, "hex": hex_, "share": 1.0}
    return {"palette": [color | {"lab": lab}], "color_family": family}


RED, BLUE = palette("red", "#c8102e"), palette("blue", "#1f3fa8")


@pytest.fixture
def shop(analyzer: Analyzer) -> Shop:
    return make_shop(language="en", currency="KRW")


@pytest.fixture
def token(shop: Shop) -> str:
    return make_key("sk", shop=shop)[1]


@pytest.fixture
def two(shop: Shop, analyzer: Analyzer) -> None:
    """One of the photo's shape in blue, one of another shape in its red."""
    stocked(shop, analyzer, product={"sku": "shape", "price": 300}, **packed(BLUE))
    stocked(
        shop,
        analyzer,
        data=picture("upper", stain=80),
        product={"sku": "color", "price": 200},
        **packed(RED),
    )


def packed(color: dict[str, Any]) -> dict[str, Any]:
    """Columns of a garment of this colour."""
    return {**color, "shades": shades_packed(color["palette"])}


@pytest.mark.usefixtures("two")
def test_weights_move_the_order_and_say_what_each_part_gave(token: str) -> None:
    by_shape = show(token, picture("upper"), weights={"shape": 1})
    image_id = by_shape.json()["query"]["image_id"]
    by_color = ask(token, image_id=image_id, weights={"color": 3})
    assert skus(by_shape) == ["shape", "color"]
    assert skus(by_color) == ["color", "shape"]
    mixed = ask(token, image_id=image_id, weights={"shape": 1, "color": 1}).json()["results"]
    for one in mixed:
        why = one["why"]
        assert why["gave"]["shape"] == pytest.approx(why["shape"] / 2, abs=1e-4)
        assert why["gave"]["color"] == pytest.approx(why["color"] / 2, abs=1e-4)
        assert why["gave"]["category"] == why["gave"]["words"] == 0
        assert one["score"] == pytest.approx(sum(why["gave"].values()), abs=3e-4)


@pytest.mark.usefixtures("two")
def test_results_under_the_least_score_are_left_out(token: str) -> None:
    scores = {
        one["product_id"]: one["score"]
        for one in show(token, picture("upper"), weights={"shape": 1}).json()["results"]
    }
    between = sum(scores.values()) / 2
    reply = show(token, picture("upper"), weights={"shape": 1}, min_score=between)
    assert skus(reply) == ["shape"] and reply.json()["found"] == 1
    assert skus(show(token, picture("upper"), weights={"shape": 1}, min_score=1.0)) == ["shape"]


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("relevance", ["shape", "color", "free"]),
        ("price_asc", ["color", "shape", "free"]),
        ("price_desc", ["shape", "color", "free"]),
        ("newest", ["free", "color", "shape"]),
    ],
)
def test_the_order_may_be_by_price_or_date(
    shop: Shop, token: str, analyzer: Analyzer, sort: str, expected: list[str]
) -> None:
    stocked(
        shop,
        analyzer,
        data=picture("lower"),
        product={"sku": "free", "price": None},
        **packed(BLUE),
    )
    assert skus(show(token, picture("upper"), sort=sort, weights={"shape": 1})) == expected


def test_variants_are_one_result_unless_asked_otherwise(
    shop: Shop, token: str, analyzer: Analyzer
) -> None:
    for number, stain in enumerate((40, 0, 80)):
        stocked(
            shop,
            analyzer,
            data=picture("upper", stain=stain),
            product={"sku": f"size-{number}", "variant_group": "dress"},
            variant_group="dress",
        )
    stocked(shop, analyzer, data=picture("lower"), product={"sku": "alone"})
    reply = show(token, picture("upper"), weights={"shape": 1})
    assert skus(reply) == ["size-1", "alone"] and reply.json()["found"] == 2
    best, alone = reply.json()["results"]
    assert best["variants"] == {"count": 2, "skus": ["size-0", "size-2"]}
    assert alone["variants"] == {"count": 0, "skus": []}
    each = show(token, picture("upper"), weights={"shape": 1}, group_by="none")
    assert skus(each) == ["size-1", "size-0", "size-2", "alone"]
    assert skus(ask(token, product_id="size-0")) == ["alone"]  # not its own other sizes
    assert len(skus(ask(token, product_id="size-0", group_by="none"))) == 3


def test_look_alikes_are_folded_unless_asked_otherwise(
    shop: Shop, token: str, analyzer: Analyzer
) -> None:
    first = stocked(shop, analyzer, data=picture("upper", stain=40), product={"sku": "first"})
    stocked(shop, analyzer, product={"sku": "again"}, fold=first.pk)
    stocked(shop, analyzer, data=picture("lower"), product={"sku": "other"})
    reply = show(token, picture("upper"))
    assert skus(reply) == ["again", "other"]
    assert reply.json()["results"][0]["duplicates"] == {"count": 1, "skus": ["first"]}
    assert set(skus(show(token, picture("upper"), fold=False))) == {"again", "first", "other"}
    assert skus(ask(token, product_id="first")) == ["other"]


def test_another_garment_of_the_photo_may_be_looked_for(
    shop: Shop, token: str, analyzer: Analyzer
) -> None:
    stocked(shop, analyzer, data=picture("upper"), product={"sku": "top"})
    stocked(shop, analyzer, data=picture("lower"), product={"sku": "skirt"})
    photo = picture("upper", "lower")
    assert skus(show(token, photo, weights={"shape": 1})) == ["top", "skirt"]
    reply = show(token, photo, object=1, weights={"shape": 1})
    assert reply.json()["query"]["selected"] == 1
    assert skus(reply) == ["skirt", "top"]
    refused = show(token, photo, object=2)
    assert (refused.status_code, refused.json()["code"]) == (400, "validation_error")
    assert "2 were found" in refused.json()["errors"][0]["message"]


def test_a_photo_of_an_outfit_gives_a_row_a_garment(
    shop: Shop, token: str, analyzer: Analyzer
) -> None:
    stocked(shop, analyzer, data=picture("upper"), product={"sku": "top"})
    stocked(shop, analyzer, data=picture("lower"), product={"sku": "skirt"})
    body = show(token, picture("upper", "lower"), objects="all", weights={"shape": 1}).json()
    assert [row["garment"] for row in body["rows"]] == [0, 1]
    assert body["rows"][0]["results"] == body["results"]
    assert [row["results"][0]["product_id"] for row in body["rows"]] == ["top", "skirt"]
    assert all(row["slot"] and row["label"] for row in body["rows"])
    alone = ask(token, image_id=body["query"]["image_id"], object=1, weights={"shape": 1})
    assert body["rows"][1]["results"] == alone.json()["results"]
    assert show(token, picture("upper", "lower")).json()["rows"] == []
    assert count_in(shop, LedgerEntry) == 1 and count_in(shop, Event) == 3


@pytest.mark.usefixtures("two")
def test_facets_are_counted_under_the_filters(token: str) -> None:
    asked: dict[str, Any] = {"facets": ["color", "price"], "filters": {"color": ["red"]}}
    color, price = show(token, picture("upper"), **asked).json()["facets"]
    assert (color["kind"], price["kind"]) == ("color", "price")
    counts = {one["value"]: (one["count"], one["selected"]) for one in color["values"]}
    assert counts == {"red": (1, True), "blue": (1, False)}
    assert (price["low"], price["high"]) == (200, 200)
    every = show(token, picture("upper"), facets="all").json()["facets"]
    assert {"color", "category", "price", "in_stock"} <= {one["kind"] for one in every}
    assert show(token, picture("upper")).json()["facets"] == []
    refused = show(token, picture("upper"), facets=["colour"]).json()
    assert refused["errors"][0]["field"] == "facets"
    assert "'colour'" in refused["detail"] and "color" in refused["detail"]


def worded(shop: Shop, analyzer: Analyzer, sku: str, title: str, **garment: Any) -> Product:
    """A product with texts that words find."""
    made = stocked(shop, analyzer, product={"sku": sku, "title": title}, **garment)
    with shop_scope(shop):
        postings_write(wanted={made.pk: product_terms(made, (), str.split)})
    return made


@pytest.fixture
def linen(shop: Shop, analyzer: Analyzer) -> None:
    worded(shop, analyzer, "red-linen", "Linen picnic dress", category="dress", **packed(RED))
    worded(shop, analyzer, "blue-linen", "Linen picnic shirt", category="shirt", **packed(BLUE))
    worded(shop, analyzer, "red-silk", "Silk dress", category="dress", **packed(RED))


@pytest.mark.usefixtures("linen")
def test_words_alone_are_filters_and_texts(shop: Shop, token: str) -> None:
    body = ask(token, text="red picnic dress").json()
    assert [one["product_id"] for one in body["results"]] == ["red-linen", "red-silk"]
    assert {(one["kind"], one["value"]) for one in body["understood"]} == {
        ("color", "red"),
        ("category", "dress"),
    }
    assert body["words"]["terms"] == ["picnic"]
    assert body["query"]["garments"] == [] and body["query"]["image_id"] is None
    result, other = body["results"]
    assert result["score"] > other["score"]
    assert result["score"] == result["why"]["words"] == result["why"]["gave"]["words"] == 1.0
    assert result["why"]["sentence"] == "It fits Red, Dress, and its texts and tags have “picnic”."
    assert count_in(shop, LedgerEntry) == count_in(shop, Event) == 1


@pytest.mark.usefixtures("linen")
def test_words_that_are_all_filters_find_everything_that_passes(
    shop: Shop, token: str, analyzer: Analyzer
) -> None:
    stocked(shop, analyzer, product={"sku": "no-texts-yet"}, category="dress", **packed(RED))
    found = skus(ask(token, text="red dress"))
    assert set(found) == {"red-linen", "red-silk", "no-texts-yet"}
    assert found[-1] == "no-texts-yet"
    assert skus(ask(token, text="빨간 원피스", lang="ko")) == found


@pytest.mark.usefixtures("linen")
def test_what_was_understood_can_be_taken_off(token: str) -> None:
    chips = {one["kind"]: one["id"] for one in ask(token, text="red dress").json()["understood"]}
    without = ask(token, text="red dress", words_off=[chips["color"]]).json()
    assert {one["kind"] for one in without["understood"]} == {"category"}
    assert all(one["category"] == "dress" for one in without["results"])


@pytest.mark.usefixtures("linen")
def test_a_filter_that_was_chosen_stands_above_the_words(token: str) -> None:
    assert skus(ask(token, text="red", filters={"color": ["blue"]})) == ["blue-linen"]


@pytest.mark.usefixtures("linen")
def test_words_that_nobody_knows_find_nothing(token: str) -> None:
    body = ask(token, text="qwxzkj").json()
    assert (body["total"], body["found"], body["results"]) == (0, 0, [])
    assert body["words"]["unknown"] == ["qwxzkj"]
    assert body["next_cursor"] is None


@pytest.mark.usefixtures("linen")
def test_the_same_words_again_cost_nothing(shop: Shop, token: str) -> None:
    for text in ("red dress", "Red  dress", "blue"):
        assert ask(token, text=text).status_code == 200
    assert count_in(shop, LedgerEntry) == 2


@pytest.mark.usefixtures("two")
def test_a_photo_but_in_another_colour(token: str) -> None:
    body = show(token, picture("upper"), text="but in blue").json()
    assert [one["product_id"] for one in body["results"]] == ["shape"]
    assert body["results"][0]["why"]["color"] > 0.7
    assert body["understood"][0]["applied"] is True
    plain = show(token, picture("upper")).json()["results"]
    color = {one["product_id"]: one["why"]["color"] for one in plain}
    assert color["shape"] < body["results"][0]["why"]["color"]


@pytest.mark.usefixtures("two")
def test_what_the_shop_has_not_orders_and_leaves_nothing_out(token: str) -> None:
    body = show(token, picture("upper"), text="but in green").json()
    assert len(body["results"]) == 2
    assert [(one["value"], one["applied"]) for one in body["understood"]] == [("green", False)]
    assert ask(token, text="green dress").json()["results"] == []


@pytest.mark.usefixtures("two")
def test_words_that_nothing_has_all_of_give_way_but_not_what_the_thing_is(token: str) -> None:
    body = ask(token, text="green t-shirt").json()
    assert {one["product_id"] for one in body["results"]} == {"shape", "color"}
    said = {one["kind"]: one["applied"] for one in body["understood"]}
    assert said == {"color": False, "category": True}
    # What was chosen by hand stays, and a colour alone is no thing to look for.
    assert ask(token, text="t-shirt", filters={"color": ["green"]}).json()["results"] == []
    assert ask(token, text="green").json()["results"] == []
    assert ask(token, text="blue t-shirt under 100 won").json()["results"] == []
    striped = ask(token, text="blue striped t-shirt").json()
    assert [one["product_id"] for one in striped["results"]] == ["shape"]
    assert {one["kind"]: one["applied"] for one in striped["understood"]}["color"] is True


@pytest.mark.usefixtures("linen")
def test_words_beside_a_photo_bring_their_own_order(token: str) -> None:
    body = show(token, picture("upper"), text="linen picnic", weights={"shape": 1}).json()
    order = [one["product_id"] for one in body["results"]]
    assert set(order[:2]) == {"red-linen", "blue-linen"} and order[2] == "red-silk"
    for one in body["results"]:
        assert one["score"] == pytest.approx(sum(one["why"]["gave"].values()), abs=5e-4)
    assert "have “Linen picnic”." in body["results"][0]["why"]["sentence"]
    assert "have" not in body["results"][2]["why"]["sentence"]


@pytest.mark.usefixtures("linen")
def test_half_a_fit_of_the_words_gives_more_than_half_beside_a_photo(
    shop: Shop, analyzer: Analyzer, token: str
) -> None:
    worded(shop, analyzer, "linen", "Linen")
    body = show(token, picture("upper"), text="linen picnic", weights={"shape": 1}).json()
    why = {one["product_id"]: one["why"] for one in body["results"]}["linen"]
    assert 0 < why["words"] < 1
    assert why["gave"]["words"] == pytest.approx(0.3 * sqrt(why["words"]), abs=1e-4)


@pytest.mark.usefixtures("linen")
def test_words_count_for_all_that_the_photo_found_however_many_have_them(
    token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_photo, "MOST_BESIDE", 1)
    body = show(token, picture("upper"), text="linen", weights={"shape": 1}).json()
    have = {one["product_id"]: one["why"]["gave"]["words"] > 0 for one in body["results"]}
    assert have == {"red-linen": True, "blue-linen": True, "red-silk": False}


@pytest.mark.usefixtures("linen")
def test_pages_of_words_say_the_same_as_one(token: str) -> None:
    whole = ask(token, text="picnic dress", limit=3).json()
    first = ask(token, text="picnic dress", limit=1).json()
    second = ask(token, cursor=first["next_cursor"], limit=2).json()
    assert first["results"] + second["results"] == whole["results"]
    assert second["understood"] == first["understood"]
    assert second["words"] == first["words"]


@pytest.mark.usefixtures("linen")
def test_a_page_of_a_price_order_starts_with_the_cheapest_of_all(shop: Shop, token: str) -> None:
    with shop_scope(shop):
        for price, sku in ((300, "red-linen"), (100, "red-silk")):
            product = Product.objects.get(sku=sku)
            product.garments.update(selling_price=price)
    assert skus(ask(token, text="red dress", sort="price_asc")) == ["red-silk", "red-linen"]
    assert skus(ask(token, text="red dress", sort="price_desc")) == ["red-linen", "red-silk"]


def test_clicks_move_the_order_only_where_the_shop_wants_it(
    shop: Shop, token: str, analyzer: Analyzer
) -> None:
    stocked(shop, analyzer, data=picture("upper", stain=58), product={"sku": "a"}, **packed(RED))
    stocked(shop, analyzer, data=picture("upper", stain=60), product={"sku": "b"}, **packed(BLUE))
    stocked(shop, analyzer, data=picture("lower"), product={"sku": "seen"}, **packed(BLUE))
    asked: dict[str, Any] = {"weights": {"shape": 1}, "clicked": ["seen"], "limit": 2}
    assert skus(show(token, picture("upper"), **asked)) == ["a", "b"]
    Shop.objects.filter(pk=shop.pk).update(personalised=True)
    assert skus(show(token, picture("upper"), **asked)) == ["b", "a"]


def test_a_pin_stands_on_its_place_through_groups(
    shop: Shop, token: str, analyzer: Analyzer
) -> None:
    stocked(shop, analyzer, product={"sku": "best"})
    stocked(
        shop, analyzer, data=picture("upper", stain=30), product={"sku": "s"}, variant_group="g"
    )
    stocked(
        shop, analyzer, data=picture("upper", stain=60), product={"sku": "m"}, variant_group="g"
    )
    stocked(shop, analyzer, data=picture("lower"), product={"sku": "far"})
    asked: dict[str, Any] = {"weights": {"shape": 1}}
    assert skus(show(token, picture("upper"), **asked)) == ["best", "s", "far"]
    with shop_scope(shop):
        Rule.objects.create(name="pin", action="pin", skus=["m"], place=1)
    reply = show(token, picture("upper"), **asked)
    assert skus(reply) == ["m", "best", "far"]
    assert [one["pinned"] for one in reply.json()["results"]] == [True, False, False]
    assert reply.json()["results"][0]["variants"]["skus"] == ["s"]


def test_a_product_shows_its_first_photo_and_the_garment_that_was_found(
    shop: Shop, token: str, analyzer: Analyzer
) -> None:
    product = make_product(shop, sku="two")
    first = make_photo(product, state="done", revision=analyzer.revision)
    make_garment(first, **packed(RED))
    second = make_photo(product, state="done", revision=analyzer.revision)
    seen = stocked(shop, analyzer, product={"sku": "twin"})
    with shop_scope(shop):
        near = seen.garments.get().embedding
    make_garment(second, embedding=near, **packed(BLUE))
    found = show(token, picture("upper"), weights={"shape": 1}, fold=False).json()["results"]
    two = next(one for one in found if one["product_id"] == "two")
    assert two["color"]["family"] == "blue"
    assert first.digest in two["image_url"]
