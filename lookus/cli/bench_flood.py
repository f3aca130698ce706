"""`lookus bench flood`: what a shop's flood does to another shop, on a database of its own."""

import argparse
from collections.abc import Sequence

from lookus.cli.bench_database import bench_database
from lookus.cli.bench_search import ENVIRONMENT, SERVER
from lookus.embedded import SUPERUSER

UNLIMITED = {"API_RATE_SHOP": "1000000/min", "DEFAULT_PLAN": "unlimited"}


def bench_flood(args: Sequence[str] = ()) -> dict[str, float]:
    """`[--seconds 30] [--clients 32] [--products 2000]`; WEB_PROCESSES and WEB_THREADS count."""
    parser = argparse.ArgumentParser(prog="lookus bench flood")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--products", type=int, default=2000)
    asked = parser.parse_args(args)
    with bench_database({**ENVIRONMENT, **UNLIMITED}, server=SERVER) as addresses:
        from recommender.bench_search.endpoint import Asking
        from recommender.bench_search.flood import flood_figures
        from recommender.bench_search.world import World

        world = World(addresses.url(SUPERUSER))
        quiet, loud = (Asking(world.shop(asked.products, seed=seed)) for seed in (1, 2))
        world.vacuum()
        return flood_figures(quiet, loud, seconds=asked.seconds, clients=asked.clients)
