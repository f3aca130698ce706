"""Pages of ours in a real browser, without a server."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page, Route, sync_playwright

from tests.frontend.conftest import CHROMIUM, FLAGS


class Window:
    """A Chromium that is answered by Django's test client, policy and all."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.kept: dict[str, Any] = {}
        self.wrong: list[str] = []

    def learn(self, *addresses: str) -> None:
        """Ask before the browser runs: beside it Django refuses to use the database."""
        for address in addresses:
            response = self.client.get(address)
            self.kept[address] = (response.content, response.headers)

    def answer(self, route: Route) -> None:
        parts = urlsplit(route.request.url)
        address = parts.path + (f"?{parts.query}" if parts.query else "")
        if parts.path.startswith("/static/"):
            found = finders.find(parts.path.removeprefix("/static/"))
            route.fulfill(path=found) if found else route.fulfill(status=404)
        elif address in self.kept:
            body, headers = self.kept[address]
            route.fulfill(body=body, headers=dict(headers))
        else:
            route.fulfill(status=404)

    @contextmanager
    def open(self, width: int = 390, height: int = 844) -> Iterator[Page]:
        """A page of so many pixels, a phone's where nothing else is said."""
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page(
                viewport={"width": width, "height": height}, has_touch=width < 600
            )
            page.on("pageerror", lambda error: self.wrong.append(str(error)))
            page.on(
                "console",
                lambda said: "Security Policy" in said.text and self.wrong.append(said.text),
            )
            page.route("**/*", self.answer)
            yield page
            browser.close()
