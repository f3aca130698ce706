"""Probabilities that mean what they say, and the threshold under which a head is unsure."""

from __future__ import annotations

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
    labelled = truth.any(1) & ~truth.all(1)
    if not labelled.any():
        return 1.0
    logits, truth = logits[labelled], truth[labelled]

    def loss(heat: float) -> float:
        log_p = log_softmax(logits / heat)
        inside = np.where(truth, log_p, -np.inf)
        return -float(np.log(np.exp(inside).sum(1).clip(1e-30)).mean())

    return float(min(TEMPERATURES, key=loss))


def log_softmax(logits: np.ndarray) -> np.ndarray:
    """Over the last axis."""
    logits = logits.astype(np.float64)
    logits = logits - logits.max(1, keepdims=True)
    return logits - np.log(np.exp(logits).sum(1, keepdims=True))


def answers(logits: np.ndarray, truth: np.ndarray, heat: float) -> tuple[np.ndarray, np.ndarray]:
    """Top probability and correctness of each labelled row."""
    labelled = truth.any(1)
    p = np.exp(log_softmax(logits[labelled] / heat))
    best = p.argmax(1)
    rows = np.arange(len(best))
    return p[rows, best], truth[labelled][rows, best]


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
