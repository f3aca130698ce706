"""`lookus bench map`: a catalogue's map is made, and moved in Chromium."""

import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence

from lookus.cli import UserError
from lookus.cli.bench_database import bench_database

PRODUCTS = 20_000
SECONDS = 5.0
CHROMIUM = "/usr/bin/chromium"
ENVIRONMENT = {"ALLOWED_HOSTS": "localhost,127.0.0.1,testserver", "LOG_LEVEL": "ERROR"}


def bench_map(args: Sequence[str] = ()) -> dict[str, float]:
    """`[--products 20000] [--seconds 5] [--chromium PATH]`: seconds to make the map and to put
    newcomers into it, frames a second while it moves, with WebGL and without it."""
    parser = ArgumentParser(prog="lookus bench map")
    parser.add_argument("--products", type=int, default=PRODUCTS, help="products of the shop")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="for which it is moved")
    parser.add_argument("--chromium", default=CHROMIUM, help=f"the browser ({CHROMIUM})")
    options = parser.parse_args(list(args))
    try:
        import playwright  # noqa: F401  said before minutes are spent
    except ImportError as error:
        raise UserError(f"{error.name} is missing: pip install -e '.[test]'") from error
    with bench_database(ENVIRONMENT):
        from lookus.map_bench.measure import measured

        started = time.monotonic()

        def say(what: str) -> None:
            print(f"{time.monotonic() - started:6.0f} s  {what}", file=sys.stderr, flush=True)

        return measured(
            options.products, seconds=options.seconds, chromium=options.chromium, say=say
        )
