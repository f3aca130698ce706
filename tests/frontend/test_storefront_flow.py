"""The demo storefront on the real stack, as a visitor uses it: lens, strips, bag; its budget."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from lookus.storefront_bench import one_round
from tests.frontend.test_lens import cards

WAIT_MS = 60_000
# The widget's own share of what moves on a page; 0.1 of all is held to be good.
MAX_SHIFT = 0.01
# Of the processor's time, not slowed down: 100 is asked for, a busy machine takes more.
MAX_FIRST_USE_MS = 200


@pytest.fixture
def front(live_stack: Any) -> str:
    return f"{live_stack.base_url}/shop/{live_stack.shop_slug}/"


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A phone's page that fails the test when a policy was broken or a script threw."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: "Policy" in said.text and wrong.append(said.text))
    yield page
    context.close()
    assert wrong == []


def product_of(page: Page, front: str, index: int, lang: str) -> None:
    """Open the n-th product of the front page."""
    page.goto(f"{front}?lang={lang}")
    page.goto(page.locator(".catalogue .card").nth(index).evaluate("(link) => link.href"))


def test_the_photo_of_a_product_goes_through_the_lens(phone: Page, front: str) -> None:
    product_of(phone, front, 1, "ko")
    phone.get_by_role("button", name="이 사진으로 찾기").tap()
    expect(cards(phone).first).to_be_visible(timeout=WAIT_MS)
    assert cards(phone).first.evaluate("(link) => link.href") == phone.url
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    # The headers of our own pages leave the lens what it needs for spoken words, and no more.
    allowed = phone.evaluate("(name) => document.featurePolicy.allowsFeature(name)", "microphone")
    assert allowed and not phone.evaluate("document.featurePolicy.allowsFeature('camera')")


def test_the_strips_lead_on_and_tell_so(phone: Page, front: str) -> None:
    product_of(phone, front, 2, "en")
    phone.locator("lookus-similar").evaluate("(node) => node.scrollIntoView({ block: 'center' })")
    expect(phone.locator("lookus-similar [part=product]").first).to_be_visible(timeout=WAIT_MS)
    title = phone.locator("lookus-similar [part=product-title]").first.inner_text()
    with phone.expect_response("**/api/v1/events") as event:
        phone.locator("lookus-similar [part=product]").first.tap()
        expect(phone.locator("h1")).to_have_text(title)
    assert event.value.status == 202


def test_search_by_photo_is_three_screens_with_a_way_back(phone: Page, front: str) -> None:
    phone.goto(f"{front}find/?lang=en")
    screens = phone.locator(".finding")
    phone.locator(".samples button").first.tap()
    expect(screens).to_have_attribute("data-step", "look")
    expect(screens).to_have_attribute("data-step", "found", timeout=WAIT_MS)
    expect(cards(phone).first).to_be_visible()
    expect(phone.locator(".samples")).to_be_hidden()
    phone.go_back()
    expect(screens).to_have_attribute("data-step", "ask")
    expect(phone.locator(".samples button").first).to_be_visible()


def told(page: Page, kind: str) -> Any:
    """Waits until an event of this kind was taken by the API."""
    return page.expect_response(
        lambda answer: (
            answer.url.endswith("/api/v1/events")
            and answer.status == 202
            and kind in kinds_of(answer.request)
        ),
        timeout=WAIT_MS,
    )


def kinds_of(request: Request) -> list[str]:
    return [one["type"] for one in json.loads(request.post_data or "{}").get("events", [])]


def test_the_bag_sells_nothing_and_tells_the_lens(phone: Page, front: str) -> None:
    kinds: list[str] = []
    phone.on(
        "request", lambda asked: kinds.extend(kinds_of(asked) if "events" in asked.url else [])
    )
    product_of(phone, front, 0, "en")
    title = phone.locator("h1").inner_text()
    with told(phone, "cart"):
        phone.get_by_role("button", name="Put in the bag").tap()
    expect(phone.get_by_role("status")).to_contain_text("It is in your bag")
    expect(phone.get_by_role("link", name="Bag, one thing")).to_be_visible()
    phone.get_by_role("link", name="See the bag").tap()
    expect(phone.locator(".lines .name")).to_have_text(title)
    expect(phone.get_by_text("Nothing is sold here and nothing is paid.")).to_be_visible()
    phone.get_by_role("button", name=f"One more of {title}").tap()
    with told(phone, "purchase"):
        phone.get_by_role("link", name="Pretend to order").tap()
        expect(phone.get_by_role("heading", name="Thank you")).to_be_visible()
    expect(phone.locator(".lines output")).to_have_text("2")
    phone.reload()
    expect(phone.get_by_role("heading", name="Thank you")).to_be_visible()
    phone.goto(f"{front}bag/")
    expect(phone.get_by_text("Your bag is empty.")).to_be_visible()
    assert kinds.count("purchase") == 1


def test_the_widget_moves_nothing_and_is_ready_at_once(chromium: Browser, front: str) -> None:
    page = chromium.new_page()
    page.goto(f"{front}?lang=en", wait_until="networkidle")
    product = page.locator(".catalogue .card").first.evaluate("(link) => link.href")
    page.goto(product, wait_until="networkidle")
    page.context.close()
    figures = one_round(chromium, front, product)
    for name in ("front", "product"):
        moved = figures[f"{name}: CLS"] - figures[f"{name} without the widget: CLS"]
        assert moved <= MAX_SHIFT, name
    assert figures["first use: main thread ms"] <= MAX_FIRST_USE_MS
