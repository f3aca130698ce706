"""How requests are sent: problems become exceptions, and what is safe to send again is."""

import random
import time
from typing import Any

import httpx

from lookus_client.errors import LookusError, error_of

BUSY = (429, 503)
LONGEST_WAIT = 60.0
"""Seconds; who has to wait longer, as for a quota's next month, is told at once."""
FIRST_WAIT = 0.5
"""Seconds before the second try where the answer names none; doubled with each."""
READ_ONLY = ("/search", "/outfit", "/malls/discover")
"""Posts that change nothing."""


class Careful(httpx.Client):
    """Raises LookusError for every answer of 400 and above, and where none comes."""

    def __init__(self, *, retries: int, **settings: Any) -> None:
        super().__init__(**settings)
        self.retries = retries

    def send(self, request: httpx.Request, **how: Any) -> httpx.Response:
        left = self.retries if _may_repeat(request) else 0
        for tries in range(left + 1):
            try:
                return self._once(request, **how)
            except LookusError as error:
                wait = _wait(error, tries)
                if tries == left or wait > LONGEST_WAIT:
                    raise
            time.sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _once(self, request: httpx.Request, **how: Any) -> httpx.Response:
        try:
            response = super().send(request, **how)
            if not response.is_error:
                return response
            response.read()
        except httpx.TimeoutException as error:
            raise LookusError("timeout", str(error)) from error
        except httpx.TransportError as error:
            raise LookusError("network", str(error)) from error
        raise error_of(response)


def _may_repeat(request: httpx.Request) -> bool:
    """Reads, and writes that the API does once however often they come."""
    if request.method == "GET" or "Idempotency-Key" in request.headers:
        return True
    return request.url.path.endswith(READ_ONLY)


def _wait(error: LookusError, tries: int) -> float:
    """Seconds until the next try; infinity where it would be in vain."""
    busy = error.status in BUSY or error.code in ("request_under_way", "network", "timeout")
    if not busy:
        return float("inf")
    # A spread, so that those who were refused together do not come back together.
    return error.retry_after or FIRST_WAIT * 2**tries * (0.5 + random.random())  # noqa: S311
