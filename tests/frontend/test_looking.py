"""A photo's garments are outlined while its products are looked up, whatever happens then."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.frontend.conftest import until
from tests.frontend.stand_in import IMAGE_ID, Answer, Call, StandIn, found, garment, problem
from tests.frontend.test_lens import BUTTON, PANEL, SEARCH, cards, choose, watch

JACKET = [[[90, 52], [210, 52], [238, 95], [212, 218], [98, 218], [72, 95]]]
# Begins, and does not wait for what is held.
BEGIN = "(bytes) => { (" + SEARCH + ")(bytes); }"
FIND = "(query) => { document.querySelector('lookus-lens').find(query); }"
# No test waits for it: a thread of the stand-in ends with its test.
MOST_S = 60.0


class Held:
    """Says at once what is in a photo, and of its products nothing until `go` is called."""

    def __init__(self, shop: StandIn) -> None:
        self.shop = shop
        self.gate = threading.Event()
        self.products: Callable[[Call], Answer] = lambda call: Answer(body=self.body(call))
        shop.next = self.answer

    def body(self, call: Call) -> dict:
        told = found(self.shop.site)
        told["query"]["garments"][0]["outline"] = JACKET
        told["query"]["selected"] = int((call.json or call.fields).get("object", 0))
        return told

    def answer(self, call: Call) -> Answer:
        if call.only_seen:
            return Answer(body=self.body(call))
        # What was asked before `go` goes on then; what comes after it does not wait.
        self.gate.wait(MOST_S)
        return self.products(call)

    def go(self) -> None:
        self.gate.set()


@pytest.fixture
def held(shop: StandIn) -> Iterator[Held]:
    holding = Held(shop)
    yield holding
    holding.go()


def outlined(page: Page) -> None:
    """A garment is outlined, its products have not come."""
    expect(page.locator("lookus-lens [part=outline]")).to_have_attribute("d", re.compile("^M"))
    expect(page.locator("lookus-lens [part=pin]")).to_have_count(2)
    expect(cards(page)).to_have_count(0)


def pin(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=f"Show products like this: {name}")


def test_what_was_found_is_outlined_while_its_products_are_looked_up(
    page: Page, shop: StandIn, photo: bytes, held: Held
) -> None:
    page.goto(shop.page(PANEL))
    watch(page, "lookus:search", "lookus:results", "lookus:error")
    choose(page, photo)
    outlined(page)
    line = page.locator("lookus-lens [part=outline]")
    expect(line).to_be_visible()
    place, stage = line.bounding_box(), page.locator("lookus-lens [part=photo]").bounding_box()
    assert place and stage
    # The jacket's own edge, in the pixels of the photo as it is shown.
    scale = stage["width"] / 300
    for side, px in {"x": stage["x"] + 72 * scale, "y": stage["y"] + 52 * scale}.items():
        assert abs(place[side] - px) < 6
    assert abs(place["width"] - 166 * scale) < 12 and abs(place["height"] - 166 * scale) < 12
    expect(page.locator("lookus-lens canvas")).to_be_visible()
    expect(page.get_by_text("Looking for it in this shop…")).to_be_visible()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    expect(page.locator("lookus-lens [role=status]").last).to_have_text(
        "Found in your photo: Jacket, Trousers."
    )
    until(page, lambda: len(shop.searches()) == 1)
    assert [name for name, _ in page.evaluate("window.seen")] == ["lookus:search"]

    held.go()
    expect(cards(page)).to_have_count(6)
    expect(line).to_have_count(1)
    expect(page.get_by_role("heading", name="6 like this")).to_be_visible()
    (look,), (search,) = shop.looks(), shop.searches()
    assert look.image and not search.image and search.json["image_id"] == IMAGE_ID
    seen = page.evaluate("window.seen")
    assert [name for name, _ in seen] == ["lookus:search", "lookus:results"]
    assert seen[1][1]["search_id"] == "s-1"


def test_a_photo_from_an_address_is_shown_and_outlined_too(
    page: Page, shop: StandIn, held: Held
) -> None:
    page.goto(shop.page(BUTTON))
    address = shop.site + "/img/1.svg"
    page.evaluate(FIND, {"image_url": address})
    outlined(page)
    expect(page.locator("lookus-lens [part=photo] img")).to_have_attribute("src", address)
    held.go()
    expect(cards(page)).to_have_count(6)
    assert shop.looks()[0].json["image_url"] == address
    assert "image_url" not in shop.searches()[0].json


def test_another_piece_may_be_asked_for_while_one_waits(
    page: Page, shop: StandIn, photo: bytes, held: Held
) -> None:
    page.goto(shop.page(PANEL))
    watch(page, "lookus:search", "lookus:results", "lookus:error")
    choose(page, photo)
    outlined(page)
    until(page, lambda: len(shop.searches()) == 1)
    pin(page, "Trousers").click()
    expect(pin(page, "Trousers")).to_have_attribute("aria-pressed", "true")
    until(page, lambda: len(shop.searches()) == 2)
    held.go()
    expect(cards(page)).to_have_count(6)
    expect(page.locator("lookus-lens [part=garment]")).to_contain_text("Trousers")
    assert len(shop.looks()) == 1 and shop.searches()[1].json["object"] == 1
    assert [name for name, _ in page.evaluate("window.seen")] == ["lookus:search", "lookus:results"]


def test_another_piece_of_a_second_photo_too(
    page: Page, shop: StandIn, photo: bytes, held: Held
) -> None:
    """The results of the first are still there, and none of its business."""
    held.go()
    page.goto(shop.page(PANEL))
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    held.gate.clear()
    page.evaluate(BEGIN, list(photo))
    outlined(page)
    pin(page, "Trousers").click()
    outlined(page)
    expect(pin(page, "Trousers")).to_have_attribute("aria-pressed", "true")
    held.go()
    expect(cards(page)).to_have_count(6)
    expect(page.locator("lookus-lens [part=garment]")).to_contain_text("Trousers")


FAULTS = {
    "500": (problem(500, "server_error"), "went wrong on our side"),
    "429": (problem(429, "rate_limited"), "That was quick"),
    "quota": (problem(429, "over_quota", Retry_After="86400"), "resting for now"),
    "no answer": (Answer(502, "<html>"), "went wrong on our side"),
    "silence": (Answer(body={}, after=4), "No answer came in time"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_products_that_do_not_come_are_asked_for_again_without_the_photo(
    page: Page, shop: StandIn, photo: bytes, held: Held, case: str
) -> None:
    answer, words = FAULTS[case]
    held.go()
    held.products = lambda call: answer
    timeout = ' timeout="1"' if case == "silence" else ""
    page.goto(shop.page(PANEL.replace("<lookus-lens", "<lookus-lens" + timeout)))
    choose(page, photo)
    error = page.locator("lookus-lens [part=error]")
    expect(error).to_contain_text(words)
    expect(page.locator("lookus-lens canvas")).to_be_visible()
    held.gate.clear()
    held.products = lambda call: Answer(body=held.body(call))
    page.get_by_role("button", name="Try again", exact=True).click()
    outlined(page)
    held.go()
    expect(cards(page)).to_have_count(6)
    assert len(shop.looks()) == 1 and not any(call.image for call in shop.searches())


def test_the_wait_for_the_products_is_counted_down(
    page: Page, shop: StandIn, photo: bytes, held: Held
) -> None:
    held.go()
    held.products = lambda call: problem(429, "rate_limited", Retry_After="60")
    page.clock.install()
    page.goto(shop.page(PANEL))
    choose(page, photo)
    again = page.get_by_role("button", name=re.compile(r"Try again in \d+ s"))
    expect(again).to_have_attribute("aria-disabled", "true")
    held.products = lambda call: Answer(body=held.body(call))
    page.clock.run_for(60_000)
    page.get_by_role("button", name="Try again", exact=True).click()
    expect(cards(page)).to_have_count(6)
    assert len(shop.looks()) == 1


def test_a_network_that_goes_between_the_two_is_waited_for(
    page: Page, shop: StandIn, photo: bytes, held: Held
) -> None:
    page.goto(shop.page(PANEL))
    choose(page, photo)
    outlined(page)
    until(page, lambda: len(shop.searches()) == 1)
    page.context.set_offline(True)
    error = page.locator("lookus-lens [part=error]")
    # What is on its way may hang until it is too late: another piece is asked for.
    pin(page, "Trousers").click()
    expect(error).to_contain_text("You are offline")
    expect(page.locator("lookus-lens canvas")).to_be_visible()
    held.go()
    page.context.set_offline(False)
    expect(cards(page)).to_have_count(6)
    assert len(shop.looks()) == 1


@pytest.mark.parametrize("code", ["image_expired", "photo_needed"])
def test_a_photo_that_was_forgotten_meanwhile_is_sent_again_by_itself(
    page: Page, shop: StandIn, photo: bytes, held: Held, code: str
) -> None:
    held.go()
    held.products = lambda call: Answer(body=held.body(call)) if call.image else problem(410, code)
    page.goto(shop.page(PANEL))
    watch(page, "lookus:error")
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    named, again = shop.searches()
    assert not named.image and again.image == shop.looks()[0].image
    assert page.evaluate("window.seen") == []


def test_a_second_photo_ends_the_look_up_of_the_first(
    page: Page, shop: StandIn, photo: bytes, held: Held
) -> None:
    page.goto(shop.page(PANEL))
    watch(page, "lookus:results", "lookus:error")
    choose(page, photo)
    outlined(page)
    until(page, lambda: len(shop.searches()) == 1)
    held.products = lambda call: Answer(body=found(shop.site, 3))
    with page.expect_event("requestfailed"):
        page.evaluate(BEGIN, list(photo))
    until(page, lambda: len(shop.searches()) == 2)
    held.go()
    expect(cards(page)).to_have_count(3)
    assert [name for name, _ in page.evaluate("window.seen")] == ["lookus:results"]


@pytest.mark.parametrize("how", ["cancel", "close", "escape", "remove", "lang"])
def test_leaving_while_products_are_looked_up_ends_the_call_quietly(
    page: Page, shop: StandIn, photo: bytes, held: Held, how: str
) -> None:
    page.goto(shop.page(BUTTON))
    watch(page, "lookus:results", "lookus:error")
    page.get_by_role("button", name="Find it by photo").click()
    choose(page, photo)
    outlined(page)
    until(page, lambda: len(shop.searches()) == 1)
    leave = {
        "cancel": lambda: page.get_by_role("button", name="Cancel").click(),
        "close": lambda: page.get_by_role("button", name="Close").click(),
        "escape": lambda: page.keyboard.press("Escape"),
        "remove": lambda: page.evaluate("document.querySelector('lookus-lens').remove()"),
        "lang": lambda: page.evaluate("document.querySelector('lookus-lens').lang = 'ko'"),
    }
    with page.expect_event("requestfailed"):
        leave[how]()
    if how == "cancel":
        expect(page.get_by_role("button", name="Choose a photo")).to_be_focused()
    assert page.evaluate("window.seen") == []


def test_a_photo_without_a_garment_goes_on_as_it_is(
    page: Page, shop: StandIn, photo: bytes, held: Held
) -> None:
    nothing = found(shop.site, garments=[garment(0, "Jacket", [0, 0, 300, 400])])
    nothing["query"]["found"] = False
    held.body = lambda call: json.loads(json.dumps(nothing))  # type: ignore[method-assign]
    page.goto(shop.page(PANEL))
    choose(page, photo)
    until(page, lambda: len(shop.searches()) == 1)
    expect(page.locator("lookus-lens canvas")).to_be_visible()
    expect(page.locator("lookus-lens [part=outline]")).to_have_count(0)
    held.go()
    expect(cards(page)).to_have_count(6)


def test_nothing_moves_for_who_wants_none(
    chromium: Browser, shop: StandIn, photo: bytes, held: Held
) -> None:
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(shop.page(PANEL))
    choose(page, photo)
    outlined(page)
    running = "document.querySelector('lookus-lens').shadowRoot.getAnimations().length"
    assert page.evaluate(running) == 0
    context.close()


def test_words_a_product_and_a_drawing_are_asked_for_once(page: Page, shop: StandIn) -> None:
    page.goto(shop.page(PANEL))
    for number, query in enumerate(({"text": "red"}, {"product_id": "p1"}), 1):
        page.evaluate(FIND, query)
        until(page, lambda number=number: len(shop.searches()) == number)
        expect(page.locator("lookus-lens [aria-busy=true]")).to_have_count(0)
    assert shop.looks() == []
