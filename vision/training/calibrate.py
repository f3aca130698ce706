"""Probabilities that mean what they say, and the threshold under which a head is unsure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

WANTED_PRECISION = 0.95
# fewer answers than this above a threshold prove no precision
FEWEST_ANSWERS = 25
BINS = 15
# divisors tried: an even search is exact enough and cannot end beside the minimum
TEMPERATURES = np.exp(np.linspace(-1.5, 2.0, 141))


def temperature(logits: np.ndarray, truth: np.ndarray) -> float:
    """The divisor of the logits [N,V] that makes the allowed values (bool [N,V]) likeliest
    (Guo et al., 2017). 1.0 when nothing is labelled."""
    return float(min(TEMPERATURES, key=lambda heat: log_loss(logits, truth, heat)))


def log_loss(logits: np.ndarray, truth: np.ndarray, heat: float) -> float:
    """Mean -log(probability of the allowed values) of the labelled rows; how far the temperature
    is from 1 when there are none."""
    labelled = truth.any(1) & ~truth.all(1)
    if not labelled.any():
        return abs(heat - 1)
    inside = np.where(truth[labelled], log_softmax(logits[labelled] / heat), -np.inf)
    return -float(np.log(np.exp(inside).sum(1).clip(1e-30)).mean())


def log_softmax(logits: np.ndarray) -> np.ndarray:
    """Over the last axis."""
    logits = logits.astype(np.float64)
    logits = logits - logits.max(1, keepdims=True)
    return logits - np.log(np.exp(logits).sum(1, keepdims=True))


def answers(
    logits: np.ndarray, truth: np.ndarray, heat: float, kin: Sequence[Sequence[int]] = ()
) -> tuple[np.ndarray, np.ndarray]:
    """Top probability and correctness of each labelled row; the values of one `kin` (places of
    columns) count together, and any of them is right where one is."""
    labelled = truth.any(1)
    p, true = np.exp(log_softmax(logits[labelled] / heat)), truth[labelled]
    groups = kin or [[at] for at in range(logits.shape[1])]
    sums = np.stack([p[:, list(group)].sum(1) for group in groups], 1)
    hits = np.stack([true[:, list(group)].any(1) for group in groups], 1)
    best = sums.argmax(1)
    rows = np.arange(len(best))
    return sums[rows, best], hits[rows, best]


def threshold(confidence: np.ndarray, right: np.ndarray) -> float:
    """The least probability over which WANTED_PRECISION of the answers are right; 1.0, so that
    the head is always unsure, where no threshold reaches that."""
    order = np.argsort(-confidence)
    precision = right[order].cumsum() / np.arange(1, len(order) + 1)
    good = np.flatnonzero(precision >= WANTED_PRECISION)
    good = good[good + 1 >= FEWEST_ANSWERS]
    return float(confidence[order][good[-1]]) if len(good) else 1.0


def calibration_error(confidence: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error over 15 equal bins."""
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [
        abs(confidence[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean()
        for b in np.unique(bins)
    ]
    return float(sum(gaps))
