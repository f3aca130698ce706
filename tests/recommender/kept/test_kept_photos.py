"""Shoppers' photos that are kept with consent, from the request to the file and back."""

import uuid
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from billing.models import LedgerEntry
from recommender.forgetting import searches_forget
from recommender.models import KeptPhoto
from tenants.models import AuditEntry, Shop
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.factories import make_key, make_shop
from tests.recommender.stock import ask, count_in, picture, png, show, stocked
from vision.analyzer import Analyzer
from vision.decode import decode_image

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(analyzer: Analyzer) -> Shop:
    made = make_shop(slug="keeps", photo_days=7)
    stocked(made, analyzer)
    return made


@pytest.fixture
def token(shop: Shop) -> str:
    return make_key("sk", shop=shop)[1]


def kept(shop: Shop) -> KeptPhoto:
    with shop_scope(shop):
        return KeptPhoto.objects.get()


def delete(token: str, image_id: Any) -> Any:
    return Client().delete(
        f"/api/v1/photos/{image_id}", headers={"Authorization": f"Bearer {token}"}
    )


def test_nothing_is_kept_without_consent(shop: Shop, token: str) -> None:
    for fields in ({}, {"consent": False}):
        reply = show(token, picture("upper"), **fields)
        assert reply.json()["kept_until"] is None
    assert count_in(shop, KeptPhoto) == 0


def test_nothing_is_kept_by_a_shop_that_keeps_none(shop: Shop, token: str) -> None:
    Shop.objects.filter(pk=shop.pk).update(photo_days=0)
    assert show(token, picture("upper"), consent=True).json()["kept_until"] is None
    assert count_in(shop, KeptPhoto) == 0


def test_with_consent_the_garment_stays_sharp_and_all_else_is_blurred(
    shop: Shop, token: str, analyzer: Analyzer
) -> None:
    # a "face" of hard black and white beside the garment, in the paper around it
    pixels = decode_image(picture("upper", size=(320, 400))).copy()
    pixels[10:30, 10:60:4] = 0
    data = png(pixels)
    body = show(token, data, consent=True).json()
    row = kept(shop)
    assert str(row.image_id) == body["query"]["image_id"]
    assert body["kept_until"][:10] == (timezone.now() + timedelta(days=7)).date().isoformat()
    with default_storage.open(row.file) as file:
        stored = file.read()
    assert stored[:2] == b"\xff\xd8" and b"Exif" not in stored
    after = decode_image(stored)
    assert after.shape == pixels.shape
    assert np.ptp(pixels[10:30, 10:60]) == 255
    assert np.ptp(after[12:28, 12:58].astype(int).mean(2)) < 80
    middle = (slice(100, 180), slice(130, 190))
    assert np.abs(after[middle].astype(int) - pixels[middle]).mean() < 6


def test_consent_given_after_a_first_search_is_kept_and_charged_once(
    shop: Shop, token: str
) -> None:
    data = picture("upper")
    assert show(token, data).json()["kept_until"] is None
    assert show(token, data, consent=True).json()["kept_until"]
    assert show(token, data, consent=True).status_code == 200
    assert count_in(shop, KeptPhoto) == 1
    assert count_in(shop, LedgerEntry) == 1


def test_a_photo_without_a_garment_is_not_kept(shop: Shop, token: str) -> None:
    assert show(token, picture(), consent=True).json()["kept_until"] is None
    assert count_in(shop, KeptPhoto) == 0


def test_consent_belongs_to_a_photo(token: str) -> None:
    reply = ask(token, text="shirt", consent=True)
    assert reply.status_code == 400
    assert reply.json()["errors"][0]["code"] == "unknown_field"


def test_a_shopper_takes_consent_back(shop: Shop, token: str) -> None:
    show(token, picture("upper"), consent=True)
    row = kept(shop)
    stranger = make_key("sk", shop=make_shop(slug="stranger"))[1]
    assert delete(stranger, row.image_id).status_code == 404
    assert delete(token, uuid.uuid4()).status_code == 404
    assert default_storage.exists(row.file)
    assert delete(token, row.image_id).status_code == 204
    assert not default_storage.exists(row.file)
    assert delete(token, row.image_id).status_code == 404


def test_on_its_day_the_photo_goes_file_first(shop: Shop, token: str) -> None:
    show(token, picture("upper"), consent=True)
    row = kept(shop)
    searches_forget()
    assert default_storage.exists(row.file)
    with shop_scope(shop):
        KeptPhoto.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    searches_forget()
    assert not default_storage.exists(row.file)
    assert count_in(shop, KeptPhoto) == 0


def test_a_storage_that_fails_costs_the_shopper_nothing(
    shop: Shop, token: str, tmp_path: Any, settings: Any
) -> None:
    wall = tmp_path / "wall"
    wall.write_text("no folder")
    settings.MEDIA_ROOT = str(wall)
    reply = show(token, picture("upper"), consent=True)
    assert reply.status_code == 200 and reply.json()["results"]
    assert reply.json()["kept_until"] is None
    assert count_in(shop, KeptPhoto) == 0


def test_media_does_not_serve_it(shop: Shop, token: str) -> None:
    show(token, picture("upper"), consent=True)
    assert Client().get(f"/media/{kept(shop).file}").status_code == 404


def test_the_shops_people_see_it_and_delete_it(shop: Shop, token: str) -> None:
    show(token, picture("upper"), consent=True)
    row, desk = kept(shop), Desk(shop, "editor")
    assert f"queries/{row.image_id}.jpg" in desk.page("queries/")
    shown = desk.get(f"queries/{row.image_id}.jpg")
    assert shown["Content-Type"] == "image/jpeg" and "no-store" in shown["Cache-Control"]
    assert b"".join(shown.streaming_content)[:2] == b"\xff\xd8"
    assert desk.post(f"queries/{row.image_id}/delete/").status_code == 302
    assert not default_storage.exists(row.file)
    with shop_scope(shop):
        assert AuditEntry.objects.filter(action="delete", object_type__contains="kept").exists()
    assert "will stand here" in desk.page("queries/")


def test_a_viewer_deletes_none(shop: Shop, token: str) -> None:
    show(token, picture("upper"), consent=True)
    row = kept(shop)
    desk = Desk(shop, "viewer")
    assert desk.post(f"queries/{row.image_id}/delete/").status_code == 403
    assert default_storage.exists(row.file)
