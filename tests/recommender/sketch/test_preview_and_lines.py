"""A picture of what a drawing means, and the lines of a product to draw over."""

import io
import json

import numpy as np
import pytest
from django.test import Client
from PIL import Image
from pytest_django import Settings

from analytics.models import Event
from billing.models import LedgerEntry
from catalog.models import Photo
from recommender.models import QueryMemory
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_key, make_shop
from tests.recommender.sketch.drawn import PREVIEW, as_json, sent
from tests.recommender.stock import count_in, stocked
from tests.support.drawings import T_SHIRT, Pad
from vision.analyzer import Analyzer

pytestmark = pytest.mark.django_db
ORIGIN = "https://shop.example"


def pixels(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)))


def lines_of(token: str, sku: str, **headers: str) -> object:
    path = f"/api/v1/products/{sku}/lines"
    return Client().get(path, headers={"Authorization": f"Bearer {token}", **headers})


def test_a_preview_is_a_picture_of_the_garment(shop: Shop, token: str, red_tee: bytes) -> None:
    reply = sent(token, red_tee, path=PREVIEW, category="skirt", colors=["#c81e28"])
    assert (reply.status_code, reply["Content-Type"]) == (200, "image/png")
    assert reply["X-Lookus-Category"] == "skirt"
    assert "infer;dur=" in reply["Server-Timing"] and "decode;dur=" in reply["Server-Timing"]
    assert reply["Cache-Control"] == "no-store"
    seen = pixels(reply.content)
    assert seen.shape == (128, 128, 3) and seen[64, 64, 0] > seen[64, 64, 2] + 50
    same = as_json(token, red_tee, path=PREVIEW, category="skirt", colors=["#c81e28"])
    assert same.content == reply.content
    other = as_json(token, red_tee, path=PREVIEW, category="t-shirt", colors=["#c81e28"])
    assert other.content != reply.content
    assert count_in(shop, LedgerEntry) == count_in(shop, Event) == count_in(shop, QueryMemory) == 0


def test_a_preview_says_what_it_took_the_drawing_for(token: str, tee: bytes) -> None:
    seen = sent(token, tee).json()["query"]["garments"][0]["category"]["id"]
    assert sent(token, tee, path=PREVIEW)["X-Lookus-Category"] == seen


def test_a_page_may_read_preview_and_header(shop: Shop, tee: bytes) -> None:
    Shop.objects.filter(pk=shop.pk).update(test_mode=False, allowed_origins=[ORIGIN])
    _, token = make_key("pk", shop=shop)
    assert sent(token, tee, path=PREVIEW).json()["code"] == "origin_not_allowed"
    upload = io.BytesIO(tee)
    upload.name = "sketch.png"
    headers = {"Authorization": f"Bearer {token}", "Origin": ORIGIN, "Accept": "image/png"}
    reply = Client().post(PREVIEW, {"sketch": upload}, headers=headers)
    assert reply.status_code == 200
    assert reply["Access-Control-Allow-Origin"] == ORIGIN
    assert "X-Lookus-Category" in reply["Access-Control-Expose-Headers"]


def test_previews_are_throttled_by_the_pace_of_a_hand(
    shop: Shop, settings: Settings, tee: bytes
) -> None:
    settings.API_RATE_PUBLISHABLE = "1/min"
    _, token = make_key("pk", shop=shop)
    codes = [sent(token, tee, path=PREVIEW).status_code for _ in range(5)]
    assert codes == [200, 200, 200, 200, 429]
    assert sent(token, tee).status_code == 200, "each address has a rate of its own"


def test_a_preview_needs_a_drawing(token: str) -> None:
    for reply in (
        sent(token, None, path=PREVIEW),
        Client().post(
            PREVIEW,
            json.dumps({"category": "skirt"}),
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        ),
    ):
        assert reply.status_code == 400
        assert [one["field"] for one in reply.json()["errors"]] == ["sketch"]
    empty = sent(token, Pad().png(), path=PREVIEW, lang="ko").json()
    assert empty["code"] == "sketch_empty" and "윤곽" in empty["detail"]


def test_the_lines_of_a_product_can_be_drawn_over(pictured: Shop, token: str) -> None:
    reply = lines_of(token, "seen")
    assert (reply.status_code, reply["Content-Type"]) == (200, "image/png")
    seen = pixels(reply.content)
    assert seen.shape == (512, 512, 4)
    drawn = seen[..., 3] > 127
    assert 0.01 < drawn.mean() < 0.3, "lines on nothing"
    assert (seen[..., :3][drawn] == 26).all(), "ink"
    again = sent(token, reply.content, category="t-shirt")
    assert again.status_code == 200, "they are a drawing themselves"
    assert reply["Cache-Control"] == "private, max-age=3600"
    held = lines_of(token, "seen", **{"If-None-Match": reply["ETag"]})
    assert (held.status_code, held.content) == (304, b"")
    assert held["ETag"] == reply["ETag"]
    assert lines_of(token, "seen").content == reply.content


def test_lines_of_what_is_not_there(pictured: Shop, token: str, analyzer: Analyzer) -> None:
    assert lines_of(token, "none").json()["code"] == "product_not_found"
    other = make_shop()
    stocked(other, analyzer, product={"sku": "theirs"})
    assert lines_of(token, "theirs").status_code == 404
    assert lines_of(token, "skirt-1").json()["code"] == "product_not_ready", (
        "a photo without a file"
    )
    with shop_scope(pictured):
        photo = Photo.objects.get(product__sku="seen")
    photo.file.storage.delete(photo.file.name)
    assert lines_of(token, "seen").json()["code"] == "product_not_ready"


def test_lines_need_a_bundle_that_reads_drawings(
    pictured: Shop, token: str, settings: Settings, tiny_bundle: object
) -> None:
    settings.VISION_BUNDLE = str(tiny_bundle)
    assert lines_of(token, "none").json()["code"] == "product_not_found"
    drawing = Pad().lines(T_SHIRT).png()
    assert sent(token, drawing, path=PREVIEW).json()["code"] == "sketch_unavailable"
