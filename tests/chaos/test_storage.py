"""An S3 store that fails, hangs, sends half a file or is gone: photos wait for it, none is lost.

The store is moto's, behind a proxy of TCP that makes the trouble.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from billing.models import LedgerEntry
from catalog.models import Garment, ImportProblem, ImportRun, Photo
from catalog.services import imports, tagging
from catalog.services.imports import import_start
from tenants import outbox
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope
from tenants.storage import StorageAway
from tests.factories import make_key, make_photo, make_product, make_shop
from tests.support.daemons import Daemon, s3_server
from tests.support.photos import painted_png
from tests.support.troubled_proxy import CUTS, FAILS, FINE, HANGS, TroubledProxy, troubled_proxy
from tests.support.zips import zipped

pytestmark = pytest.mark.django_db(transaction=True)

BUCKET = "photos"
TIMEOUT_SECONDS = 1
TROUBLES = [
    FAILS,
    pytest.param(HANGS, marks=pytest.mark.chaos),
    pytest.param(CUTS, marks=pytest.mark.chaos),
]


@pytest.fixture(scope="module")
def s3() -> Iterator[Daemon]:
    with s3_server(BUCKET) as server:
        yield server


@pytest.fixture
def store(s3: Daemon, settings: Any, tiny_bundle: Path) -> Iterator[TroubledProxy]:
    """What `default_storage` reaches, as production's settings make it."""
    settings.VISION_BUNDLE = str(tiny_bundle)
    with troubled_proxy(s3.port) as proxy:
        settings.STORAGES = {
            **settings.STORAGES,
            "default": {
                "BACKEND": "tenants.storage_s3.S3MediaStorage",
                "OPTIONS": {
                    "bucket_name": BUCKET,
                    "endpoint_url": proxy.url,
                    "region_name": "us-east-1",
                    "access_key": "key",
                    "secret_key": "secret",
                    "file_overwrite": False,
                    "timeout": TIMEOUT_SECONDS,
                },
            },
        }
        yield proxy


def waiting(shop: Shop, photos: list[Photo]) -> None:
    with shop_scope(shop):
        ids = [photo.pk for photo in photos]
        outbox.announce(shop_id=shop.pk, topic=outbox.PHOTO, object_ids=ids)


def time_passes(shop: Shop) -> None:
    """What is given back for later is due."""
    past = timezone.now() - timedelta(seconds=1)
    Outbox.objects.filter(shop=shop, leased_until__isnull=False).update(leased_until=past)


def told(shop: Shop) -> list[tuple[str, str, int]]:
    with shop_scope(shop):
        return list(Photo.objects.order_by("pk").values_list("state", "reason", "attempts"))


@pytest.mark.parametrize("trouble", TROUBLES)
def test_photos_wait_for_a_store_that_fails_and_are_not_blamed(
    trouble: str, store: TroubledProxy
) -> None:
    shop = make_shop()
    product = make_product(shop)
    waiting(shop, [make_photo(product, data=painted_png("upper", shade=at)) for at in range(4)])
    store.set(trouble)
    # More often than a photo of its own fault is tried.
    for _ in range(4):
        tagging.photos_tag(shop_id=shop.pk)
        assert store.troubled
        assert told(shop) == [("pending", "storage_failed", 0)] * 4
        time_passes(shop)
    store.set(FINE)
    tagging.photos_tag(shop_id=shop.pk)
    assert told(shop) == [("done", "", 1)] * 4
    with shop_scope(shop):
        assert Garment.objects.count() == LedgerEntry.objects.count() == 4


@pytest.mark.parametrize("trouble", TROUBLES)
def test_an_import_waits_for_a_store_that_fails(trouble: str, store: TroubledProxy) -> None:
    shop = make_shop()
    names = [f"sku-{at}.png" for at in range(3)]
    archive = zipped({name: painted_png("upper", shade=at) for at, name in enumerate(names)})
    upload = SimpleUploadedFile("photos.zip", archive)
    run = import_start(shop=shop, file=upload, filename="photos.zip", by=None)
    store.set(trouble if trouble != CUTS else FAILS)
    for _ in range(4):
        imports.imports_run(shop_id=shop.pk)
        with shop_scope(shop):
            held = ImportRun.objects.get(pk=run.pk)
            assert held.state == ImportRun.State.WORKING, held.detail
            assert not ImportProblem.objects.exists()
        time_passes(shop)
    store.set(FINE)
    imports.imports_run(shop_id=shop.pk)
    with shop_scope(shop):
        held = ImportRun.objects.get(pk=run.pk)
        assert (held.state, held.created, held.bad) == (ImportRun.State.DONE, 3, 0)
        files = [str(name) for name in Photo.objects.values_list("file", flat=True)]
    assert len(files) == 3 and all(default_storage.exists(name) for name in files)


@pytest.mark.parametrize("trouble", [FAILS, pytest.param(HANGS, marks=pytest.mark.chaos)])
def test_an_upload_is_told_to_come_again(trouble: str, store: TroubledProxy) -> None:
    shop = make_shop()
    product = make_product(shop)
    token = make_key(shop=shop)[1]

    def upload() -> Any:
        image = SimpleUploadedFile("p.png", painted_png("upper"), "image/png")
        return Client().post(
            f"/api/v1/products/{product.sku}/photos",
            {"image": image},
            headers={"Authorization": f"Bearer {token}"},
        )

    store.set(trouble)
    reply = upload()
    assert (reply.status_code, reply.json()["code"]) == (503, "unavailable"), reply.content
    assert int(reply["Retry-After"]) > 0
    assert told(shop) == []
    store.set(FINE)
    assert upload().status_code == 201
    assert told(shop) == [("pending", "", 0)]


def test_half_a_file_is_never_taken_for_a_whole_one(store: TroubledProxy) -> None:
    shop = make_shop()
    data = painted_png("upper")
    photo = make_photo(make_product(shop), data=data)
    store.set(CUTS)
    with pytest.raises(StorageAway), default_storage.open(str(photo.file.name)) as file:
        file.read()
    # Cut while it was stored, as by a copy of the bucket that broke off: whole once it is mended.
    store.set(FINE)
    name = str(photo.file.name)
    default_storage.delete(name)
    default_storage.save(name, ContentFile(data[: len(data) // 2]))
    waiting(shop, [photo])
    tagging.photos_tag(shop_id=shop.pk)
    assert told(shop) == [("pending", "truncated", 1)]
    default_storage.delete(name)
    default_storage.save(name, ContentFile(data))
    time_passes(shop)
    tagging.photos_tag(shop_id=shop.pk)
    assert told(shop) == [("done", "", 2)]


def test_a_bucket_that_is_gone_is_no_missing_photo(store: TroubledProxy, settings: Any) -> None:
    """Given up for a missing file, every photo would have lost its garments."""
    shop = make_shop()
    photo = make_photo(make_product(shop), data=painted_png("upper"))
    waiting(shop, [photo])
    default: Any = default_storage
    default.bucket_name = "another"
    default._bucket = None
    tagging.photos_tag(shop_id=shop.pk)
    assert told(shop) == [("pending", "storage_failed", 0)]
    default.bucket_name, default._bucket = BUCKET, None
    default_storage.delete(str(photo.file.name))
    time_passes(shop)
    tagging.photos_tag(shop_id=shop.pk)
    assert told(shop) == [("failed", "file_missing", 1)]


def test_the_settings_of_production_name_this_storage_and_its_limit_of_time() -> None:
    import os
    import subprocess
    import sys

    variables = {"MEDIA_STORAGE": "s3", "S3_BUCKET": "b", "S3_TIMEOUT_SECONDS": "7"}
    script = "import json; from lookus import settings; print(json.dumps(settings.STORAGES))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    default = json.loads(done.stdout)["default"]
    assert default["BACKEND"] == "tenants.storage_s3.S3MediaStorage"
    assert default["OPTIONS"]["timeout"] == 7
