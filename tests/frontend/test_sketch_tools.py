"""What each tool of the pad leaves on the paper, and how it is taken back."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import expect

from tests.frontend.answers import asked
from tests.frontend.conftest import until
from tests.frontend.pad import GAPS, SHIRT, Pad, asks, drawing, near, spot
from tests.frontend.stand_in import StandIn
from tests.frontend.test_lens import cards

RED, BLUE, WHITE = "#b8342c", "#2f5fa8", "#f4f2ec"


def test_undo_redo_clear_and_nothing_is_asked_of_an_empty_pad(pad: Pad, shop: StandIn) -> None:
    page = pad.page
    page.wait_for_timeout(400)
    assert shop.calls == []
    pad.lines(GAPS)
    expect(cards(page)).to_have_count(6)
    whole = drawing(asks(pad, shop, 1))
    pad.tool("undo").click()
    fewer = drawing(asks(pad, shop, 2))
    assert 0 < (fewer[..., 3] > 0).sum() < (whole[..., 3] > 0).sum()
    page.keyboard.press("Control+Shift+z")
    again = drawing(asks(pad, shop, 3))
    ink, was = again[..., 3] > 128, whole[..., 3] > 128
    assert (ink ^ was).sum() < 0.03 * was.sum()
    before = len(shop.calls)
    for _ in GAPS:
        page.keyboard.press("Control+z")
    expect(pad.tool("undo")).to_have_attribute("aria-disabled", "true")
    expect(cards(page).first).to_be_hidden()
    expect(page.get_by_role("heading", name="Draw what you have in mind")).to_be_visible()
    page.wait_for_timeout(500)
    # What was asked between the three presses; of the empty pad nothing.
    assert all((drawing(call)[..., 3] > 0).any() for call in shop.calls[before:] if call.image)
    pad.tool("redo").click()
    expect(cards(page).first).to_be_visible()
    pad.tool("clear").click()
    expect(cards(page).first).to_be_hidden()
    pad.tool("undo").click()
    expect(cards(page).first).to_be_visible()


def test_a_drawing_that_was_rubbed_out_is_empty(pad: Pad, shop: StandIn) -> None:
    pad.line([(40, 50), (60, 50)])
    asks(pad, shop, 1)
    pad.tool("eraser").click()
    count = len(shop.calls)
    pad.lines([[(35, 50), (65, 50)], [(35, 51), (65, 51)]])
    expect(cards(pad.page).first).to_be_hidden()
    pad.page.wait_for_timeout(500)
    assert not [call for call in shop.calls[count:] if not (drawing(call)[..., 3] > 0).any()]


def test_a_fill_closes_gaps_and_stops_at_lines_and_other_colors(pad: Pad, shop: StandIn) -> None:
    pad.lines(GAPS)
    pad.color("Blue")
    expect(pad.tool("brush")).to_have_attribute("aria-pressed", "true")
    pad.line([(36, 62), (64, 62)])
    pad.fill(50, 45, "Red")
    until(pad.page, lambda: bool(shop.searches()) and len(asked(shop.searches()[-1])) == 4)
    call = asks(pad, shop, 1)
    until(pad.page, lambda: near(spot(shop.searches()[-1], 50, 45), RED))
    call = shop.searches()[-1]
    assert asked(call)["colors"] == [BLUE, RED]
    assert near(spot(call, 50, 78), RED) and near(spot(call, 30.5, 70), RED)
    assert near(spot(call, 50, 62), BLUE)
    assert spot(call, 8, 80)[3] == 0 and spot(call, 50, 95)[3] == 0
    # No pale rim between line and colour.
    row = drawing(call)[int(0.7 * 512), int(0.26 * 512) : int(0.5 * 512), 3]
    first = int(np.flatnonzero(row > 200)[0])
    assert row[first:].min() > 200


def test_a_place_that_no_line_closes_is_said(pad: Pad, shop: StandIn) -> None:
    pad.line([(20, 20), (80, 20)])
    asks(pad, shop, 1)
    pad.fill(50, 60, "Red")
    expect(pad.page.get_by_text("No line closes this place.")).to_be_visible()
    expect(pad.page.get_by_text("Strokes on the pad: 1.")).to_be_attached()


def test_the_mirror_draws_both_halves(pad: Pad, shop: StandIn) -> None:
    axis = pad.page.locator("lookus-lens .pad-axis")
    expect(axis).to_be_hidden()
    pad.tool("mirror").click()
    expect(axis).to_be_visible()
    pad.line([(45, 20), (20, 30), (30, 80)])
    call = asks(pad, shop, 1)
    lines = drawing(call)[..., 3] > 128
    assert lines[:, 300:].any()
    assert (lines ^ lines[:, ::-1]).sum() < 0.2 * lines.sum()


def test_a_color_is_changed_everywhere_and_back(pad: Pad, shop: StandIn) -> None:
    pad.lines(SHIRT)
    pad.fill(50, 50, "Red")
    expect(pad.part("pad-used")).to_have_count(1)
    pad.page.get_by_role("button", name="Change the colour: Red").click()
    expect(pad.page.get_by_text("Choose what Red should become.")).to_be_visible()
    pad.color("White")
    expect(pad.page.get_by_text("Red is now White.")).to_be_visible()
    until(pad.page, lambda: asked(shop.searches()[-1]).get("colors") == [WHITE])
    assert near(spot(shop.searches()[-1], 50, 50), WHITE)
    pad.tool("undo").click()
    until(pad.page, lambda: asked(shop.searches()[-1]).get("colors") == [RED])


def test_the_browsers_own_picker_gives_any_color(pad: Pad, shop: StandIn) -> None:
    pad.page.get_by_label("Another colour").fill("#12ab56")
    pad.line([(30, 40), (60, 50)])
    assert asked(asks(pad, shop, 1))["colors"] == ["#12ab56"]
    expect(pad.page.get_by_role("button", name="Change the colour: #12ab56")).to_be_visible()


def test_a_full_pad_says_so_and_nothing_hangs(pad: Pad, shop: StandIn) -> None:
    """5,000 strokes and 200,000 points, put back as the browser's back would."""
    pad.line([(10, 10), (20, 10)])
    asks(pad, shop, 1)
    pad.page.get_by_role("button", name="Back to the start").click()
    pad.page.evaluate(
        """(answer) => {
        const strokes = Array.from({length: 5000}, (_, at) => ({tool: 'pen', color: '#1a1a1a',
          points: Array.from({length: 80}, (_, k) => (k % 2 ? (at % 100) / 100 : 0.1 + k / 100))}));
        document.querySelector('lookus-lens').session.restore(
          {query: {filters: {}, sketch: {strokes}}, answer}); }""",
        shop.next(shop.searches()[0]).body,
    )
    expect(pad.page.get_by_text("Strokes on the pad: 5000.")).to_be_attached()
    pad.line([(30, 30), (60, 60)])
    expect(pad.page.get_by_text("This drawing is full.")).to_be_visible()
    expect(pad.page.get_by_text("Strokes on the pad: 5000.")).to_be_attached()
    pad.page.keyboard.press("Control+z")
    expect(pad.page.get_by_text("Strokes on the pad: 4999.")).to_be_attached()
    pad.line([(30, 30), (60, 60)])
    expect(pad.page.get_by_text("Strokes on the pad: 5000.")).to_be_attached()
    until(pad.page, lambda: len(shop.searches()) > 1)


def test_the_paper_keeps_the_drawing_at_every_size(pad: Pad, shop: StandIn) -> None:
    pad.lines(SHIRT)
    before = asks(pad, shop, 1)
    width = pad.part("pad").evaluate("(canvas) => canvas.width")
    pad.page.set_viewport_size({"width": 500, "height": 600})
    pad.page.wait_for_function(
        "(width) => document.querySelector('lookus-lens').shadowRoot"
        ".querySelector('[part=pad]').width !== width",
        arg=width,
    )
    pad.line([(45, 60), (55, 60)])
    after = asks(pad, shop, 2)
    assert spot(after, 29, 65)[3] > 200 and spot(before, 29, 65)[3] > 200
