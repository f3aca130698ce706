"""The map in a real browser: drawn with WebGL and without, moved by mouse, fingers and keys."""

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, Page, expect, sync_playwright

from analytics.map.making import map_make
from tenants.models import Shop
from tests.admin.desk import Desk
from tests.analytics.map.made import fill_groups, make_search, vector
from tests.factories import make_shop
from tests.frontend.axe import wcag_violations
from tests.frontend.conftest import CHROMIUM

pytestmark = pytest.mark.django_db(transaction=True)

HEADLESS = ["--headless", "--no-sandbox"]
# The processor plays the graphics card; or there is none at all.
WITH = [*HEADLESS, "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
WITHOUT = [*HEADLESS, "--disable-3d-apis"]
# How many pixels of a layer are not clear.
INKED = """(layer) => {
  const canvas = document.querySelector(`[data-layer=${layer}]`);
  const copy = document.createElement("canvas");
  copy.width = canvas.width;
  copy.height = canvas.height;
  const context = copy.getContext("2d");
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => {
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(0, 0, copy.width, copy.height);
    let inked = 0;
    for (let at = 3; at < data.length; at += 4) if (data[at]) inked += 1;
    resolve(inked);
  })));
}"""


@pytest.fixture(autouse=True)
def small_networks(settings, tiny_bundle):
    settings.VISION_BUNDLE = str(tiny_bundle)


@pytest.fixture(autouse=True, scope="module")
def no_connection_stays(django_db_setup: None) -> Iterator[None]:
    """The server's threads keep none of theirs: the database is dropped in the end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
        yield


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A browser with these flags. Its loop runs in this thread; nothing of ours is asynchronous."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    if not os.path.exists(CHROMIUM):
        absent = pytest.fail if os.environ.get("CI") else pytest.skip
        absent(f"no Chromium at {CHROMIUM}: install Debian's package chromium")
    opened: list[Browser] = []
    with sync_playwright() as started:

        def launch(flags: list[str]) -> Browser:
            opened.append(started.chromium.launch(executable_path=CHROMIUM, args=flags))
            return opened[-1]

        yield launch
        for browser in opened:
            browser.close()
        connections.close_all()


@pytest.fixture
def shop() -> Shop:
    shop = make_shop(slug="mapped")
    fill_groups(shop)
    for one in range(5):
        make_search(
            shop, seen=vector(1, 90 + one), category="shirt", color="khaki", pattern="check"
        )
    map_make(shop=shop)
    return shop


@pytest.fixture
def desk(shop: Shop, live_server: Any) -> Desk:
    return Desk(shop, "viewer")


def opened(browser: Browser, desk: Desk, address: str, path: str, **options: Any) -> Page:
    context = browser.new_context(**({"viewport": {"width": 1280, "height": 800}} | options))
    cookie = desk.client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])
    page = context.new_page()
    page.goto(address + desk.base + path)
    return page


def drawn(*asked: Any, **options: Any) -> Page:
    page = opened(*asked, **options)
    page.locator("[data-map][data-ready]").wait_for()
    return page


@pytest.mark.parametrize(
    ("flags", "asked", "renderer"),
    [
        (WITH, "?draw=webgl", "webgl"),
        (WITH, "", "canvas"),
        (WITHOUT, "", "canvas"),
        (WITHOUT, "?draw=webgl", "canvas"),
    ],
)
def test_the_map_is_drawn_with_webgl_and_without(
    launched, desk, live_server, flags, asked, renderer
):
    page = drawn(launched(flags), desk, live_server.url, f"map/{asked}")
    root = page.locator("[data-map]")
    expect(root).to_have_attribute("data-renderer", renderer)
    expect(root).to_have_attribute("data-ready", "60")
    if renderer == "canvas":
        assert page.evaluate(INKED, "points") > 60
    assert page.evaluate(INKED, "heat") == 0
    page.select_option("[data-tag]", "category|dress")
    expect(root).to_have_attribute("data-heated", "category|dress")
    assert page.evaluate(INKED, "heat") > 200
    expect(page.locator("[data-broken]")).to_be_hidden()


def test_a_click_and_the_enter_key_list_what_is_nearest(launched, desk, live_server):
    page = drawn(launched(WITH), desk, live_server.url, "map/")
    stage = page.locator("[data-stage]")
    near = page.locator(".near li")
    expect(near).to_have_count(0)
    stage.click(position={"x": 300, "y": 200})
    expect(near).to_have_count(12)
    expect(near.first.locator("a")).to_have_attribute("href", re.compile("/catalog/product/"))
    stage.focus()
    page.keyboard.press("Escape")
    expect(near).to_have_count(0)
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(near).to_have_count(12)


def test_moving_draws_and_resting_does_not(launched, desk, live_server):
    page = drawn(launched(WITH), desk, live_server.url, "map/")
    root, stage = page.locator("[data-map]"), page.locator("[data-stage]")
    stage.focus()
    before = int(root.get_attribute("data-drawn"))
    page.keyboard.press("+")
    expect(root).not_to_have_attribute("data-drawn", str(before))
    # Photos come once it rests; from then on nothing is drawn.
    page.wait_for_load_state("networkidle")
    page.wait_for_function(
        """() => new Promise((resolve) => {
          const root = document.querySelector("[data-map]");
          const drawn = root.dataset.drawn;
          setTimeout(() => resolve(root.dataset.drawn === drawn), 400);
        })"""
    )


def test_demand_leads_from_the_list_to_the_map(launched, desk, live_server):
    page = drawn(launched(WITH), desk, live_server.url, "map/demand/")
    expect(page.locator("[data-map]")).to_have_attribute("data-placed", "5")
    assert page.evaluate(INKED, "over") > 100
    page.get_by_role("button", name="Show on the map").click()
    expect(page.locator(".near li")).to_have_count(12)


def test_a_finger_asks_on_a_phone_and_nothing_runs_over_its_edge(launched, desk, live_server):
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = drawn(launched(WITH), desk, live_server.url, "map/", **phone)
    page.locator("[data-stage]").tap(position={"x": 150, "y": 150})
    expect(page.locator(".near li")).to_have_count(12)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("path", ["map/", "map/demand/", "map/list/"])
def test_the_pages_are_accessible(launched, desk, live_server, path):
    page = opened(launched(WITH), desk, live_server.url, path)
    assert wcag_violations(page) == []
