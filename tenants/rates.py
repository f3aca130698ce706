"""How often somebody may: counted in the cache, which all processes share where it is Redis.

Each count is one step of the cache's own, so that requests that come together are all seen. A
window slides: of the one before counts what still lies within the last period, as if its requests
had come evenly.
"""

import time
from dataclasses import dataclass

from django.core.cache import cache

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True)
class Rate:
    """So many in so many seconds."""

    count: int
    seconds: int

    @classmethod
    def of(cls, text: str, *, times: int = 1) -> "Rate":
        """`60/min`, as settings have it, so many times as often."""
        count, _, period = text.partition("/")
        return cls(int(count) * times, SECONDS[period[0]])


def rate_count(name: str, rate: Rate) -> float:
    """Count one more of `name`: 0, or the seconds to wait. What is refused is not counted."""
    window, passed = divmod(time.time() / rate.seconds, 1)
    now, before = (f"rate:{name}:{rate.seconds}:{int(window) - back}" for back in (0, 1))
    held = _more(now, 2 * rate.seconds) - 1
    former = int(cache.get(before) or 0)
    if held + former * (1 - passed) + 1 <= rate.count:
        return 0.0
    _less(now)
    return _wait(rate, held=held, former=former, passed=passed)


def _more(name: str, seconds: int) -> int:
    cache.add(name, 0, seconds)
    try:
        return cache.incr(name)
    except ValueError:
        # The cache is away or has just let it go.
        return 1


def _less(name: str) -> None:
    try:
        cache.decr(name)
    except ValueError:
        return


def _wait(rate: Rate, *, held: int, former: int, passed: float) -> float:
    """Until what slides out leaves room for one; in this window, or else in the next."""
    room = rate.count - 1 - held
    if room >= 0 and former:
        return max(0.0, (1 - room / former) - passed) * rate.seconds or 1.0
    slid = max(0.0, 1 - (rate.count - 1) / held) if held else 0.0
    return (1 - passed + slid) * rate.seconds
