"""The queue in a real browser: by keys, by touch, and while the connection is away."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from catalog.models import Tag
from catalog.services.reviews import queue
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.catalog.reviewing import said, seen
from tests.catalog.test_reviews_garments import worn
from tests.factories import make_shop
from tests.frontend.conftest import CHROMIUM, FLAGS, until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def unsafe(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser's loop runs in this thread; nothing of ours is asynchronous."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def browser(unsafe: None) -> Iterator[Browser]:
    if not os.path.exists(CHROMIUM):
        absent = pytest.fail if os.environ.get("CI") else pytest.skip
        absent(f"no Chromium at {CHROMIUM}: install Debian's package chromium")
    started: Playwright
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
        # Made beside the browser's loop, and not to be found again without it.
        connections.close_all()


@pytest.fixture
def shop() -> Shop:
    """Six products; the one that is asked first is the least sure."""
    shop = make_shop(slug="maru")
    for place in range(6):
        seen(shop, title=f"Piece {place}", pattern=said("dot", 0.4 + place / 10, "check"))
    return shop


@pytest.fixture(autouse=True, scope="module")
def no_connection_stays(django_db_setup: None) -> Iterator[None]:
    """The server's threads keep none of theirs: the database is dropped in the end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
        yield


@pytest.fixture
def desk(shop: Shop, live_server: Any) -> Desk:
    return Desk(shop, "editor")


@pytest.fixture(autouse=True)
def no_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "SAMPLE_SHARE", 0.0)


def open_page(
    browser: Browser, desk: Desk, address: str, *, width: int = 1440, **options: Any
) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 844}, **options)
    session = desk.client.cookies[settings.SESSION_COOKIE_NAME].value
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": session, "domain": "localhost", "path": "/"}
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(address)
    return page


def address_of(live_server: Any, path: str) -> str:
    return f"{live_server.url}/admin/maru/{path}"


def people(shop: Shop) -> dict[str, str]:
    with shop_scope(shop):
        rows = Tag.objects.filter(source="person", kind="pattern")
        return dict(rows.values_list("product__title", "value"))


def title(page: Page, text: str) -> None:
    expect(page.locator(".question figcaption a")).to_have_text(text)


def test_by_keys_alone(browser: Browser, desk: Desk, shop: Shop, live_server: Any) -> None:
    page = open_page(browser, desk, address_of(live_server, "review/kind/pattern/"))
    title(page, "Piece 0")
    page.keyboard.press("Space")
    title(page, "Piece 1")
    page.keyboard.press("2")
    title(page, "Piece 2")
    page.keyboard.press("ArrowRight")
    title(page, "Piece 3")
    page.keyboard.press("ArrowLeft")
    title(page, "Piece 2")
    page.keyboard.press("ArrowRight")
    for digit in "12":
        page.keyboard.press(digit)
    title(page, "Piece 4")
    expect(page.locator("[data-status]")).to_have_text("All answers are saved.")
    twelfth = people(shop).pop("Piece 3")
    assert people(shop) == {"Piece 0": "dot", "Piece 1": "check", "Piece 3": twelfth}
    assert twelfth not in ("dot", "check")
    page.keyboard.press("u")
    title(page, "Piece 3")
    until(page, lambda: people(shop) == {"Piece 0": "dot", "Piece 1": "check"})


def test_nothing_is_lost_while_the_connection_is_away(
    browser: Browser, desk: Desk, shop: Shop, live_server: Any
) -> None:
    page = open_page(browser, desk, address_of(live_server, "review/kind/pattern/"))
    title(page, "Piece 0")
    expect(page.locator("[data-status]")).to_have_text("")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    for _ in range(2):
        page.keyboard.press("Space")
    title(page, "Piece 2")
    expect(page.locator("[data-status]")).to_contain_text("Not saved yet: 2")
    assert people(shop) == {}
    # The browser is closed over it and opened again: what was said is in it still.
    page.on("dialog", lambda dialog: dialog.accept())
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("[data-status]")).to_have_text("All answers are saved.")
    assert people(shop) == {"Piece 0": "dot", "Piece 1": "dot"}


def test_by_touch_on_a_phone(browser: Browser, desk: Desk, shop: Shop, live_server: Any) -> None:
    address = address_of(live_server, "review/kind/pattern/")
    page = open_page(browser, desk, address, width=390, has_touch=True)
    sizes = page.eval_on_selector_all(
        ".choices button, .steps .button, .review-tabs a",
        "all => all.map((one) => one.getBoundingClientRect().height)",
    )
    assert len(sizes) > 10 and min(sizes) >= 44
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, "nothing stands out of the phone"
    page.locator(".choices button", has_text="Check").tap()
    title(page, "Piece 1")
    expect(page.locator("[data-status]")).to_have_text("All answers are saved.")
    assert people(shop) == {"Piece 0": "check"}


def test_without_javascript(browser: Browser, desk: Desk, shop: Shop, live_server: Any) -> None:
    address = address_of(live_server, "review/kind/pattern/")
    page = open_page(browser, desk, address, java_script_enabled=False)
    page.locator(".choices button", has_text="Check").click()
    title(page, "Piece 1")
    page.locator("[data-skip]").click()
    title(page, "Piece 2")
    page.get_by_role("button", name="Take back").click()
    title(page, "Piece 0")
    assert people(shop) == {}


def test_a_sheet_by_touch(browser: Browser, desk: Desk, shop: Shop, live_server: Any) -> None:
    address = address_of(live_server, "review/kind/pattern/sheet/?value=dot")
    page = open_page(browser, desk, address, width=390, has_touch=True)
    page.locator(".contact label").nth(1).tap()
    page.get_by_role("button", name="Approve the rest").tap()
    expect(page.locator(".messagelist")).to_contain_text("5 photos approved.")
    assert len(people(shop)) == 5 and "Piece 1" not in people(shop)


def test_a_tap_on_the_box(browser: Browser, desk: Desk, shop: Shop, live_server: Any) -> None:
    product = worn(shop, title="Trousers and a shirt worn")
    with shop_scope(shop):
        chosen = product.garments.get(is_product=True)
        other = product.garments.get(is_product=False)
    path = f"catalog/product/{product.pk}/change/"
    page = open_page(browser, desk, address_of(live_server, path))
    page.locator(f'rect[data-garment="{other.pk}"]').click()
    expect(page.locator(f'[data-garment-button="{other.pk}"]')).to_have_attribute(
        "aria-pressed", "true"
    )
    with shop_scope(shop):
        assert not product.garments.get(pk=chosen.pk).is_product
