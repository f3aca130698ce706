"""The same photo again: no upload, no second look, and nothing left after half an hour."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from billing.models import Kind, LedgerEntry
from recommender import sources
from recommender.forgetting import searches_forget
from recommender.models import QueryMemory, ResultList
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_key, make_shop
from tests.recommender.stock import ask, count_in, picture, random_stock, show, skus, stocked
from vision.analyzer import Analyzer

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(analyzer: Analyzer) -> Shop:
    shop = make_shop(language="en")
    stocked(shop, analyzer, data=picture("upper"), product={"sku": "top"})
    stocked(shop, analyzer, data=picture("upper", stain=60), product={"sku": "near"})
    stocked(shop, analyzer, data=picture("lower"), product={"sku": "skirt"})
    return shop


@pytest.fixture
def token(shop: Shop) -> str:
    return make_key("sk", shop=shop)[1]


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each photo that the networks look at."""
    found: list[int] = []
    look = sources.photo_looked_at

    def counted(data: bytes, **given: Any) -> Any:
        found.append(len(data))
        return look(data, **given)

    monkeypatch.setattr(sources, "photo_looked_at", counted)
    return found


def later(monkeypatch: pytest.MonkeyPatch, minutes: float) -> None:
    now = timezone.now() + timedelta(minutes=minutes)
    monkeypatch.setattr(timezone, "now", lambda: now)


def test_an_image_id_answers_as_the_photo_did(shop: Shop, token: str, looks: list[int]) -> None:
    first = show(token, picture("upper", "lower"), limit=3).json()
    again = ask(token, image_id=first["query"]["image_id"], limit=3).json()
    assert again["results"] == first["results"]
    assert again["query"] == first["query"]
    assert again["search_id"] != first["search_id"]
    assert len(looks) == 1
    assert count_in(shop, LedgerEntry, kind=Kind.SEARCH) == 1


def test_an_image_id_takes_everything_that_a_photo_takes(token: str) -> None:
    body = show(token, picture("upper", "lower")).json()
    image_id = body["query"]["image_id"]
    assert skus(ask(token, image_id=image_id, object=1))[0] == "skirt"
    assert skus(ask(token, image_id=image_id, filters={"price": {"max": 1}})) == []
    only = ask(token, image_id=image_id, weights={"shape": 1}).json()["results"]
    assert all(one["score"] == one["why"]["shape"] for one in only)


def test_the_same_bytes_are_looked_at_once_and_have_one_name(
    shop: Shop, token: str, looks: list[int]
) -> None:
    first, second = (show(token, picture("upper"), limit=3).json() for _ in range(2))
    assert first["query"]["image_id"] == second["query"]["image_id"]
    assert first["results"] == second["results"]
    assert len(looks) == 1
    other = show(token, picture("lower")).json()
    assert other["query"]["image_id"] != first["query"]["image_id"]
    assert len(looks) == 2
    assert count_in(shop, QueryMemory) == 2


def test_a_box_is_looked_at_once_and_stands_beside_the_whole(
    shop: Shop, token: str, looks: list[int]
) -> None:
    photo, box = picture("upper", "lower"), [30, 120, 130, 165]
    part = show(token, photo, box=box).json()
    image_id = part["query"]["image_id"]
    assert part["query"]["garments"][0]["box"] == box
    reply = ask(token, image_id=image_id)
    assert (reply.status_code, reply.json()["code"]) == (422, "photo_needed")
    whole = show(token, photo).json()
    assert whole["query"]["image_id"] == image_id
    assert len(whole["query"]["garments"]) == 2
    assert len(looks) == 2
    again = ask(token, image_id=image_id, box=box).json()
    assert again["query"]["garments"] == part["query"]["garments"]
    assert again["results"] == part["results"]
    assert len(looks) == 2 and count_in(shop, QueryMemory) == 1


def test_a_box_around_a_garment_that_was_found_needs_no_photo(token: str) -> None:
    body = show(token, picture("upper", "lower")).json()
    x0, y0, x1, y1 = body["query"]["garments"][1]["box"]
    wide = [x0 - 2, y0 - 1, x1 + 2, y1 + 1]
    found = ask(token, image_id=body["query"]["image_id"], box=wide).json()
    assert found["query"]["garments"][0]["box"] == [x0, y0, x1, y1]
    elsewhere = ask(token, image_id=body["query"]["image_id"], box=[0, 0, 40, 40])
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (422, "photo_needed")
    outside = ask(token, image_id=body["query"]["image_id"], box=[0, 0, 161, 40])
    assert (outside.status_code, outside.json()["code"]) == (400, "validation_error")
    assert "160×200" in outside.json()["detail"]


def test_a_photo_without_a_garment_is_remembered_as_such(token: str) -> None:
    first = show(token, picture("background")).json()
    again = ask(token, image_id=first["query"]["image_id"]).json()
    assert again["query"]["found"] is first["query"]["found"] is False
    assert again["results"] == first["results"]


def test_after_half_an_hour_the_photo_has_to_be_sent_again(
    shop: Shop, token: str, looks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    image_id = show(token, picture("upper")).json()["query"]["image_id"]
    later(monkeypatch, 29)
    assert ask(token, image_id=image_id).status_code == 200
    later(monkeypatch, 2)
    reply = ask(token, image_id=image_id)
    assert (reply.status_code, reply.json()["code"]) == (410, "image_expired")
    assert show(token, picture("upper")).json()["query"]["image_id"] == image_id
    assert len(looks) == 2 and count_in(shop, QueryMemory) == 1
    assert ask(token, image_id=image_id).status_code == 200


def test_a_new_bundle_does_not_use_what_the_old_one_saw(
    shop: Shop, token: str, looks: list[int]
) -> None:
    image_id = show(token, picture("upper")).json()["query"]["image_id"]
    with shop_scope(shop):
        QueryMemory.objects.update(revision="before")
    assert ask(token, image_id=image_id).json()["code"] == "image_expired"
    assert show(token, picture("upper")).status_code == 200
    assert len(looks) == 2


def test_another_shops_photo_is_not_there(token: str, analyzer: Analyzer) -> None:
    other = make_shop()
    stocked(other, analyzer)
    theirs = show(make_key("sk", shop=other)[1], picture("upper")).json()["query"]["image_id"]
    ours = show(token, picture("upper")).json()["query"]["image_id"]
    assert theirs != ours
    for made_up in (theirs, str(uuid.uuid4())):
        reply = ask(token, image_id=made_up)
        assert (reply.status_code, reply.json()["code"]) == (410, "image_expired")


def test_a_photo_that_is_known_may_be_asked_about_when_the_quota_is_used_up(
    token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from billing.plans import FREE

    monkeypatch.setitem(FREE.monthly, Kind.SEARCH, 1)
    image_id = show(token, picture("upper")).json()["query"]["image_id"]
    assert ask(token, image_id=image_id).status_code == 200
    assert show(token, picture("lower")).json()["code"] == "over_quota"
    assert ask(token, text="linen").json()["code"] == "over_quota"


def test_more_results_need_no_more_statements(shop: Shop, token: str, analyzer: Analyzer) -> None:
    random_stock(shop, analyzer.revision, 20)
    image_id = show(token, picture("upper")).json()["query"]["image_id"]
    counts = []
    for limit in (1, 20):
        with CaptureQueriesContext(connection) as sent:
            assert len(skus(ask(token, image_id=image_id, limit=limit))) == limit
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 14


def test_the_clock_deletes_what_has_expired_and_nothing_else(
    shop: Shop, token: str, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    random_stock(shop, analyzer.revision, 8)
    show(token, picture("upper"), limit=2)
    assert searches_forget() == 0
    later(monkeypatch, 20)
    show(token, picture("lower"), limit=2)
    assert count_in(shop, QueryMemory) == count_in(shop, ResultList) == 2
    later(monkeypatch, 15)
    assert searches_forget() == 2
    assert count_in(shop, QueryMemory) == count_in(shop, ResultList) == 1
