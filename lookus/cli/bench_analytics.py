"""`lookus bench analytics`: pages, sums, intake and the ledger's check over made events."""

import sys
import time
from collections.abc import Sequence

from lookus.cli.bench_database import bench_database
from lookus.embedded import SUPERUSER

SERVER = {"shared_buffers": "1GB", "max_wal_size": "8GB"}
ENVIRONMENT = {
    "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
    "LOG_LEVEL": "ERROR",
    # A bench tells more in a minute than any shop may.
    "API_RATE_SECRET": "1000000/min",
}


def bench_analytics(args: Sequence[str] = ()) -> dict[str, float | int]:
    """`[--events 10000000] [--shops 1000] [--ledger 10000000] [--rounds 20]`."""
    with bench_database(ENVIRONMENT, server=SERVER) as addresses:
        from lookus.analytics_bench.measure import measure

        started = time.monotonic()

        def say(what: str) -> None:
            print(f"{time.monotonic() - started:6.0f} s  {what}", file=sys.stderr, flush=True)

        return measure(args, superuser=addresses.url(SUPERUSER), say=say)
