"""A web server on this machine that answers as a shop's photo server does on a bad day."""

import gzip
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tests.support.serving import serving


@dataclass
class Server:
    port: int
    photo: bytes = b"pixels"
    seen: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def authority(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: Any) -> None:
        pass

    def answer(self, status: int = 200, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        self.server.record.seen.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]
        name, _, argument = self.path.lstrip("/").partition("/")
        try:
            getattr(self, f"on_{name.partition('?')[0]}")(argument)
        except (ConnectionError, TimeoutError):
            self.close_connection = True

    def on_photo(self, _: str) -> None:
        self.answer(200, self.server.record.photo, Content_Type="image/jpeg")  # type: ignore[attr-defined]

    def on_status(self, status: str) -> None:
        self.answer(int(status), b"<html>sorry</html>", Content_Type="text/html")

    def on_html(self, _: str) -> None:
        self.answer(200, b"<!doctype html><title>404</title>", Content_Type="image/jpeg")

    def on_to(self, location: str) -> None:
        self.answer(302, Location=unquote(location))

    def on_loop(self, _: str) -> None:
        self.answer(302, Location="/loop/")

    def on_nowhere(self, _: str) -> None:
        self.answer(302)

    def on_endless(self, _: str) -> None:
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b"x" * 10_000)

    def on_huge(self, _: str) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(10**10))
        self.end_headers()

    def on_drip(self, _: str) -> None:
        self.send_response(200)
        self.end_headers()
        self.drip()

    def on_driphead(self, _: str) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self.drip()

    def drip(self) -> None:
        for _ in range(100):
            self.wfile.write(b".")
            self.wfile.flush()
            time.sleep(0.1)

    def on_gzip(self, _: str) -> None:
        self.answer(200, gzip.compress(b"0" * 10**6), Content_Encoding="gzip")

    def on_broken(self, _: str) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"half")
        self.close_connection = True


@contextmanager
def strange_server(certificate: Path | None = None) -> Iterator[Server]:
    """With a certificate (key and certificate in one file) it speaks https."""
    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        http.socket = context.wrap_socket(http.socket, server_side=True)
    http.record = record = Server(http.server_port)  # type: ignore[attr-defined]
    with serving(http):
        yield record
