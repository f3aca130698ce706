"""WCAG 2.2 AA as axe sees it, on the pages of the hosted storefront."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.frontend.states import visitor
from tests.frontend.test_accessibility import TURNS, in_both_schemes

PAGES = {
    "front": "",
    "product": "p/{sku}/",
    "find": "find/",
    "bag": "bag/",
}


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_of_the_storefront(chromium: Browser, live_stack: Any, name: str) -> None:
    shop = f"{live_stack.base_url}/shop/{live_stack.shop_slug}/"
    at = list(PAGES).index(name)
    for turn, device in enumerate(TURNS[0]):
        with visitor(chromium, device) as page:
            page.set_default_timeout(60_000)
            page.goto(f"{shop}?lang={TURNS[1][(at + turn) % 2]}")
            sku = str(page.locator(".catalogue .card").first.get_attribute("href")).split("/")[-2]
            page.goto(shop + PAGES[name].format(sku=sku), wait_until="networkidle")
            assert in_both_schemes(page) == [], device
