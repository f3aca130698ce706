"""A web server on this machine in the place of a shop's site, with pages that a test sets."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event
from typing import Any

from tests.support.serving import serving


@dataclass
class Page:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    endless: bool = False
    held: Event | None = None
    """Asked for, it waits for this before it says a word."""


@dataclass
class Asked:
    path: str
    headers: dict[str, str]
    at: float


@dataclass
class Site:
    port: int
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    @property
    def authority(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.authority}{path}"

    def put(self, path: str, body: bytes | str, **headers: str) -> str:
        """Serve it; an `ETag` is honoured. Returns its address."""
        data = body.encode() if isinstance(body, str) else body
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Page(data, headers=told)
        return self.url(path)

    def fail(self, path: str, status: int, **headers: str) -> str:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Page(b"<html>sorry</html>", status, told)
        return self.url(path)

    def paths(self) -> list[str]:
        """What was asked for so far, in order; begins anew."""
        paths = [one.path for one in self.asked]
        self.asked.clear()
        return paths


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        site: Site = self.server.site  # type: ignore[attr-defined]
        site.asked.append(Asked(self.path, dict(self.headers), time.monotonic()))
        page = site.pages.get(self.path, Page(b"nothing here", 404))
        try:
            self.answer(page)
        except (ConnectionError, TimeoutError):
            self.close_connection = True

    def answer(self, page: Page) -> None:
        if page.held is not None:
            page.held.wait()
        etag = page.headers.get("ETag")
        same = etag is not None and self.headers.get("If-None-Match") == etag
        body = b"" if same else page.body
        self.send_response(304 if same else page.status)
        for name, value in page.headers.items():
            self.send_header(name, value)
        if page.endless:
            self.end_headers()
            while True:
                self.wfile.write(page.body)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def shop_server() -> Iterator[Site]:
    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.site = site = Site(http.server_port)  # type: ignore[attr-defined]
    with serving(http):
        yield site
