"""Multinomial logistic regression with an offset, fitted by L-BFGS.

It minimises  Σ w_i · −log softmax(offset_i + x_i W)[y_i] / Σ w_i  +  ‖W‖² / (2 σ² Σ w_i),  the
posterior mode under a normal prior of deviation σ around the offset (Bishop, Pattern Recognition
and Machine Learning, 2006, 4.3.4 and 4.5). It is convex: one answer, whatever the start.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
MEMORY = 10
"""Pairs that L-BFGS remembers (Nocedal and Wright, Numerical Optimization, 2006, 7.2)."""
ITERATIONS = 200
SMALL_GRADIENT = 1e-6
SUFFICIENT = 1e-4
"""Of the slope's promise, that a step must keep (Armijo)."""
SHORTEST = 1e-10


def log_softmax(scores: Floats) -> Floats:
    """Rows that sum to 1, as logarithms."""
    moved = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(moved - np.log(np.exp(moved).sum(axis=1, keepdims=True)))


def fit(
    features: Floats,
    labels: npt.NDArray[np.int64],
    *,
    offset: Floats,
    weights: Floats,
    deviation: float,
) -> Floats:
    """W of (features, values). `offset` is (rows, values), what is believed without the features;
    `deviation` is the prior's σ: how far W may move from saying nothing."""
    rows, values = offset.shape
    said = np.zeros((rows, values))
    said[np.arange(rows), labels] = 1.0
    share = (weights / weights.sum())[:, None]
    pull = 1.0 / (deviation**2 * weights.sum())

    def loss(flat: Floats) -> tuple[float, Floats]:
        matrix = flat.reshape(-1, values)
        logs = log_softmax(offset + features @ matrix)
        value = -float((share * said * logs).sum()) + 0.5 * pull * float(flat @ flat)
        gradient = features.T @ (share * (np.exp(logs) - said)) + pull * matrix
        return value, gradient.ravel()

    start = np.zeros(features.shape[1] * values)
    return minimise(loss, start).reshape(-1, values)


def minimise(loss: Callable[[Floats], tuple[float, Floats]], start: Floats) -> Floats:
    """The least of a smooth convex function, by L-BFGS with backtracking."""
    at = start
    value, gradient = loss(at)
    pairs: list[tuple[Floats, Floats]] = []
    for _ in range(ITERATIONS):
        if float(np.abs(gradient).max()) < SMALL_GRADIENT:
            break
        direction = _direction(gradient, pairs)
        slope = float(gradient @ direction)
        step = 1.0
        while True:
            there = at + step * direction
            next_value, next_gradient = loss(there)
            if next_value <= value + SUFFICIENT * step * slope:
                break
            step *= 0.5
            if step < SHORTEST:
                return at
        moved, turned = there - at, next_gradient - gradient
        if float(moved @ turned) > 0:
            pairs = [*pairs[-MEMORY + 1 :], (moved, turned)]
        at, value, gradient = there, next_value, next_gradient
    return at


def _direction(gradient: Floats, pairs: list[tuple[Floats, Floats]]) -> Floats:
    """Algorithm 7.4 of Nocedal and Wright."""
    way = gradient.copy()
    kept: list[float] = []
    for moved, turned in reversed(pairs):
        share = float(moved @ way) / float(moved @ turned)
        kept.append(share)
        way -= share * turned
    if pairs:
        moved, turned = pairs[-1]
        way *= float(moved @ turned) / float(turned @ turned)
    for (moved, turned), share in zip(pairs, reversed(kept), strict=True):
        way += moved * (share - float(turned @ way) / float(moved @ turned))
    return -way
