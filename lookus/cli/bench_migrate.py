"""`lookus bench migrate`: a migration among one shop and among many, in a database of its own."""

import argparse
import sys
import time
from collections.abc import Sequence

from lookus.cli.bench_database import bench_database

ENVIRONMENT = {"LOG_LEVEL": "ERROR", "BROKER_URL": "memory://"}


def bench_migrate(args: Sequence[str] = ()) -> dict[str, float | int]:
    """`[--shops 1000] [--products 20] [--rounds 5]`."""
    parser = argparse.ArgumentParser(prog="lookus bench migrate")
    parser.add_argument("--shops", type=int, default=1000)
    parser.add_argument("--products", type=int, default=20, help="of each shop")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(args)
    with bench_database(ENVIRONMENT):
        from lookus.migrate_bench import measure

        started = time.monotonic()

        def say(what: str) -> None:
            print(f"{time.monotonic() - started:6.0f} s  {what}", file=sys.stderr, flush=True)

        return measure(
            shops=options.shops, products=options.products, rounds=options.rounds, say=say
        )
