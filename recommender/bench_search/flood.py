"""One shop floods a web process: how long another shop's shoppers wait, beside how long alone."""

import http.client
import itertools
import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from recommender.bench_search.endpoint import SEARCH, Asking
from recommender.bench_search.load import TIMEOUT_SECONDS, web
from recommender.bench_search.sql import percentile

PAUSE_SECONDS = 0.05
"""Between a shopper's answer and the next photo, and between a flooder's refusal and its next."""
SETTLED_SECONDS = 3
EDGE = b"lookus-edge"


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
        status = _search(link, asking.token, next(photos))
        if status == 200:
            waited.append(1000 * (time.perf_counter() - started))
        else:
            refused += 1
        time.sleep(PAUSE_SECONDS)
    link.close()
    return waited, refused


def _search(link: http.client.HTTPConnection, token: str, photo: bytes) -> int:
    head = b'--%b\r\nContent-Disposition: form-data; name="image"; filename="p.jpg"\r\n\r\n' % EDGE
    # What follows a JPEG's end is not read, and makes it another photo.
    body = head + photo + os.urandom(8) + b"\r\n--%b--\r\n" % EDGE
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": f"multipart/form-data; boundary={EDGE.decode()}",
    }
    link.request("POST", SEARCH, body, headers)
    answer = link.getresponse()
    answer.read()
    return answer.status


@contextmanager
def _flood(port: int, asking: Asking, clients: int) -> Iterator[Callable[[], dict[str, int]]]:
    """In a process of its own: its threads shall not slow the shopper that is measured."""
    command = [sys.executable, "-m", "recommender.bench_search.flood", str(port), str(clients)]
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


def main(port: int, clients: int) -> None:
    """Flood until the end of the input; the statuses then, as JSON."""
    given = json.loads(sys.stdin.readline())
    photos = itertools.cycle([bytes.fromhex(one) for one in given["photos"]])
    statuses: Counter[str] = Counter()
    ended = threading.Event()

    def client() -> None:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
        while not ended.is_set():
            try:
                status = _search(link, given["token"], next(photos))
            except (OSError, http.client.HTTPException) as error:
                link.close()
                statuses[type(error).__name__] += 1
                continue
            statuses[str(status)] += 1
            if status != 200:
                time.sleep(PAUSE_SECONDS)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for one in threads:
        one.start()
    sys.stdin.read()
    ended.set()
    for one in threads:
        one.join()
    sys.stdout.write(json.dumps(statuses))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
