"""The lens on the real stack: real web server, worker, database and eyes."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.frontend.conftest import CHROMIUM, FLAGS
from tests.frontend.stand_in import StandIn
from tests.frontend.test_lens import cards, choose

WAIT_MS = 60_000
# Cumulative, as web vitals count it; 0.1 is held to be good.
MAX_LAYOUT_SHIFT = 0.02
# A page of a stranger's origin, without a name server.
STRANGER = "stranger.example"


@pytest.fixture
def shop_page(live_stack: Any, page: Page) -> Page:
    """The demo storefront's front page in English."""
    page.set_default_timeout(WAIT_MS)
    page.goto(f"{live_stack.base_url}/shop/{live_stack.shop_slug}/?lang=en")
    return page


@pytest.fixture
def stranger(playwright: Playwright) -> Iterator[Page]:
    """A page that believes it is at STRANGER."""
    rules = f"--host-resolver-rules=MAP {STRANGER} 127.0.0.1"
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, rules])
    yield browser.new_page()
    browser.close()


def photo_of_card(page: Page, index: int) -> tuple[str, bytes]:
    """Address of the n-th product of the grid, and the file of its photo."""
    card = page.locator(".catalogue .card").nth(index)
    address = card.locator("img").evaluate("(image) => image.src")
    with urllib.request.urlopen(address, timeout=20) as answer:
        return card.evaluate("(link) => link.href"), answer.read()


def elsewhere(shop: StandIn, live_stack: Any, key: str) -> str:
    """A page of another origin that carries the real lens."""
    shop.api = live_stack.base_url
    return shop.page(f'<lookus-lens key="{key}" lang="en" mode="panel"></lookus-lens>')


def test_a_photo_of_a_product_finds_it_and_a_click_opens_and_counts(shop_page: Page) -> None:
    wanted, photo = photo_of_card(shop_page, 4)
    expect(shop_page.locator(".looks img").first).to_be_visible()
    choose(shop_page, photo)
    expect(cards(shop_page)).to_have_count(6, timeout=WAIT_MS)
    expect(shop_page.locator(".looks")).to_be_hidden()
    assert cards(shop_page).first.evaluate("(link) => link.href") == wanted
    expect(cards(shop_page).first.locator("[part=price]")).to_contain_text("₩")
    expect(cards(shop_page).first.locator("[part=why]")).to_contain_text("% alike")
    loaded = "(image) => image.decode().then(() => image.naturalWidth)"
    assert cards(shop_page).first.locator("img").evaluate(loaded) > 100

    title = cards(shop_page).nth(1).locator("[part=product-title]").inner_text()
    with shop_page.expect_response("**/api/v1/events") as event:
        cards(shop_page).nth(1).click()
    assert event.value.status == 202
    expect(shop_page.locator("h1")).to_have_text(title)
    expect(shop_page.locator(".grid.six .card").first).to_be_visible()


def test_back_at_the_first_screen_the_front_page_is_whole_again(shop_page: Page) -> None:
    _, photo = photo_of_card(shop_page, 0)
    choose(shop_page, photo)
    expect(cards(shop_page)).to_have_count(6, timeout=WAIT_MS)
    shop_page.get_by_role("button", name="Another photo").last.click()
    expect(shop_page.locator(".looks img").first).to_be_visible()
    expect(shop_page.get_by_role("button", name="Choose a photo")).to_be_focused()


def test_nothing_moves_while_the_front_page_loads(live_stack: Any, page: Page) -> None:
    page.add_init_script(
        """window.moved = 0; new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.moved += entry.value;
        }).observe({type: 'layout-shift', buffered: true})"""
    )
    address = f"{live_stack.base_url}/shop/{live_stack.shop_slug}/?lang=ko"
    page.goto(address, wait_until="networkidle")
    expect(page.locator("lookus-lens [part=pick]")).to_be_visible()
    assert page.evaluate("window.moved") < MAX_LAYOUT_SHIFT


def test_the_same_in_korean_on_a_phone(live_stack: Any, chromium: Browser) -> None:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"{live_stack.base_url}/shop/{live_stack.shop_slug}/?lang=ko")
    wanted, photo = photo_of_card(page, 2)
    page.goto(wanted)
    page.get_by_role("button", name="사진으로 찾기").tap()
    choose(page, photo)
    expect(page.get_by_role("heading", name="비슷한 상품 6개")).to_be_visible(timeout=WAIT_MS)
    assert cards(page).first.evaluate("(link) => link.href") == wanted
    expect(cards(page).first.locator("[part=why]")).to_contain_text("% 닮음")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_a_text_file_named_jpg_is_refused_in_words(shop_page: Page) -> None:
    choose(shop_page, b"%PDF-1.4 not a photo at all" * 10)
    expect(shop_page.locator("lookus-lens [part=error]")).to_contain_text(
        "This file is not a photo", timeout=WAIT_MS
    )


def test_a_shops_own_page_of_another_origin(
    live_stack: Any, page: Page, shop: StandIn, photo: bytes
) -> None:
    page.goto(elsewhere(shop, live_stack, live_stack.publishable_key))
    choose(page, photo)
    expect(cards(page)).to_have_count(6, timeout=WAIT_MS)


def test_an_unknown_key_is_told_plainly(
    live_stack: Any, page: Page, shop: StandIn, photo: bytes
) -> None:
    page.goto(elsewhere(shop, live_stack, "pk_unknown"))
    choose(page, photo)
    error = page.locator("lookus-lens [part=error]")
    expect(error).to_contain_text("not available here right now", timeout=WAIT_MS)


def test_a_stranger_with_the_shops_key_is_told_plainly(
    live_stack: Any, stranger: Page, shop: StandIn, photo: bytes
) -> None:
    address = elsewhere(shop, live_stack, live_stack.publishable_key)
    stranger.goto(address.replace("127.0.0.1", STRANGER))
    choose(stranger, photo)
    error = stranger.locator("lookus-lens [part=error]")
    expect(error).to_contain_text("not open on this site", timeout=WAIT_MS)
