"""Whether each part that LookUs stands on answers, asked anew and not remembered.

A connection of its own, and not the one that requests keep, says whether new ones are let in.
"""

import threading
import time
import uuid
from collections.abc import Callable
from functools import cache

import psycopg
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from catalog import seeing
from lookus.watching.queue import messages_waiting
from vision.bundle import find_bundle

CONNECT_SECONDS = 3
KEPT_SECONDS = 3.0
ANSWER_SECONDS = 6.0
"""A part that takes longer has failed: whoever asks /readyz waits ten seconds at most."""
PROBE = "lookus-probe"
NEEDED = ("database", "migrations", "bundle")
"""Without these no request can be answered. The others fail by parts: nothing new is taken in while
the broker or the storage is away, and searches are answered."""


def database_ask(alias: str = "default") -> psycopg.Connection[tuple[object, ...]]:
    """A new connection as the application's role, or the owner's, in a transaction.

    Raises psycopg.Error.
    """
    found = connections[alias]
    told = {
        name: value
        for name, value in found.get_connection_params().items()
        if name not in ("context", "cursor_factory", "prepare_threshold", "pool")
    }
    told["connect_timeout"] = CONNECT_SECONDS
    asked: psycopg.Connection[tuple[object, ...]] = psycopg.connect(**told)
    # For this transaction alone: behind a pooler the connection serves others afterwards.
    asked.execute(f"SET LOCAL statement_timeout = '{CONNECT_SECONDS}s'")
    return asked


def migrations_missing() -> list[str]:
    """Those that this version brings and the database has not seen. Raises psycopg.Error."""
    with database_ask() as asked:
        exists = asked.execute("SELECT to_regclass('django_migrations')").fetchone()
        if exists is None or exists[0] is None:
            return sorted(f"{app}.{name}" for app, name in _known())
        rows = asked.execute("SELECT app, name FROM django_migrations").fetchall()
    done = {(str(app), str(name)) for app, name in rows}
    return sorted(f"{app}.{name}" for app, name in _known() - done)


@cache
def _known() -> frozenset[tuple[str, str]]:
    brought = MigrationLoader(None).disk_migrations
    return frozenset(key for key, migration in brought.items() if not migration.replaces)


def _database() -> None:
    with database_ask() as asked:
        asked.execute("SELECT 1")


def _migrations() -> None:
    missing = migrations_missing()
    if missing:
        raise RuntimeError(f"missing: {', '.join(missing[:5])}")


def storage_try() -> None:
    """Write a small file, read it and delete it again. Raises what the storage raises."""
    name = default_storage.save(f"{PROBE}/{uuid.uuid4().hex}", ContentFile(PROBE.encode()))
    try:
        with default_storage.open(name) as file:
            if file.read() != PROBE.encode():
                raise OSError(f"{name} was read with another content than was written")
    finally:
        default_storage.delete(name)


def _bundle() -> None:
    find_bundle(settings.VISION_BUNDLE)
    seeing.revision()


def _broker() -> None:
    messages_waiting()


CHECKS: dict[str, Callable[[], None]] = {
    "database": _database,
    "migrations": _migrations,
    "broker": _broker,
    "storage": storage_try,
    "bundle": _bundle,
}
PARTS = tuple(CHECKS)
_lock = threading.Lock()
_kept: tuple[float, dict[str, str]] = (0.0, {})


class _Asked:
    """One check that was asked, in a thread of its own: what hangs holds up nothing but itself."""

    def __init__(self, check: Callable[[], None]) -> None:
        self.since = time.monotonic()
        self.fault = ""
        self._check = check
        self._thread = threading.Thread(target=self._run, name="part", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._check()
        except Exception as error:  # whatever it is, it is what is wrong with this part
            self.fault = f"{type(error).__name__}: {error}".strip()

    def answer(self, until: float) -> str:
        self._thread.join(max(0.0, until - time.monotonic()))
        if self.hangs:
            return f"no answer for {time.monotonic() - self.since:.0f} seconds"
        return self.fault

    @property
    def hangs(self) -> bool:
        return self._thread.is_alive()


_asked: dict[str, _Asked] = {}


def parts_now() -> dict[str, str]:
    """Of each part what is wrong with it, empty where it answers; at most some seconds old.

    All are asked at once. One that hangs is not asked again until it has answered.
    """
    global _kept  # noqa: PLW0603  one answer for all threads, or a flood of probes asks each time
    with _lock:
        until, states = _kept
        if time.monotonic() >= until:
            for part, check in CHECKS.items():
                if part not in _asked or not _asked[part].hangs:
                    _asked[part] = _Asked(check)
            limit = time.monotonic() + ANSWER_SECONDS
            states = {part: one.answer(limit) for part, one in _asked.items()}
            _kept = (time.monotonic() + KEPT_SECONDS, states)
        return states


def parts_forget() -> None:
    """Ask anew the next time."""
    global _kept  # noqa: PLW0603
    _kept = (0.0, {})
