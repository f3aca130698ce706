"""The drawing pad: what a hand does, what is shown of it, and what the API is asked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.frontend.answers import Shelf, asked
from tests.frontend.conftest import until
from tests.frontend.pad import GAPS, SHIRT, Pad, asks, drawing, near, spot
from tests.frontend.paper import garment_picture
from tests.frontend.stand_in import PNG, Answer, StandIn
from tests.frontend.test_lens import BUTTON, HANGS_S, PANEL, SEARCH, cards, choose

RED = "#b8342c"
REST_MS = 350
PICTURE = """() => { const picture = document.querySelector('lookus-lens').shadowRoot
  .querySelector('[part=pad-picture]');
  return picture.width === 128 && !picture.classList.contains('none') &&
    [...picture.getContext('2d').getImageData(64, 64, 1, 1).data]; }"""


@pytest.fixture
def shelf(shop: StandIn) -> Shelf:
    return Shelf(shop)


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
