"""The products of an answer: what a card says, pages, places that are kept, ways on, links."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.frontend.answers import IMAGE_ID, Shelf, asked
from tests.frontend.conftest import at_rest
from tests.frontend.stand_in import Answer, Call, StandIn, problem
from tests.frontend.test_lens import BUTTON, PANEL, cards, choose
from tests.frontend.test_refine import facet, last, part, settled, titles, value

MAX_LAYOUT_SHIFT = 0.001


@pytest.fixture
def shelf(shop: StandIn) -> Shelf:
    return Shelf(shop, count=14)


def open_sheet(page: Page, shop: StandIn, photo: bytes) -> None:
    page.goto(shop.page(BUTTON))
    page.get_by_role("button", name="Find it by photo").click()
    choose(page, photo)
    expect(cards(page)).to_have_count(6)


def said(page: Page, text: str) -> Locator:
    """What a screen reader was told, politely."""
    return page.locator("lookus-lens .said[role=status]").filter(has_text=text)


def scrolled(page: Page) -> float:
    return float(page.locator("lookus-lens [part=body]").evaluate("(body) => body.scrollTop"))


def link_of(page: Page) -> str:
    part(page, "share-button").click()
    return part(page, "share").get_by_role("textbox").input_value()


def test_photos_have_their_place_before_they_are_there(
    page: Page, shop: StandIn, shelf: Shelf, photo: bytes
) -> None:
    page.add_init_script(
        """window.moved = 0; new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.moved += entry.value;
        }).observe({type: 'layout-shift', buffered: true})"""
    )
    shop.slow_photos = 0.5
    page.emulate_media(reduced_motion="reduce")
    open_sheet(page, shop, photo)
    page.evaluate("window.moved = 0")
    box = cards(page).first.locator("img").bounding_box()
    assert box and abs(box["height"] / box["width"] - 4 / 3) < 0.02
    before = cards(page).nth(3).bounding_box()
    page.wait_for_function(
        """() => [...document.querySelector('lookus-lens').shadowRoot.querySelectorAll('.grid img')]
        .slice(0, 6).every((image) => image.complete && image.naturalWidth)"""
    )
    assert cards(page).nth(3).bounding_box() == before
    assert page.evaluate("window.moved") < MAX_LAYOUT_SHIFT


def test_why_opens_as_bars(page: Page, shop: StandIn, shelf: Shelf, photo: bytes) -> None:
    open_sheet(page, shop, photo)
    why = page.get_by_role("button", name="Why this was found: Wool jacket with a wide collar 2")
    why.click()
    expect(why).to_have_attribute("aria-expanded", "true")
    bars = page.locator("lookus-lens [part=why-shares]").nth(1)
    expect(bars).to_be_visible()
    assert bars.inner_text().split() == [
        "Shape",
        "90%",
        "Colour",
        "45%",
        "Pattern",
        "80%",
        "Kind",
        "100%",
    ]
    widths = bars.locator("i").evaluate_all(
        "(all) => all.map((bar) => bar.getBoundingClientRect().width)"
    )
    assert widths[1] == pytest.approx(widths[3] * 0.45, rel=0.02)
    why.click()
    expect(bars).to_be_hidden()


def test_variants_are_told_and_can_be_seen_one_by_one(
    page: Page, shop: StandIn, shelf: Shelf, photo: bytes
) -> None:
    open_sheet(page, shop, photo)
    part(page, "variants").filter(has_text="2 more versions").click()
    settled(page, shop, 2)
    assert last(shop)["group_by"] == "none" and last(shop)["fold"] is False
    page.get_by_role("button", name="Take off: Each version by itself").click()
    settled(page, shop, 3)
    assert "group_by" not in last(shop)


def test_pages_come_by_themselves_in_a_sheet(
    page: Page, shop: StandIn, shelf: Shelf, photo: bytes
) -> None:
    open_sheet(page, shop, photo)
    page.wait_for_timeout(300)
    assert len(shop.searches()) == 1
    part(page, "grid").hover()
    page.mouse.wheel(0, 400)
    expect(cards(page)).to_have_count(12)
    assert last(shop)["cursor"] == "cursor-6"
    page.mouse.wheel(0, 4000)
    expect(cards(page)).to_have_count(14)
    expect(page.get_by_text("That is all: 14 products")).to_be_visible()
    expect(part(page, "more")).to_be_hidden()
    assert titles(page) == [str(one) for one in range(1, 15)]


def test_in_a_panel_more_is_a_button_that_leads_on(
    page: Page, shop: StandIn, shelf: Shelf, photo: bytes
) -> None:
    page.goto(shop.page(PANEL))
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    page.mouse.wheel(0, 4000)
    page.wait_for_timeout(300)
    assert len(shop.searches()) == 1
    part(page, "more").click()
    expect(cards(page)).to_have_count(12)
    expect(cards(page).nth(6)).to_be_focused()
    expect(said(page, "6 more, 12 in all")).to_have_count(1)


def test_a_page_that_does_not_come_can_be_asked_for_again(
    page: Page, shop: StandIn, shelf: Shelf, photo: bytes
) -> None:
    page.goto(shop.page(PANEL))
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    shop.next = lambda call: problem(500, "server_error")
    part(page, "more").click()
    expect(part(page, "more")).to_have_text("Show more")
    expect(said(page, "The next products did not come. Try again.")).to_have_count(1)
    expect(page.locator("lookus-lens .end .hint")).to_contain_text("did not come")
    expect(cards(page)).to_have_count(6)
    shop.next = shelf.answer
    part(page, "more").click()
    expect(cards(page)).to_have_count(12)


def test_a_list_that_is_gone_is_asked_for_anew(
    page: Page, shop: StandIn, shelf: Shelf, photo: bytes
) -> None:
    def forgetful(call: Call) -> Answer:
        return problem(410, "cursor_expired") if "cursor" in asked(call) else shelf.answer(call)

    page.goto(shop.page(PANEL))
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    shop.next = forgetful
    shelf.page = 12
    part(page, "more").click()
    expect(cards(page)).to_have_count(12)
    assert last(shop)["image_id"] == IMAGE_ID


def test_the_place_is_kept_while_the_sheet_is_closed(
    page: Page, shop: StandIn, shelf: Shelf, photo: bytes
) -> None:
    open_sheet(page, shop, photo)
    part(page, "grid").hover()
    page.mouse.wheel(0, 500)
    expect(cards(page)).not_to_have_count(6)
    at_rest(page)
    shown, before, sent = len(titles(page)), scrolled(page), len(shop.searches())
    assert before > 100
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="Find it by photo").click()
    expect(cards(page)).to_have_count(shown)
    assert scrolled(page) == pytest.approx(before, abs=2)
    assert len(shop.searches()) == sent


@pytest.mark.parametrize("body", [BUTTON, PANEL], ids=["sheet", "panel"])
def test_the_browsers_back_leads_to_the_same_place(
    page: Page, shop: StandIn, shelf: Shelf, photo: bytes, body: str
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(shop.page(body))
    if body is BUTTON:
        page.get_by_role("button", name="Find it by photo").click()
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    part(page, "but-chip").filter(has_text="Blue").click()
    settled(page, shop, 2)
    facet(page, "Pattern").click()
    value(page, "Check").click()
    settled(page, shop, 3)
    part(page, "more").click()
    expect(cards(page)).to_have_count(12)
    ninth = cards(page).nth(8)
    # scrolled as a click would
    ninth.hover()
    at_rest(page)
    sent, shown, before = len(shop.searches()), len(titles(page)), ninth.bounding_box()
    ninth.click()
    page.wait_for_url("**/p/8")
    page.go_back()
    expect(cards(page)).to_have_count(shown)
    expect(cards(page).nth(8)).to_be_focused()
    after = cards(page).nth(8).bounding_box()
    assert before and after and after["y"] == pytest.approx(before["y"], abs=40)
    assert len(shop.searches()) == sent
    expect(page.get_by_role("button", name="Take off: Check")).to_be_visible()
    blue = part(page, "but-chip").filter(has_text="Blue")
    expect(blue).to_have_attribute("aria-pressed", "true")
    # The photo is still there too, and goes on by its name.
    page.get_by_role("button", name="Take off: Check").click()
    settled(page, shop, sent + 1)
    assert last(shop).get("image_id") == IMAGE_ID or shop.searches()[-1].image


def test_more_like_a_result_and_back(page: Page, shop: StandIn, shelf: Shelf, photo: bytes) -> None:
    open_sheet(page, shop, photo)
    part(page, "but-chip").filter(has_text="Blue").click()
    settled(page, shop, 2)
    page.get_by_role("button", name="More like this: Wool jacket with a wide collar 3").click()
    settled(page, shop, 3)
    assert last(shop)["product_id"] == "p2"
    assert {"text", "filters", "image_id"}.isdisjoint(last(shop))
    expect(part(page, "trail")).to_contain_text("Wool jacket with a wide collar 3")
    expect(part(page, "trail-back")).to_be_focused()
    page.get_by_role("button", name="More like this: Wool jacket with a wide collar 5").click()
    settled(page, shop, 4)
    part(page, "trail-back").click()
    expect(part(page, "trail")).to_contain_text("Wool jacket with a wide collar 3")
    part(page, "trail-back").click()
    expect(part(page, "trail")).to_be_hidden()
    expect(page.get_by_role("button", name="Take off: Blue")).to_be_visible()
    expect(
        page.get_by_role("button", name="More like this: Wool jacket with a wide collar 3")
    ).to_be_focused()
    assert len(shop.searches()) == 4
    # And the photo is still what is searched with.
    part(page, "but-chip").filter(has_text="Navy").click()
    settled(page, shop, 5)
    assert last(shop)["text"] == "Navy" and last(shop)["image_id"] == IMAGE_ID


def test_a_link_carries_words_filters_and_weights(
    page: Page, shop: StandIn, shelf: Shelf, chromium: Browser
) -> None:
    page.goto(shop.page(BUTTON))
    page.evaluate(
        """document.querySelector('lookus-lens').find(
        {text: '빨간 재킷', filters: {price: {max: 90000}}, sort: 'price_asc'})"""
    )
    expect(cards(page)).to_have_count(6)
    link = link_of(page)
    expect(part(page, "share")).to_contain_text("The link holds your words")
    other = chromium.new_context().new_page()
    other.goto(link)
    expect(cards(other)).to_have_count(6)
    expect(other.get_by_role("dialog")).to_be_visible()
    question = last(shop)
    assert question["text"] == "빨간 재킷" and question["sort"] == "price_asc"
    assert question["filters"] == {"price": {"max": 90000}}
    other.context.close()


def test_a_link_of_a_photo_holds_no_photo_and_outlives_its_name(
    page: Page, shop: StandIn, shelf: Shelf, photo: bytes, chromium: Browser
) -> None:
    open_sheet(page, shop, photo)
    link = link_of(page)
    expect(part(page, "share")).to_contain_text("The link does not hold your photo")
    assert len(link) < 400

    other = chromium.new_context().new_page()
    other.goto(link)
    expect(cards(other)).to_have_count(6)
    assert last(shop)["image_id"] == IMAGE_ID

    def forgotten(call: Call) -> Answer:
        gone = "image_id" in asked(call)
        return problem(410, "image_expired") if gone else shelf.answer(call)

    shop.next = forgotten
    other.goto("about:blank")
    other.goto(link)
    expect(cards(other)).to_have_count(6)
    assert last(shop)["product_id"] == "p0"
    other.context.close()


@pytest.mark.parametrize(
    "code", ["1.", "1.AAAA", "1.e30", "1.eyJmIjp7fX0", "1." + "A" * 4000, "2.e30", "1.%00"]
)
def test_a_link_that_is_none_leaves_the_page_alone(page: Page, shop: StandIn, code: str) -> None:
    page.goto(shop.page(BUTTON) + "?lookus=" + code)
    page.wait_for_timeout(300)
    expect(page.get_by_role("button", name="Find it by photo")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert shop.searches() == []


def test_only_what_a_link_may_say_is_asked(page: Page, shop: StandIn, shelf: Shelf) -> None:
    code = page.evaluate(
        """() => '1.' + btoa(JSON.stringify({t: 'coat', limit: 48, w: {shape: 'x'}, o: 5,
        f: {color: ['red']}, key: 'sk_1', endpoint: 'https://evil.example'}))"""
    )
    page.goto(shop.page(BUTTON) + "?lookus=" + code)
    expect(cards(page)).to_have_count(6)
    question: dict[str, Any] = last(shop)
    assert question["text"] == "coat" and question["filters"] == {"color": ["red"]}
    assert {"weights", "words_off", "key", "endpoint"}.isdisjoint(question)
    assert question["limit"] == 12


def test_the_link_can_be_copied(
    shop: StandIn, shelf: Shelf, photo: bytes, chromium: Browser
) -> None:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    open_sheet(page, shop, photo)
    link = link_of(page)
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == link
    context.close()


def test_where_the_system_shares_it_is_asked(
    page: Page, shop: StandIn, shelf: Shelf, photo: bytes
) -> None:
    page.add_init_script(
        "navigator.share = (given) => { window.given = given; return Promise.resolve(); }"
    )
    open_sheet(page, shop, photo)
    link = link_of(page)
    part(page, "share").get_by_role("button", name="Share").click()
    assert page.evaluate("window.given.url") == link
