"""`lookus bench rounds`: what the clock's rounds over all shops take, in a database of its own."""

import argparse
from collections.abc import Sequence

from lookus.cli.bench_database import bench_database

ENVIRONMENT = {"LOG_LEVEL": "ERROR", "BROKER_URL": "memory://"}


def bench_rounds(args: Sequence[str] = ()) -> dict[str, float | int]:
    """`[--shops 1000] [--products 20]`."""
    parser = argparse.ArgumentParser(prog="lookus bench rounds")
    parser.add_argument("--shops", type=int, default=1000)
    parser.add_argument("--products", type=int, default=20, help="of each shop")
    options = parser.parse_args(args)
    with bench_database(ENVIRONMENT):
        from lookus.rounds_bench import measure

        return measure(shops=options.shops, products=options.products)
