"""In which month's partition a row stands: its name says it, so that a row is there only once."""

import uuid
from datetime import date, datetime

from django.utils import timezone

from tenants.months import STRAY, month_after, month_of
from tenants.uuid7 import uuid7_time


def this_month() -> date:
    return month_of(timezone.now())


def months_around(start: datetime, end: datetime) -> list[date]:
    """Where everything stands that happened between: names are made a month off at most, or
    stray."""
    first, last = month_after(month_of(start), -1), month_after(month_of(end))
    months = [STRAY]
    while first <= last:
        months.append(first)
        first = month_after(first)
    return months


def search_month(search_id: uuid.UUID, *, at: datetime) -> date:
    """Of a search: its id's month; of one with an id without a time, the month that it was in."""
    made = uuid7_time(search_id)
    return month_of(made or at)


def event_month(event_id: uuid.UUID, *, at: datetime) -> date:
    """Of an event that only its id names. A clock that is years off tells no month: the row is
    a stray one, still told apart by its id."""
    made = uuid7_time(event_id)
    month = month_of(made or at)
    near = month_after(month_of(at), -1) <= month <= month_after(month_of(at))
    return month if near else STRAY
