"""`limit` 0: what a photo shows, before its products are asked for by its name."""

from typing import Any

import pytest

from analytics.models import DailyCount, Event
from billing.models import Kind, LedgerEntry
from recommender import sources
from recommender.models import KeptPhoto, QueryMemory, ResultList
from tenants.models import Shop
from tests.factories import make_key, make_shop
from tests.recommender.stock import ask, count_in, picture, show, skus, stocked
from vision.analyzer import Analyzer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(analyzer: Analyzer) -> Shop:
    shop = make_shop(language="en", photo_days=7)
    for sku, stain in (("same", 0), ("near", 60)):
        stocked(shop, analyzer, data=picture("upper", stain=stain), product={"sku": sku})
    return shop


@pytest.fixture
def token(shop: Shop) -> str:
    return make_key("pk", shop=shop)[1]


def seen(token: str, **fields: Any) -> Any:
    """The reply to what a photo of two garments shows."""
    reply = show(token, picture("upper", "lower"), limit=0, **fields)
    assert reply.status_code == 200, reply.content
    return reply.json()


def test_what_is_in_the_photo_comes_without_products(shop: Shop, token: str) -> None:
    body = seen(token, facets="all", text="red")
    whole = show(token, picture("upper", "lower")).json()
    assert body["query"] == whole["query"]
    assert all(garment["outline"] for garment in body["query"]["garments"])
    assert (body["total"], body["found"], body["next_cursor"]) == (0, 0, None)
    assert [body[name] for name in ("results", "rows", "facets", "understood")] == [[]] * 4


def test_by_its_name_come_the_products_that_one_call_would_give(
    shop: Shop, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[Any] = []
    look = sources.photo_looked_at
    monkeypatch.setattr(
        sources, "photo_looked_at", lambda *a, **k: (looked_at.append(a), look(*a, **k))[1]
    )
    image_id = seen(token)["query"]["image_id"]
    by_name = ask(token, image_id=image_id, limit=5).json()
    at_once = show(token, picture("upper", "lower"), limit=5).json()
    assert by_name["results"] == at_once["results"] != []
    assert by_name["query"] == at_once["query"]
    assert len(looked_at) == 1


def test_both_together_are_one_query_of_the_plan_and_one_search(shop: Shop, token: str) -> None:
    body = seen(token)
    assert count_in(shop, LedgerEntry, kind=Kind.SEARCH) == 1
    assert count_in(shop, Event) == count_in(shop, ResultList) == 0
    shown = ask(token, image_id=body["query"]["image_id"]).json()
    seen(token)
    seen(token, object=1)
    assert count_in(shop, LedgerEntry, kind=Kind.SEARCH) == 1
    assert count_in(shop, Event, search_id=shown["search_id"]) == count_in(shop, Event) == 1
    assert DailyCount.objects.get(shop=shop).quantity == 1


def test_events_know_no_search_that_showed_nothing(shop: Shop, token: str, client: Any) -> None:
    event = {"type": "click", "search_id": seen(token)["search_id"], "product_id": "same"}
    reply = client.post(
        "/api/v1/events",
        event,
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
    assert reply.json()["code"] == "search_not_found"


def test_the_last_query_of_the_plan_still_has_its_products(
    shop: Shop, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from billing.plans import FREE

    monkeypatch.setitem(FREE.monthly, Kind.SEARCH, 1)
    image_id = seen(token)["query"]["image_id"]
    assert skus(ask(token, image_id=image_id)) == ["same", "near"]
    refused = show(token, picture("lower"), limit=0)
    assert (refused.status_code, refused.json()["code"]) == (429, "over_quota")
    assert count_in(shop, LedgerEntry, kind=Kind.SEARCH) == 1


def test_another_garment_a_part_and_a_name_may_be_asked_for(token: str) -> None:
    body = seen(token, object=1)
    assert body["query"]["selected"] == 1
    again = ask(token, image_id=body["query"]["image_id"], limit=0, object=1).json()
    assert again["query"] == body["query"]
    part = seen(token, box=[32, 20, 128, 120])
    assert len(part["query"]["garments"]) == 1
    beyond = show(token, picture("upper", "lower"), limit=0, object=9)
    assert beyond.json()["errors"][0]["field"] == "object"


def test_a_photo_without_a_garment_says_so(token: str) -> None:
    query = show(token, picture(), limit=0).json()["query"]
    assert query["found"] is False
    assert ask(token, image_id=query["image_id"]).status_code == 200


def test_consent_goes_with_the_photo(shop: Shop, token: str) -> None:
    body = seen(token, consent=True)
    assert body["kept_until"]
    assert ask(token, image_id=body["query"]["image_id"]).status_code == 200
    assert count_in(shop, KeptPhoto) == 1


@pytest.mark.parametrize(
    "asked", [{"text": "shirt"}, {"product_id": "same"}], ids=["words", "a product"]
)
def test_it_is_for_photos(shop: Shop, token: str, asked: dict[str, str]) -> None:
    reply = ask(token, limit=0, **asked)
    assert (reply.status_code, reply.json()["errors"][0]["field"]) == (400, "limit")
    assert count_in(shop, LedgerEntry) == 0


def test_a_further_page_has_products(token: str) -> None:
    page = show(token, picture("upper"), limit=1).json()
    cursor, image_id = page["next_cursor"], page["query"]["image_id"]
    for asked in ({}, {"image_id": image_id}):
        reply = ask(token, cursor=cursor, limit=0, **asked)
        assert (reply.status_code, reply.json()["errors"][0]["field"]) == (400, "limit")


def test_a_shop_that_can_find_nothing_is_told_before_it_is_charged(
    analyzer: Analyzer, token: str
) -> None:
    empty = make_shop()
    reply = show(make_key("sk", shop=empty)[1], picture("upper"), limit=0)
    assert (reply.status_code, reply.json()["code"]) == (409, "no_products")
    assert count_in(empty, LedgerEntry) == count_in(empty, QueryMemory) == 0


def test_a_stranger_knows_nothing_of_the_photo(shop: Shop, token: str, analyzer: Analyzer) -> None:
    image_id = seen(token)["query"]["image_id"]
    theirs = make_shop(shop.mall, slug="theirs")
    stocked(theirs, analyzer, product={"sku": "only-theirs"})
    stranger = make_key("sk", shop=theirs)[1]
    for limit in (0, 6):
        reply = ask(stranger, image_id=image_id, limit=limit)
        assert (reply.status_code, reply.json()["code"]) == (410, "image_expired")
    assert seen(stranger)["query"]["image_id"] != image_id
    assert count_in(theirs, LedgerEntry) == count_in(shop, LedgerEntry) == 1
