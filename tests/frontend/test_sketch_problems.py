"""What can go wrong with a drawing is said in words beside it; the drawing stays."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.frontend.answers import Shelf
from tests.frontend.conftest import until
from tests.frontend.pad import SHIRT, Pad
from tests.frontend.stand_in import Answer, Call, StandIn, problem
from tests.frontend.test_lens import LENS, PANEL, cards
from tests.frontend.test_lens_loading import missing_parts

KOREAN = LENS.format(lens='<lookus-lens key="pk_test" lang="ko" mode="panel"></lookus-lens>')
OF_THE_DRAWING = {
    "sketch_empty": "Nothing is drawn yet",
    "sketch_too_little": "A little more, please",
    "sketch_scribble": "We cannot make out the lines",
    "sketch_is_photo": "This is a photo, not a drawing",
    "sketch_unavailable": "Drawings cannot be searched with here yet",
}


def begun(page: Page, shop: StandIn, body: str = PANEL) -> Pad:
    page.goto(shop.page(body))
    pad = Pad(page)
    pad.open()
    return pad


def test_what_is_wrong_with_the_drawing_is_a_note(page: Page, shop: StandIn) -> None:
    pad = begun(page, shop)
    good = Shelf(shop).answer
    for code, words in OF_THE_DRAWING.items():
        shop.next = lambda call, code=code: problem(422, code)
        pad.line([(30, 20), (40, 60)])
        expect(pad.part("note")).to_contain_text(words)
        expect(page.locator("lookus-lens > .said, lookus-lens .said").last).to_contain_text(words)
        expect(pad.part("pad")).to_be_visible()
        expect(cards(page)).to_have_count(0)
    shop.next = good
    pad.lines(SHIRT)
    expect(cards(page)).to_have_count(6)
    expect(pad.part("note")).to_have_count(0)
    shop.next = lambda call: problem(422, "sketch_scribble")
    pad.line([(30, 20), (40, 60)])
    expect(pad.part("note")).to_contain_text("fewer lines")
    expect(cards(page).first).to_be_hidden()


def test_offline_keeps_the_drawing_and_goes_on_by_itself(page: Page, shop: StandIn) -> None:
    Shelf(shop)
    pad = begun(page, shop, KOREAN)
    page.context.set_offline(True)
    pad.lines(SHIRT)
    expect(pad.part("error")).to_contain_text("그림은 그대로 있어요")
    page.context.set_offline(False)
    expect(cards(page)).to_have_count(6)


def test_too_many_at_once_is_calm(page: Page, shop: StandIn) -> None:
    """The wait is counted down, and no picture is asked for before it is over."""
    busy = problem(429, "rate_limited", Retry_After="60")
    shop.next = shop.pictured = lambda call: busy
    pad = begun(page, shop)
    pad.lines(SHIRT)
    expect(pad.part("error")).to_contain_text("Your drawing is still here")
    expect(pad.part("error").get_by_role("button").first).to_contain_text("Try again in")
    count = len(shop.previews())
    pad.line([(40, 60), (60, 60)])
    until(page, lambda: len(shop.searches()) == 2)
    assert len(shop.previews()) == count


def test_a_picture_that_does_not_come_is_no_problem(page: Page, shop: StandIn) -> None:
    Shelf(shop)
    shop.pictured = lambda call: Answer(500, "")
    pad = begun(page, shop)
    pad.lines(SHIRT)
    expect(cards(page)).to_have_count(6)
    expect(pad.part("pad-picture")).to_have_class("none")


def test_an_unsure_reader_asks(page: Page, shop: StandIn) -> None:
    answer = Shelf(shop).answer

    def unsure(call: Call) -> Answer:
        told = answer(call)
        told.body["query"]["found"] = False
        told.body["query"]["garments"][0]["category"]["unsure"] = True
        return told

    shop.next = unsure
    pad = begun(page, shop)
    pad.lines(SHIRT)
    expect(pad.part("note")).to_contain_text("It is not clear what this is")
    expect(page.locator("lookus-lens [part=pad-kind][aria-pressed=true]")).to_have_count(0)
    expect(pad.part("pad-kind").first).to_have_text("Jacket")


def test_lines_that_do_not_come_are_said(page: Page, shop: StandIn) -> None:
    Shelf(shop)
    shop.lined = lambda call: problem(404, "product_not_found")
    pad = begun(page, shop)
    pad.lines(SHIRT)
    pad.part("draw-button").first.click()
    expect(page.get_by_text("The lines of this product did not come.")).to_be_visible()
    expect(page.get_by_text("Strokes on the pad: 1.")).to_be_attached()


def test_a_pad_that_does_not_come_is_told_and_tried_again(page: Page, shop: StandIn) -> None:
    Shelf(shop)
    shop.missing = missing_parts("sketch")
    page.goto(shop.page(PANEL))
    page.get_by_role("button", name="Draw it").click()
    expect(page.locator("lookus-lens [part=error]")).to_contain_text("could not be loaded")
    shop.missing = set()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("lookus-lens [part=pad]")).to_be_visible()
