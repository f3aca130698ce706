"""`lookus bench import`: a database of its own for the benchmark, thrown away afterwards."""

import sys
import time
from collections.abc import Sequence

from lookus.cli.bench_database import bench_database
from lookus.embedded import SUPERUSER

SERVER = {"shared_buffers": "512MB", "max_wal_size": "4GB"}
# Messages stay in this process: no worker listens.
ENVIRONMENT = {"LOG_LEVEL": "ERROR", "BROKER_URL": "memory://"}


def bench_import(args: Sequence[str] = ()) -> dict[str, float]:
    """`[--rows 100000] [--photos 320] [--batch 32] [--rounds 2]`.

    What bringing a catalogue in costs, beside a bare COPY of the same rows.
    """
    with bench_database(ENVIRONMENT, server=SERVER) as addresses:
        from catalog.bench_import.measure import measure, parse

        started = time.monotonic()

        def say(what: str) -> None:
            print(f"{time.monotonic() - started:6.0f} s  {what} …", file=sys.stderr, flush=True)

        return measure(parse(args), superuser=addresses.url(SUPERUSER), say=say)
