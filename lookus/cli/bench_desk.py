"""`lookus bench desk`: the pages of the shop's admin on a small and on a large shop."""

import sys
import time
from collections.abc import Sequence

from lookus.cli.bench_database import bench_database
from lookus.embedded import SUPERUSER

SERVER = {"shared_buffers": "1GB", "max_wal_size": "4GB"}
ENVIRONMENT = {"ALLOWED_HOSTS": "localhost,127.0.0.1,testserver", "LOG_LEVEL": "ERROR"}


def bench_desk(args: Sequence[str] = ()) -> dict[str, float]:
    """`[--small 100] [--large 100000] [--rounds 20]`: statements and p95 of every page."""
    with bench_database(ENVIRONMENT, server=SERVER) as addresses:
        from lookus.desk_bench.measure import measure

        started = time.monotonic()

        def say(what: str) -> None:
            print(f"{time.monotonic() - started:6.0f} s  {what}", file=sys.stderr, flush=True)

        return measure(args, superuser=addresses.url(SUPERUSER), say=say)
