"""A class of a handful of examples among a catalogue that nobody has looked through.

Only some members are known and everything else is unlabelled: positive-unlabelled learning. The
direction is a logistic regression of the examples against a sample of the catalogue, in the space
where the catalogue's own vectors have no direction of their own (whitened, so that with a strong
prior it is linear discriminant analysis with the catalogue's covariance: Hariharan, Malik and
Ramanan, ECCV 2012). Counter-examples are rows of the other side.

Probabilities come of the examples' *left-out* scores and of all the catalogue's:

1. The share π of the class is at most  P(s ≥ t) / P(s ≥ t | class)  for every t (Blanchard, Lee
   and Scott, JMLR 2010): the least of these over the better part of the examples.
2. Slope a and shift c of  p = 1 / (1 + exp(−f)),  f = a s + c,  minimise the unbiased risk
   mean_all log(1 + exp(f)) − π mean_examples f,  convex (du Plessis, Niu and Sugiyama, ICML 2015);
   at its least the mean probability of the catalogue is π.
3. Products that people were asked about were chosen by their score, so they say nothing of π, but
   what they are at that score: their own logistic loss is added, each as heavy as an example.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from catalog.teaching.softmax import Floats, fit

LEAST_EXAMPLES = 5
DEVIATION = 0.3
"""σ of the prior in the whitened space: strong, for there are 256 directions and ten examples."""
COUNTER = 0.1
"""Weight of a counter-example beside an example's. Measured on nine kinds of garment with ten
examples of each and 36 answers at the border, one background for all: the average precision went
from .57 to .62 with .05, to .61 with .3, and fell to .53 with 1, for what stands at the border is
unlike the rest."""
LEAST_SHRINKAGE = 0.1
"""Of the covariance towards a sphere; more where the sample is small."""
BETTER_PART = 0.5
"""Of the examples, that the class's share is read from: of fewer it is chance."""
MOST_SHARE = 0.5
RIDGE = 1e-3
NEWTON_STEPS = 50


@dataclass(frozen=True, slots=True)
class Direction:
    """`weights` (256) score a vector; `left_out` and `left_out_counter` are the examples' and the
    counter-examples' scores by models that did not see them, nor any of their design; `sample` are
    those of the sample, each by the half of it that it does not belong to: among it there may be
    members of the class, and a model that took them for others would deny them."""

    weights: npt.NDArray[np.float32]
    left_out: Floats
    left_out_counter: Floats
    sample: Floats


@dataclass(frozen=True, slots=True)
class Calibration:
    slope: float
    shift: float
    share: float
    """Of the catalogue that is of the class, at most: π."""

    def probabilities(self, scores: npt.NDArray[Any]) -> Floats:
        return _logistic(self.slope * np.asarray(scores, np.float64) + self.shift)


def direction(
    examples: npt.NDArray[np.float32],
    counter: npt.NDArray[np.float32],
    sample: npt.NDArray[np.float32],
    groups: npt.NDArray[np.int64],
) -> Direction:
    """What sets the examples (rows, 256) apart from the `sample` of the catalogue and from the
    counter-examples. `groups` are the designs of the examples and then the counter-examples'."""
    mean, whitening = _whitening(sample)
    shown = (np.concatenate([examples, counter]) - mean) @ whitening
    other = (sample - mean) @ whitening
    positive = np.arange(len(shown)) < len(examples)
    halves = [other[0::2], other[1::2]]
    left_out = np.zeros(len(shown))
    for group in np.unique(groups):
        mine = groups == group
        if positive[mine].all() and mine.sum() == positive.sum():
            continue
        ways = [_apart(shown[~mine], positive[~mine], half) for half in halves]
        left_out[mine] = shown[mine] @ np.mean(ways, axis=0)
    ways = [_apart(shown, positive, half) for half in halves]
    weights = whitening @ np.mean(ways, axis=0)
    # Of whom the one half knows nothing, the other does not say that it is none of the class.
    judged = np.zeros(len(other))
    judged[0::2], judged[1::2] = halves[0] @ ways[1], halves[1] @ ways[0]
    moved = float(mean @ weights)
    return Direction(
        weights.astype(np.float32),
        left_out[positive] + moved,
        left_out[~positive] + moved,
        judged + moved,
    )


def calibration(
    left_out: Floats,
    scores: npt.NDArray[Any],
    asked: tuple[Floats, npt.NDArray[np.bool_]] | None = None,
) -> Calibration:
    """`left_out` are the scores of examples that people brought, `scores` those of all products,
    `asked` the left-out scores of products that people were asked about, and their answers. All by
    models that did not see them."""
    everything = np.asarray(scores, np.float64)
    middle, width = float(everything.mean()), float(everything.std()) or 1.0
    scaled, known = (everything - middle) / width, (left_out - middle) / width
    share = class_share(known, scaled)
    at, said = asked if asked is not None else (np.zeros(0), np.zeros(0, bool))
    slope, shift = _risk_least(known, scaled, share, ((at - middle) / width, said))
    return Calibration(slope / width, shift - slope * middle / width, share)


def class_share(known: Floats, everything: Floats) -> float:
    """π by step 1 above; never less than the examples themselves are."""
    best = np.sort(known)[::-1]
    ordered = np.sort(everything)
    least = len(known) / max(1, len(everything))
    found = MOST_SHARE
    for place in range(int(np.ceil(BETTER_PART * len(best))), len(best) + 1):
        above = len(ordered) - int(np.searchsorted(ordered, best[place - 1]))
        found = min(found, (above / len(ordered)) / (place / len(best)))
    return float(min(MOST_SHARE, max(found, least)))


def _apart(shown: Floats, positive: npt.NDArray[np.bool_], other: Floats) -> Floats:
    """The sample weighs as much as the examples together, the counter-examples a part of that."""
    rows = np.concatenate([shown, other]).astype(np.float64)
    labels = np.zeros(len(rows), np.int64)
    labels[: len(shown)] = positive
    weights = np.ones(len(rows))
    near, against = int(positive.sum()), int((~positive).sum())
    weights[: len(shown)][~positive] = COUNTER * min(1.0, near / max(1, against))
    weights[len(shown) :] = near / max(1, len(other))
    with_one = np.concatenate([rows, np.ones((len(rows), 1))], axis=1)
    matrix = fit(
        with_one, labels, offset=np.zeros((len(rows), 2)), weights=weights, deviation=DEVIATION
    )
    return np.asarray((matrix[:, 1] - matrix[:, 0])[:-1])


def _whitening(sample: npt.NDArray[np.float32]) -> tuple[Floats, Floats]:
    """The catalogue's mean and the inverse root of its shrunk covariance."""
    rows, size = sample.shape
    mean = sample.mean(axis=0).astype(np.float64)
    apart = sample - mean
    covariance = apart.T @ apart / max(1, rows - 1)
    shrinkage = max(LEAST_SHRINKAGE, size / (size + rows))
    sphere = np.trace(covariance) / size + 1e-12
    covariance = (1 - shrinkage) * covariance + shrinkage * sphere * np.eye(size)
    spread, axes = np.linalg.eigh(covariance)
    return mean, np.asarray(axes / np.sqrt(spread) @ axes.T)


def _risk_least(
    known: Floats,
    everything: Floats,
    share: float,
    asked: tuple[Floats, npt.NDArray[np.bool_]],
) -> tuple[float, float]:
    """Slope and shift by Newton's method, of steps 2 and 3 above."""
    at, said = asked
    # All in units of one example: the unbiased risk times its examples over the share.
    scale = len(known) / share
    wanted = len(known) * np.array([float(known.mean()), 1.0])
    wanted += np.array([float(at[said].sum()), float(said.sum())])
    found = np.array([1.0, float(np.log(share / (1 - share)))])
    rows = np.concatenate([everything, at])
    weights = np.concatenate([np.full(len(everything), scale / len(everything)), np.ones(len(at))])
    ridge = RIDGE * len(known)
    for _ in range(NEWTON_STEPS):
        told = _logistic(found[0] * rows + found[1])
        gradient = np.array([weights @ (told * rows), weights @ told]) - wanted
        gradient[0] += ridge * found[0]
        bent = weights * told * (1 - told)
        cross = float(bent @ rows)
        curve = np.array([[float(bent @ rows**2) + ridge, cross], [cross, float(bent.sum())]])
        step = np.linalg.solve(curve + 1e-9 * np.eye(2), gradient)
        found = found - step * min(1.0, 2.0 / max(1e-12, float(np.abs(step).max())))
        if float(np.abs(step).max()) < 1e-8:
            break
    return max(0.0, float(found[0])), float(found[1])


def _logistic(scores: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(scores, -60, 60))))
