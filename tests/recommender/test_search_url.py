"""`image_url`, fetched over real sockets by the guarded fetcher."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pytest_django import Settings

from billing.models import LedgerEntry
from tenants.models import Shop
from tests.factories import make_key, make_shop
from tests.recommender.stock import ask, count_in, picture, show, skus, stocked
from tests.support.serving import serving
from vision.analyzer import Analyzer

pytestmark = pytest.mark.django_db


class Quiet(ThreadingHTTPServer):
    def handle_error(self, *args: object) -> None:
        """A fetch that ends early is what is tested."""


class PhotoServer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body, status, location = b"", 200, ""
        match self.path:
            case "/photo.png":
                body = picture("upper")
            case "/page.html":
                body = b"<html>no photo</html>"
            case "/empty":
                pass
            case "/large":
                body = bytes(10 * 2**20 + 1)
            case "/moved":
                status, location = 302, "/photo.png"
            case "/inside":
                status, location = 302, "http://127.0.0.1:1/photo.png"
            case _:
                status = 404
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server(settings: Settings) -> Iterator[str]:
    with serving(Quiet(("127.0.0.1", 0), PhotoServer)) as httpd:
        host = f"127.0.0.1:{httpd.server_address[1]}"
        settings.FETCH_ALLOWED_PRIVATE = [host]
        yield f"http://{host}"


@pytest.fixture
def shop(analyzer: Analyzer) -> Shop:
    shop = make_shop(language="en")
    stocked(shop, analyzer, product={"sku": "one"})
    return shop


@pytest.fixture
def token(shop: Shop) -> str:
    return make_key("sk", shop=shop)[1]


@pytest.mark.parametrize("path", ["/photo.png", "/moved"])
def test_a_photo_at_an_address_is_searched_as_an_uploaded_one(
    shop: Shop, token: str, server: str, path: str
) -> None:
    reply = ask(token, image_url=server + path)
    assert skus(reply) == ["one"]
    assert "fetch;dur=" in reply["Server-Timing"]
    assert reply.json()["results"][0]["why"]["shape"] > 0.99
    show(token, picture("upper"))
    assert count_in(shop, LedgerEntry) == 1  # the same photo, whichever way it came


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/none", 422, "url_failed"),
        ("/large", 422, "url_failed"),
        ("/inside", 422, "url_refused"),
        ("/page.html", 415, "not_an_image"),
        ("/empty", 400, "empty"),
    ],
)
def test_what_stands_at_the_address_is_judged(
    token: str, server: str, path: str, status: int, code: str
) -> None:
    reply = ask(token, image_url=server + path)
    assert (reply.status_code, reply.json()["code"]) == (status, code), reply.content


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/a.png",
        "http://localhost/a.png",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.8/a.png",
        "http://[::1]/a.png",
        "ftp://example.com/a.png",
        "file:///etc/passwd",
        "no address",
    ],
)
def test_an_address_that_leads_inside_is_refused(token: str, url: str) -> None:
    reply = ask(token, image_url=url)
    assert (reply.status_code, reply.json()["code"]) == (422, "url_refused"), reply.content


def test_nothing_is_paid_for_what_was_refused(shop: Shop, token: str, server: str) -> None:
    ask(token, image_url=server + "/none")
    assert count_in(shop, LedgerEntry) == 0
