"""What is kept of a photo's file: its pixels and their orientation, not where it was taken."""

import io

import numpy as np
import pytest
from django.core.files.storage import default_storage
from PIL import Image

from catalog.services.photo_bytes import clean
from catalog.services.photos import photo_store
from tests.support.photos import painted
from vision.decode import decode
from vision.errors import ImageRejected

GPS, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F


def photo(kind: str, *, orientation: int = 1, **options: object) -> bytes:
    exif = Image.Exif()
    exif[MAKE], exif[ORIENTATION] = "PhoneMaker", orientation
    exif.get_ifd(GPS)[2] = (37.0, 33.0, 59.0)
    out = io.BytesIO()
    Image.fromarray(painted("upper")).save(out, kind, exif=exif, **options)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_metadata_goes_and_every_pixel_stays(kind: str) -> None:
    data = photo(kind, **({"lossless": True} if kind == "WEBP" else {}))
    assert b"PhoneMaker" in data
    before = decode(data)
    kept, suffix = clean(data, before)
    assert b"PhoneMaker" not in kept
    assert suffix == {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}[kind]
    assert not Image.open(io.BytesIO(kept)).getexif().get_ifd(GPS)
    assert np.array_equal(decode(kept).pixels, before.pixels)


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_turned_jpeg_stays_upright(orientation: int) -> None:
    data = photo("JPEG", orientation=orientation)
    kept, _ = clean(data, decode(data))
    assert b"PhoneMaker" not in kept
    assert np.array_equal(decode(kept).pixels, decode(data).pixels)
    assert Image.open(io.BytesIO(kept)).getexif()[ORIENTATION] == orientation


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_turned_photo_of_another_kind_stays_upright(kind: str) -> None:
    data = photo(kind, orientation=6)
    kept, _ = clean(data, decode(data))
    assert b"PhoneMaker" not in kept
    before, after = decode(data), decode(kept)
    assert (after.width, after.height) == (before.width, before.height)


def test_progressive_and_commented_jpeg() -> None:
    data = photo("JPEG", progressive=True, comment=b"taken at home")
    kept, _ = clean(data, decode(data))
    assert b"taken at home" not in kept
    assert np.array_equal(decode(kept).pixels, decode(data).pixels)


def test_what_browsers_do_not_show_becomes_jpeg() -> None:
    data = photo("AVIF", quality=90)
    kept, suffix = clean(data, decode(data))
    assert (suffix, kept[:2]) == (".jpg", b"\xff\xd8")


def test_the_file_is_named_by_its_content_and_kept_once() -> None:
    data = photo("JPEG", orientation=6)
    stored = photo_store(shop_id=7, data=data)
    assert stored.name == f"shops/7/photos/{stored.digest[:2]}/{stored.digest}.jpg"
    assert (stored.width, stored.height) == (220, 160)
    assert photo_store(shop_id=7, data=data) == stored
    folder, _ = stored.name.rsplit("/", 1)
    assert len(default_storage.listdir(folder)[1]) == 1


def test_what_is_no_photo_is_not_kept() -> None:
    with pytest.raises(ImageRejected) as rejected:
        photo_store(shop_id=987654, data=b"<html></html>")
    assert rejected.value.code == "not_an_image"
    assert not default_storage.exists("shops/987654")
