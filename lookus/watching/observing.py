"""What the rooms below announce, counted here; `lookus/signals.py` connects it."""

from collections.abc import Mapping
from typing import Any

from lookus.watching.measures import (
    PHOTO_SECONDS,
    PHOTO_WAIT_SECONDS,
    PHOTOS_FAILED,
    SEARCH_SECONDS,
    SEARCHES_REFUSED,
)


def search_measured(
    *, milliseconds: int, parts: Mapping[str, float] | None = None, **_signal: Any
) -> None:
    """Listens to `search_answered`."""
    SEARCH_SECONDS.labels("total").observe(milliseconds / 1000)
    for part, spent in (parts or {}).items():
        SEARCH_SECONDS.labels(part).observe(spent / 1000)


def refusal_counted(*, code: str, **_signal: Any) -> None:
    """Listens to `search_refused`."""
    SEARCHES_REFUSED.labels(code).inc()


def photos_measured(*, photos: int, seconds: float, waited: float, **_signal: Any) -> None:
    """Listens to `photos_tagged`: each photo of a chunk took its share of the chunk's time."""
    for _ in range(photos):
        PHOTO_SECONDS.observe(seconds / photos)
    PHOTO_WAIT_SECONDS.observe(waited)


def failure_counted(*, reason: str, **_signal: Any) -> None:
    """Listens to `photo_failed`."""
    PHOTOS_FAILED.labels(reason).inc()
