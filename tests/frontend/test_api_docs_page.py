"""The API's documents for people, in a real browser."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

WAIT_MS = 60_000


def test_docs_show_the_search_and_ask_no_other_host(live_stack: Any, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_stack.base_url}/api/docs/")
    summary = page.get_by_text("Find products by a photo, a drawing, a product, words")
    expect(summary.first).to_be_visible(timeout=WAIT_MS)
    own = urlsplit(live_stack.base_url).netloc
    assert {urlsplit(url).netloc for url in asked if url.startswith("http")} == {own}
