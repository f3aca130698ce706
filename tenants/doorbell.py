"""Messages to the workers. A broker that is away, or hangs, holds nobody up.

Any message may be lost: rows say what waits, and the sweeper or the clock rings again.
"""

import logging
import time
from dataclasses import dataclass, field

from celery import current_app

log = logging.getLogger(__name__)

SLOW_SECONDS = 1.0
"""A broker that takes longer is asked by nobody else meanwhile."""
CONFIRM_SECONDS = 3
SILENT_SECONDS = 30.0
"""So long this process sends nothing after a broker let it wait in vain."""


@dataclass
class _Broker:
    """How the broker does, as this process saw it; times are of `time.monotonic`."""

    under_way: list[float] = field(default_factory=list)
    silent_until: float = 0.0

    def hangs(self, now: float) -> bool:
        return now < self.silent_until or any(
            now - began > SLOW_SECONDS for began in tuple(self.under_way)
        )


_broker = _Broker()


def message_send(task: str, *args: int) -> bool:
    """Send one message; False where the broker did not take it, which is only logged."""
    began = time.monotonic()
    if _broker.hangs(began):
        return False
    _broker.under_way.append(began)
    try:
        current_app.send_task(task, args=list(args), retry=False, confirm_timeout=CONFIRM_SECONDS)
    except Exception:  # every broker has errors of its own, and none may fail the change
        log.exception("the broker did not take %s%s", task, args)
        ended = time.monotonic()
        if ended - began > SLOW_SECONDS:
            _broker.silent_until = ended + SILENT_SECONDS
        return False
    finally:
        _broker.under_way.remove(began)
    return True
