"""Whether one answerer is better than another on the same questions, in pairs."""

from dataclasses import dataclass
from math import comb, sqrt

import numpy as np
import numpy.typing as npt

CHANCE = 0.025
"""How seldom an answerer that is no better is taken for better."""
Z = 1.959964
"""Of a normal interval that misses in 5 of 100."""


@dataclass(frozen=True, slots=True)
class Paired:
    """Held-out questions: `gains` are designs that only the own head answers right, `losses` those
    that only the stock head does. Variants of one design count once."""

    asked: int
    designs: int
    stock_right: int
    own_right: int
    gains: int
    losses: int

    @property
    def chance(self) -> float:
        """How often a coin would give so many gains or more of gains and losses: the exact test of
        McNemar (1947), one-sided."""
        trials = self.gains + self.losses
        if not trials:
            return 1.0
        return sum(comb(trials, more) for more in range(self.gains, trials + 1)) / 2**trials

    @property
    def better(self) -> bool:
        """The lower 97.5 % bound of the share of gains among the differences lies above a half: the
        same as `chance` ≤ `CHANCE`. Six gains without a loss suffice, five do not."""
        return self.chance <= CHANCE

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the difference of the shares of designs answered right (Agresti and
        Min, Statistics in Medicine 2005: half an answer is added to each of the four cells)."""
        total = self.designs + 2
        gains, losses = self.gains + 0.5, self.losses + 0.5
        middle = (gains - losses) / total
        half = Z * sqrt(max(0.0, gains + losses - (gains - losses) ** 2 / total)) / total
        return middle - half, middle + half


def paired(
    stock: npt.NDArray[np.bool_], own: npt.NDArray[np.bool_], groups: npt.NDArray[np.int64]
) -> Paired:
    """Right answers (rows) of both, compared design by design: whoever answers more of a design's
    rows right wins it."""
    names, place = np.unique(groups, return_inverse=True)
    margin = np.bincount(place, own.astype(int) - stock.astype(int), len(names))
    return Paired(
        asked=len(stock),
        designs=len(names),
        stock_right=int(stock.sum()),
        own_right=int(own.sum()),
        gains=int((margin > 0).sum()),
        losses=int((margin < 0).sum()),
    )


def folds(groups: npt.NDArray[np.int64], count: int, seed: int) -> npt.NDArray[np.int64]:
    """The fold of each row: a group is in one, the folds are about as large. The same for the same
    seed."""
    names, place, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    drawn = np.random.default_rng(seed).permutation(len(names))
    order = drawn[np.argsort(-sizes[drawn], kind="stable")]
    filled = np.zeros(count, np.int64)
    fold_of = np.zeros(len(names), np.int64)
    for name in order:
        fold_of[name] = int(filled.argmin())
        filled[fold_of[name]] += sizes[name]
    return np.asarray(fold_of[place], np.int64)
