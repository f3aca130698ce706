"""What was found on the photo: outlines and labels; and a box for mouse, fingers and keys."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.frontend.conftest import until, without_a_pause
from tests.frontend.stand_in import Answer, Call, StandIn, found, garment
from tests.frontend.test_lens import BUTTON, PANEL, cards, choose

JACKET = [[80, 60], [120, 50], [190, 50], [240, 90], [215, 220], [95, 220], [70, 110]]
SHOES = [[[90, 300], [140, 300], [140, 380]], [[160, 300], [220, 300], [220, 380]]]
# Of the photo that `found` answers for.
WIDTH, HEIGHT = 300, 400


def seen() -> list[dict]:
    """A jacket, and a pair of shoes in two pieces."""
    return [
        {**garment(0, "Jacket", [70, 50, 240, 220]), "outline": [JACKET]},
        {**garment(1, "Shoes", [90, 300, 220, 380], "Navy", "#30415f"), "outline": SHOES},
    ]


def asked(call: Call) -> dict[str, Any]:
    """The fields of a search, as a form or as JSON."""
    return call.json or {
        name: json.loads(value) if name == "box" else value for name, value in call.fields.items()
    }


@pytest.fixture
def answers(shop: StandIn) -> StandIn:
    """Answers as the API does: a box is one garment of its own."""

    def next_one(call: Call) -> Answer:
        box = asked(call).get("box")
        answer = found(shop.site, 4 if box else 6, seen())
        if box:
            answer["query"]["garments"] = [{**garment(0, "Jacket", box), "outline": []}]
        answer["query"]["selected"] = int(asked(call).get("object") or 0)
        return Answer(body=answer)

    shop.next = next_one
    return shop


@pytest.fixture
def looked(page: Page, answers: StandIn, photo: bytes) -> Page:
    """A panel that has found two garments in a photo."""
    page.goto(answers.page(PANEL))
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    return page


@pytest.fixture
def boxes(answers: StandIn) -> Callable[[], list[list[int]]]:
    """The boxes that were asked for so far."""
    return lambda: [asked(call)["box"] for call in answers.searches() if "box" in asked(call)]


def outline(page: Page) -> str:
    return page.locator("lookus-lens [part=outline]").get_attribute("d") or ""


def begin(page: Page) -> Locator:
    """Shows the box; returns it."""
    page.get_by_role("button", name="Choose a part").click()
    box = page.locator("lookus-lens [part=crop-box]")
    expect(box).to_be_focused()
    return box


def shown(page: Page) -> list[float]:
    """Where the box lies, in px of the photo."""
    sides = page.evaluate(
        """() => { const root = document.querySelector('lookus-lens').shadowRoot;
        const [box, photo] = ['[part=crop-box]', '[part=photo]'].map(
          (name) => root.querySelector(name).getBoundingClientRect());
        const at = (edge, from, whole) => (edge - from) / whole;
        return [at(box.left, photo.left, photo.width), at(box.top, photo.top, photo.height),
          at(box.right, photo.left, photo.width), at(box.bottom, photo.top, photo.height)]; }"""
    )
    return [part * side for part, side in zip(sides, (WIDTH, HEIGHT) * 2, strict=True)]


def near(box: list[int] | list[float], other: list[int], within: float = 3) -> bool:
    return all(abs(one - two) <= within for one, two in zip(box, other, strict=True))


def test_the_found_garment_is_outlined_by_its_mask(looked: Page) -> None:
    assert outline(looked).count("M") == 1
    assert outline(looked).count("Q") == len(JACKET)
    pair = looked.get_by_role("button", name="Show products like this: Shoes")
    pair.click()
    expect(pair).to_have_attribute("aria-pressed", "true")
    expect(cards(looked)).to_have_count(6)
    assert outline(looked).count("M") == 2


def test_an_answer_without_outlines_is_outlined_by_its_boxes(
    page: Page, shop: StandIn, photo: bytes
) -> None:
    page.goto(shop.page(PANEL))
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    assert outline(page).count("Q") == 4


def test_one_tap_on_a_label_chooses_and_needs_no_upload(looked: Page, answers: StandIn) -> None:
    looked.get_by_role("button", name="Show products like this: Shoes").click()
    looked.get_by_role("button", name="Show products like this: Jacket").click()
    expect(looked.get_by_role("button", name="Show products like this: Jacket")).to_have_attribute(
        "aria-pressed", "true"
    )
    until(looked, lambda: asked(answers.searches()[-1]).get("object") == 0)
    assert not answers.searches()[-1].image


def test_the_mouse_drags_the_box_and_one_search_follows_when_it_rests(
    looked: Page, boxes: Callable[[], list[list[int]]]
) -> None:
    box = begin(looked)
    assert near(shown(looked), [70, 50, 240, 220])
    place = box.bounding_box()
    assert place
    scale = place["width"] / 170
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    looked.mouse.move(x, y)
    looked.mouse.down()
    for step in range(1, 6):
        looked.mouse.move(x - 6 * step * scale, y + 20 * step * scale)
    looked.wait_for_timeout(900)
    assert boxes() == [], "no search while the hand holds the box"
    looked.mouse.up()
    expect(cards(looked)).to_have_count(4)
    assert len(boxes()) == 1 and near(boxes()[0], [40, 150, 210, 320])


def test_a_corner_is_dragged_and_stops_at_the_edge_of_the_photo(
    looked: Page, boxes: Callable[[], list[list[int]]]
) -> None:
    begin(looked)
    corner = looked.get_by_role("button", name="Bottom right corner").bounding_box()
    assert corner
    looked.mouse.move(corner["x"] + 22, corner["y"] + 22)
    looked.mouse.down()
    looked.mouse.move(corner["x"] + 900, corner["y"] + 900, steps=4)
    looked.mouse.up()
    expect(cards(looked)).to_have_count(4)
    assert near(boxes()[0], [70, 50, 300, 400])


def test_the_mouse_draws_a_new_box_beside_the_old_one(
    looked: Page, boxes: Callable[[], list[list[int]]]
) -> None:
    begin(looked)
    photo = looked.locator("lookus-lens [part=photo]").bounding_box()
    assert photo
    scale = photo["width"] / WIDTH
    looked.mouse.move(photo["x"] + 220 * scale, photo["y"] + 380 * scale)
    looked.mouse.down()
    looked.mouse.move(photo["x"] + 100 * scale, photo["y"] + 300 * scale, steps=4)
    looked.mouse.up()
    expect(cards(looked)).to_have_count(4)
    assert near(boxes()[0], [100, 300, 220, 380])


def test_a_tap_puts_the_nearest_corner_there(
    looked: Page, boxes: Callable[[], list[list[int]]]
) -> None:
    """Nobody has to drag."""
    begin(looked)
    photo = looked.locator("lookus-lens [part=photo]").bounding_box()
    assert photo
    scale = photo["width"] / WIDTH
    looked.mouse.click(photo["x"] + 280 * scale, photo["y"] + 300 * scale)
    expect(cards(looked)).to_have_count(4)
    assert near(boxes()[0], [70, 50, 280, 300])


def test_keys_move_and_size_the_box_and_a_screen_reader_hears_where_it_is(
    looked: Page, boxes: Callable[[], list[list[int]]]
) -> None:
    begin(looked)
    with without_a_pause(looked):
        for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowLeft", "Shift+ArrowDown"):
            looked.keyboard.press(key)
    step = 0.02 * HEIGHT
    box = [70 + 2 * step, 50 + step, 240 + step, 220 + 2 * step]
    assert near(shown(looked), [round(edge) for edge in box], 1)
    said = looked.locator("lookus-lens .crop [role=status]")
    expect(said).to_have_text(
        "The box begins 29% from the left and 15% from the top. It is 54% wide and 45% high."
    )
    expect(cards(looked)).to_have_count(4)
    assert len(boxes()) == 1 and near(boxes()[0], [round(edge) for edge in box], 1)
    looked.get_by_role("button", name="Top left corner").focus()
    looked.keyboard.press("ArrowUp")
    assert near(shown(looked), [round(box[0]), round(box[1] - step), *map(round, box[2:])], 1)


def test_enter_searches_at_once_and_escape_ends_the_box_not_the_lens(
    page: Page, answers: StandIn, photo: bytes, boxes: Callable[[], list[list[int]]]
) -> None:
    page.goto(answers.page(BUTTON))
    page.get_by_role("button", name="Find it by photo").click()
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    begin(page)
    with without_a_pause(page):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    expect(cards(page)).to_have_count(4)
    page.keyboard.press("Escape")
    expect(page.locator("lookus-lens [part=crop-box]")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("button", name="Choose a part")).to_be_focused()
    assert len(boxes()) == 1


def test_reset_goes_back_to_the_found_garment(looked: Page, answers: StandIn) -> None:
    begin(looked)
    looked.keyboard.press("Shift+ArrowDown")
    looked.keyboard.press("Enter")
    expect(cards(looked)).to_have_count(4)
    looked.get_by_role("button", name="Reset to: Jacket").click()
    expect(cards(looked)).to_have_count(6)
    last = asked(answers.searches()[-1])
    assert last["object"] == 0 and "box" not in last
    expect(looked.get_by_role("button", name="Show products like this: Jacket")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_done_before_the_rest_is_over_searches_at_once(
    looked: Page, boxes: Callable[[], list[list[int]]]
) -> None:
    begin(looked)
    with without_a_pause(looked):
        looked.keyboard.press("ArrowDown")
        looked.get_by_role("button", name="Done").click()
        until(looked, lambda: len(boxes()) == 1)
    expect(cards(looked)).to_have_count(4)
    assert len(boxes()) == 1


def test_where_no_garment_was_found_a_box_begins_in_the_middle(
    page: Page, shop: StandIn, photo: bytes, boxes: Callable[[], list[list[int]]]
) -> None:
    answer = found(shop.site, 6, [garment(0, "", [0, 0, WIDTH, HEIGHT])])
    answer["query"]["found"] = False
    shop.next = lambda call: Answer(body=answer)
    page.goto(shop.page(PANEL))
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    expect(page.locator("lookus-lens [part=pin]")).to_have_count(0)
    begin(page)
    looked_at = page.locator("lookus-lens .crop [role=status]")
    expect(looked_at).to_contain_text("70% wide and 70% high")
    until(page, lambda: len(boxes()) == 1)
    assert near(boxes()[0], [45, 60, 255, 340])


def test_a_box_of_a_photo_that_the_api_has_forgotten_sends_the_photo_again(
    looked: Page, answers: StandIn
) -> None:
    known = answers.next

    def forgetful(call: Call) -> Answer:
        if not call.image:
            return Answer(422, {"code": "photo_needed", "status": 422, "title": ""})
        return known(call)

    answers.next = forgetful
    begin(looked)
    looked.keyboard.press("ArrowDown")
    expect(cards(looked)).to_have_count(4)
    assert answers.searches()[-1].image and "box" in asked(answers.searches()[-1])


def test_another_photo_ends_the_box(looked: Page, photo: bytes) -> None:
    begin(looked)
    looked.evaluate(
        """(bytes) => document.querySelector("lookus-lens")
        .search(new File([new Uint8Array(bytes)], "b.jpg", {type: "image/jpeg"}))""",
        list(photo),
    )
    expect(looked.get_by_role("button", name="Choose a part")).to_be_visible()
    expect(looked.locator("lookus-lens [part=crop-box]")).to_have_count(0)
    expect(looked.get_by_role("button", name="Show products like this: Shoes")).to_be_visible()
    expect(looked.locator("lookus-lens [part=photo] canvas")).to_be_visible()


@pytest.fixture(params=[(360, 740), (740, 360)], ids=["upright", "on its side"])
def phone(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = request.param
    context = chromium.new_context(
        viewport={"width": width, "height": height}, has_touch=True, is_mobile=True
    )
    yield context.new_page()
    context.close()


def fingers(page: Page, *paths: list[tuple[float, float]]) -> None:
    """Fingers that go down, along their paths together, and up."""
    device = page.context.new_cdp_session(page)
    steps = list(zip(*paths, strict=True))
    for at, points in enumerate(steps):
        touched = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(points)]
        kind = "touchMove" if at else "touchStart"
        device.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})
    device.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_fingers_move_pull_and_spread_the_box(
    phone: Page, answers: StandIn, photo: bytes, boxes: Callable[[], list[list[int]]]
) -> None:
    phone.goto(answers.page(BUTTON))
    phone.get_by_role("button", name="Find it by photo").tap()
    choose(phone, photo)
    expect(cards(phone)).to_have_count(6)
    phone.get_by_role("button", name="Choose a part").tap()
    box = phone.locator("lookus-lens [part=crop-box]")
    handles = phone.locator("lookus-lens [part=crop-handle]")
    expect(handles).to_have_count(4)
    for handle in handles.all():
        place = handle.bounding_box()
        assert place and (place["width"], place["height"]) == (44, 44)
        assert place["x"] >= 0 and place["x"] + 44 <= phone.viewport_size["width"]  # type: ignore[index]
    assert phone.evaluate("document.documentElement.scrollWidth") <= phone.viewport_size["width"]  # type: ignore[index]

    before = shown(phone)
    place = box.bounding_box()
    assert place
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    fingers(phone, [(x, y), (x - 8, y + 8), (x - 14, y + 16)])
    moved = shown(phone)
    assert moved[0] < before[0] and moved[1] > before[1]
    assert moved[2] - moved[0] == pytest.approx(before[2] - before[0], abs=1)

    corner = handles.nth(3).bounding_box()
    assert corner
    at = (corner["x"] + 22, corner["y"] + 22)
    fingers(phone, [at, (at[0] - 8, at[1] - 8), (at[0] - 12, at[1] - 12)])
    pulled = shown(phone)
    assert pulled[2] < moved[2] and pulled[3] < moved[3]
    assert pulled[:2] == pytest.approx(moved[:2], abs=1)

    place = box.bounding_box()
    assert place
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    fingers(phone, [(x - 8, y), (x - 12, y), (x - 16, y)], [(x + 8, y), (x + 12, y), (x + 16, y)])
    spread = shown(phone)
    assert spread[2] - spread[0] > 1.3 * (pulled[2] - pulled[0])
    expect(cards(phone)).to_have_count(4)
    # A busy machine may rest between two gestures.
    until(phone, lambda: near(boxes()[-1], [round(edge) for edge in spread], 2))
