"""A search by a drawing: what it finds, what counts, and what is remembered of it."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from billing.models import LedgerEntry
from recommender.models import KeptPhoto, QueryMemory
from tenants.models import Shop
from tests.factories import make_key
from tests.recommender.sketch.drawn import as_json, sent
from tests.recommender.stock import SEARCH, ask, count_in, show, skus
from tests.support.drawings import CAT, Pad
from tests.support.tiny_bundle import build_tiny_bundle
from tests.support.tiny_sketch import add_tiny_sketch

pytestmark = pytest.mark.django_db


def kinds(reply: Any) -> list[str]:
    assert reply.status_code == 200, reply.content
    return [one["category"] for one in reply.json()["results"]]


@pytest.mark.parametrize("category", ["t-shirt", "skirt", "sweater"])
def test_the_first_six_share_what_is_drawn(token: str, tee: bytes, category: str) -> None:
    assert kinds(sent(token, tee, category=category)) == [category] * 6


def test_the_answer_is_a_photos_answer_with_one_garment(token: str, tee: bytes) -> None:
    query = sent(token, tee, category="t-shirt").json()["query"]
    assert (query["width"], query["height"], query["found"]) == (320, 300, True)
    (garment,) = query["garments"]
    assert garment["index"] == query["selected"] == 0
    x0, y0, x1, y1 = garment["box"]
    assert 12 < x0 < 24 and 34 < y0 < 46 and 276 < x1 < 290 and 264 < y1 < 278
    assert garment["category"] == {
        "id": "t-shirt", "label": "T-shirt", "confidence": 1.0, "unsure": False,
    }  # fmt: skip
    assert garment["pattern"]["unsure"] and garment["colors"] == [] and garment["outline"] == []


def test_a_shop_without_the_drawn_category_still_answers(token: str, tee: bytes) -> None:
    reply = sent(token, tee, category="trousers", limit=12)
    assert len(skus(reply)) == 12
    assert kinds(reply)[:8] == ["skirt"] * 8, "worn in the same place"


def test_without_paint_colour_does_not_count(token: str, tee: bytes) -> None:
    for one in sent(token, tee, category="t-shirt", limit=22).json()["results"]:
        assert one["why"]["color"] == one["why"]["pattern"] == 0
        assert one["why"]["gave"]["color"] == one["why"]["gave"]["pattern"] == 0
        assert "colour" not in one["why"]["sentence"] and "pattern" not in one["why"]["sentence"]
        gave = one["why"]["gave"]
        assert sum(gave.values()) == pytest.approx(one["score"], abs=2e-4)


def test_paint_is_a_wish_for_a_colour(token: str, red_tee: bytes) -> None:
    reply = sent(token, red_tee, category="t-shirt", colors=["#c81e28"])
    families = [one["color"]["family"] for one in reply.json()["results"]]
    assert families == ["red"] * 4 + ["blue"] * 2
    assert kinds(reply) == ["t-shirt"] * 6
    first = reply.json()["results"][0]["why"]
    assert first["color"] > 0.9 and first["gave"]["color"] > 0.1
    assert "painted colour (red)" in first["sentence"]
    korean = sent(token, red_tee, category="t-shirt", lang="ko").json()["results"][0]["why"]
    assert "칠한 색" in korean["sentence"]


def test_weights_for_what_a_drawing_does_not_show(token: str, tee: bytes, red_tee: bytes) -> None:
    plain = sent(token, tee, category="t-shirt", weights={"color": 1})
    assert plain.json()["results"][0]["score"] > 0
    painted = sent(token, red_tee, category="t-shirt", weights={"color": 1}, limit=11)
    assert {one["color"]["family"] for one in painted.json()["results"]} == {"red"}
    shaped = sent(token, tee, weights={"shape": 1, "pattern": 5}).json()["results"]
    assert all(one["score"] == one["why"]["shape"] for one in shaped)


def test_words_beside_a_drawing(token: str, tee: bytes) -> None:
    reply = sent(token, tee, category="t-shirt", text="in blue")
    assert {one["color"]["family"] for one in reply.json()["results"]} == {"blue"}
    assert reply.json()["results"][0]["why"]["gave"]["color"] > 0.03, "the words say a colour"
    assert kinds(reply)[:4] == ["t-shirt"] * 4
    (chip,) = reply.json()["understood"]
    assert chip["id"] == "color:blue"


def test_filters_facets_sort_and_groups(token: str, tee: bytes) -> None:
    reply = sent(
        token, tee, category="t-shirt",
        filters={"category": ["skirt"], "price": {"max": 5000}},
        facets=["category"], sort="price_desc", group_by="none",
    )  # fmt: skip
    assert skus(reply) == [f"skirt-{at}" for at in (4, 3, 2, 1, 0)]
    (facet,) = reply.json()["facets"]
    assert {one["value"]: one["count"] for one in facet["values"]}["t-shirt"] == 5


def test_json_says_the_same_as_a_form(token: str, red_tee: bytes) -> None:
    form = sent(token, red_tee, category="skirt", colors=["#c81e28"])
    text = as_json(token, red_tee, category="skirt", colors=["#C81E28"])
    assert text.json()["results"] == form.json()["results"]
    assert text.json()["query"] == form.json()["query"]


def test_asked_again_by_its_name_without_the_drawing(
    shop: Shop, token: str, red_tee: bytes
) -> None:
    first = sent(token, red_tee, category="skirt", colors=["#c81e28"], limit=4)
    name = first.json()["query"]["image_id"]
    again = ask(token, image_id=name, limit=4)
    assert again.json()["results"] == first.json()["results"]
    assert again.json()["query"] == first.json()["query"]
    moved = ask(token, image_id=name, weights={"color": 1}, filters={"category": ["sweater"]})
    assert set(kinds(moved)) == {"sweater"}
    assert moved.json()["results"][0]["color"]["family"] == "red"
    cursor = first.json()["next_cursor"]
    next_page = ask(token, cursor=cursor, limit=4)
    assert not set(skus(next_page)) & set(skus(first))
    named = ask(token, image_id=name, cursor=cursor, limit=4)
    assert skus(named) == skus(next_page)
    drawn = sent(token, red_tee, category="skirt", colors=["#c81e28"], cursor=cursor, limit=4)
    assert skus(drawn) == skus(next_page)
    other = sent(token, red_tee, category="t-shirt", colors=["#c81e28"], cursor=cursor)
    assert other.json()["code"] == "cursor_mismatch"
    assert count_in(shop, LedgerEntry) == 1


def test_the_second_page_knows_that_it_was_drawn(token: str, tee: bytes) -> None:
    cursor = sent(token, tee, category="skirt").json()["next_cursor"]
    for one in ask(token, cursor=cursor).json()["results"]:
        assert "colour" not in one["why"]["sentence"] and one["why"]["gave"]["color"] == 0


def test_one_drawing_is_one_query_of_the_plan(shop: Shop, token: str, tee: bytes) -> None:
    names = set()
    for fields in ({}, {}, {"category": "skirt"}, {"colors": ["#ffffff"]}, {"text": "in red"}):
        names.add(sent(token, tee, **fields).json()["query"]["image_id"])
    assert count_in(shop, LedgerEntry) == 1
    assert len(names) == 3, "what is said of a drawing is a part of it"
    sent(token, Pad().lines(CAT).png())
    assert count_in(shop, LedgerEntry) == 2
    assert count_in(shop, QueryMemory) == 4


def test_the_same_bytes_as_a_photo_are_another_query(token: str, tee: bytes) -> None:
    drawn = sent(token, tee).json()["query"]["image_id"]
    assert show(token, tee).json()["query"]["image_id"] != drawn


def test_a_drawing_is_never_kept(shop: Shop, token: str, tee: bytes) -> None:
    Shop.objects.filter(pk=shop.pk).update(photo_days=7)
    assert sent(token, tee, consent=True).json()["kept_until"] is None
    assert count_in(shop, KeptPhoto) == 0


def test_what_nobody_can_tell_is_answered_by_its_lines(
    shop: Shop, settings: Settings, tmp_path: Path
) -> None:
    """A cat: calm, and said."""
    bundle = build_tiny_bundle(tmp_path / "tiny", seed=5)
    settings.VISION_BUNDLE = str(add_tiny_sketch(bundle, temperature=1000))
    _, token = make_key("sk", shop=shop)
    cat = Pad().lines(CAT).png()
    reply = sent(token, cat, limit=22).json()
    assert reply["query"]["found"] is False
    assert reply["query"]["garments"][0]["category"]["unsure"] is True
    assert reply["total"] == 22
    for one in reply["results"]:
        assert one["score"] == one["why"]["shape"] < 0.5
        assert "could not be made out" in one["why"]["sentence"]
    name = reply["query"]["image_id"]
    korean = ask(token, image_id=name, lang="ko").json()["results"][0]["why"]["sentence"]
    assert "알아보지 못해서" in korean
    told = sent(token, cat, category="skirt")
    assert told.json()["query"]["found"] is True and kinds(told) == ["skirt"] * 6


def test_an_outfit_goes_on_from_a_drawing(token: str, red_tee: bytes, tee: bytes) -> None:
    for drawing in (red_tee, tee):
        name = sent(token, drawing, category="t-shirt").json()["query"]["image_id"]
        reply = Client().post(
            "/api/v1/outfit",
            json.dumps({"image_id": name}),
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )
        assert reply.status_code == 200, reply.content
        assert reply.json()["owned"][0]["category"]["id"] == "t-shirt"


def test_where_the_bundle_reads_no_drawings(
    shop: Shop, settings: Settings, tmp_path: Path, tee: bytes
) -> None:
    settings.VISION_BUNDLE = str(build_tiny_bundle(tmp_path / "bare", seed=5))
    _, token = make_key("sk", shop=shop)
    for reply, part in (
        (sent(token, tee), "not read"),
        (sent(token, tee, lang="ko"), "읽지 못해요"),
    ):
        assert (reply.status_code, reply.json()["code"]) == (409, "sketch_unavailable")
        assert part in reply.json()["title"] + reply.json()["detail"]
    assert count_in(shop, LedgerEntry) == 0


def test_a_publishable_key_from_an_allowed_page(shop: Shop, tee: bytes) -> None:
    Shop.objects.filter(pk=shop.pk).update(
        test_mode=False, allowed_origins=["https://shop.example"]
    )
    _, token = make_key("pk", shop=shop)
    assert sent(token, tee).status_code == 403
    upload = {"sketch": SimpleUploadedFile("sketch.png", tee, "image/png")}
    headers = {"Authorization": f"Bearer {token}", "Origin": "https://shop.example"}
    assert Client().post(SEARCH, upload, headers=headers).status_code == 200
