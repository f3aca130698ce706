"""Newcomers among those that have places: nobody else moves."""

import numpy as np
import numpy.typing as npt

from analytics.map.neighbors import Floats, nearest_to

AMONG = 10
"""Neighbours that a newcomer's place is made of."""
ROUNDS = 5
REACH = 4.0
"""Neighbours further than some spacings from the others count little: a place between two groups
is in neither."""
GOLDEN_ANGLE = 2.399963229728653
SAME = 1e-3


def placed(rows: Floats, among: Floats, places: Floats, *, aside: float = 0.0) -> Floats:
    """(q, 2): where the rows (q, d) belong among the rows `among` (n, d) with their `places`.

    The mean of its neighbours' places, weighted by likeness, drawn to where most of them stand
    together, from the nearest on (mean shift; Comaniciu and Meer 2002). With `aside`, equal rows
    stand that far from their twin, each in another direction.
    """
    near, apart = nearest_to(rows, among, AMONG)
    beside = places[near]
    like = 1 / (SAME + apart * apart)
    reach = REACH * spacing(places)
    at = beside[:, 0]
    for _ in range(ROUNDS):
        off = ((beside - at[:, None]) ** 2).sum(2)
        shares = like / (1 + off / reach**2)
        at = (shares[:, :, None] * beside).sum(1) / shares.sum(1)[:, None]
    return (at + aside * _directions(len(rows))).astype(np.float32)


def spacing(places: Floats) -> float:
    """About how far neighbours stand apart: places are spread over a disc."""
    if len(places) < 2:
        return 1.0
    radius = float(np.sqrt(((places - places.mean(0)) ** 2).sum(1).mean() * 2))
    return max(2 * radius / float(np.sqrt(len(places))), 1e-6)


def _directions(count: int) -> npt.NDArray[np.float64]:
    angles = GOLDEN_ANGLE * np.arange(1, count + 1)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)
