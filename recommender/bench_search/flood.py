"""One shop floods a web process: how long another shop's shoppers wait, beside how long alone."""

import http.client
import itertools
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from recommender.bench_search.endpoint import Asking
from recommender.bench_search.flooding import PAUSE_SECONDS, TIMEOUT_SECONDS, photo_sent
from recommender.bench_search.load import web
from recommender.bench_search.sql import percentile

SETTLED_SECONDS = 3


def flood_figures(quiet: Asking, loud: Asking, *, seconds: float, clients: int) -> dict[str, float]:
    """A shopper of the `quiet` shop sends a photo after the other; `clients` of the `loud` shop's
    send theirs as fast as they are answered, and refusals do not stop them. No photo is known.
    """
    with web() as (port, _):
        _ask(port, quiet, seconds / 4)
        alone, refused_alone = _ask(port, quiet, seconds)
        with _flood(port, loud, clients) as told:
            time.sleep(SETTLED_SECONDS)
            beside, refused = _ask(port, quiet, seconds)
        answered = told()
    total = seconds + SETTLED_SECONDS
    served, stopped = answered.pop("200", 0), answered.pop("429", 0)
    return {
        "flood_clients": float(clients),
        "flood_alone_p50_ms": percentile(alone, 0.5),
        "flood_alone_p95_ms": percentile(alone),
        "flood_beside_p50_ms": percentile(beside, 0.5),
        "flood_beside_p95_ms": percentile(beside),
        "flood_p95_ratio": percentile(beside) / percentile(alone),
        "flood_searches": float(len(beside)),
        "flood_refused_to_others": float(refused + refused_alone),
        "flood_answered_s": served / total,
        "flood_refused_s": stopped / total,
        "flood_failed": float(sum(answered.values())),
    }


def _ask(port: int, asking: Asking, seconds: float) -> tuple[list[float], int]:
    """Milliseconds of each answer, and how many were none."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
    waited, refused, end = [], 0, time.monotonic() + seconds
    photos = itertools.cycle(asking.photos)
    while time.monotonic() < end:
        started = time.perf_counter()
        status = photo_sent(link, asking.token, next(photos))
        if status == 200:
            waited.append(1000 * (time.perf_counter() - started))
        else:
            refused += 1
        time.sleep(PAUSE_SECONDS)
    link.close()
    return waited, refused


@contextmanager
def _flood(port: int, asking: Asking, clients: int) -> Iterator[Callable[[], dict[str, int]]]:
    """In a process of its own: its threads shall not slow the shopper that is measured."""
    command = [sys.executable, "-m", "recommender.bench_search.flooding", str(port), str(clients)]
    told: dict[str, int] = {}
    flood = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert flood.stdin is not None
    photos = [photo.hex() for photo in asking.photos]
    flood.stdin.write(json.dumps({"token": asking.token, "photos": photos}).encode() + b"\n")
    flood.stdin.flush()
    try:
        yield lambda: told
    finally:
        output, _ = flood.communicate()
        told |= json.loads(output or b"{}")
