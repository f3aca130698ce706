"""A shopper's way through the demo storefront on the real stack, from the photo to rows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib import request

import pytest
from playwright.sync_api import Page, Playwright, Request, expect

from tests.frontend.conftest import CHROMIUM, FLAGS, until
from tests.frontend.test_lens import cards, choose
from tests.frontend.test_lens_flow import WAIT_MS, photo_of_card

# As a person's browser: what calls itself headless is left out.
PERSON = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
    "Safari/537.36"
)
ROWS = """
import json
from analytics.models import Event
from tenants.models import Shop
from tenants.scope import shop_scope
with shop_scope(Shop.objects.get(slug={slug!r})):
    rows = Event.objects.exclude(type="search").order_by("id").values(
        "type", "sku", "search_id", "position", "quantity", "price", "by_server", "visitor",
        "order_ref")
    print(json.dumps(list(rows), default=str))
"""


@pytest.fixture
def shopper(live_stack: Any, playwright: Playwright) -> Iterator[Page]:
    """At the storefront's front page, in English."""
    # By its own flag: what a context says of itself is not said by the last request of a page.
    agent = f"--user-agent={PERSON}"
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, agent])
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")
    page.set_default_timeout(WAIT_MS)
    page.goto(f"{live_stack.base_url}/shop/{live_stack.shop_slug}/?lang=en")
    yield page
    browser.close()


def rows(live_stack: Any, search_id: str) -> dict[str, list[dict[str, Any]]]:
    """What stands in the database of a search, by its type: other tests use the same shop."""
    told = live_stack.lookus("manage", "shell", "-c", ROWS.format(slug=live_stack.shop_slug))
    found: dict[str, list[dict[str, Any]]] = {}
    for row in json.loads(told.strip().splitlines()[-1]):
        if row["search_id"] == search_id:
            found.setdefault(row["type"], []).append(row)
    return found


def tell(live_stack: Any, event: dict[str, Any]) -> dict[str, Any]:
    """As the shop's own server does."""
    headers = {
        "Authorization": f"Bearer {live_stack.secret_key}",
        "Content-Type": "application/json",
    }
    address = f"{live_stack.base_url}/api/v1/events"
    with request.urlopen(
        request.Request(address, json.dumps(event).encode(), headers), timeout=20
    ) as answer:
        told: dict[str, Any] = json.load(answer)
    return told


def test_from_a_photo_to_an_order_that_page_and_server_tell(live_stack: Any, shopper: Page) -> None:
    page = shopper
    told: list[str] = []
    taken: list[str] = []

    def keep(where: list[str], asked: Request) -> None:
        if asked.url.endswith("/api/v1/events"):
            where.append(asked.post_data or "")

    page.on("request", lambda asked: keep(told, asked))
    page.on("response", lambda answer: keep(taken, answer.request))
    _, photo = photo_of_card(page, 4)
    choose(page, photo)
    expect(cards(page).nth(1)).to_be_visible(timeout=WAIT_MS)
    cards(page).nth(1).scroll_into_view_if_needed()
    until(page, lambda: any('"impression"' in body for body in told), seconds=60)
    name = cards(page).nth(1).locator("[part=product-title]").inner_text()
    cards(page).nth(1).click()
    expect(page.locator("h1")).to_have_text(name, timeout=WAIT_MS)
    sku = page.locator("[data-add]").get_attribute("data-sku")
    page.locator("[data-add]").click()
    until(page, lambda: any('"cart"' in body for body in told), seconds=60)
    page.locator(".added a").click()
    page.get_by_role("link", name="Pretend to order").click()
    order = page.locator(".number").inner_text()
    until(page, lambda: any('"purchase"' in body for body in taken), seconds=60)
    line = {"product_id": sku, "quantity": 1, "price": 12345}
    assert (
        tell(live_stack, {"type": "purchase", "order": order, "items": [line]})["counted"] is False
    )

    shown_first = next(body for body in told if '"impression"' in body)
    search = re.search(r'"search_id": ?"([^"]+)"', shown_first)
    assert search
    found = rows(live_stack, search[1])
    (click,) = found["click"]
    assert click["sku"] == sku
    shown = {row["sku"]: row["position"] for row in found["impression"]}
    assert shown[sku] == click["position"] == 2
    (view,) = [row for row in found["view"] if row["sku"] == sku]
    (cart,) = found["cart"]
    (bought,) = found["purchase"]
    for row in (view, cart, bought):
        assert (row["sku"], row["search_id"], row["position"]) == (sku, search[1], 2)
    assert (bought["by_server"], bought["price"], bought["quantity"]) == (True, 12345, 1)
    assert order not in json.dumps(found)
    assert {row["visitor"] for kind in found.values() for row in kind} == {""}
