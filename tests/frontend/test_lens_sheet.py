"""The sheet as a phone has it: it slides, is pulled down, closes by back, keeps the page still."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.frontend.stand_in import StandIn
from tests.frontend.test_lens import BUTTON, cards, choose

LONG = BUTTON + "<p>words of the shop</p>" * 120
MARK = "history.state && history.state.lookusSheet"
SCROLLED = "document.scrollingElement.scrollTop"


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="en-GB"
    )
    yield context.new_page()
    context.close()


def opened(page: Page, shop: StandIn, body: str = BUTTON) -> None:
    page.goto(shop.page(body))
    page.get_by_role("button", name="Find it by photo").click()
    expect(page.locator("lookus-lens [part=pick]")).to_be_visible()


def pull(page: Page, by: float, steps: int = 6, pause_ms: int = 30) -> None:
    """A finger pulls the sheet's handle down by so many pixels."""
    box = page.locator("lookus-lens .grip").bounding_box()
    assert box is not None
    session = page.context.new_cdp_session(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for step in range(steps + 1):
        kind = "touchStart" if step == 0 else "touchMove"
        at = {"x": x, "y": y + by * step / steps}
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [at]})
        page.wait_for_timeout(pause_ms)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_the_phones_back_closes_the_sheet_and_not_the_page(phone: Page, shop: StandIn) -> None:
    opened(phone, shop)
    assert phone.evaluate(MARK)
    phone.evaluate("history.back()")
    expect(phone.get_by_role("dialog")).to_be_hidden()
    assert phone.url == shop.site + "/" and not phone.evaluate(MARK)


def test_closed_otherwise_no_step_is_left_behind(phone: Page, shop: StandIn) -> None:
    phone.goto(shop.page("<h1>Before</h1>") + "p/1")
    phone.goto(shop.page(BUTTON))
    phone.evaluate("history.replaceState({shop: 7}, '')")
    for _ in range(2):
        phone.get_by_role("button", name="Find it by photo").click()
        expect(phone.locator("lookus-lens [part=pick]")).to_be_visible()
        assert phone.evaluate("history.state.shop") == 7, "what the page keeps there stays"
        phone.get_by_role("button", name="Close").click()
        expect(phone.get_by_role("dialog")).to_be_hidden()
    phone.wait_for_function("!history.state.lookusSheet")
    phone.go_back()
    assert phone.url == shop.site + "/p/1"


def test_a_page_that_was_left_with_its_sheet_open_goes_back_in_one_step(
    phone: Page, shop: StandIn
) -> None:
    phone.goto(shop.page("<h1>Before</h1>") + "p/1")
    opened(phone, shop)
    phone.reload()
    phone.get_by_role("button", name="Find it by photo").click()
    expect(phone.locator("lookus-lens [part=pick]")).to_be_visible()
    phone.evaluate("history.back()")
    expect(phone.get_by_role("dialog")).to_be_hidden()
    phone.go_back()
    assert phone.url == shop.site + "/p/1"


def test_a_shop_may_keep_its_history(phone: Page, shop: StandIn) -> None:
    opened(phone, shop, BUTTON.replace("<lookus-lens", '<lookus-lens history="none"'))
    assert phone.evaluate(MARK) is None


def test_on_a_desktop_back_leaves_the_page(page: Page, shop: StandIn) -> None:
    opened(page, shop)
    assert page.evaluate(MARK) is None


def test_the_sheet_is_pulled_down(phone: Page, shop: StandIn) -> None:
    opened(phone, shop)
    pull(phone, 60, pause_ms=80)
    expect(phone.get_by_role("dialog")).to_be_visible()
    pull(phone, 320)
    expect(phone.get_by_role("dialog")).to_be_hidden()
    assert not phone.evaluate("document.querySelector('lookus-lens').session.busy")
    phone.get_by_role("button", name="Find it by photo").click()
    expect(phone.locator("lookus-lens [part=pick]")).to_be_visible()


def test_the_page_behind_stands_still_and_goes_on_where_it_was(page: Page, shop: StandIn) -> None:
    page.goto(shop.page(LONG))
    width = page.evaluate("document.body.clientWidth")
    page.evaluate("scrollTo(0, 40)")
    page.get_by_role("button", name="Find it by photo").click()
    expect(page.locator("lookus-lens [part=pick]")).to_be_visible()
    page.mouse.move(20, 700)
    page.mouse.wheel(0, 600)
    page.wait_for_timeout(150)
    assert page.evaluate(SCROLLED) == 40
    assert page.evaluate("document.body.clientWidth") == width
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.mouse.wheel(0, 600)
    page.wait_for_function(SCROLLED + " > 40")


def test_an_open_lens_that_is_taken_away_lets_the_page_go(phone: Page, shop: StandIn) -> None:
    opened(phone, shop, LONG)
    phone.evaluate("document.querySelector('lookus-lens').remove()")
    assert phone.evaluate("getComputedStyle(document.documentElement).overflowY") == "visible"
    assert phone.url == shop.site + "/"


def test_a_press_on_the_ground_closes_but_marking_words_does_not(page: Page, shop: StandIn) -> None:
    opened(page, shop)
    title = page.locator("lookus-lens [part=title]").bounding_box()
    assert title is not None
    page.mouse.move(title["x"] + 10, title["y"] + 20)
    page.mouse.down()
    page.mouse.move(5, 5)
    page.mouse.up()
    page.wait_for_timeout(350)
    expect(page.get_by_role("dialog")).to_be_visible()
    page.mouse.click(5, 5)
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_two_sheets_one_after_the_other(phone: Page, shop: StandIn, photo: bytes) -> None:
    two = BUTTON + BUTTON.replace("pk_test", "pk_two").replace("></lookus", ">Second</lookus")
    phone.goto(shop.page(two))
    phone.get_by_role("button", name="Find it by photo").click()
    choose(phone, photo)
    expect(cards(phone)).to_have_count(6)
    phone.evaluate("history.back()")
    phone.get_by_role("button", name="Second").click()
    expect(phone.locator("lookus-lens").nth(1).locator("[part=pick]")).to_be_visible()
    phone.evaluate("history.back()")
    expect(phone.get_by_role("dialog")).to_have_count(0)
    assert phone.evaluate("getComputedStyle(document.documentElement).overflowY") == "visible"
