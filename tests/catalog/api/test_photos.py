import io
from typing import Any

import pytest

from catalog.models import Photo
from tenants import outbox
from tenants.models import Outbox
from tenants.scope import shop_scope
from tests.catalog.api.caller import Caller, at, fields
from tests.factories import jpeg, make_photo, make_product

pytestmark = pytest.mark.django_db

PHOTOS = f"{at('A')}/photos"


def upload(caller: Caller, data: bytes, path: str = PHOTOS) -> Any:
    file = io.BytesIO(data)
    file.name = "photo.jpg"
    return caller.form(path, {"image": file})


def test_a_photo_is_uploaded_and_waits_for_the_worker(ours: Caller) -> None:
    make_product(ours.shop, sku="A")
    told = upload(ours, jpeg(seed=1))
    assert told.status_code == 201, told.content
    photo = told.json()
    assert (photo["state"], photo["position"], photo["width"]) == ("pending", 0, 96)
    second = ours.post(PHOTOS, {"url": "https://x.example/2.jpg"}).json()
    assert (second["position"], second["source_url"]) == (1, "https://x.example/2.jpg")
    waiting = Outbox.objects.filter(shop=ours.shop, topic=outbox.PHOTO)
    assert set(waiting.values_list("object_id", flat=True)) == {photo["id"], second["id"]}


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "empty"), (b"hello", "not_an_image"), (jpeg()[:300], "truncated")]
)
def test_what_is_no_photo_is_refused(ours: Caller, data: bytes, code: str) -> None:
    make_product(ours.shop, sku="A")
    assert upload(ours, data).json()["code"] == code
    with shop_scope(ours.shop):
        assert not Photo.objects.exists()


def test_wrong_bodies_and_unknown_products(ours: Caller) -> None:
    assert upload(ours, jpeg()).json()["code"] == "product_not_found"
    make_product(ours.shop, sku="A")
    assert fields(ours.post(PHOTOS, {})) == {"image": "one_photo"}
    assert set(fields(ours.post(PHOTOS, {"url": "http://10.0.0.1/x.jpg"}))) == {"url"}


def test_a_photo_is_taken_away(ours: Caller) -> None:
    product = make_product(ours.shop, sku="A")
    kept, gone = make_photo(product), make_photo(product)
    other = make_photo(make_product(ours.shop, sku="B"))
    assert ours.delete(f"{PHOTOS}/{gone.pk}").status_code == 204
    for photo in (gone, other):
        reply = ours.delete(f"{PHOTOS}/{photo.pk}")
        assert (reply.status_code, reply.json()["code"]) == (404, "photo_not_found")
    assert [one["id"] for one in ours.get(at("A")).json()["photos"]] == [kept.pk]


def test_a_product_has_room_for_twenty(ours: Caller) -> None:
    product = make_product(ours.shop, sku="A")
    for _ in range(20):
        make_photo(product, stored=False)
    assert fields(ours.post(PHOTOS, {"url": "https://x.example/2.jpg"})) == {"photos": "too_many"}
