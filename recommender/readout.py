"""What a test of two orders says: a two-proportion test over visitors, and how many it needs.

The unit is the visitor, for a visitor is what was drawn for an arm: searches of one person are
alike, and a test over searches would call chance a finding. What is compared is the share of
visitors who clicked at least one result.
"""

from dataclasses import dataclass
from functools import cached_property
from math import ceil, erfc, sqrt
from statistics import NormalDist
from typing import NamedTuple

from recommender.models import Experiment

ALPHA = 0.05
"""How often a test of two equal orders says that they differ."""
POWER = 0.80
"""How often a test finds a change of the size that it was planned for."""
UNEVEN = 0.001
"""Arms as uneven as chance makes them this seldom: something sends visitors astray."""
_NORMAL = NormalDist()


class ArmSum(NamedTuple):
    """One arm: visitors, those of them who clicked, and their searches and clicks together."""

    visitors: int = 0
    clicked: int = 0
    searches: int = 0
    clicks: int = 0

    @property
    def share(self) -> float:
        """Of visitors who clicked, 0..1."""
        return self.clicked / self.visitors if self.visitors else 0.0


@dataclass(frozen=True)
class Readout:
    """The sums of both arms and, where both have as many visitors as needed, the test."""

    a: ArmSum
    b: ArmSum
    needed: tuple[int, int]
    planned_share: float

    @property
    def full(self) -> bool:
        """Both arms have the visitors that the test was planned for: now it may be read."""
        return self.a.visitors >= self.needed[0] and self.b.visitors >= self.needed[1]

    @property
    def progress(self) -> float:
        """Of the emptier arm, 0..1."""
        return min(1.0, self.a.visitors / self.needed[0], self.b.visitors / self.needed[1])

    @property
    def difference(self) -> float:
        """B's share less A's."""
        return self.b.share - self.a.share

    @cached_property
    def p_value(self) -> float:
        return two_proportions(self.a, self.b)

    @cached_property
    def interval(self) -> tuple[float, float]:
        return newcombe(self.a, self.b)

    @property
    def better(self) -> str:
        """ "a" or "b"; "" where the difference may be chance or the test may not be read yet."""
        if not self.full or self.p_value >= ALPHA:
            return ""
        return "b" if self.difference > 0 else "a"

    @property
    def uneven(self) -> bool:
        """The arms' sizes do not fit the share that was asked for (sample ratio mismatch)."""
        total = self.a.visitors + self.b.visitors
        if not total:
            return False
        share = self.planned_share
        return _two_sided((self.b.visitors - total * share) / sqrt(total * share * (1 - share))) < (
            UNEVEN
        )


def readout(experiment: Experiment, sums: tuple[ArmSum, ArmSum]) -> Readout:
    needed = sample_size(baseline=experiment.baseline, lift=experiment.lift, share=experiment.share)
    return Readout(*sums, needed=needed, planned_share=experiment.share)


def sample_size(*, baseline: float, lift: float, share: float) -> tuple[int, int]:
    """Visitors that A and B need to find a relative change `lift` of the share `baseline`.

    Two-sided at `ALPHA` with `POWER`, arms of unequal size (Fleiss, Levin and Paik, Statistical
    Methods for Rates and Proportions, chapter 4, without the correction for continuity). Raises
    ValueError where the changed share would be 1 or more.
    """
    p, q = baseline, baseline * (1 + lift)
    if not 0 < p < 1 or not p < q < 1:
        raise ValueError(f"{p} raised by {lift} is no share below 1")
    ratio = share / (1 - share)
    mean = (p + ratio * q) / (1 + ratio)
    spread = _quantile(1 - ALPHA / 2) * sqrt((1 + ratio) * mean * (1 - mean))
    spread += _quantile(POWER) * sqrt(ratio * p * (1 - p) + q * (1 - q))
    first = spread**2 / (ratio * (q - p) ** 2)
    return ceil(first), ceil(ratio * first)


def two_proportions(a: ArmSum, b: ArmSum) -> float:
    """The two-sided p of the pooled z test; 1 where there is nothing to compare."""
    visitors = a.visitors + b.visitors
    if not a.visitors or not b.visitors:
        return 1.0
    pooled = (a.clicked + b.clicked) / visitors
    spread = sqrt(pooled * (1 - pooled) * (1 / a.visitors + 1 / b.visitors))
    return _two_sided((b.share - a.share) / spread) if spread else 1.0


def newcombe(a: ArmSum, b: ArmSum) -> tuple[float, float]:
    """The 1 - `ALPHA` interval of B's share less A's (Newcombe 1998, method 10)."""
    low_a, high_a = wilson(a)
    low_b, high_b = wilson(b)
    gap = b.share - a.share
    low = gap - sqrt((b.share - low_b) ** 2 + (high_a - a.share) ** 2)
    high = gap + sqrt((high_b - b.share) ** 2 + (a.share - low_a) ** 2)
    return low, high


def wilson(arm: ArmSum) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927)."""
    if not arm.visitors:
        return 0.0, 1.0
    n, p, z = arm.visitors, arm.share, _quantile(1 - ALPHA / 2)
    middle = p + z * z / (2 * n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return (middle - half) / scale, (middle + half) / scale


def _quantile(probability: float) -> float:
    return _NORMAL.inv_cdf(probability)


def _two_sided(z: float) -> float:
    return erfc(abs(z) / sqrt(2))
