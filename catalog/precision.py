"""From which score on is a model right as often as wanted? Told from a checked random sample.

The prefixes of a sample, its surest answers first, are tested in an order that is fixed before
anybody looks at what was right: first the surer half, or as few as can show anything, then more and
more of the rest. Each test asks whether the share that is right is at least what is wanted, by the
exact bound of Clopper and Pearson (1934), one-sided; the first that fails ends it. So the chance
that any threshold is given that does not hold is at most 1 - CONFIDENCE, however many are tried
(fixed-sequence testing: Maurer, Hothorn and Lehmacher, 1995).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, comb, log

CONFIDENCE = 0.9
"""Nine thresholds of ten hold: 97 % right then needs 76 answers that are all right, where 99 of
100 would need 152."""
STEPS = 20
"""Prefixes that are tried between the first and the whole sample."""


@dataclass(frozen=True)
class Answer:
    """One checked tag: the model's score, and whether a person said the same."""

    score: float
    right: bool


@dataclass(frozen=True)
class Threshold:
    """`score`: from it on nobody is needed; None where that cannot be shown. `covered` is the share
    of the sample from that score on, `missing` how many more answers could show anything."""

    score: float | None
    answers: int
    right: int
    covered: float
    missing: int


def fewest(wanted: float) -> int:
    """So many answers, all right, just show that a share of `wanted` is right."""
    return ceil(log(1 - CONFIDENCE) / log(wanted))


def threshold_of(answers: Sequence[Answer], *, wanted: float) -> Threshold:
    """The lowest score from which the model is shown to be right as often as wanted (0..1)."""
    ranked = sorted(answers, key=lambda one: -one.score)
    count, right = len(ranked), sum(one.right for one in ranked)
    least = fewest(wanted)
    if count < least:
        return Threshold(None, count, right, 0.0, least - count)
    found = None
    for size in _sizes(ranked, max(least, ceil(count / 2))):
        wrong = sum(not one.right for one in ranked[:size])
        if not shows(size, wrong, wanted=wanted):
            break
        found = size
    if found is None:
        return Threshold(None, count, right, 0.0, 0)
    return Threshold(ranked[found - 1].score, count, right, found / count, 0)


def shows(size: int, wrong: int, *, wanted: float) -> bool:
    """Whether so few wrong answers would come by chance in less than one of ten samples of a model
    that is just not right enough: the binomial tail, exactly."""
    error = 1 - wanted
    tail = sum(comb(size, k) * error**k * wanted ** (size - k) for k in range(wrong + 1))
    return tail <= 1 - CONFIDENCE + 1e-12


def _sizes(ranked: Sequence[Answer], first: int) -> list[int]:
    """How many of the surest are tried, in order; equal scores are never parted."""
    count = len(ranked)
    step = max(1, (count - first) // STEPS)
    sizes = [*range(first, count, step), count]
    found: list[int] = []
    for size in sizes:
        last = size
        while last < count and ranked[last].score == ranked[size - 1].score:
            last += 1
        if not found or last > found[-1]:
            found.append(last)
    return found
