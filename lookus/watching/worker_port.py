"""A worker's own address for probes and Prometheus: it has no web server."""

import logging
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from lookus.watching.measures import counted
from lookus.watching.views import may_read

log = logging.getLogger(__name__)


class _Handler(BaseHTTPRequestHandler):
    server_version, sys_version = "LookUs", ""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/healthz":
            self._answer(HTTPStatus.OK, b'{"status": "ok"}', "application/json")
        elif path == "/metrics" and self._may_read():
            self._answer(HTTPStatus.OK, generate_latest(counted()), CONTENT_TYPE_PLAIN_0_0_4)
        else:
            self._answer(HTTPStatus.NOT_FOUND, b"", "text/plain")

    def _may_read(self) -> bool:
        given = self.headers.get("Authorization", "")
        forwarded = any(name in self.headers for name in ("X-Forwarded-For", "Forwarded", "Via"))
        return may_read(given, self.client_address[0], forwarded=forwarded)

    def _answer(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: Any) -> None:
        """A line each fifteen seconds would say nothing."""


def serve(port: int) -> ThreadingHTTPServer | None:
    """Answer on `port` in a thread, until the process ends. None where the port is taken."""
    try:
        server = ThreadingHTTPServer(("", port), _Handler)
    except OSError as error:
        log.warning("METRICS_PORT=%s: %s; this worker tells no figures", port, error.strerror)
        return None
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    return server
