"""How migrations wait: behind another migrator as long as it takes, for a table only shortly."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import OperationalError
from psycopg.errors import LockNotAvailable

Say = Callable[[str], object]

TURN = 5_070_203
"""Names our advisory lock; any number that nothing else on this database uses."""
TURN_SECONDS = 0.5
TRIES = 60
PAUSE_SECONDS = 3.0


@contextmanager
def in_turn(connection: Any, say: Say) -> Iterator[None]:
    """One migrator at a time; the next one begins when this one is through.

    It asks again and again instead of waiting in the database: a statement that waits there would
    be waited for by the first one's CREATE INDEX CONCURRENTLY, for ever.
    """
    told = False
    while not _one(connection, f"SELECT pg_try_advisory_lock({TURN})"):
        if not told:
            say("Another migrate runs on this database: waiting for its end.")
        told = True
        time.sleep(TURN_SECONDS)
    try:
        yield
    finally:
        if connection.is_usable():
            _one(connection, f"SELECT pg_advisory_unlock({TURN})")


@contextmanager
def short_locks(connection: Any) -> Iterator[None]:
    """Whoever waits for a table longer than MIGRATE_LOCK_SECONDS fails.

    All requests of that table queue up behind one that waits for it. What is done CONCURRENTLY
    holds nobody up and may wait, and would leave half an index behind.
    """
    patience = f"{settings.MIGRATE_LOCK_SECONDS}s"

    def wrapper(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if "CONCURRENTLY" not in str(sql).upper():
            return execute(sql, params, many, context)
        with _patience(connection, "0"):
            return execute(sql, params, many, context)

    with _patience(connection, patience), connection.execute_wrapper(wrapper):
        yield


def again_while_locked(run: Callable[[], object], say: Say) -> None:
    """`run`, once more after each time that a table was locked for too long; at last, the error.

    A migration that failed is rolled back and those before it are done: the next try goes on there.
    """
    for left in reversed(range(TRIES)):
        try:
            run()
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable) or not left:
                raise
            say(f"A table is held by a long transaction: trying again ({left} times more).")
            time.sleep(PAUSE_SECONDS)
        else:
            return


@contextmanager
def _patience(connection: Any, patience: str) -> Iterator[None]:
    before = _one(connection, "SHOW lock_timeout")
    _run(connection, f"SET lock_timeout = '{patience}'")
    try:
        yield
    finally:
        if connection.is_usable():
            _run(connection, f"SET lock_timeout = '{before}'")


def _one(connection: Any, query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def _run(connection: Any, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
