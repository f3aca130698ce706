"""The pad on the real stack: twenty drawings by a hand like people's, and what comes of them."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.frontend.conftest import until
from tests.frontend.hand_drawn import DRAWINGS, draw, opened, sent
from tests.frontend.pad import Pad
from tests.frontend.stand_in import StandIn
from tests.frontend.test_lens import cards
from tests.frontend.test_lens_flow import WAIT_MS, elsewhere
from vision.decode import decode
from vision.sketch.drawing import read_drawing
from vision.sketch.sketcher import Sketcher, get_sketcher

# Of the clear drawings, whose kind is not among the reader's first three.
MOST_UNSEEN = 2
FIRST = 3
COLORS = "() => document.querySelector('lookus-lens').session.query.sketch.colors || []"


@pytest.fixture(scope="module")
def sketcher() -> Sketcher:
    found = get_sketcher("full")
    assert found is not None
    return found


def test_there_are_twenty_some_with_color_and_one_is_no_garment() -> None:
    assert len(DRAWINGS) == 20
    assert 8 <= sum(bool(drawn.colors) for drawn in DRAWINGS) <= 16
    assert [drawn.name for drawn in DRAWINGS if not drawn.clear] == ["cat"]


def test_what_people_draw_is_read_and_found(
    live_stack: Any, page: Page, shop: StandIn, sketcher: Sketcher
) -> None:
    page.goto(elsewhere(shop, live_stack, live_stack.publishable_key))
    expect(page.locator("lookus-lens [part=pick]")).to_be_visible(timeout=WAIT_MS)
    pad = Pad(page)
    pad.open()
    unseen = []
    for drawn in DRAWINGS:
        draw(pad, drawn)
        colors = page.evaluate(COLORS)
        assert len(colors) == len(drawn.colors), drawn.name
        if not drawn.clear:
            # Whatever it is taken for: an answer, or words.
            expect(cards(page).or_(pad.part("note")).first).to_be_visible()
            continue
        expect(cards(page).first).to_be_visible()
        expect(cards(page).first.locator("[part=why]")).to_contain_text("% alike")
        until(page, lambda: np.asarray(opened(pad.part("pad-picture").screenshot())).std() > 8)
        seen = sketcher.look(read_drawing(decode(sent(pad), alpha=True).pixels, colors))
        if not {name for name, _ in seen.categories[:FIRST]} & set(drawn.kinds):
            unseen.append((drawn.name, seen.categories[:FIRST]))
    assert len(unseen) <= MOST_UNSEEN, unseen


def test_a_found_product_is_drawn_on(
    live_stack: Any, page: Page, shop: StandIn, sketcher: Sketcher
) -> None:
    page.goto(elsewhere(shop, live_stack, live_stack.publishable_key))
    expect(page.locator("lookus-lens [part=pick]")).to_be_visible(timeout=WAIT_MS)
    pad = Pad(page)
    pad.open()
    draw(pad, next(drawn for drawn in DRAWINGS if drawn.name == "t-shirt"))
    before = sent(pad)
    pad.part("draw-button").first.click()
    page.wait_for_function(
        "(before) => { const { busy, query } = document.querySelector('lookus-lens').session;"
        " return !busy && query.sketch.blob.size !== before; }",
        arg=len(before),
        timeout=WAIT_MS,
    )
    expect(cards(page).first).to_be_visible(timeout=WAIT_MS)
    lines = np.asarray(Image.open(io.BytesIO(sent(pad))).convert("RGBA"))
    assert 0.005 < (lines[..., 3] > 128).mean() < 0.4
