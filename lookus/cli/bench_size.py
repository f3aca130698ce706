"""`lookus bench size`: what a product and a search take, in a database of its own."""

import argparse
import sys
import time
from collections.abc import Sequence

from lookus.cli.bench_database import bench_database
from lookus.embedded import SUPERUSER

SERVER = {"shared_buffers": "512MB", "max_wal_size": "4GB"}
ENVIRONMENT = {"LOG_LEVEL": "ERROR", "BROKER_URL": "memory://"}


def bench_size(args: Sequence[str] = ()) -> dict[str, float | int]:
    """`[--products 5000] [--events 50000]`."""
    parser = argparse.ArgumentParser(prog="lookus bench size")
    parser.add_argument("--products", type=int, default=5000)
    parser.add_argument("--events", type=int, default=50_000)
    options = parser.parse_args(args)
    with bench_database(ENVIRONMENT, server=SERVER) as addresses:
        from lookus.size_bench import measure

        started = time.monotonic()

        def say(what: str) -> None:
            print(f"{time.monotonic() - started:6.0f} s  {what}", file=sys.stderr, flush=True)

        return measure(
            products=options.products,
            events=options.events,
            superuser=addresses.url(SUPERUSER),
            say=say,
        )
