"""The database or the storage is away: nothing is wrong with what was asked, only with the time."""

import logging
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TypeVar

from django.db import Error, InterfaceError, InternalError, OperationalError
from django.utils import timezone
from psycopg.errors import ReadOnlySqlTransaction

from tenants.storage import StorageAway

log = logging.getLogger(__name__)

Result = TypeVar("Result")

AWAY_SECONDS = 15
"""What a client is told to wait: a server that fell over needs so long to stand again."""
DATABASE_AWAY = (OperationalError, InterfaceError, InternalError)
"""Connections that were cut or refused, a full disk, a lock that did not come, a server that only
reads. Django tells the last one as an InternalError."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0


def is_away(error: BaseException) -> bool:
    """Whether the same may be asked again later."""
    if isinstance(error, InternalError):
        return isinstance(error.__cause__, ReadOnlySqlTransaction)
    return isinstance(error, (OperationalError, InterfaceError, StorageAway))


def patiently(work: Callable[[], Result], *, until: datetime) -> Result:
    """Do `work`, and again while the database is away, until then; its last error is raised.

    Call it outside any scope: the transaction that failed is over, and the next has another
    connection. `work` must bear to be done twice, for a commit may be lost on its way back.
    """
    for pause in _pauses():
        try:
            return work()
        except Error as error:
            left = (until - timezone.now()).total_seconds()
            if not is_away(error) or left <= pause:
                raise
            log.warning("the database is away, trying again in %s s: %s", pause, error)
            time.sleep(pause)
    raise AssertionError("pauses never end")


def _pauses() -> Iterator[float]:
    pause = FIRST_PAUSE
    while True:
        yield pause
        pause = min(2 * pause, LONGEST_PAUSE)
