"""The map as a list: a path on which what is near comes one after another."""

import numpy as np
import numpy.typing as npt

from analytics.map.neighbors import Floats

ORDER = 10
"""The curve's squares: 1,024 a side."""


def walk(places: Floats) -> npt.NDArray[np.int64]:
    """(n,): each place's number along Hilbert's curve (Hilbert 1891) through the map's box."""
    if not len(places):
        return np.zeros(0, np.int64)
    low, high = places.min(0), places.max(0)
    side = 1 << ORDER
    scale = (side - 1) / max(float((high - low).max()), 1e-12)
    x, y = ((places - low) * scale).astype(np.int64).T
    along = np.zeros(len(places), np.int64)
    half = side >> 1
    while half:
        right, upper = (x & half) > 0, (y & half) > 0
        along += half * half * ((3 * right) ^ upper)
        mirrored = ~upper & right
        x, y = np.where(mirrored, side - 1 - x, x), np.where(mirrored, side - 1 - y, y)
        x, y = np.where(upper, x, y), np.where(upper, y, x)
        half >>= 1
    order = np.argsort(along, kind="stable")
    numbers = np.empty(len(places), np.int64)
    numbers[order] = np.arange(len(places))
    return numbers
