"""Whatever goes wrong is said in words, in both languages, with a way on that works."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.frontend.conftest import until
from tests.frontend.stand_in import Answer, StandIn, found, garment, problem
from tests.frontend.test_lens import BUTTON, PANEL, SEARCH, cards, choose, watch

HEIC = b"\0\0\0\x18ftypheic"

# what the API says, the words, the first way on
ANSWERS = {
    "invalid_key": (problem(401, "invalid_key"), "not available here right now", "Keep browsing"),
    "origin": (problem(403, "origin_not_allowed"), "not open on this site", "Keep browsing"),
    "preparing": (problem(409, "no_products_ready"), "still being filled", "Try again"),
    "wrong kind": (problem(403, "key_kind_not_allowed"), "not available here", "Keep browsing"),
    "no_products": (problem(409, "no_products"), "no products to compare", "Keep browsing"),
    "quota": (problem(429, "over_quota", Retry_After="86400"), "resting for now", "Try again"),
    "rate": (problem(429, "rate_limited"), "That was quick", "Try again"),
    "bare 429": (Answer(429, ""), "That was quick", "Try again"),
    "not an image": (problem(415, "not_an_image"), "not a photo", "Another photo"),
    "format": (problem(415, "unsupported_format"), "cannot be read", "Another photo"),
    "too large": (problem(413, "too_large"), "too large", "Another photo"),
    "proxy 413": (Answer(413, "<html>nginx"), "too large", "Another photo"),
    "pixels": (problem(400, "too_many_pixels"), "too many pixels", "Another photo"),
    "small": (problem(400, "too_small"), "too small", "Another photo"),
    "truncated": (problem(400, "truncated"), "missing", "Another photo"),
    "invalid": (problem(400, "validation_error"), "could not be understood", "Try again"),
    "500": (problem(500, "server_error"), "went wrong on our side", "Try again"),
    "500 html": (Answer(500, "<html>Oops</html>"), "went wrong on our side", "Try again"),
    "502": (Answer(502, ""), "went wrong on our side", "Try again"),
    "200 html": (Answer(200, "<html>Login</html>"), "could not be read", "Try again"),
    "200 other json": (Answer(200, {"ok": True}), "could not be read", "Try again"),
    "newer": (problem(409, "is_monday", "Not on Mondays."), "Not on Mondays.", "Another photo"),
    "404": (Answer(404, "<html>"), "could not be read", "Try again"),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_words_and_way_on(page: Page, shop: StandIn, photo: bytes, case: str) -> None:
    answer, words, way = ANSWERS[case]
    shop.next = lambda call: answer
    page.goto(shop.page(BUTTON))
    watch(page, "lookus:error")
    page.get_by_role("button", name="Find it by photo").click()
    choose(page, photo)
    error = page.locator("lookus-lens [part=error]")
    expect(error).to_contain_text(words)
    expect(page.locator("lookus-lens [role=status]").last).to_contain_text(words)
    assert page.evaluate("window.seen[0][1].status") == answer.status
    first = error.get_by_role("button").first
    expect(first).to_have_text(way)
    first.click()
    if way == "Keep browsing":
        expect(page.get_by_role("dialog")).to_be_hidden()
    elif way == "Another photo":
        expect(page.locator("lookus-lens [part=pick]")).to_be_visible()
    else:
        until(page, lambda: len(shop.looks()) == 2)
        expect(error).to_contain_text(words)


def test_retry_keeps_the_photo(page: Page, shop: StandIn, photo: bytes) -> None:
    shop.next = lambda call: Answer(500, "")
    page.goto(shop.page(PANEL))
    choose(page, photo)
    expect(page.locator("lookus-lens canvas")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    until(page, lambda: len(shop.looks()) == 2)
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    shop.next = lambda call: Answer(body=found(shop.site))
    page.get_by_role("button", name="Try again").click()
    expect(cards(page)).to_have_count(6)
    first, *others = [call.image for call in shop.looks()]
    assert others == [first, first]


def test_the_wait_that_the_api_asks_for_is_counted_down(
    page: Page, shop: StandIn, photo: bytes
) -> None:
    shop.next = lambda call: problem(429, "rate_limited", Retry_After="60")
    page.clock.install()
    page.goto(shop.page(PANEL))
    choose(page, photo)
    held = page.get_by_role("button", name=re.compile(r"Try again in \d+ s"))
    expect(held).to_have_attribute("aria-disabled", "true")
    held.click(force=True)
    assert len(shop.looks()) == 1
    shop.next = lambda call: Answer(body=found(shop.site))
    page.clock.run_for(60_000)
    page.get_by_role("button", name="Try again", exact=True).click()
    expect(cards(page)).to_have_count(6)


def test_offline_waits_for_the_network_and_goes_on(page: Page, shop: StandIn, photo: bytes) -> None:
    page.goto(shop.page(BUTTON))
    page.get_by_role("button", name="Find it by photo").click()
    page.context.set_offline(True)
    choose(page, photo)
    expect(page.locator("lookus-lens [part=error]")).to_contain_text("You are offline")
    page.context.set_offline(False)
    expect(cards(page)).to_have_count(6)


def test_network_lost_while_another_garment_is_searched(
    page: Page, shop: StandIn, photo: bytes
) -> None:
    page.goto(shop.page(PANEL))
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    page.route("**/search", lambda route: route.abort())
    page.get_by_role("button", name="Show products like this: Trousers").click()
    expect(page.locator("lookus-lens [part=error]")).to_contain_text("could not be reached")
    expect(page.locator("lookus-lens canvas")).to_be_visible()
    page.unroute("**/search")
    page.get_by_role("button", name="Try again").click()
    expect(cards(page)).to_have_count(6)


def test_silence_has_an_end(page: Page, shop: StandIn, photo: bytes) -> None:
    shop.next = lambda call: Answer(body=found(shop.site), after=3)
    page.goto(shop.page(PANEL.replace("<lookus-lens", '<lookus-lens timeout="1"')))
    choose(page, photo)
    expect(page.locator("lookus-lens [part=error]")).to_contain_text("No answer came in time")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "This file is empty"),
        (bytes(11 * 1024 * 1024), "This file is not a photo"),
        (HEIC + bytes(11 * 1024 * 1024), "This photo is too large"),
    ],
    ids=["empty", "11 MB that is no photo", "11 MB that only the API can read"],
)
def test_said_before_anything_is_sent(page: Page, shop: StandIn, data: bytes, words: str) -> None:
    page.goto(shop.page(PANEL))
    choose(page, data, "scan.pdf")
    expect(page.locator("lookus-lens [part=error]")).to_contain_text(words)
    assert shop.calls == []


def test_without_a_key_nothing_is_sent(page: Page, shop: StandIn, photo: bytes) -> None:
    page.goto(shop.page('<lookus-lens lang="en" mode="panel"></lookus-lens>'))
    choose(page, photo)
    error = page.locator("lookus-lens [part=error]")
    expect(error).to_contain_text("not set up here yet")
    expect(error).to_contain_text("For the shop: the attribute key=")
    assert shop.calls == []


def test_nothing_found_says_what_to_try(page: Page, shop: StandIn, photo: bytes) -> None:
    shop.next = lambda call: Answer(body=found(shop.site, 0))
    page.goto(shop.page(PANEL))
    choose(page, photo)
    nothing = page.locator("lookus-lens [part=nothing]")
    expect(nothing).to_contain_text("Nothing like this here yet")
    nothing.get_by_role("button", name="Another search").click()
    expect(page.locator("lookus-lens [part=pick]")).to_be_visible()


def test_no_garment_is_said_above_the_nearest_products(
    page: Page, shop: StandIn, photo: bytes
) -> None:
    answer = found(shop.site, garments=[garment(0, "Jacket", [0, 0, 300, 400])])
    answer["query"]["found"] = False
    shop.next = lambda call: Answer(body=answer)
    page.goto(shop.page(PANEL))
    choose(page, photo)
    expect(page.locator("lookus-lens [part=note]")).to_contain_text("could not make out a garment")
    expect(cards(page)).to_have_count(6)
    expect(page.locator("lookus-lens [part=pin]")).to_have_count(0)
    expect(page.locator("lookus-lens [part=garment]")).to_have_count(0)


def test_a_change_that_fails_leads_back_to_the_results(
    page: Page, shop: StandIn, photo: bytes
) -> None:
    page.goto(shop.page(BUTTON))
    page.get_by_role("button", name="Find it by photo").click()
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    shop.next = lambda call: problem(500, "server_error")
    page.get_by_role("button", name="Show products like this: Trousers").click()
    error = page.locator("lookus-lens [part=error]")
    expect(error).to_contain_text("went wrong on our side")
    expect(cards(page).first).to_be_hidden()
    error.get_by_role("button", name="Back to the results").click()
    expect(cards(page)).to_have_count(6)
    expect(error).to_have_count(0)
    jacket = page.get_by_role("button", name="Show products like this: Jacket")
    expect(jacket).to_have_attribute("aria-pressed", "true")
    shop.next = lambda call: Answer(body=found(shop.site, 2))
    page.get_by_role("button", name="Show products like this: Trousers").click()
    expect(cards(page)).to_have_count(2)


def test_a_second_photo_that_fails_keeps_the_first_answer(
    page: Page, shop: StandIn, photo: bytes
) -> None:
    page.goto(shop.page(PANEL))
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    shop.next = lambda call: Answer(500, "")
    page.evaluate(SEARCH, list(photo))
    error = page.locator("lookus-lens [part=error]")
    expect(error).to_contain_text("went wrong on our side")
    expect(page.locator("lookus-lens canvas")).to_have_count(1)
    error.get_by_role("button", name="Back to the results").click()
    expect(cards(page)).to_have_count(6)
    expect(page.locator("lookus-lens canvas")).to_be_visible()
