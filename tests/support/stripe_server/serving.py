"""HTTP around the world: the key, idempotency, faults that a test asks for."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from tests.support.serving import serving
from tests.support.stripe_server.errors import StripeRefuses
from tests.support.stripe_server.forms import parsed
from tests.support.stripe_server.routes import answer
from tests.support.stripe_server.world import World


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        self._do()

    def do_POST(self) -> None:
        self._do()

    def do_DELETE(self) -> None:
        self._do()

    def _do(self) -> None:
        world: World = self.server.world  # type: ignore[attr-defined]
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        params = parsed(parts.query) | parsed(body)
        with world.lock:
            status, said = self._answer(world, parts.path, params, body)
        if world.lost:
            world.lost -= 1
            self.close_connection = True
            return
        data = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        # As Stripe says where asking again is of no use.
        self.send_header("Stripe-Should-Retry", "false" if status < 500 else "true")
        self.end_headers()
        self.wfile.write(data)

    def _answer(
        self, world: World, path: str, params: dict[str, Any], body: str
    ) -> tuple[int, Any]:
        world.asked.append((self.command, path, params))
        if self.headers.get("Authorization") != f"Bearer {world.key}":
            return 401, StripeRefuses(401, "Invalid API Key provided").body()
        if world.faults:
            return world.faults.pop(0), StripeRefuses(500, "down", "api_error").body()
        key = self.headers.get("Idempotency-Key")
        if self.command == "POST" and key in world.replies:
            before, reply = world.replies[key]
            if before != (path, body):
                refusal = "Keys for idempotent requests can only be used with the same parameters"
                return 400, StripeRefuses(400, refusal, "idempotency_error").body()
            return reply
        try:
            reply = 200, answer(world, self.command, path, params)
        except StripeRefuses as refused:
            reply = refused.status, refused.body()
        if self.command == "POST" and key:
            world.replies[key] = ((path, body), reply)
        return reply


@contextmanager
def stripe_server(key: str = "sk_test_1") -> Iterator[World]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    world = World(key=key, base=f"http://127.0.0.1:{server.server_port}")
    server.world = world  # type: ignore[attr-defined]
    with serving(server):
        yield world
