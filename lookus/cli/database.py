"""Which Postgres a command works on: the given one, the home's running one, or one started."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lookus.cli.environment import is_given
from lookus.embedded import Addresses, EmbeddedPostgres, attach
from lookus.processes import HomeBusy, HomeLock


def variables(addresses: Addresses) -> dict[str, str]:
    return {"DATABASE_URL": addresses.app, "OWNER_DATABASE_URL": addresses.owner}


@contextmanager
def served(home: Path) -> Iterator[dict[str, str]]:
    """For the holder of the home's lock: the server runs inside the block.

    Yields the variables to add to a child's environment; none where DATABASE_URL is given.
    """
    if is_given("DATABASE_URL"):
        yield {}
        return
    server = EmbeddedPostgres(home)
    try:
        yield variables(server.start())
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
        with served(home) as added:
            yield added
    finally:
        lock.release()
