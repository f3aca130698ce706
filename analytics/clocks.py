"""When an event was, by a clock that may be wrong."""

from datetime import datetime, timedelta

from django.conf import settings


class TooLate(ValueError):
    """It was told more than `EVENT_LATE_DAYS` after it happened."""


def happened_at(
    *, now: datetime, occurred_at: datetime | None, sent_at: datetime | None = None
) -> datetime:
    """The time by our clock; never later than now. Raises TooLate.

    `sent_at` is the teller's clock when it sent the event: only what lay between is believed, so
    a telephone that is three days off tells no wrong days. Without it `occurred_at` is believed.
    """
    if occurred_at is None:
        return now
    age = (sent_at or now) - occurred_at
    if age > timedelta(days=settings.EVENT_LATE_DAYS):
        raise TooLate
    return now - max(age, timedelta(0))
