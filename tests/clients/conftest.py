"""A page of another origin that the JavaScript client is served to, and a real Chromium for it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.frontend.conftest import chromium, playwright, shop
from tests.support.serving import serving

__all__ = ["chromium", "playwright", "shop"]

PERSON = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0"
"""What a headless browser tells of itself is no shopper's: its events would not count."""
CLIENT = Path(__file__).parents[2] / "clients" / "javascript"
ASKS_IN_A_WORKER = """
import { LookusClient } from "/src/index.js";
onmessage = async ({ data }) => {
  const found = await new LookusClient(data.settings).search(data.params);
  postMessage(found.results.length);
};
"""


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = {".js": "text/javascript", "": "application/octet-stream"}

    def do_GET(self) -> None:
        own = {"/": ("text/html", "<!doctype html><title>A shop</title>"),
               "/worker.js": ("text/javascript", ASKS_IN_A_WORKER)}  # fmt: skip
        if self.path not in own:
            super().do_GET()
            return
        kind, text = own[self.path]
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *args: object) -> None:
        return


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(user_agent=PERSON)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The origin of a shop's own page; the client's sources stand in its /src/."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(CLIENT)))
    with serving(server):
        yield f"http://localhost:{server.server_port}"
