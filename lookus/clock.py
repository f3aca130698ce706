"""The clock's memory of when it rang last: lost is better than a clock that does not start."""

import logging
from collections.abc import Callable
from typing import Any

from celery.beat import PersistentScheduler

log = logging.getLogger(__name__)


class Scheduler(PersistentScheduler):
    """Celery's own meets a file that cannot be opened; one whose values were cut off, as by a power
    cut, would end every start until somebody deleted it."""

    schedule_filename: str
    _store: Any
    _remove_db: Callable[[], None]

    def setup_schedule(self) -> None:
        try:
            super().setup_schedule()
        except Exception as error:  # whatever a half file makes of its values
            log.warning("the clock begins a new %s: %r", self.schedule_filename, error)
            if self._store is not None:
                self._store.close()
            self._remove_db()
            super().setup_schedule()
