"""What a month will come to, from what it has come to so far and the month before it."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

LOOKED_BACK = 30.0
"""Days that the pace is taken from: the first days of a month alone would say all of it."""
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Forecast:
    """`expected` is the month's sum at its end; `runs_out` is when `allowed` will be used up, None
    where it is not in this month, or was already."""

    used: int
    expected: int
    runs_out: datetime | None = None


def month_forecast(
    *, used: int, before: int, began: datetime, at: datetime, allowed: int | None = None
) -> Forecast:
    """`used` in the month of `at`, `before` in the month before; the mall is there since `began`.

    The pace is that of the last 30 days, with the former month's use spread evenly over its days;
    of a younger mall that of its own days, a whole one at least. `at` is in the time zone of the
    installation.
    """
    start = at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    gone = (at - start) / DAY
    pace = _used_a_day(
        used, before, gone=gone, former=_former_days(start, began), began=began, at=at
    )
    expected = used + round(pace * max(0.0, monthrange(at.year, at.month)[1] - gone))
    return Forecast(used, expected, _runs_out(used, expected, pace, allowed, at))


def _former_days(start: datetime, began: datetime) -> float:
    """Days of the former month that the mall was there."""
    return min(float((start - DAY).day), max(0.0, (start - began) / DAY))


def _used_a_day(
    used: int, before: int, *, gone: float, former: float, began: datetime, at: datetime
) -> float:
    back = min(max(0.0, LOOKED_BACK - gone), former)
    share = back / former if former else 0.0
    own = min(gone, (at - began) / DAY)
    return (used + before * share) / max(1.0, own + back)


def _runs_out(
    used: int, expected: int, pace: float, allowed: int | None, at: datetime
) -> datetime | None:
    if allowed is None or not used < allowed <= expected:
        return None
    return at + timedelta(seconds=ceil((allowed - used) / pace * DAY.total_seconds()))
