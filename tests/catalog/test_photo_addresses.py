"""Photos from addresses: an import's row, the fetch, and what the shop is told."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from catalog import tasks
from catalog.models import Photo
from catalog.services.imports import import_start
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope
from tests.factories import make_shop
from tests.support.photos import painted_png
from tests.support.strange_server import Server, strange_server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sent")]


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    with strange_server() as serving:
        serving.photo = painted_png("upper")
        settings.FETCH_ALLOWED_PRIVATE = [serving.authority]
        settings.FETCH_TIMEOUT_SECONDS = 1
        settings.PHOTO_ATTEMPTS = 1
        yield serving


def imported(shop: Shop, *urls: str) -> None:
    rows = "".join(f"S{at},Shirt,1000,{url}\n" for at, url in enumerate(urls))
    file = ContentFile(f"sku,title,price,image_url\n{rows}".encode())
    import_start(shop=shop, file=file, filename="a.csv")
    tasks.run_imports(shop.pk)


def test_a_photo_is_fetched_stored_and_tagged(server: Server) -> None:
    shop = make_shop()
    imported(shop, server.url("/photo/1"), server.url("/to/%2Fphoto%2F2"))
    tasks.tag_photos(shop.pk)
    with shop_scope(shop):
        first, second = Photo.objects.order_by("pk")
        assert (first.state, second.state) == ("done", "done")
        assert (first.width, first.height) == (160, 220)
        assert first.file.name == second.file.name
        assert default_storage.exists(first.file.name)
        assert first.digest in first.file.name
    imported(shop, server.url("/photo/1"), server.url("/to/%2Fphoto%2F2"))
    tasks.tag_photos(shop.pk)
    assert len(server.seen) == 3


@pytest.mark.parametrize(
    ("path", "reason", "words"),
    [
        ("/status/404", "url_failed", "answered 404"),
        ("/status/500", "url_failed", "answered 500"),
        ("/drip/", "url_failed", "no answer within 1 seconds"),
        ("/endless/", "url_failed", "larger than 10 MB"),
        ("/html/", "not_an_image", "a web page"),
        ("/to/" + quote("http://127.0.0.1:1/x", safe=""), "url_refused", "port 1 is not allowed"),
        ("/to/" + quote("http://10.0.0.1/x", safe=""), "url_refused", "private address"),
    ],
)
def test_a_photo_that_does_not_come_says_why_in_the_report(
    server: Server, path: str, reason: str, words: str
) -> None:
    shop = make_shop()
    imported(shop, server.url(path), server.url("/photo/"))
    tasks.tag_photos(shop.pk)
    with shop_scope(shop):
        bad, good = Photo.objects.order_by("pk")
        assert (bad.state, bad.reason) == ("failed", reason)
        assert words in bad.detail
        assert good.state == "done"
        problem = bad.import_run.problems.get()
        assert (problem.row, problem.sku, problem.field, problem.code) == (2, "S0", "photo", reason)
        assert words in problem.message
        assert problem.value == server.url(path)
    assert not Outbox.objects.filter(topic="photo").exists()


def test_a_name_that_leads_to_a_private_address_is_told_at_the_fetch(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tenants import fetch

    shop = make_shop()
    imported(shop, "http://photos.example/a.jpg")
    answer = [(2, 1, 6, "", ("192.168.0.9", 80))]
    monkeypatch.setattr(fetch.socket, "getaddrinfo", lambda *_: answer)
    tasks.tag_photos(shop.pk)
    with shop_scope(shop):
        photo = Photo.objects.get()
        assert (photo.state, photo.reason) == ("failed", "url_refused")
        assert "photos.example" in photo.detail


def test_a_photo_that_failed_is_fetched_again_by_the_next_import(server: Server) -> None:
    shop = make_shop()
    imported(shop, server.url("/status/500"))
    tasks.tag_photos(shop.pk)
    imported(shop, server.url("/status/500"))
    tasks.tag_photos(shop.pk)
    assert len(server.seen) == 2
