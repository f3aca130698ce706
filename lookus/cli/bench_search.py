"""`lookus bench search`: a database of its own for the benchmark, thrown away afterwards."""

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from lookus.embedded import SUPERUSER, THROWAWAY, EmbeddedPostgres

# Enough for the largest made shop to lie in memory, as a production server's would.
SERVER = {**THROWAWAY, "shared_buffers": "1GB", "max_wal_size": "4GB"}


def bench_search(args: Sequence[str] = ()) -> dict[str, float]:
    """`[--parts …] [--small 10000] [--large 500000] [--shops 1000] [--seconds 60] [--page FILE]`.

    What a search costs and finds, beside what one could use instead; `--help` tells the options.
    """
    with tempfile.TemporaryDirectory(prefix="lookus-bench-") as folder:
        # The server's own user, where we are root, must reach it.
        Path(folder).chmod(0o755)
        server = EmbeddedPostgres(Path(folder), settings=SERVER)
        try:
            addresses = server.start()
            os.environ |= {
                "DATABASE_URL": addresses.app,
                "OWNER_DATABASE_URL": addresses.owner,
                "LOOKUS_HOME": folder,
                "SECRET_KEY": "bench",
                "API_RATE_SECRET": "1000000/min",
                "DJANGO_SETTINGS_MODULE": "lookus.settings",
                "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
                "LOG_LEVEL": "ERROR",
            }
            return _measured(args, addresses.app, addresses.url(SUPERUSER))
        finally:
            server.destroy()


def _measured(args: Sequence[str], app: str, superuser: str) -> dict[str, float]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from recommender.bench_search.measure import measure, parse

    asked = parse(args)
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    started = time.monotonic()

    def say(what: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {what} …", file=sys.stderr, flush=True)

    try:
        return measure(asked, app=app, superuser=superuser, say=say)
    finally:
        connections.close_all()
