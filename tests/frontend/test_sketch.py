"""The drawing pad: what a hand does, what is shown of it, and what the API is asked."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.frontend.answers import Shelf, asked
from tests.frontend.conftest import until
from tests.frontend.pad import GAPS, SHIRT, Pad, drawing, near, spot
from tests.frontend.paper import garment_picture
from tests.frontend.stand_in import PNG, Answer, Call, StandIn
from tests.frontend.test_lens import BUTTON, HANGS_S, PANEL, SEARCH, cards, choose

RED, BLUE, WHITE = "#b8342c", "#2f5fa8", "#f4f2ec"
REST_MS = 350
PICTURE = """() => { const picture = document.querySelector('lookus-lens').shadowRoot
  .querySelector('[part=pad-picture]');
  return picture.width === 128 && !picture.classList.contains('none') &&
    [...picture.getContext('2d').getImageData(64, 64, 1, 1).data]; }"""


@pytest.fixture
def shelf(shop: StandIn) -> Shelf:
    return Shelf(shop)


@pytest.fixture
def pad(page: Page, shop: StandIn, shelf: Shelf) -> Pad:
    page.goto(shop.page(PANEL))
    pad = Pad(page)
    pad.open()
    return pad


def asks(pad: Pad, shop: StandIn, count: int) -> Call:
    """The latest of so many searches or more, answered and shown: a slow hand makes more."""
    until(pad.page, lambda: len(shop.searches()) >= count)
    pad.rest()
    return shop.searches()[-1]


def test_a_drawing_becomes_a_picture_and_products(page: Page, shop: StandIn, shelf: Shelf) -> None:
    page.goto(shop.page(BUTTON), wait_until="networkidle")
    page.get_by_role("button", name="Find it by photo").click()
    expect(page.locator("lookus-lens [part=pick]")).to_be_visible()
    assert not any("sketch" in name or "outlines" in name for name in shop.loaded)
    pad = Pad(page)
    pad.open()
    expect(page.get_by_role("dialog", name="Draw it")).to_be_visible()
    pad.lines(SHIRT)
    expect(cards(page)).to_have_count(6)
    expect(page.get_by_role("heading", name="6 like this")).to_be_visible()
    expect(cards(page).first).to_contain_text("% alike · Same shape, and just as red.")
    assert page.evaluate(PICTURE) == [0xB3, 0x38, 0x2C, 255]
    expect(page.get_by_role("img", name="Your drawing as a garment: Jacket")).to_be_visible()

    shown, looked = shop.previews()[0], shop.searches()[0]
    assert asked(looked) == {"limit": "12", "facets": "all", "lang": "en"}
    assert shown.image == looked.image
    image = drawing(looked)
    assert image.shape == (512, 512, 4)
    assert spot(looked, 50, 50)[3] == 0 and spot(looked, 29, 65) == (26, 26, 26, 255)
    assert 0.01 < (image[..., 3] > 0).mean() < 0.1

    page.get_by_role("button", name="Back to the start").click()
    expect(page.locator("lookus-lens [part=pick]")).to_be_visible()


def test_each_stroke_has_its_picture_and_the_rest_has_the_search(
    page: Page, shop: StandIn, shelf: Shelf
) -> None:
    page.clock.install()
    page.goto(shop.page(PANEL))
    pad = Pad(page)
    pad.open()
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 60)
    for count, line in enumerate(GAPS, 1):
        pad.line(line)
        until(page, lambda count=count: len(shop.previews()) == count)
        page.clock.run_for(REST_MS - 50)
        assert shop.searches() == []
        if count == len(GAPS):
            page.clock.run_for(50)
    until(page, lambda: len(shop.searches()) == 1)
    assert shop.searches()[0].image == shop.previews()[-1].image


def test_the_newest_picture_wins(pad: Pad, shop: StandIn) -> None:
    """One that is late says nothing of the drawing as it is: it is given up."""
    late = [Answer(200, garment_picture("#0000ff"), PNG, after=HANGS_S)]
    shop.pictured = lambda call: late.pop() if late else Answer(200, garment_picture(), PNG)
    given_up: list[str] = []
    pad.page.on("requestfailed", lambda request: given_up.append(request.url))
    pad.line([(30, 20), (30, 80)])
    until(pad.page, lambda: len(shop.previews()) == 1)
    pad.line([(30, 80), (70, 80)])
    pad.page.wait_for_function(f"() => ({PICTURE})()?.[0] === 0xB3")
    assert [url.rsplit("/", 1)[1] for url in given_up] == ["preview"]


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


def test_what_it_is_may_be_said_and_filters_stay(pad: Pad, shop: StandIn) -> None:
    page = pad.page
    pad.lines(SHIRT)
    kind = page.get_by_role("button", name="Jacket", exact=True)
    expect(kind).to_have_attribute("aria-pressed", "true")
    asks(pad, shop, 1)
    page.evaluate("document.querySelector('lookus-lens').session.ask({filters: {color: ['red']}})")
    by_name = asked(asks(pad, shop, 2))
    assert by_name["image_id"] and "category" not in by_name
    page.get_by_role("button", name="Dress", exact=True).click()
    call = asks(pad, shop, 3)
    assert asked(call)["category"] == "dress" and asked(call)["filters"] == {"color": ["red"]}
    assert shop.previews()[-1].fields["category"] == "dress"
    expect(page.get_by_role("button", name="Dress", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(kind).to_have_attribute("aria-pressed", "false")


def test_an_outline_is_begun_with_and_says_what_it_is(pad: Pad, shop: StandIn) -> None:
    pad.page.get_by_role("button", name="Skirt", exact=True).click()
    call = asks(pad, shop, 1)
    assert asked(call)["category"] == "skirt"
    assert (drawing(call)[..., 3] > 0).mean() > 0.01
    expect(pad.part("pad-outlines")).to_be_hidden()
    pad.tool("undo").click()
    expect(pad.part("pad-outlines")).to_be_visible()


def test_without_outlines_one_draws(page: Page, shop: StandIn, shelf: Shelf) -> None:
    page.route("**/parts/outlines-*.js", lambda route: route.abort())
    page.goto(shop.page(PANEL))
    pad = Pad(page)
    pad.open()
    pad.lines(SHIRT)
    expect(cards(page)).to_have_count(6)
    expect(pad.part("pad-outlines")).to_be_hidden()


def test_a_found_product_is_drawn_on(pad: Pad, shop: StandIn, photo: bytes) -> None:
    page = pad.page
    pad.lines(SHIRT)
    asks(pad, shop, 1)
    pad.part("draw-button").nth(2).click()
    call = asks(pad, shop, 2)
    assert [one.path for one in shop.calls if "lines" in one.path] == ["/api/v1/products/p2/lines"]
    # The stand-in's product is a box: 9 tenths of the pad for 256 px.
    assert spot(call, 5 + 0.9 * 25.5, 50)[3] > 200 and spot(call, 50, 50)[3] == 0
    pad.line([(40, 50), (60, 50)])
    assert spot(asks(pad, shop, 3), 50, 50)[3] > 200
    pad.tool("undo").click()
    pad.tool("undo").click()
    until(page, lambda: spot(shop.searches()[-1], 29, 65) == (26, 26, 26, 255))


def test_from_a_photos_results_to_the_pad(
    page: Page, shop: StandIn, shelf: Shelf, photo: bytes
) -> None:
    page.goto(shop.page(BUTTON))
    page.get_by_role("button", name="Find it by photo").click()
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    expect(page.locator("lookus-lens [part=draw-button]:visible")).to_have_count(0)
    page.get_by_role("button", name="More like this: Wool jacket with a wide collar 2").click()
    page.get_by_role("button", name="Draw on from this: Wool jacket with a wide collar 2").click()
    pad = Pad(page)
    expect(pad.part("pad")).to_be_visible()
    until(page, lambda: bool(shop.previews()))
    expect(page.get_by_text("Strokes on the pad: 1.")).to_be_attached()
    until(page, lambda: bool(shop.searches()[-1].image) and len(shop.searches()) == 3)
    page.evaluate(SEARCH, list(photo))
    expect(page.locator("lookus-lens [part=photo] canvas").first).to_be_visible()
    expect(pad.part("pad")).to_have_count(0)


def test_similar_and_back_to_the_drawing(pad: Pad, shop: StandIn) -> None:
    page = pad.page
    pad.lines(SHIRT)
    asks(pad, shop, 1)
    page.get_by_role("button", name="More like this: Wool jacket with a wide collar 3").click()
    expect(pad.part("pad")).to_be_hidden()
    assert asked(shop.searches()[1])["product_id"] == "p2"
    pad.part("trail-back").click()
    expect(pad.part("pad")).to_be_visible()
    pad.line([(40, 60), (60, 60)])
    assert spot(asks(pad, shop, 3), 50, 60)[3] > 200


def test_the_drawing_is_there_after_a_product_and_after_closing(
    page: Page, shop: StandIn, shelf: Shelf
) -> None:
    page.goto(shop.page(BUTTON))
    page.get_by_role("button", name="Find it by photo").click()
    pad = Pad(page)
    pad.open()
    pad.lines(SHIRT)
    pad.fill(50, 50, "Red")
    until(page, lambda: bool(shop.searches()) and asked(shop.searches()[-1]).get("colors") == [RED])
    page.get_by_role("button", name="Dress", exact=True).click()
    until(page, lambda: asked(shop.searches()[-1]).get("category") == "dress")
    asks(pad, shop, 1)
    count = len(shop.searches())
    cards(page).nth(1).click()
    page.wait_for_url("**/p/1")
    page.go_back()
    expect(cards(page)).to_have_count(6)
    expect(page.get_by_text("Strokes on the pad: 2.")).to_be_attached()
    expect(page.get_by_role("button", name="Dress", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    assert len(shop.searches()) == count
    pad.line([(45, 60), (55, 60)])
    call = asks(pad, shop, count + 1)
    assert near(spot(call, 50, 70), RED) and asked(call)["category"] == "dress"

    page.get_by_role("button", name="Back to the start").click()
    pad.open()
    expect(page.get_by_text("Strokes on the pad: 3.")).to_be_attached()
    expect(cards(page)).to_have_count(6)


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        device_scale_factor=2,
    )
    yield context.new_page()
    context.close()


def test_on_a_phone_all_is_in_sight_and_in_reach(phone: Page, shop: StandIn, shelf: Shelf) -> None:
    phone.goto(shop.page(BUTTON))
    phone.get_by_role("button", name="Find it by photo").click()
    pad = Pad(phone)
    pad.open()
    pad.lines(SHIRT)
    pad.fill(50, 50, "Red")
    expect(cards(phone)).to_have_count(6)
    for name in ("pad-tool", "pad-color", "pad-used", "pad-kind", "draw-button"):
        for node in pad.part(name).all():
            box = node.bounding_box()
            assert box and min(box["width"], box["height"]) >= 44, name
    for node in pad.part("pad-tool").all():
        box = node.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390
    picture = pad.part("product-image").first.bounding_box()
    assert picture and picture["y"] + picture["height"] / 2 < 844, "half of the first row's photos"
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    # As crisp as the screen.
    box = pad.part("pad").bounding_box()
    assert box and pad.part("pad").evaluate("(canvas) => canvas.width") == round(2 * box["width"])


def test_one_finger_draws_the_second_does_not(phone: Page, shop: StandIn, shelf: Shelf) -> None:
    phone.goto(shop.page(BUTTON))
    phone.get_by_role("button", name="Find it by photo").click()
    pad = Pad(phone)
    pad.open()
    device = phone.context.new_cdp_session(phone)

    def touch(kind: str, *fingers: tuple[float, float]) -> None:
        points = [
            {"x": x, "y": y, "id": finger}
            for finger, (x, y) in enumerate(pad.at(*place) for place in fingers)
        ]
        device.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", (30, 30))
    touch("touchMove", (30, 50))
    touch("touchStart", (30, 50), (80, 30))
    touch("touchMove", (30, 70), (80, 70))
    touch("touchEnd")
    call = asks(pad, shop, 1)
    assert spot(call, 30, 45)[3] > 200
    assert not (drawing(call)[:, 300:, 3] > 0).any(), "the second finger"
    assert phone.evaluate("window.scrollY") == 0
    touch_action = pad.part("pad").evaluate("(canvas) => getComputedStyle(canvas).touchAction")
    assert touch_action == "none"


def test_a_pen_presses_and_its_hand_does_not_draw(pad: Pad, shop: StandIn) -> None:
    device = pad.page.context.new_cdp_session(pad.page)

    def pen(y: float, force: float) -> None:
        way = [("mousePressed", 20), ("mouseMoved", 50), ("mouseMoved", 80), ("mouseReleased", 80)]
        held = {"button": "left", "buttons": 1, "clickCount": 1, "pointerType": "pen"}
        for kind, x in way:
            place = dict(zip("xy", pad.at(x, y), strict=True))
            told = {"type": kind, **place, **held, "force": force}
            device.send("Input.dispatchMouseEvent", told)

    pen(30, 0.1)
    pen(60, 1.0)
    until(pad.page, lambda: bool(shop.searches()) and spot(shop.searches()[-1], 50, 60)[3] > 200)
    lines = drawing(shop.searches()[-1])[..., 3] > 128
    column = lines[:, 256]
    light, firm = column[:230].sum(), column[230:].sum()
    assert 0 < light < firm
    count = len(shop.previews())
    place = dict(zip("xy", pad.at(50, 80), strict=True))
    device.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    for kind, points in (("touchStart", [place]), ("touchEnd", [])):
        device.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    pad.page.wait_for_timeout(300)
    assert len(shop.previews()) == count


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


def test_arrow_keys_draw(pad: Pad, shop: StandIn) -> None:
    keyboard = pad.page.keyboard
    expect(pad.part("pad")).to_be_focused()
    expect(pad.part("pad")).to_have_accessible_name("Drawing pad")
    for key in ("ArrowLeft", "Enter", "Shift+ArrowDown", "Shift+ArrowRight", "Enter"):
        keyboard.press(key)
    call = asks(pad, shop, 1)
    assert spot(call, 48, 54)[3] > 200 and spot(call, 54, 60)[3] > 200
    keyboard.press("Enter")
    keyboard.press("Shift+ArrowUp")
    keyboard.press("Escape")
    expect(pad.page.get_by_text("Strokes on the pad: 1.")).to_be_attached()


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
