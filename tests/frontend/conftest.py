"""A real Chromium, and the stand-in shop that the widget is put into."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.frontend.answers import Shelf
from tests.frontend.pad import Pad
from tests.frontend.stand_in import StandIn

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A busy machine takes longer than a person would wait; what never comes still fails.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """One for a module, not for the run: while it runs, Django refuses to use the database."""
    if not Path(CHROMIUM).exists():
        # Only CI promises a browser.
        absent = pytest.fail if os.environ.get("CI") else pytest.skip
        absent(f"no Chromium at {CHROMIUM}: install Debian's package chromium")
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A desktop page that fails the test when the page's policy was broken or a script threw."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console",
        lambda said: wrong.append(said.text) if "Security Policy" in said.text else None,
    )
    yield page
    context.close()
    assert wrong == []


@pytest.fixture
def shop() -> Iterator[StandIn]:
    """The stand-in shop and API."""
    server = StandIn()
    yield server
    server.close()


@pytest.fixture
def pad(page: Page, shop: StandIn) -> Pad:
    """The drawing pad, open, in a shop that answers."""
    Shelf(shop)
    lens = '<lookus-lens key="pk_test" lang="en" mode="panel"></lookus-lens>'
    page.goto(shop.page(f"<main><h1>Shop</h1>{lens}</main>"))
    opened = Pad(page)
    opened.open()
    return opened


@pytest.fixture
def photo() -> bytes:
    """A drawn photo of a jacket and trousers, JPEG, 300 × 400 px."""
    return draw_photo()


def draw_photo(width: int = 300, height: int = 400) -> bytes:
    """A red jacket over blue trousers on a grey ground, as JPEG bytes."""
    image = Image.new("RGB", (300, 400), "#c9c5bd")
    pen = ImageDraw.Draw(image)
    pen.rectangle((95, 215, 215, 380), fill="#30415f")
    pen.rectangle((150, 260, 158, 380), fill="#c9c5bd")
    pen.polygon([(120, 50), (190, 50), (240, 90), (215, 220), (95, 220), (70, 90)], fill="#b3382c")
    pen.ellipse((130, 10, 180, 62), fill="#d9b99b")
    buffer = io.BytesIO()
    image.resize((width, height)).save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


def until(page: Page, holds: Callable[[], bool], seconds: float = 20) -> None:
    """Waits, while the page goes on; a call that has not come yet may be looked at."""
    for _ in range(int(seconds * 20)):
        with suppress(IndexError):
            if holds():
                return
        page.wait_for_timeout(50)
    raise AssertionError("it never came to that")


@contextmanager
def without_a_pause(page: Page) -> Iterator[None]:
    """The page's timers stand still: what a busy machine needs between two keys is no rest."""
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)
    yield
    page.clock.resume()


def at_rest(page: Page) -> None:
    """Waits until nothing is asked for, and nothing in the lens has moved for a while."""
    page.evaluate(
        """async () => {
          const root = document.querySelector('lookus-lens').shadowRoot;
          const places = () => [...root.querySelectorAll('*')].map((node) => {
            const { x, y, width, height } = node.getBoundingClientRect();
            return [x, y, width, height].join();
          }).join(';');
          for (let before = '', same = 0; same < 10; before = places()) {
            await new Promise(requestAnimationFrame);
            const busy = root.querySelector('[aria-busy=true]');
            same = !busy && places() === before ? same + 1 : 0;
          }
        }"""
    )
