"""How true a map is: are neighbours on it neighbours in what it is a map of."""

from dataclasses import dataclass

import numpy as np

from analytics.map.neighbors import Floats

NEAREST = 10
SAMPLE = 300


@dataclass(frozen=True, slots=True)
class Truth:
    """`trust`: trustworthiness (Venna and Kaski 2001), 1 where nobody stands near who should not.
    `overlap`: share of the ten nearest in `rows` among the ten nearest on the map."""

    trust: float
    overlap: float


def judged(rows: Floats, places: Floats, *, sample: int = SAMPLE) -> Truth | None:
    """Of places (n, 2) of rows (n, d), asked at `sample` of them; None where they are too few."""
    count = len(rows)
    if count < 4 * NEAREST:
        return None
    asked = np.linspace(0, count - 1, min(sample, count)).astype(int)
    lengths = np.einsum("nd,nd->n", rows, rows)
    shared = penalty = 0.0
    for one in asked:
        apart = lengths - 2 * (rows @ rows[one])
        apart[one] = -np.inf
        ranks = np.empty(count, np.int64)
        ranks[np.argsort(apart, kind="stable")] = np.arange(count)
        off = ((places - places[one]) ** 2).sum(1)
        off[one] = np.inf
        near = np.argpartition(off, NEAREST)[:NEAREST]
        shared += float((ranks[near] <= NEAREST).sum())
        penalty += float(np.maximum(ranks[near] - NEAREST, 0).sum())
    worst = len(asked) * NEAREST * (2 * count - 3 * NEAREST - 1)
    return Truth(1 - 2 * penalty / worst, shared / (len(asked) * NEAREST))
