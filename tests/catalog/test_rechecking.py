"""Addresses of known photos are asked whether they changed: conditionally, over real HTTP."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from catalog import tasks
from catalog.models import Garment, Photo
from tenants.models import Outbox
from tenants.scope import shop_scope
from tests.catalog.runs import imported, table
from tests.factories import make_shop
from tests.support.photos import painted_png
from tests.support.serving import serving

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sent")]


class PhotoServer:
    """One photo at every address, with an ETag."""

    def __init__(self) -> None:
        self.body, self.etag, self.asked = painted_png("upper"), '"one"', []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                known = self.headers.get("If-None-Match")
                outer.asked.append((self.path, known))
                same = outer.etag != "" and known == outer.etag
                self.send_response(304 if same else 200)
                if outer.etag:
                    self.send_header("ETag", outer.etag)
                self.send_header("Content-Length", "0" if same else str(len(outer.body)))
                self.end_headers()
                if not same:
                    self.wfile.write(outer.body)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def photos(settings: Any) -> Iterator[PhotoServer]:
    served = PhotoServer()
    settings.FETCH_ALLOWED_PRIVATE = [f"127.0.0.1:{served.server.server_port}"]
    with serving(served.server):
        yield served


def test_only_another_photo_is_fetched_and_tagged_again(photos: PhotoServer) -> None:
    shop = make_shop()
    rows = table(1, image_url=f"{photos.base}/a.png")
    imported(shop, rows)
    tasks.tag_photos(shop.pk)
    with shop_scope(shop):
        first = Photo.objects.get()
        seen = Garment.objects.get().pk
    assert (first.state, first.etag) == ("done", '"one"')
    imported(shop, rows)
    assert len(photos.asked) == 1
    imported(shop, rows, look_again=True)
    tasks.recheck_photos(shop.pk)
    assert photos.asked[1:] == [("/a.png", '"one"')]
    photos.etag = ""
    imported(shop, rows, look_again=True)
    tasks.recheck_photos(shop.pk)
    with shop_scope(shop):
        assert Photo.objects.get().state == "done"
    assert not Outbox.objects.filter(topic__in=("photo", "recheck")).exists()
    photos.body = painted_png("lower")
    imported(shop, rows, look_again=True)
    tasks.recheck_photos(shop.pk)
    tasks.tag_photos(shop.pk)
    with shop_scope(shop):
        again = Photo.objects.get()
        assert again.digest != first.digest and again.state == "done"
        assert Garment.objects.get().pk != seen


def test_a_new_address_with_the_same_bytes_is_not_tagged_again(photos: PhotoServer) -> None:
    shop = make_shop()
    imported(shop, table(1, image_url=f"{photos.base}/a.png"))
    tasks.tag_photos(shop.pk)
    with shop_scope(shop):
        seen = Garment.objects.get().pk
    imported(shop, table(1, image_url=f"{photos.base}/b.png"))
    tasks.tag_photos(shop.pk)
    with shop_scope(shop):
        photo = Photo.objects.get()
        assert (photo.state, photo.source_url) == ("done", f"{photos.base}/b.png")
        assert photo.file and Garment.objects.get().pk == seen
    assert len(photos.asked) == 2


def test_an_address_that_no_longer_answers_keeps_the_photo_we_have(photos: PhotoServer) -> None:
    shop = make_shop()
    rows = table(1, image_url=f"{photos.base}/a.png")
    imported(shop, rows)
    tasks.tag_photos(shop.pk)
    photos.body, photos.etag = b"<html>gone</html>", ""
    imported(shop, rows, look_again=True)
    tasks.recheck_photos(shop.pk)
    with shop_scope(shop):
        assert Photo.objects.get().state == "done" and Garment.objects.exists()
    assert not Outbox.objects.filter(topic__in=("photo", "recheck")).exists()
