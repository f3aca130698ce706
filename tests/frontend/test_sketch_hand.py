"""Fingers, pens and keys on the pad, and the pad on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FloatRect, Page, expect

from tests.frontend.answers import Shelf
from tests.frontend.conftest import until
from tests.frontend.pad import SHIRT, Pad, asks, drawing, spot
from tests.frontend.stand_in import StandIn
from tests.frontend.test_lens import BUTTON, cards

IS_ON_TOP = """(node) => {
  node.scrollIntoView({ block: 'center' });
  const { x, y, width, height } = node.getBoundingClientRect();
  return node.contains(node.getRootNode().elementFromPoint(x + width / 2, y + height / 2));
}"""


@pytest.fixture
def shelf(shop: StandIn) -> Shelf:
    return Shelf(shop)


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


@pytest.mark.parametrize("mode", ["panel", "button"])
@pytest.mark.parametrize("width", [390, 360, 320])
def test_every_tool_is_in_reach_however_narrow_the_phone(
    phone: Page, shop: StandIn, shelf: Shelf, width: int, mode: str
) -> None:
    """The panel stands in a page with the margin of the storefront."""
    phone.set_viewport_size({"width": width, "height": 780})
    lens = f'<lookus-lens key="pk_test" lang="en" mode="{mode}"></lookus-lens>'
    phone.goto(shop.page(f"<main><h1>Shop</h1>{lens}</main>", "body { margin: 20px }"))
    pad = Pad(phone)
    if mode == "button":
        pad.part("button").tap()
    pad.open()
    pad.lines(SHIRT)
    expect(pad.tool("undo")).to_have_attribute("aria-disabled", "false")
    frame = pad.part("panel" if mode == "panel" else "frame").bounding_box()
    boxes = [node.bounding_box() for node in pad.part("pad-tool").all()]
    assert frame and len(boxes) == 8
    for index, box in enumerate(boxes):
        assert box and round(min(box["width"], box["height"]), 2) >= 44
        assert box["x"] >= frame["x"]
        assert box["x"] + box["width"] <= frame["x"] + frame["width"]
        assert not any(other and overlap(box, other) for other in boxes[:index])
        assert pad.part("pad-tool").nth(index).evaluate(IS_ON_TOP), "something lies over it"
    assert phone.evaluate("document.documentElement.scrollWidth") <= width


def overlap(one: FloatRect, other: FloatRect) -> bool:
    return all(
        min(one[side] + one[size], other[side] + other[size]) - max(one[side], other[side]) > 0.01
        for side, size in (("x", "width"), ("y", "height"))
    )


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
