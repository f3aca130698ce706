"""`lookus bench memory`: a worker and a web server of their own, on a database thrown away."""

import sys
import time
from collections.abc import Sequence

from lookus.cli.bench_database import bench_database

ENVIRONMENT = {
    "API_RATE_SECRET": "1000000/min",
    "ALLOWED_HOSTS": "localhost,127.0.0.1",
    "LOG_LEVEL": "ERROR",
    "DEFAULT_PLAN": "unlimited",
}


def bench_memory(args: Sequence[str] = ()) -> dict[str, float]:
    """`[--photos 5000] [--searches 200]`: megabytes of a worker and of a web server, and whether
    they grow."""
    with bench_database(ENVIRONMENT):
        from lookus.memory_bench import measure

        started = time.monotonic()

        def say(what: str) -> None:
            print(f"{time.monotonic() - started:6.0f} s  {what} …", file=sys.stderr, flush=True)

        return measure(args, say=say)
