"""The lens on the real stack: real web server, worker, database and eyes."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, Route, expect

from tests.frontend.conftest import CHROMIUM, FLAGS, until
from tests.frontend.stand_in import StandIn
from tests.frontend.test_lens import cards, choose

WAIT_MS = 60_000
WORDS = {
    "en": {"open": "Find it by photo", "alike": "% alike"},
    "ko": {"open": "사진으로 찾기", "alike": "% 닮음"},
}
LOADED = "(image) => image.decode().then(() => image.naturalWidth)"
FIND = "(query) => document.querySelector('lookus-lens').find(query)"
# A page of a stranger's origin, without a name server.
STRANGER = "stranger.example"


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


def elsewhere(
    shop: StandIn, live_stack: Any, key: str, lang: str = "en", mode: str = "panel"
) -> str:
    """A page of another origin, with a strict policy, that carries the real lens."""
    shop.api = live_stack.base_url
    return shop.page(f'<lookus-lens key="{key}" lang="{lang}" mode="{mode}"></lookus-lens>')


@contextmanager
def visitor(chromium: Browser, size: tuple[int, int]) -> Iterator[Page]:
    """A phone or a desktop, by its width; fails where the page's policy was broken."""
    phone = size[0] < 640
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]}, has_touch=phone, is_mobile=phone
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Policy" in said.text else None)
    yield page
    context.close()
    assert wrong == []


@pytest.mark.parametrize(("lang", "size"), [("en", (1440, 900)), ("ko", (390, 844))])
def test_from_a_photo_to_a_product(
    live_stack: Any, chromium: Browser, shop: StandIn, lang: str, size: tuple[int, int]
) -> None:
    """In a shop's own page with a strict policy: a sheet, and every step that reaches the API."""
    say = WORDS[lang]
    with visitor(chromium, size) as page:
        page.goto(f"{live_stack.base_url}/shop/{live_stack.shop_slug}/?lang={lang}")
        wanted, photo = photo_of_card(page, 4)
        page.goto(elsewhere(shop, live_stack, live_stack.publishable_key, lang, "button"))
        page.get_by_role("button", name=say["open"]).click()
        expect(page.locator("lookus-lens [part=pick]")).to_be_visible()
        choose(page, photo)
        expect(cards(page).first).to_be_visible(timeout=WAIT_MS)
        first = cards(page).first
        assert first.evaluate("(link) => link.href") == wanted
        expect(first.locator("[part=price]")).to_contain_text("₩")
        expect(first.locator("[part=why]")).to_contain_text(say["alike"])
        assert first.locator("img").evaluate(LOADED) > 100
        expect(page.locator("lookus-lens [part=outline]")).to_be_visible()

        page.evaluate(FIND, {"text": first.locator("[part=product-title]").inner_text()})
        expect(page.locator("lookus-lens canvas")).to_be_hidden(timeout=WAIT_MS)
        expect(cards(page).first).to_be_visible(timeout=WAIT_MS)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]

        address = cards(page).first.evaluate("(link) => link.href")
        cards(page).first.click()
        page.wait_for_url(address)


def test_the_found_garments_edge_is_drawn_before_its_products_are_there(
    live_stack: Any, page: Page, shop: StandIn
) -> None:
    page.goto(f"{live_stack.base_url}/shop/{live_stack.shop_slug}/?lang=en")
    _, photo = photo_of_card(page, 3)
    page.goto(elsewhere(shop, live_stack, live_stack.publishable_key))
    held: list[Route] = []
    by_name = lambda request: "image_id" in (request.post_data or "")  # noqa: E731

    def hold(route: Route) -> None:
        if by_name(route.request):
            held.append(route)
        else:
            route.continue_()

    page.route("**/api/v1/search", hold)
    choose(page, photo)
    line = page.locator("lookus-lens [part=outline]")
    expect(line).to_be_visible(timeout=WAIT_MS)
    # Around the cloth: a box would have four corners.
    assert (line.get_attribute("d") or "").count("Q") > 8
    expect(cards(page)).to_have_count(0)
    until(page, lambda: len(held) == 1)
    held[0].continue_()
    expect(cards(page).first).to_be_visible(timeout=WAIT_MS)
    expect(line).to_be_visible()


def test_only_what_was_seen_goes_on_without_the_photo(
    live_stack: Any, page: Page, shop: StandIn
) -> None:
    page.goto(f"{live_stack.base_url}/shop/{live_stack.shop_slug}/?lang=en")
    _, photo = photo_of_card(page, 2)
    page.goto(elsewhere(shop, live_stack, live_stack.publishable_key))
    choose(page, photo)
    expect(cards(page).first).to_be_visible(timeout=WAIT_MS)
    with page.expect_request("**/api/v1/search") as asked:
        page.evaluate("document.querySelector('lookus-lens').session.ask({sort: 'price_asc'})")
    assert asked.value.post_data_json["image_id"] and asked.value.post_data_json["sort"]
    expect(page.get_by_role("status").filter(has_text="products").first).to_be_attached()
    with page.expect_request("**/api/v1/search") as again:
        page.evaluate(
            "document.querySelector('lookus-lens').session.ask({box: [20, 20, 120, 160]})"
        )
        page.wait_for_function("!document.querySelector('lookus-lens').session.busy")
    assert again.value.post_data_json["box"] == [20, 20, 120, 160]
    assert page.evaluate("document.querySelector('lookus-lens').session.problem") is None


def test_a_text_file_named_jpg_is_refused_in_words(
    live_stack: Any, page: Page, shop: StandIn
) -> None:
    page.goto(elsewhere(shop, live_stack, live_stack.publishable_key))
    choose(page, b"%PDF-1.4 not a photo at all" * 10)
    expect(page.locator("lookus-lens [part=error]")).to_contain_text("This file is not a photo")


def test_a_shops_own_page_of_another_origin(
    live_stack: Any, page: Page, shop: StandIn, photo: bytes
) -> None:
    page.goto(elsewhere(shop, live_stack, live_stack.publishable_key))
    choose(page, photo)
    expect(cards(page).first).to_be_visible(timeout=WAIT_MS)


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


def test_words_and_an_address(live_stack: Any, page: Page, shop: StandIn) -> None:
    page.set_default_timeout(WAIT_MS)
    page.goto(elsewhere(shop, live_stack, live_stack.publishable_key))
    field = page.locator("lookus-lens input[type=search]")
    # What the few products of this stack are is left to chance; what they cost is not.
    field.fill("30만원 이하")
    field.press("Enter")
    expect(cards(page).first).to_be_visible(timeout=WAIT_MS)
    page.get_by_role("button", name="Another photo").first.click()
    # A private address is refused in words; no test fetches from strangers.
    field.fill("http://127.0.0.1/photo.jpg")
    field.press("Enter")
    error = page.locator("lookus-lens [part=error]")
    expect(error).to_contain_text("This address cannot be used", timeout=WAIT_MS)
