"""What strangers upload: only pictures are kept, of them only the picture, under names of ours."""

import io
import re
import zipfile
from typing import Any

import numpy as np
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from catalog.models import Photo, Product
from catalog.services.photo_bytes import clean
from tenants.models import ApiKey, Shop
from tenants.scope import shop_scope
from tests.factories import jpeg, make_key, make_product, make_shop
from vision.decode import decode

pytestmark = pytest.mark.django_db

SCRIPT = b"<script>alert('PLANTED')</script><?php PLANTED ?>"
# As the storage names them, whatever the upload was called.
OURS = re.compile(r"shops/\d+/photos/[0-9a-f]{2}/[0-9a-f]{64}\.(jpg|png|webp)")


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("PLANTED.class", b"PLANTED" * 20)
    return out.getvalue()


def picture(kind: str, **options: Any) -> bytes:
    pixels = np.random.default_rng(7).integers(0, 255, (96, 64, 3)).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, kind, **options)
    return out.getvalue()


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def with_segment(marker: int, body: bytes) -> bytes:
    data = picture("JPEG")
    return data[:2] + segment(marker, body) + data[2:]


def webp_with(name: bytes, body: bytes) -> bytes:
    data = picture("WEBP", lossless=True)
    chunk = name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)
    size = int.from_bytes(data[4:8], "little") + len(chunk)
    return data[:4] + size.to_bytes(4, "little") + data[8:] + chunk


def png_with_text() -> bytes:
    told = PngInfo()
    told.add_text("Comment", SCRIPT.decode())
    return picture("PNG", pnginfo=told)


# A page, a program or a film in a picture: all of them show the picture in any viewer.
TWO_IN_ONE = {
    "a page behind a JPEG": picture("JPEG") + SCRIPT,
    "a page behind a progressive JPEG": picture("JPEG", progressive=True) + SCRIPT,
    "an archive behind a JPEG": picture("JPEG") + archive(),
    "a phone's film behind a JPEG": picture("JPEG") + b"\0\0\0\x18ftypmp42PLANTED" * 50,
    "a second picture behind a JPEG": picture("JPEG") + with_segment(0xE1, b"Exif\0\0PLANTED"),
    "a page behind a PNG": picture("PNG") + SCRIPT,
    "an archive behind a PNG": picture("PNG") + archive(),
    "a page behind a WebP": picture("WEBP", lossless=True) + SCRIPT,
    "a page in a chunk of a WebP": webp_with(b"PAGE", SCRIPT),
    "a page in a comment": picture("JPEG", comment=SCRIPT),
    "a page in a PNG's text": png_with_text(),
    **{
        f"a page in segment {marker:x}": with_segment(marker, SCRIPT)
        for marker in (0xE0, 0xE1, 0xE2, 0xE3, 0xED, 0xEE, 0xEF, 0xFE)
    },
}
# What is no picture at all, under a picture's name.
OTHERS = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script/></svg>',
    "html": b"<!doctype html>" + SCRIPT,
    "pdf": b"%PDF-1.7\n" + SCRIPT,
    "elf": b"\x7fELF" + bytes(200),
    "exe": b"MZ" + bytes(200),
    "zip": archive(),
    "xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "a page before a picture": SCRIPT + picture("JPEG"),
    "gif": b"GIF89a" + bytes(300),
    "shell": b"#!/bin/sh\nid\n",
    "zeros": bytes(5000),
}


@pytest.mark.parametrize("what", TWO_IN_ONE)
def test_of_two_files_in_one_the_picture_is_kept(what: str) -> None:
    data = TWO_IN_ONE[what]
    seen = decode(data)
    kept, _suffix = clean(data, seen)
    assert b"PLANTED" in data and b"PLANTED" not in kept
    assert np.array_equal(decode(kept).pixels, seen.pixels)
    assert Image.open(io.BytesIO(kept)).format in ("JPEG", "PNG", "WEBP")


@pytest.fixture
def shop() -> Shop:
    return make_shop()


def upload(product: Product, data: bytes, name: str = "photo.jpg", kind: str = "image/jpeg") -> Any:
    _, token = make_key("sk", shop=product.shop)
    file = SimpleUploadedFile("x", data, content_type=kind)
    file.name = name
    return Client().post(
        f"/api/v1/products/{product.sku}/photos",
        {"image": file},
        headers={"Authorization": f"Bearer {token}"},
    )


def test_what_is_no_picture_is_refused_whatever_it_is_called(shop: Shop) -> None:
    for what, data in OTHERS.items():
        told = upload(make_product(shop), data)
        assert told.status_code in (400, 413, 415, 422), what
        assert told["Content-Type"] == "application/problem+json"
        ApiKey.objects.all().delete()
    with shop_scope(shop):
        assert not Photo.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/cron.d/x.jpg", "..\\..\\x.jpg", "/etc/passwd", "x.html", "x.php", "x.jpg.svg",
        "x.jpg\0.html", "con.jpg", "a" * 300 + ".jpg", "<script>.jpg", "；rm -rf.jpg", ".htaccess",
        'x"; filename="y.html', "x.jpg\r\nX-Evil: 1",
    ],
)  # fmt: skip
def test_a_file_is_named_by_us_and_served_as_a_picture(shop: Shop, name: str) -> None:
    told = upload(make_product(shop), jpeg(seed=5), name, "text/html")
    assert told.status_code == 201, told.content
    with shop_scope(shop):
        photo = Photo.objects.get()
    assert photo.file.name is not None and OURS.fullmatch(photo.file.name)
    assert default_storage.exists(photo.file.name)
    # The picture's own address, as pages show it.
    shown = Client().get(photo.file.url)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in shown["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "../../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "..%2f..%2fetc%2fpasswd", "/etc/passwd",
        "shops/1/imports/1.csv", "shops/1/photos/00/../../imports/1.csv", "shops/1/exports/1.zip",
        "shops/1/photos/00/" + "0" * 64 + ".jpg/../../../x",
        "shops/1/photos/00/" + "0" * 64 + ".html",
    ],
)  # fmt: skip
def test_nothing_but_photos_is_served(path: str) -> None:
    status = Client().get(f"/media/{path}").status_code
    assert status in (400, 403, 404), status
