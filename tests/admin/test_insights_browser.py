"""Insights in a real browser: charts are drawn from their tables, and lead to the rows behind."""

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect, sync_playwright

from analytics.models import DaySum
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.factories import make_shop
from tests.frontend.axe import wcag_violations
from tests.frontend.conftest import CHROMIUM, FLAGS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True, scope="module")
def no_connection_stays(django_db_setup: None) -> Iterator[None]:
    """The server's threads keep none of theirs: the database is dropped in the end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
        yield


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """The browser's loop runs in this thread; nothing of ours is asynchronous."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    if not os.path.exists(CHROMIUM):
        absent = pytest.fail if os.environ.get("CI") else pytest.skip
        absent(f"no Chromium at {CHROMIUM}: install Debian's package chromium")
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
        connections.close_all()


@pytest.fixture
def shop() -> Shop:
    shop = make_shop(slug="maru")
    today = timezone.localdate()
    with shop_scope(shop):
        for back, count in enumerate((9, 4, 7, 12)):
            day = today - timedelta(days=back)
            DaySum.objects.create(day=day, dimension="all", searches=count, clicks=back)
            DaySum.objects.create(day=day, dimension="color", value="navy", searches=count)
    return shop


def opened(browser: Browser, shop: Shop, live_server: Any, path: str, **options: Any) -> Page:
    desk = Desk(shop)
    context = browser.new_context(viewport={"width": 1440, "height": 900}, **options)
    name = settings.SESSION_COOKIE_NAME
    session = desk.client.cookies[name].value
    context.add_cookies([{"name": name, "value": session, "domain": "localhost", "path": "/"}])
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/maru/{path}")
    return page


DRAWN = "[...document.querySelectorAll('canvas')].map((one) => Chart.getChart(one).data)"


def test_a_chart_says_what_its_table_says(browser: Browser, shop: Shop, live_server: Any) -> None:
    page = opened(browser, shop, live_server, "insights/?range=7")
    expect(page.locator("#searches canvas")).to_have_role("img")
    expect(page.locator("#searches details")).not_to_have_attribute("open", "")
    searches, before, clicks = page.evaluate(DRAWN)[0]["datasets"]
    assert searches["data"] == [0, 0, 0, 12, 7, 4, 9]
    assert clicks["data"] == [0, 0, 0, 3, 2, 1, 0]
    assert (before["data"], before["borderDash"]) == ([0] * 7, [4, 4])
    ink = searches["borderColor"]
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.wait_for_function(f"{DRAWN}[0].datasets[0].borderColor !== '{ink}'")
    assert wcag_violations(page) == []


def test_a_point_leads_to_its_searches(browser: Browser, shop: Shop, live_server: Any) -> None:
    page = opened(browser, shop, live_server, "insights/?range=7", reduced_motion="reduce")
    canvas = page.locator("#searches canvas")
    canvas.scroll_into_view_if_needed()
    place = page.evaluate(
        """() => {
          const chart = Chart.getChart(document.querySelector("#searches canvas"));
          return chart.getDatasetMeta(0).data[3].getProps(["x", "y"], true);
        }"""
    )
    canvas.click(position=place)
    page.wait_for_url("**/insights/searches/**")
    day = timezone.localdate() - timedelta(days=3)
    assert f"from={day}&to={day}" in page.url


def test_without_a_script_the_tables_stand_open(
    browser: Browser, shop: Shop, live_server: Any
) -> None:
    page = opened(
        browser, shop, live_server, "insights/trends/?of=color", java_script_enabled=False
    )
    expect(page.locator("#over-time table")).to_be_visible()
    expect(page.locator("#over-time tbody tr")).to_have_count(30)
    page.select_option("select[name=compare]", "none")
    page.get_by_role("button", name="Show").last.click()
    assert "compare=none" in page.url
    assert "of=color" in page.url


def test_every_page_passes_axe_on_a_phone(browser: Browser, shop: Shop, live_server: Any) -> None:
    page = opened(browser, shop, live_server, "insights/trends/?of=color")
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("insights/trends/?of=color", "insights/searches/", "insights/mail/"):
        page.goto(f"{live_server.url}/admin/maru/{path}")
        assert wcag_violations(page) == [], path
        wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not page.evaluate(wider), path
