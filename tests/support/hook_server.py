"""A web server on this machine that receives webhooks, as a shop's own would."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.support.serving import serving


@dataclass
class Received:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class HookServer:
    """`answers` are given in turn, the last one again and again: status and body."""

    port: int
    answers: list[tuple[int, bytes]] = field(default_factory=lambda: [(204, b"")])
    received: list[Received] = field(default_factory=list)
    location: str = ""
    held: threading.Event = field(default_factory=threading.Event)
    """Cleared, the server keeps a request waiting until it is set."""

    @property
    def authority(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/hook") -> str:
        return f"http://{self.authority}{path}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: Any) -> None:
        pass

    def do_POST(self) -> None:
        record: HookServer = self.server.record  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["Content-Length"]))
        record.received.append(Received(self.path, dict(self.headers), body))
        record.held.wait(30)
        status, said = record.answers[0]
        if len(record.answers) > 1:
            record.answers.pop(0)
        try:
            self.send_response(status)
            if record.location:
                self.send_header("Location", record.location)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)
        except (ConnectionError, TimeoutError):
            self.close_connection = True


@contextmanager
def hook_server() -> Iterator[HookServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    record = HookServer(server.server_port)
    record.held.set()
    server.record = record  # type: ignore[attr-defined]
    with serving(server):
        try:
            yield record
        finally:
            record.held.set()
