"""The pad by keyboard alone: every tool is reached, named and ringed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.frontend.answers import Shelf, asked
from tests.frontend.conftest import until
from tests.frontend.stand_in import StandIn
from tests.frontend.states import Visit, visitor
from tests.frontend.test_accessibility import TURNS, Keys


@pytest.mark.parametrize("device", TURNS[0])
def test_an_outline_is_colored_and_found_by_keyboard(
    chromium: Browser, shop: StandIn, device: str
) -> None:
    Shelf(shop)
    with visitor(chromium, device) as page:
        visit = Visit(page, shop, b"", "en")
        visit.come()
        keys = Keys(page)
        keys.to("button")
        keys.press("Enter")
        expect(visit.part("pick")).to_be_focused()
        page.get_by_role("button", name="Draw it").focus()
        keys.press("Enter")
        expect(visit.part("pad")).to_be_focused()
        expect(visit.part("pad-outline").first).to_be_visible()

        keys.to("pad-outline")
        assert keys.press("ArrowRight")["text"] == "Shirt"
        keys.press("ArrowLeft")
        keys.press("Enter")
        visit.settled()
        keys.to("pad-tool")
        labels = [keys.press("ArrowRight")["label"] for _ in range(8)]
        assert {"Line", "Brush", "Fill", "Eraser", "Mirror left and right", "Undo"} <= set(labels)
        keys.to("pad-color")
        keys.press("Enter")
        keys.to("pad-tool", "Shift+Tab")
        while keys.here()["label"] != "Fill":
            keys.press("ArrowLeft")
        keys.press("Enter")
        keys.to("pad", "Shift+Tab")
        keys.press("Enter")
        until(page, lambda: asked(shop.searches()[-1]).get("colors") == ["#b8342c"])
        visit.settled()
        page.keyboard.press("Control+z")
        until(page, lambda: "colors" not in asked(shop.searches()[-1]))
        assert keys.here()["part"] == "pad"
        keys.to("pad-kind")
        keys.to("heart")
