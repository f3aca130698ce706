"""Which Postgres a command works on: the given one, the home's running one, or one started."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from lookus.cli.environment import is_given
from lookus.embedded import Addresses, EmbeddedPostgres, attach
from lookus.processes import HomeBusy, HomeLock


def variables(addresses: Addresses) -> dict[str, str]:
    return {
        "DATABASE_URL": addresses.app,
        "OWNER_DATABASE_URL": addresses.owner,
        "BACKUP_DATABASE_URL": addresses.backup,
    }


class Served(NamedTuple):
    """`variables` are to be added to a child's environment; `server` is ours to look after."""

    variables: dict[str, str]
    server: EmbeddedPostgres | None


@contextmanager
def served(home: Path) -> Iterator[Served]:
    """For the holder of the home's lock: the server runs inside the block, unless DATABASE_URL
    names another."""
    if is_given("DATABASE_URL"):
        yield Served({}, None)
        return
    server = EmbeddedPostgres(home)
    try:
        yield Served(variables(server.start()), server)
    finally:
        server.stop()


@contextmanager
def reached(home: Path) -> Iterator[dict[str, str]]:
    """For a single command: attach to what `lookus up` runs, else start the server meanwhile."""
    if is_given("DATABASE_URL"):
        yield {}
        return
    running = attach(home)
    if running is not None:
        yield variables(running)
        return
    lock = HomeLock(home)
    try:
        lock.acquire()
    except HomeBusy:
        # `lookus up` is just starting or stopping there.
        running = attach(home)
        if running is None:
            raise
        yield variables(running)
        return
    try:
        with served(home) as one:
            yield one.variables
    finally:
        lock.release()
