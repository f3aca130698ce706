"""Twenty drawings in the manner of people: few, crooked, open lines, with colour and without.

`drawings/<name>.json` holds what the hand did: tools, colours, and points in hundredths of the pad.
`python -m tests.frontend.hand_drawn` draws them all in the pad of a running demo, and shows what
came of each in docs/pictures/sketch.
"""

from __future__ import annotations

import base64
import io
import json
import sys
import tempfile
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from playwright.sync_api import expect, sync_playwright

from tests.frontend.conftest import CHROMIUM, FLAGS
from tests.frontend.pad import Pad, Points
from tests.frontend.stand_in import StandIn
from tests.stack import LiveStack

FOLDER = Path(__file__).parent / "drawings"
SHEETS = Path(__file__).parents[2] / "docs" / "pictures" / "sketch"
PRODUCTS = 160
WAIT_MS = 120_000
# A sheet: rows of a drawing, its picture and the first six products.
CELL, SHOWN, ROWS = (132, 176), 6, 10
SENT = """async () => {
  const { blob } = document.querySelector('lookus-lens').session.query.sketch;
  let text = '';
  for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte);
  return btoa(text);
}"""


@dataclass(frozen=True)
class Drawn:
    """A drawing; `kinds` are the categories that it may be seen as, `clear` whether it must be."""

    name: str
    kinds: tuple[str, ...]
    clear: bool
    strokes: tuple[dict[str, Any], ...]

    @property
    def colors(self) -> set[str]:
        return {stroke["color"] for stroke in self.strokes if "color" in stroke}


def read(path: Path) -> Drawn:
    told = json.loads(path.read_text(encoding="utf-8"))
    return Drawn(path.stem, tuple(told["kinds"]), told["clear"], tuple(told["strokes"]))


DRAWINGS = [read(path) for path in sorted(FOLDER.glob("*.json"))]


def draw(pad: Pad, drawn: Drawn) -> None:
    """On a clean paper, stroke by stroke; returns once its answer is there."""
    # At the first there is nothing to clear, and the button says so.
    pad.tool("clear").click(force=True)
    held: tuple[str, str | None] | None = None
    for stroke in drawn.strokes:
        tool = (stroke["tool"], stroke.get("color"))
        if tool != held:
            if tool[1]:
                pad.color(tool[1])
            pad.tool(tool[0]).click()
            held = tool
        points: Points = stroke["points"]
        pad.line(points, steps=1)
    pad.rest(WAIT_MS)


def sent(pad: Pad) -> bytes:
    """The PNG that the last search was made with."""
    return base64.b64decode(pad.page.evaluate(SENT))


def row(pad: Pad, drawn: Drawn) -> list[Image.Image]:
    """The drawing, how it was seen, and what was found first."""
    draw(pad, drawn)
    paper = pad.page.locator("lookus-lens .pad-paper").screenshot()
    cells = [opened(paper)]
    if pad.page.locator("lookus-lens [part=pad-picture]:not(.none)").is_visible():
        cells.append(opened(pad.page.locator("lookus-lens .pad-picture").screenshot()))
    photos = pad.page.locator("lookus-lens [part=product-image]")
    for at in range(min(SHOWN, photos.count())):
        with urllib.request.urlopen(photos.nth(at).get_attribute("src") or "", timeout=30) as file:
            cells.append(opened(file.read()))
    return cells


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def sheet(rows: list[tuple[str, list[Image.Image]]]) -> Image.Image:
    width, height = CELL
    made = Image.new("RGB", ((2 + SHOWN) * width, len(rows) * (height + 14)), "white")
    pen = ImageDraw.Draw(made)
    for at, (name, cells) in enumerate(rows):
        top = at * (height + 14)
        pen.text((4, top + 1), name.replace("-", " "), fill="#5c5953")
        for column, cell in enumerate(cells):
            cell.thumbnail((width - 8, height - 6), Image.Resampling.LANCZOS)
            made.paste(cell, (column * width + 4, top + 14))
    return made


def main() -> None:
    products = int(sys.argv[1]) if len(sys.argv) > 1 else PRODUCTS
    shop = StandIn()
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        stack = LiveStack(Path(home) / "home", products=products)
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            stack.wait_until_ready()
            shop.api = stack.base_url
            page = chromium.new_page(viewport={"width": 1440, "height": 900})
            lens = (
                f'<lookus-lens key="{stack.publishable_key}" lang="en" mode="panel" timeout="90">'
            )
            page.goto(shop.page(lens + "</lookus-lens>"))
            expect(page.locator("lookus-lens [part=pick]")).to_be_visible(timeout=WAIT_MS)
            pad = Pad(page)
            pad.open()
            rows = [(drawn.name, row(pad, drawn)) for drawn in DRAWINGS]
        finally:
            chromium.close()
            stack.stop()
            shop.close()
    SHEETS.mkdir(parents=True, exist_ok=True)
    for at in range(0, len(rows), ROWS):
        path = SHEETS / f"hand-drawn-{at // ROWS + 1}.jpg"
        sheet(rows[at : at + ROWS]).save(path, quality=82, optimize=True)


if __name__ == "__main__":
    main()
