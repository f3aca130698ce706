"""How much is tried: a little in `make test`, `FUZZ` times as much in `make fuzz`. And what was."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hypothesis import HealthCheck, settings

FACTOR = int(os.environ.get("FUZZ", "1"))
TRIED: dict[str, Counter[str]] = {}
SPENT: Counter[str] = Counter()


def tries(count: int) -> Callable[..., object]:
    """So many examples, times `FUZZ`; the same ones every time where it is 1."""
    return settings(
        max_examples=count * FACTOR,
        deadline=None,
        derandomize=FACTOR == 1,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


def tried(what: str, ended: str) -> None:
    """One case of a part is over, and how."""
    TRIED.setdefault(what, Counter())[ended] += 1


@contextmanager
def clocked(what: str) -> Iterator[None]:
    started = time.monotonic()
    try:
        yield
    finally:
        SPENT[what] += time.monotonic() - started  # type: ignore[assignment]


def report() -> Iterator[str]:
    for what, ends in sorted(TRIED.items()):
        told = ", ".join(f"{count} {ended}" for ended, count in ends.most_common(8))
        yield f"{what}: {ends.total()} cases in {SPENT[what]:.1f} s ({told})"
