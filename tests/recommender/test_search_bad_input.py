"""Whatever a shopper or an integrator sends: a plain answer with a stable code."""

import io
import json
import struct
import zlib
from typing import Any

import numpy as np
import pytest
from django.test import Client
from PIL import Image

from analytics.models import Event
from billing.models import LedgerEntry
from tenants.models import Shop
from tests.factories import make_key, make_shop
from tests.recommender.stock import SEARCH, ask, count_in, picture, png, show, stocked
from vision.analyzer import Analyzer

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(analyzer: Analyzer) -> Shop:
    shop = make_shop(language="en")
    stocked(shop, analyzer, product={"sku": "one"})
    return shop


@pytest.fixture
def token(shop: Shop) -> str:
    return make_key("sk", shop=shop)[1]


def refused(reply: Any, status: int, code: str, field: str | None = None) -> str:
    body = reply.json()
    assert (reply.status_code, body["code"]) == (status, code), body
    if field is not None:
        assert [error["field"] for error in body["errors"]] == [field]
    return str(body["detail"])


def huge_png(width: int, height: int) -> bytes:
    """A PNG whose header promises more pixels than its few bytes could cost."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


def saved(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"", 400, "empty"),
        (b"not a photo at all, just words", 415, "not_an_image"),
        (b"%PDF-1.7 " + bytes(200), 415, "not_an_image"),
        (saved("GIF"), 415, "unsupported_format"),
        (saved("TIFF"), 415, "unsupported_format"),
        (png(np.zeros((20, 20, 3), np.uint8)), 422, "too_small"),
        (huge_png(30000, 30000), 413, "too_many_pixels"),
        (picture("upper", size=(400, 400))[:-200], 422, "truncated"),
        (saved("JPEG") + bytes(10 * 2**20), 413, "too_large"),
    ],
    ids=["empty", "text", "pdf", "gif", "tiff", "small", "bomb", "truncated", "large"],
)
def test_a_photo_that_cannot_be_used(
    shop: Shop, token: str, data: bytes, status: int, code: str
) -> None:
    refused(show(token, data), status, code)
    assert count_in(shop, LedgerEntry) == 0 and count_in(shop, Event) == 0


def test_the_name_and_type_that_a_browser_claims_do_not_matter(token: str) -> None:
    assert show(token, picture("upper"), name="photo.txt").status_code == 200
    refused(show(token, b"<p>hello</p>", name="photo.jpg"), 415, "not_an_image")


def test_what_was_wrong_is_told_in_numbers_and_in_korean(token: str) -> None:
    small = png(np.zeros((20, 30, 3), np.uint8))
    assert "30×20" in refused(show(token, small), 422, "too_small")
    assert "32픽셀" in refused(show(token, small, lang="ko"), 422, "too_small")


def test_nothing_two_things_and_unknown_fields(token: str) -> None:
    refused(show(token, None), 400, "validation_error", "image")
    refused(ask(token), 400, "validation_error", "image_url")
    refused(show(token, picture("upper"), product_id="one"), 400, "validation_error", "image")
    both = ask(token, product_id="one", image_url="http://example.com/a.jpg")
    refused(both, 400, "validation_error", "image_url")
    told = refused(ask(token, product_id="one", filter={}), 400, "validation_error", "filter")
    assert "filters" in told
    refused(ask(token, image="aGVsbG8="), 400, "validation_error", "image")
    refused(show(token, None, image="hello"), 400, "validation_error", "image")


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"text": "x" * 201}, "text"),
        ({"text": "옷" * 10_000}, "text"),
        ({"text": "a\0b"}, "text"),
        ({"text": "\ud800"}, "text"),
        ({"text": ["red"]}, "text"),
        ({"text": " "}, "image_url"),
        ({"text": "red", "words_off": {"a": 1}}, "words_off"),
        ({"text": "red", "words_off": ["x" * 201]}, "words_off"),
        ({"text": "red", "words_off": ["x"] * 51}, "words_off"),
        ({"image_id": "one"}, "image_id"),
        ({"image_id": None}, "image_id"),
        ({"product_id": "one", "image_id": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}, "image_url"),
        ({"product_id": "one", "object": 0}, "object"),
        ({"product_id": "one", "objects": "all"}, "objects"),
        ({"product_id": "one", "box": [0, 0, 9, 9]}, "box"),
        ({"text": "red", "box": [0, 0, 9, 9]}, "box"),
        ({"image_url": "http://a.example", "box": [0, 0, 9, 9], "object": 1}, "object"),
        ({"image_url": "http://a.example", "object": -1}, "object"),
        ({"image_url": "http://a.example", "objects": "each"}, "objects"),
        ({"product_id": "one", "sort": "cheapest"}, "sort"),
        ({"product_id": "one", "group_by": "brand"}, "group_by"),
        ({"product_id": "one", "fold": "maybe"}, "fold"),
        ({"product_id": "one", "min_score": 1.1}, "min_score"),
        ({"product_id": "one", "min_score": "NaN"}, "min_score"),
        ({"product_id": "one", "weights": {}}, "weights"),
        ({"product_id": "one", "weights": {"shape": 0, "color": 0}}, "weights"),
        ({"product_id": "one", "weights": {"shape": -1, "color": 2}}, "weights"),
        ({"product_id": "one", "weights": {"colour": 1}}, "weights"),
        ({"product_id": "one", "weights": {"color": "1"}}, "weights"),
        ({"product_id": "one", "weights": {"color": True}}, "weights"),
        ({"product_id": "one", "weights": {"color": 1e308}}, "weights"),
        ({"product_id": "one", "weights": [1, 1, 1, 1]}, "weights"),
        ({"product_id": "one", "facets": [1]}, "facets"),
        ({"product_id": "one", "facets": {"color": 1}}, "facets"),
        ({"product_id": "one", "facets": ["x" * 121]}, "facets"),
        ({"product_id": "one", "visitor": "x" * 65}, "visitor"),
        ({"product_id": "one", "clicked": ["x" * 101]}, "clicked"),
        ({"product_id": "one", "clicked": "[1"}, "clicked"),
        ({"product_id": "one", "clicked": [""]}, "clicked"),
    ],
)
def test_what_a_search_does_not_take(
    shop: Shop, token: str, asked: dict[str, Any], field: str
) -> None:
    refused(ask(token, **asked), 400, "validation_error", field)
    assert count_in(shop, LedgerEntry) == count_in(shop, Event) == 0


def test_what_is_wrong_is_said_with_what_there_is(token: str) -> None:
    asked = {"product_id": "one", "weights": {"colour": 1}}
    assert "shape, color, pattern, category" in refused(
        ask(token, **asked), 400, "validation_error"
    )
    assert "합이 0" in refused(
        ask(token, product_id="one", weights={"shape": 0}, lang="ko"), 400, "validation_error"
    )
    told = refused(ask(token), 400, "validation_error", "image_url")
    assert all(name in told for name in ("image_url", "image_id", "product_id", "text"))
    assert "무엇을" in refused(ask(token, lang="ko"), 400, "validation_error")


def test_a_form_says_the_same_as_json(token: str) -> None:
    plain = ask(token, product_id="one", fold=False, weights={"color": 1}, facets=["color"])
    form = show(
        token, None, product_id="one", fold="false", weights='{"color": 1}', facets='["color"]'
    )
    assert form.json()["results"] == plain.json()["results"]
    assert form.json()["facets"] == plain.json()["facets"]


@pytest.mark.parametrize("sku", ["", "x" * 101, None, ["one"], "a\0b"])
def test_a_sku_that_is_none(token: str, sku: object) -> None:
    refused(ask(token, product_id=sku), 400, "validation_error", "product_id")


@pytest.mark.parametrize("limit", [0, 49, -1, "many", None, 1.5])
def test_a_limit_that_is_none(token: str, limit: object) -> None:
    refused(ask(token, product_id="one", limit=limit), 400, "validation_error", "limit")


@pytest.mark.parametrize(
    "box",
    [
        [0, 0, 10],
        [0, 0, 0, 0],
        [50, 50, 20, 20],
        [-5, 0, 50, 50],
        ["a", 0, 1, 2],
        [0, 0, True, 9],
        {"x0": 1},
        "[0, 0, 50",
        "[0, 0, Infinity, 50]",
        "[0, 0, NaN, 50]",
        None,
        [0, 0, 161, 200],
        [0, 0, 160, 100000],
        [10, 10, 12, 12],
    ],
)
def test_a_box_that_is_none(token: str, box: object) -> None:
    refused(show(token, picture("upper"), box=box), 400, "validation_error", "box")


def test_deep_json_does_not_break_the_server(token: str) -> None:
    deep = "[" * 100_000
    refused(show(token, picture("upper"), filters=deep), 400, "validation_error", "filters")
    reply = Client().post(
        SEARCH, deep, content_type="application/json", headers={"Authorization": f"Bearer {token}"}
    )
    refused(reply, 400, "parse_error")


def test_a_form_that_is_cut_short(token: str) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\nab'
    reply = Client().post(
        SEARCH,
        body,
        content_type="multipart/form-data; boundary=x",
        headers={"Authorization": f"Bearer {token}"},
    )
    assert reply.status_code in (400, 415) and reply.json()["code"]
    reply = Client().post(
        SEARCH,
        body,
        content_type="multipart/form-data",
        headers={"Authorization": f"Bearer {token}"},
    )
    refused(reply, 400, "parse_error")


def test_two_photos_in_one_form_are_one_the_last(token: str) -> None:
    reply = Client().post(
        SEARCH,
        {"image": [_upload(b""), _upload(picture("upper"))], "limit": json.dumps(1)},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert reply.status_code == 200


def _upload(data: bytes) -> io.BytesIO:
    upload = io.BytesIO(data)
    upload.name = "a.png"
    return upload
