"""From the sign-up to the lens on the shop's pages, as a new owner's browser sees it."""

import io
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.frontend.conftest import draw_photo
from tests.stack import RunningLookUs
from tests.support.serving import serving

TAGGED_MS = 120_000


class Storefront:
    """The owner's own shop: one page, which changes during the test."""

    def __init__(self) -> None:
        self.html = "<!doctype html><title>Maru</title><p>Coats"
        outer = self

        class Answer(BaseHTTPRequestHandler):
            def log_message(self, *args: Any) -> None:
                pass

            def do_GET(self) -> None:
                body = outer.html.encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.authority = f"127.0.0.1:{self.server.server_port}"


@pytest.fixture(scope="module")
def storefront() -> Iterator[Storefront]:
    shop = Storefront()
    with serving(shop.server):
        yield shop


@pytest.fixture(scope="module")
def lookus(
    tmp_path_factory: pytest.TempPathFactory, storefront: Storefront
) -> Iterator[RunningLookUs]:
    home = tmp_path_factory.mktemp("first") / "home"
    stack = RunningLookUs(home, FETCH_ALLOWED_PRIVATE=storefront.authority)
    try:
        stack.wait_until_ready()
        yield stack
    finally:
        stack.stop()


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A ZIP with two photos."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("red-jacket.jpg", draw_photo())
        archive.writestr("small-jacket.jpg", draw_photo(240, 320))
    path = tmp_path / "photos.zip"
    path.write_bytes(packed.getvalue())
    return path


def test_a_new_owner_gets_from_nothing_to_the_lens(
    page: Page, lookus: RunningLookUs, storefront: Storefront, photos: Path
) -> None:
    page.goto(f"{lookus.base_url}/signup/")
    page.get_by_label("E-mail address").fill("owner@maru.example")
    page.get_by_label("Password").fill("a long and unusual one")
    page.get_by_role("button", name="Make an account").click()

    page.get_by_label("Name of the shop").fill("Maru")
    page.get_by_label("Address of the shop").fill(f"http://{storefront.authority}/")
    page.get_by_label("Language of the shop").select_option("en")
    page.get_by_label("Currency of the prices").select_option("USD")
    page.get_by_role("button", name="Make the shop").click()

    # The first step is done by that; the second leads to the upload.
    expect(page.get_by_role("heading", name="How does the catalogue come in?")).to_be_visible()
    page.get_by_role("link", name="Upload a file").click()
    page.locator("input[type=file]").first.set_input_files(photos)
    page.get_by_role("button", name="Upload").click()
    page.wait_for_url("**/catalog/importrun/**")

    page.goto(f"{lookus.base_url}/admin/maru/start/")
    first = page.locator(".first-photos li")
    expect(first).to_have_count(2, timeout=TAGGED_MS)
    expect(first.first.locator("small")).not_to_be_empty()
    page.get_by_role("link", name="On to your pages").click(timeout=TAGGED_MS)

    page.get_by_role("button", name="Look now").click()
    expect(page.get_by_text("The script of the lens is not on the page.")).to_be_visible()
    storefront.html += str(page.locator("#snippet").text_content())
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_role("status")).to_contain_text("The lens is on")
    page.goto(f"{lookus.base_url}/admin/maru/")
    expect(page.get_by_text("Go on with the beginning")).to_have_count(0)
