"""The main job: a photo, an address or a product in, the shop's own like it out."""

import re
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from analytics.models import DailyCount, Event
from billing.models import Kind, LedgerEntry
from catalog.models import Product
from recommender.services import similar_products
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_key, make_product, make_shop
from tests.recommender.stock import ask, count_in, picture, random_stock, show, skus, stocked
from vision.analyzer import Analyzer

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(analyzer: Analyzer) -> Shop:
    return make_shop(language="en", currency="KRW")


@pytest.fixture
def token(shop: Shop) -> str:
    return make_key("sk", shop=shop)[1]


@pytest.fixture
def three(shop: Shop, analyzer: Analyzer) -> list[Product]:
    """The same garment, one a little and one very unlike."""
    return [
        stocked(shop, analyzer, data=picture("upper"), product={"sku": "same"}),
        stocked(shop, analyzer, data=picture("upper", stain=60), product={"sku": "near"}),
        stocked(shop, analyzer, data=picture("lower"), product={"sku": "far"}),
    ]


@pytest.mark.usefixtures("three")
def test_a_photo_finds_what_looks_like_it_first(token: str) -> None:
    reply = show(token, picture("upper"), limit=3)
    assert skus(reply) == ["same", "near", "far"]
    body = reply.json()
    best = body["results"][0]
    assert best["why"]["shape"] > 0.99
    scores = [one["score"] for one in body["results"]]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert body["total"] == 3
    uuid.UUID(body["search_id"])
    assert body["request_id"] == reply["X-Request-ID"]


@pytest.mark.usefixtures("three")
def test_the_reply_tells_what_was_seen_in_the_photo(token: str) -> None:
    query = show(token, picture("upper", "lower")).json()["query"]
    assert (query["width"], query["height"], query["found"]) == (160, 200, True)
    assert query["selected"] == 0
    assert [one["index"] for one in query["garments"]] == [0, 1]
    main = query["garments"][0]
    x0, y0, x1, y1 = main["box"]
    assert abs(x0 - 32) <= 6 and abs(y0 - 20) <= 6 and abs(x1 - 128) <= 6 and abs(y1 - 120) <= 6
    for head in ("category", "pattern", "style"):
        assert set(main[head]) == {"id", "label", "confidence", "unsure"}
    assert main["colors"][0]["family"] == "red"
    assert sum(color["share"] for color in main["colors"]) == pytest.approx(1, abs=0.01)


@pytest.mark.usefixtures("three")
def test_a_found_garment_has_its_outline_in_the_pixels_of_the_photo(token: str) -> None:
    for size in ((160, 200), (1600, 2000)):
        query = show(token, picture("upper", "lower", size=size)).json()["query"]
        for garment in query["garments"]:
            (ring,) = garment["outline"]
            xs, ys = zip(*ring, strict=True)
            x0, y0, x1, y1 = garment["box"]
            edges = (min(xs) - x0, min(ys) - y0, x1 - max(xs), y1 - max(ys))
            assert 3 <= len(ring) <= 60
            assert all(0 <= edge <= size[0] / 20 for edge in edges)
    assert show(token, picture("background")).json()["query"]["garments"][0]["outline"] == []
    assert ask(token, product_id="same").json()["query"]["garments"][0]["outline"] == []


@pytest.mark.usefixtures("three")
def test_a_later_page_repeats_the_outline(token: str) -> None:
    first = show(token, picture("upper"), limit=1).json()
    page = ask(token, cursor=first["next_cursor"], limit=1).json()
    assert page["query"]["garments"][0]["outline"] == first["query"]["garments"][0]["outline"]
    assert first["query"]["garments"][0]["outline"]


def test_a_result_is_complete(shop: Shop, token: str, analyzer: Analyzer) -> None:
    stocked(
        shop,
        analyzer,
        product={
            "sku": "A/1",
            "title": "Knit",
            "brand": "Mori",
            "url": "https://shop.example/a1",
            "price": 39000,
            "sale_price": 29000,
            "in_stock": False,
            "translations": {"ko": {"title": "니트"}},
        },
        category="sweater",
        pattern="solid",
    )
    (result,) = show(token, picture("upper"), lang="ko").json()["results"]
    assert result["product_id"] == "A/1"
    assert (result["title"], result["brand"]) == ("니트", "Mori")
    assert result["url"] == "https://shop.example/a1"
    assert re.fullmatch(r"http://testserver/.+/[0-9a-f]{64}\.jpg\?signed=.+", result["image_url"])
    assert result["price"] == {"amount": 39000, "currency": "KRW", "display": "₩39,000"}
    assert result["sale_price"]["amount"] == 29000
    assert result["in_stock"] is False
    assert (result["category"], result["pattern"]) == ("sweater", "solid")
    assert result["color"] == {"family": "navy", "hex": "#1f2a44", "name": "네이비"}
    why = result["why"]
    assert set(why) == {"shape", "color", "pattern", "category", "words", "gave", "sentence"}
    assert sum(why["gave"].values()) == pytest.approx(result["score"], abs=0.0003)
    assert why["sentence"].endswith("요.")
    assert result["variants"] == result["duplicates"] == {"count": 0, "skus": []}
    assert result["pinned"] is False


def test_a_product_without_a_page_of_its_own_has_one_on_the_hosted_storefront(
    token: str, shop: Shop, analyzer: Analyzer
) -> None:
    stocked(shop, analyzer, product={"sku": "a b"})
    assert show(token, picture("upper")).json()["results"][0]["url"] == ""
    Shop.objects.filter(pk=shop.pk).update(hosted_storefront=True)
    url = show(token, picture("upper")).json()["results"][0]["url"]
    assert url == f"http://testserver/shop/{shop.slug}/p/a%20b/"


@pytest.mark.usefixtures("three")
def test_a_product_finds_others_like_it_and_not_itself(token: str) -> None:
    reply = ask(token, product_id="same")
    assert skus(reply) == ["near", "far"]
    assert reply.json()["query"]["garments"][0]["category"]["confidence"] == 1.0


@pytest.mark.usefixtures("three")
def test_similar_products_for_a_page_of_ours_are_the_same_and_cost_nothing(
    shop: Shop, token: str
) -> None:
    with shop_scope(shop):
        found = similar_products(shop=shop, sku="same", limit=2)
    assert [one.product.sku for one in found] == skus(ask(token, product_id="same", limit=2))
    assert similar_products(shop=shop, sku="none", limit=2) == []
    assert count_in(shop, LedgerEntry) == 1  # the one that was asked over the API


@pytest.mark.usefixtures("three")
def test_a_box_looks_at_this_part_only(token: str) -> None:
    photo = picture("upper", "lower")
    query = show(token, photo, box=[32, 125, 128, 160]).json()["query"]
    assert len(query["garments"]) == 1
    assert query["garments"][0]["box"] == [32, 125, 128, 160]
    assert query["garments"][0]["colors"][0]["family"] == "blue"


@pytest.mark.usefixtures("three")
def test_boxes_are_in_the_pixels_of_the_photo_as_sent(token: str) -> None:
    large = picture("upper", size=(1600, 2000))
    query = show(token, large).json()["query"]
    assert (query["width"], query["height"]) == (1600, 2000)
    x0, y0, x1, y1 = query["garments"][0]["box"]
    assert abs(x0 - 320) < 40 and abs(y0 - 200) < 40 and abs(x1 - 1280) < 40 and abs(y1 - 1200) < 40
    again = show(token, large, box=[320, 200, 1280, 1200]).json()["query"]
    edges = again["garments"][0]["box"]
    assert all(
        abs(edge - sent) <= 2 for edge, sent in zip(edges, (320, 200, 1280, 1200), strict=True)
    )


@pytest.mark.usefixtures("three")
def test_a_photo_without_a_garment_is_said_so_and_still_answered(token: str) -> None:
    body = show(token, picture("background")).json()
    assert body["query"]["found"] is False
    assert body["query"]["garments"][0]["category"]["unsure"] is True
    assert len(body["results"]) == 3
    for one in body["results"]:
        assert one["score"] == one["why"]["shape"]
        assert "as a whole" in one["why"]["sentence"]


def test_the_same_query_has_the_same_order(shop: Shop, token: str, analyzer: Analyzer) -> None:
    vector = [1.0] + [0.0] * 255
    random_stock(shop, analyzer.revision, 20, embedding=vector)
    orders = [skus(show(token, picture("upper"), limit=20)) for _ in range(3)]
    assert orders[0] == orders[1] == orders[2] == sorted(orders[0])


def test_a_product_stands_once_by_its_nearest_photo(
    shop: Shop, token: str, analyzer: Analyzer
) -> None:
    from tests.factories import make_garment, make_photo

    product = stocked(shop, analyzer, data=picture("lower"), product={"sku": "two"})
    photo = make_photo(product, stored=False, state="done", revision=analyzer.revision)
    seen = analyzer.analyze(_pixels(picture("upper"))).main
    make_garment(photo, embedding=[float(one) for one in seen.embedding])
    (result,) = show(token, picture("upper")).json()["results"]
    assert result["why"]["shape"] > 0.99


def test_garments_that_are_not_the_product_are_not_found(
    shop: Shop, token: str, analyzer: Analyzer
) -> None:
    stocked(shop, analyzer, product={"sku": "worn-with"}, is_product=False)
    stocked(shop, analyzer, product={"sku": "other-bundle"}, revision="old")
    stocked(shop, analyzer, product={"sku": "sold"})
    assert skus(show(token, picture("upper"))) == ["sold"]


@pytest.mark.usefixtures("three")
def test_a_search_is_counted_once_and_its_photo_again_only_later(
    shop: Shop, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = picture("upper")
    start = timezone.make_aware(datetime(2026, 11, 3, 12, 20))
    written = LedgerEntry._meta.get_field("at")

    def at(minutes: int) -> int:
        now = start + timedelta(minutes=minutes)
        monkeypatch.setattr(timezone, "now", lambda: now)
        monkeypatch.setattr(written, "_get_default", lambda: now)
        assert show(token, photo, limit=1 + minutes % 6).status_code == 200
        return count_in(shop, LedgerEntry, kind=Kind.SEARCH)

    assert at(0) == 1
    assert at(5) == 1
    assert at(29) == 1  # another half hour of the clock, still the same 30 minutes
    assert at(31) == 2
    assert at(60) == 2
    show(token, photo, box=[32, 20, 128, 120])
    assert count_in(shop, LedgerEntry) == 2
    show(token, picture("lower"))
    assert count_in(shop, LedgerEntry) == 3


@pytest.mark.usefixtures("three")
def test_a_product_is_counted_once_a_day(shop: Shop, token: str) -> None:
    for sku in ("same", "same", "near"):
        ask(token, product_id=sku)
    assert count_in(shop, LedgerEntry, kind=Kind.SEARCH) == 2


@pytest.mark.usefixtures("three")
def test_every_answer_is_an_event_and_a_refusal_is_none(shop: Shop, token: str) -> None:
    body = show(token, picture("upper"), limit=2).json()
    show(token, b"")
    ask(token, product_id="none")
    with shop_scope(shop):
        (event,) = Event.objects.all()
        assert (str(event.search_id), event.results) == (body["search_id"], 2)
        assert event.category == body["query"]["garments"][0]["category"]["id"]
        assert event.milliseconds is not None
    assert DailyCount.objects.get(shop=shop).quantity == 1


@pytest.mark.usefixtures("three")
def test_the_time_is_told_by_part(token: str) -> None:
    told = dict(
        re.fullmatch(r"(\w+);dur=([\d.]+)", part).groups()  # type: ignore[union-attr]
        for part in show(token, picture("upper"))["Server-Timing"].split(", ")
    )
    assert set(told) == {"decode", "infer", "sql", "total"}
    assert sum(float(told[name]) for name in ("decode", "infer", "sql")) <= float(told["total"])


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(("given", "expected"), [({}, "ko"), ({"lang": "en"}, "en")])
def test_the_language_is_the_shops_unless_asked(
    shop: Shop, token: str, given: dict[str, str], expected: str
) -> None:
    Shop.objects.filter(pk=shop.pk).update(language="ko")
    sentence = show(token, picture("upper"), **given).json()["results"][0]["why"]["sentence"]
    assert any("가" <= letter <= "힣" for letter in sentence) is (expected == "ko")


def test_a_quota_that_is_used_up_is_said_with_when_to_come_back(
    shop: Shop, token: str, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from billing.plans import FREE

    stocked(shop, analyzer)
    monkeypatch.setitem(FREE.monthly, Kind.SEARCH, 1)
    assert show(token, picture("upper")).status_code == 200
    reply = show(token, picture("lower"))
    assert (reply.status_code, reply.json()["code"]) == (429, "over_quota")
    assert 0 < int(reply["Retry-After"]) <= 31 * 24 * 3600
    assert count_in(shop, LedgerEntry) == 1


def test_a_shop_without_products_and_one_whose_photos_wait(shop: Shop, token: str) -> None:
    reply = show(token, picture("upper"))
    assert (reply.status_code, reply.json()["code"]) == (409, "no_products")
    make_product(shop, sku="waits")
    reply = show(token, picture("upper"))
    assert (reply.status_code, reply.json()["code"]) == (409, "no_products_ready")


def test_a_product_that_is_not_tagged_yet(shop: Shop, token: str, analyzer: Analyzer) -> None:
    stocked(shop, analyzer)
    make_product(shop, sku="waits")
    reply = ask(token, product_id="waits")
    assert (reply.status_code, reply.json()["code"]) == (409, "product_not_ready")


def test_the_plan_of_the_shops_mall_is_asked_and_not_another(
    token: str, shop: Shop, analyzer: Analyzer, settings: Settings
) -> None:
    stocked(shop, analyzer)
    other = make_shop()
    stocked(other, analyzer)
    _, theirs = make_key("sk", shop=other)
    show(theirs, picture("upper"))
    assert count_in(shop, LedgerEntry) == 0 and count_in(other, LedgerEntry) == 1


def _pixels(data: bytes) -> Any:
    from vision.decode import decode_image

    return decode_image(data)


def test_a_product_is_looked_for_as_sure_as_its_tags_are(
    shop: Shop, token: str, analyzer: Analyzer
) -> None:
    model = {
        "category": {
            "value": "coat",
            "probability": 0.5,
            "unsure": True,
            "top": [["coat", 0.5], ["jacket", 0.3], ["vest", 0.2]],
        },
        "pattern": {"value": "check", "probability": 0.9, "unsure": False, "top": [["check", 0.9]]},
    }
    stocked(shop, analyzer, product={"sku": "guessed"}, category="coat", tags=model)
    stocked(shop, analyzer, product={"sku": "corrected"}, category="vest", tags=model)

    def category(sku: str) -> tuple[dict[str, Any], float]:
        body = ask(token, product_id=sku).json()
        return body["query"]["garments"][0]["category"], body["results"][0]["why"]["category"]

    told, agreement = category("guessed")
    assert (told["id"], told["confidence"], told["unsure"]) == ("coat", 0.5, True)
    assert 0.2 < agreement < 1
    told, agreement = category("corrected")
    assert (told["id"], told["confidence"], told["unsure"]) == ("vest", 1.0, False)
