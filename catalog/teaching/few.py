"""A class of a handful of examples among a catalogue that nobody has looked through.

Only some members are known and everything else is unlabelled: positive-unlabelled learning. The
direction is a logistic regression of the examples against a sample of the catalogue, in the space
where the catalogue's own vectors have no direction of their own (whitened, so that with a strong
prior it is linear discriminant analysis with the catalogue's covariance: Hariharan, Malik and
Ramanan, ECCV 2012). Counter-examples are rows of the other side that weigh as much as an example.

Probabilities come of the examples' *left-out* scores and of all the catalogue's:

1. The share π of the class is at most  P(s ≥ t) / P(s ≥ t | class)  for every t (Blanchard, Lee
   and Scott, JMLR 2010): the least of these over the better part of the examples.
2. Slope a and shift c of  p = 1 / (1 + exp(−(a s + c)))  minimise the unbiased risk
   mean_all log(1 + exp(f)) − π mean_examples f,  f = a s + c, convex (du Plessis, Niu and Sugiyama,
   ICML 2015); at its least the mean probability of the catalogue is π.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from catalog.teaching.softmax import Floats, fit

LEAST_EXAMPLES = 5
DEVIATION = 0.3
"""σ of the prior in the whitened space: strong, for there are 256 directions and ten examples."""
LEAST_SHRINKAGE = 0.1
"""Of the covariance towards a sphere; more where the sample is small."""
BETTER_PART = 0.5
"""Of the examples, that the class's share is read from: of fewer it is chance."""
MOST_SHARE = 0.5
RIDGE = 1e-3
NEWTON_STEPS = 50


@dataclass(frozen=True, slots=True)
class Direction:
    """`weights` (256) score a vector; `left_out` are the examples' scores by models that did not
    see them, nor any of their design."""

    weights: npt.NDArray[np.float32]
    left_out: Floats


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
    counter-examples. `groups` are the examples' designs."""
    mean, whitening = _whitening(sample)
    near, other = (examples - mean) @ whitening, (sample - mean) @ whitening
    against = (counter - mean) @ whitening if len(counter) else other[:0]
    left_out = np.zeros(len(examples))
    for group in np.unique(groups):
        mine = groups == group
        if mine.all():
            continue
        left_out[mine] = near[mine] @ _apart(near[~mine], against, other)
    weights = whitening @ _apart(near, against, other)
    return Direction(weights.astype(np.float32), left_out + float(mean @ weights))


def calibration(left_out: Floats, scores: npt.NDArray[Any]) -> Calibration:
    """`scores` are those of all products."""
    everything = np.asarray(scores, np.float64)
    middle, width = float(everything.mean()), float(everything.std()) or 1.0
    scaled, known = (everything - middle) / width, (left_out - middle) / width
    share = class_share(known, scaled)
    slope, shift = _risk_least(known, scaled, share)
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


def _apart(near: Floats, against: Floats, other: Floats) -> Floats:
    """Both sides weigh the same; a counter-example as much as an example."""
    rows = np.concatenate([near, against, other]).astype(np.float64)
    labels = np.zeros(len(rows), np.int64)
    labels[: len(near)] = 1
    weights = np.ones(len(rows))
    weights[len(near) + len(against) :] = len(near) / max(1, len(other))
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


def _risk_least(known: Floats, everything: Floats, share: float) -> tuple[float, float]:
    """Slope and shift by Newton's method, of step 2 above."""
    wanted = np.array([share * float(known.mean()), share])
    at = np.array([1.0, float(np.log(share / (1 - share)))])
    for _ in range(NEWTON_STEPS):
        told = _logistic(at[0] * everything + at[1])
        gradient = np.array([float((told * everything).mean()), float(told.mean())]) - wanted
        gradient += RIDGE * share * np.array([at[0], 0.0])
        bent = told * (1 - told)
        cross = float((bent * everything).mean())
        curve = np.array(
            [[float((bent * everything**2).mean()) + RIDGE * share, cross], [cross, bent.mean()]]
        )
        step = np.linalg.solve(curve + 1e-12 * np.eye(2), gradient)
        at = at - step * min(1.0, 2.0 / max(1e-12, float(np.abs(step).max())))
        if float(np.abs(step).max()) < 1e-8:
            break
    return max(0.0, float(at[0])), float(at[1])


def _logistic(scores: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(scores, -60, 60))))
