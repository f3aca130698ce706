"""A hand that draws in the pad with the mouse, and what it drew as the API got it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.frontend.stand_in import Call, StandIn

Points = Sequence[tuple[float, float]]
# Of the pad's side, in hundredths: a closed shirt, and the same with gaps in its outline.
SHIRT: list[Points] = [
    [(36, 16), (20, 24), (10, 48), (21, 53), (29, 40), (29, 86), (71, 86), (71, 40), (79, 53),
     (90, 48), (80, 24), (64, 16), (57, 23), (43, 23), (36, 16)],
]  # fmt: skip
GAPS: list[Points] = [
    [(36, 16), (20, 24), (10, 48), (21, 53), (29, 40), (29, 86)],
    [(31, 86), (71, 86), (71, 42)],
    [(71, 39), (79, 53), (90, 48), (80, 24), (64, 16), (57, 23), (43, 23), (38, 17)],
]
# The last search was for what is on the paper now, and its answer is there.
RESTED = """() => {
  const lens = document.querySelector('lookus-lens');
  const { busy, query, answer, problem } = lens.session;
  let strokes = 0;
  for (const { tool } of query.sketch?.strokes || []) {
    if (tool === 'clear') strokes = 0;
    else if (tool === 'start') strokes = 1;
    else if (tool !== 'recolor') strokes += 1;
  }
  const said = lens.shadowRoot.querySelector('#pad-drawn').textContent;
  return !busy && (answer || problem) && strokes === Number(said.replace(/\\D/g, ''));
}"""


@dataclass
class Pad:
    """The pad of a page's lens."""

    page: Page

    def part(self, name: str) -> Locator:
        return self.page.locator(f"lookus-lens [part='{name}']")

    def open(self) -> None:
        """From the first screen."""
        self.page.get_by_role("button", name="Draw it").or_(
            self.page.get_by_role("button", name="그리기")
        ).click()
        expect(self.part("pad")).to_be_visible()
        self.page.wait_for_function(
            "() => document.querySelector('lookus-lens').shadowRoot"
            ".querySelector('[part=pad]').width > 0"
        )

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A place of the pad, in hundredths of its side, as a place of the window."""
        box = self.part("pad").bounding_box()
        assert box
        return box["x"] + box["width"] * x / 100, box["y"] + box["height"] * y / 100

    def line(self, points: Points, steps: int = 3) -> None:
        """One stroke; a single point is a tap."""
        self.part("pad").scroll_into_view_if_needed()
        self.page.mouse.move(*self.at(*points[0]))
        self.page.mouse.down()
        for point in points[1:]:
            self.page.mouse.move(*self.at(*point), steps=steps)
        self.page.mouse.up()

    def lines(self, lines: Sequence[Points]) -> None:
        for points in lines:
            self.line(points)

    def rest(self, timeout_ms: float = 30_000) -> None:
        """Until what is on the paper has been searched for."""
        self.page.wait_for_function(RESTED, timeout=timeout_ms)

    def tool(self, name: str) -> Locator:
        return self.page.locator(f"lookus-lens [data-tool={name}]")

    def color(self, name: str) -> None:
        """By its English name, whatever language the pad speaks."""
        self.page.locator(f"lookus-lens [part=pad-color][data-name={name.lower()}]").click()

    def fill(self, x: float, y: float, color: str) -> None:
        self.color(color)
        self.tool("fill").click()
        self.line([(x, y)])


def asks(pad: Pad, shop: StandIn, count: int) -> Call:
    """The latest of so many searches or more, answered and shown: a slow hand makes more."""
    for _ in range(400):
        if len(shop.searches()) >= count:
            break
        pad.page.wait_for_timeout(50)
    assert len(shop.searches()) >= count, "nothing was asked"
    pad.rest()
    return shop.searches()[-1]


def drawing(call: Call) -> npt.NDArray[Any]:
    """The PNG that was sent, [side, side, 4]."""
    return np.asarray(Image.open(io.BytesIO(call.image)).convert("RGBA"))


def spot(call: Call, x: float, y: float) -> tuple[int, ...]:
    """RGBA of a place in hundredths."""
    image = drawing(call)
    side = len(image)
    return tuple(int(one) for one in image[int(y * side / 100), int(x * side / 100)])


def near(color: tuple[int, ...], to: str, slack: int = 6) -> bool:
    """Whether a place is covered with a colour, `#rrggbb`."""
    wanted = [int(to[at : at + 2], 16) for at in (1, 3, 5)]
    return color[3] > 200 and all(abs(a - b) <= slack for a, b in zip(color, wanted, strict=False))
