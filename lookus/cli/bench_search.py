"""`lookus bench search`: a database of its own for the benchmark, thrown away afterwards."""

import sys
import time
from collections.abc import Sequence

from lookus.cli.bench_database import bench_database
from lookus.embedded import SUPERUSER

# Enough for the largest made shop to lie in memory, as a production server's would.
SERVER = {"shared_buffers": "1GB", "max_wal_size": "4GB"}
ENVIRONMENT = {
    "API_RATE_SECRET": "1000000/min",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
    "LOG_LEVEL": "ERROR",
}


def bench_search(args: Sequence[str] = ()) -> dict[str, float]:
    """`[--parts …] [--small 10000] [--large 500000] [--shops 1000] [--seconds 60] [--page FILE]`.

    What a search costs and finds, beside what one could use instead; `--help` tells the options.
    """
    with bench_database(ENVIRONMENT, server=SERVER) as addresses:
        from recommender.bench_search.measure import measure, parse

        started = time.monotonic()

        def say(what: str) -> None:
            print(f"{time.monotonic() - started:6.0f} s  {what} …", file=sys.stderr, flush=True)

        superuser = addresses.url(SUPERUSER)
        return measure(parse(args), app=addresses.app, superuser=superuser, say=say)
