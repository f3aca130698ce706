"""A database of its own for a benchmark, thrown away afterwards."""

import os
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from lookus.embedded import THROWAWAY, Addresses, EmbeddedPostgres


@contextmanager
def bench_database(
    environment: Mapping[str, str], *, server: Mapping[str, str] | None = None
) -> Iterator[Addresses]:
    """Django, migrated, on a new server that lives as long as the block.

    `environment` are further variables for its settings, `server` further settings of the server.
    """
    with tempfile.TemporaryDirectory(prefix="lookus-bench-") as folder:
        # The server's own user, where we are root, must reach it.
        Path(folder).chmod(0o755)
        postgres = EmbeddedPostgres(Path(folder), settings={**THROWAWAY, **(server or {})})
        try:
            addresses = postgres.start()
            os.environ |= {
                "DATABASE_URL": addresses.app,
                "OWNER_DATABASE_URL": addresses.owner,
                "LOOKUS_HOME": folder,
                "SECRET_KEY": secrets.token_urlsafe(50),
                "DJANGO_SETTINGS_MODULE": "lookus.settings",
                **environment,
            }
            with _migrated():
                yield addresses
        finally:
            postgres.destroy()


@contextmanager
def _migrated() -> Iterator[None]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    try:
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        yield
    finally:
        connections.close_all()
