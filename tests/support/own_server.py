"""A Postgres of a test's own, with all tables: a copy of the suite's, which it may break."""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from lookus import osuser
from lookus.embedded import (
    APP_ROLE,
    OWNER_ROLE,
    PORT,
    SUPERUSER,
    THROWAWAY,
    Addresses,
    EmbeddedPostgres,
)
from tests.database import Databases


@dataclass
class OwnServer:
    """`app`, `owner` and `superuser` are addresses of the copied test's database."""

    server: EmbeddedPostgres
    addresses: Addresses
    database: str
    _over: threading.Event = field(default_factory=threading.Event)

    @property
    def app(self) -> str:
        return self.addresses.url(APP_ROLE, self.database)

    @property
    def owner(self) -> str:
        return self.addresses.url(OWNER_ROLE, self.database)

    @property
    def superuser(self) -> str:
        return self.addresses.url(SUPERUSER, self.database)

    def set(self, name: str, value: str) -> None:
        """A setting of the whole server, from now on."""
        with psycopg.connect(self.superuser, autocommit=True) as connection:
            connection.execute(f"ALTER SYSTEM SET {name} = {value}")
            connection.execute("SELECT pg_reload_conf()")

    def crash(self) -> None:
        """Immediate stop: every connection is cut, and nothing is written any more."""
        assert self.server.process is not None
        self.server.process.send_signal(signal.SIGQUIT)
        self.server.process.wait(60)

    def look_after(self) -> None:
        """As `lookus up` does, for the rest of the test: start it again when it ended."""

        def watch() -> None:
            while not self._over.wait(0.3):
                self.server.check()

        threading.Thread(target=watch, daemon=True).start()


@contextmanager
def own_server(databases: Databases, home: Path) -> Iterator[OwnServer]:
    """A running copy of the suite's server as it is now, its data below `home`.

    `home` must be open to all, for Postgres does not run as root.
    """
    if not databases.superuser_url:
        pytest.skip("the suite's server is not its own: nothing can be copied from it")
    server = EmbeddedPostgres(home, settings=THROWAWAY)
    _copy(databases.superuser_url, server)
    try:
        yield OwnServer(server, server.start(), urlsplit(databases.app_url).path.lstrip("/"))
    finally:
        server.destroy()


@contextmanager
def open_folder() -> Iterator[Path]:
    """Not below pytest's own, which another user cannot enter."""
    folder = Path(tempfile.mkdtemp(prefix="lookus-test-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy(superuser_url: str, server: EmbeddedPostgres) -> None:
    """While it runs: a base backup, with the log that makes it whole."""
    socket = parse_qs(urlsplit(superuser_url).query)["host"][0]
    server.data.mkdir(mode=0o700, parents=True)
    if server.user:
        os.chown(server.data, server.user.uid, server.user.gid)
    words = ["-h", socket, "-p", str(PORT), "-U", SUPERUSER, "-D", str(server.data)]
    subprocess.run(
        [server.bin / "pg_basebackup", *words, "-X", "fetch", "-c", "fast", "--no-sync"],
        cwd="/",
        check=True,
        capture_output=True,
        **osuser.switch(server.user),
    )
