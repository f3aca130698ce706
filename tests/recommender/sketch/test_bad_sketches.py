"""Whatever is sent as a drawing: an answer in words, and nothing is counted."""

import base64
import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from analytics.models import Event
from billing.models import LedgerEntry
from tenants.models import Shop
from tests.recommender.sketch.drawn import PREVIEW, as_json, sent
from tests.recommender.stock import ask, count_in, png, show
from tests.recommender.test_search_bad_input import huge_png
from tests.support.drawings import T_SHIRT, Pad, scribble
from vision.bench.photos import garments, jpeg

pytestmark = pytest.mark.django_db


def refused(reply: Any, status: int, code: str, field: str | None = None) -> str:
    body = reply.json()
    assert (reply.status_code, body["code"]) == (status, code), body
    if field is not None:
        assert [error["field"] for error in body["errors"]] == [field]
    return str(body["detail"])


@pytest.mark.parametrize("path", [None, PREVIEW])
@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"", 400, "empty"),
        (b"no drawing at all", 415, "not_an_image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415, "unsupported_format"),
        (Pad().png(), 422, "sketch_empty"),
        (Pad(ground=(255, 255, 255)).png(opaque=True), 422, "sketch_empty"),
        (Pad().lines([[(0.5, 0.5), (0.503, 0.5)]], pen=0.02).png(), 422, "sketch_too_little"),
        (Pad().lines(scribble()).png(), 422, "sketch_scribble"),
        (jpeg(garments(1, seed=5)[0]), 422, "sketch_is_photo"),
        (png(np.zeros((20, 20, 3), np.uint8)), 422, "too_small"),
        (huge_png(30000, 30000), 413, "too_many_pixels"),
        (huge_png(8000, 8000), 413, "too_many_pixels"),
        (Pad().lines(T_SHIRT).png()[:-80], 422, "truncated"),
        (Pad().lines(T_SHIRT).png() + bytes(5 * 2**20), 413, "too_large"),
    ],
    ids=[
        *("nothing", "text", "svg", "empty", "white", "dot", "scribble", "photo", "small"),
        *("bomb", "8000", "cut", "large"),
    ],
)
def test_a_drawing_that_cannot_be_used(
    shop: Shop, token: str, data: bytes, status: int, code: str, path: str | None
) -> None:
    where = {"path": path} if path else {}
    english = refused(sent(token, data, **where), status, code)
    korean = refused(sent(token, data, lang="ko", **where), status, code)
    assert english != korean and any("가" <= letter <= "힣" for letter in korean)
    if data:
        refused(as_json(token, data, **where), status, code)
    assert count_in(shop, LedgerEntry) == count_in(shop, Event) == 0


def test_the_limits_told_are_those_of_a_drawing(token: str) -> None:
    large = Pad().png() + bytes(5 * 2**20)
    assert "5 MB" in refused(sent(token, large), 413, "too_large", "sketch")
    assert "5MB" in refused(as_json(token, large, lang="ko"), 413, "too_large", "sketch")
    assert "16 million" in refused(sent(token, huge_png(8000, 8000)), 413, "too_many_pixels")


def test_a_large_drawing_within_the_limits(token: str) -> None:
    """8,000 pixels wide: looked at as a small one."""
    out = io.BytesIO()
    wide = Image.new("L", (8000, 1800), 255)
    wide.paste(Image.fromarray(Pad(size=(1800, 1800)).lines(T_SHIRT).rgb).convert("L"), (3000, 0))
    wide.save(out, "PNG")
    reply = sent(token, out.getvalue(), category="t-shirt")
    assert reply.status_code == 200
    x0, _, x1, _ = reply.json()["query"]["garments"][0]["box"]
    assert 3050 < x0 < 3150 and 4650 < x1 < 4750


@pytest.mark.parametrize(
    ("said", "field", "part"),
    [
        ({"colors": ["#ff0000", "red"]}, "colors.1", "red"),
        ({"colors": ["#ff0000", "#fff"]}, "colors.1", "#fff"),
        ({"colors": ["#ff0000", "#00ff00", 7]}, "colors.2", "7"),
        ({"colors": "#ff0000"}, "colors", ""),
        ({"colors": {"a": "#ff0000"}}, "colors", "list"),
        ({"colors": ["#ff0000"] * 33}, "colors", "32"),
        ({"category": "cat"}, "category", "t-shirt"),
        ({"category": ["skirt"]}, "category", ""),
        ({"box": [0, 0, 50, 50]}, "box", "image"),
        ({"objects": "all"}, "objects", "image"),
    ],
)
def test_what_is_said_wrong_of_a_drawing(
    token: str, tee: bytes, said: dict[str, Any], field: str, part: str
) -> None:
    assert part in refused(as_json(token, tee, **said), 400, "validation_error", field)
    refused(sent(token, tee, **said), 400, "validation_error", field)


def test_one_thing_is_looked_for(token: str, tee: bytes) -> None:
    refused(sent(token, tee, product_id="skirt-1"), 400, "validation_error", "image")
    name = sent(token, tee).json()["query"]["image_id"]
    refused(sent(token, tee, image_id=name), 400, "validation_error", "image")
    refused(ask(token, text="red", colors=["#ff0000"]), 400, "validation_error", "colors")
    refused(ask(token, product_id="skirt-1", category="skirt"), 400, "validation_error", "category")
    refused(show(token, tee, category="skirt"), 400, "validation_error", "category")
    assert ask(token, image_id=name, category="skirt", colors=[]).status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "iVBORw0KGgo=",
        "data:text/plain;base64,aGVsbG8=",
        "data:image/png,raw",
        "data:image/png;base64,####",
        "https://shop.example/sketch.png",
        7,
        None,
    ],
)
def test_json_takes_a_data_url_only(token: str, text: Any) -> None:
    refused(as_json(token, text), 400, "validation_error", "sketch")


def test_text_in_a_form_is_no_file(token: str, tee: bytes) -> None:
    url = "data:image/png;base64," + base64.b64encode(tee).decode()
    refused(sent(token, None, sketch=url), 400, "validation_error", "sketch")


def test_a_kept_name_that_is_forgotten(token: str) -> None:
    gone = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
    refused(ask(token, image_id=gone), 410, "image_expired")
