"""Nearest neighbours of every row of a matrix, exactly, a block of rows at a time."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int32]

BLOCK = 500
"""Rows compared at once: 40 MB of distances among 20,000."""


def neighbors(rows: Floats, count: int) -> Ids:
    """(n, count): of each row the places of its nearest others, the nearest first; n > count."""
    return _nearest(rows, rows, count, itself=False)


def nearest_to(queries: Floats, rows: Floats, count: int) -> tuple[Ids, Floats]:
    """Of each query the places of its nearest rows, the nearest first, and their distances."""
    places = _nearest(queries, rows, min(count, len(rows)), itself=True)
    distances = np.empty(places.shape, np.float32)
    for first in range(0, len(queries), BLOCK):
        part = slice(first, first + BLOCK)
        apart = rows[places[part]] - queries[part, None]
        distances[part] = np.sqrt(np.einsum("qkd,qkd->qk", apart, apart))
    return places, distances


def _nearest(queries: Floats, rows: Floats, count: int, *, itself: bool) -> Ids:
    """Squared distances without the query's own length, which is the same for all of its rows."""
    found = np.empty((len(queries), count), np.int32)
    lengths = np.einsum("nd,nd->n", rows, rows)
    for first in range(0, len(queries), BLOCK):
        part = queries[first : first + BLOCK]
        apart = part @ rows.T
        apart *= -2
        apart += lengths
        if not itself:
            apart[np.arange(len(part)), np.arange(first, first + len(part))] = np.inf
        found[first : first + len(part)] = _least(apart, count)
    return found


def _least(apart: Floats, count: int) -> Ids:
    if count < apart.shape[1]:
        some = np.argpartition(apart, count - 1, axis=1)[:, :count]
    else:
        some = np.broadcast_to(np.arange(count), (len(apart), count))
    order = np.argsort(np.take_along_axis(apart, some, 1), axis=1, kind="stable")
    return np.take_along_axis(some, order, 1).astype(np.int32)
