"""Many shoppers at once, over HTTP, against the web server that `lookus web` starts."""

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psutil  # type: ignore[import-untyped]

from recommender.bench_search.endpoint import SEARCH, Asking, BenchFailed
from recommender.bench_search.sql import percentile

CLIENTS = 20
START_SECONDS = 60
SAMPLE_SECONDS = 1.0
TIMEOUT_SECONDS = 30


@dataclass
class Load:
    """Milliseconds of each answer, what went wrong, and the server's memory by the second."""

    waited: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)

    def figures(self, seconds: float) -> dict[str, float]:
        third = max(1, len(self.megabytes) // 3)
        early = sum(self.megabytes[third : 2 * third]) / third
        late = sum(self.megabytes[-third:]) / third
        return {
            "load_clients": float(CLIENTS),
            "load_seconds": seconds,
            "load_searches_s": len(self.waited) / seconds,
            "load_p50_ms": percentile(self.waited, 0.5),
            "load_p95_ms": percentile(self.waited),
            "load_errors": float(len(self.errors)),
            "load_memory_mb": late,
            "load_memory_last_of_middle_third": late / early if early else 1.0,
        }


def load_figures(asking: Asking, *, seconds: float, clients: int = CLIENTS) -> dict[str, float]:
    """`clients` at once for so long, each its next search when the last is answered.

    By photos that are known: what is measured is the search and not the networks.
    """
    image_ids = [asking.upload(photo)[2]["query"]["image_id"] for photo in asking.photos]
    load = Load()
    with web() as (port, server):
        end = time.monotonic() + seconds
        threads = [
            threading.Thread(
                target=_shopper,
                args=(port, asking.token, image_ids[at:] + image_ids[:at], end, load),
            )
            for at in (number % len(image_ids) for number in range(clients))
        ]
        for thread in threads:
            thread.start()
        while time.monotonic() < end:
            load.megabytes.append(_megabytes(server))
            time.sleep(SAMPLE_SECONDS)
        for thread in threads:
            thread.join()
    if not load.waited:
        raise BenchFailed(f"no search was answered: {load.errors[:1]}")
    return load.figures(seconds)


def _shopper(port: int, token: str, image_ids: list[str], end: float, load: Load) -> None:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
    turn = 0
    while time.monotonic() < end:
        body = json.dumps({"image_id": image_ids[turn % len(image_ids)]})
        turn += 1
        started = time.perf_counter()
        try:
            link.request("POST", SEARCH, body, headers)
            response = link.getresponse()
            text = response.read()
        except (OSError, http.client.HTTPException) as error:
            load.errors.append(repr(error))
            link.close()
            continue
        if response.status == 200:
            load.waited.append(1000 * (time.perf_counter() - started))
        else:
            load.errors.append(text[:200].decode(errors="replace"))
    link.close()


@contextmanager
def web() -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "lookus.cli", "web", "--port", str(port)],
        env={**os.environ, "LOG_LEVEL": "ERROR"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port, server)
        yield port, server
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise BenchFailed("the web server did not start")


def _megabytes(server: "subprocess.Popen[bytes]") -> float:
    """Resident memory of the server and its workers."""
    top = psutil.Process(server.pid)
    total = 0
    for process in (top, *top.children(recursive=True)):
        try:
            total += process.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total / 2**20
