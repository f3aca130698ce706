"""Made vectors: as unlike noise as a catalogue's are."""

import numpy as np
import numpy.typing as npt

from catalog.models.garment import EMBEDDING_SIZE

Vectors = npt.NDArray[np.float32]

KINDS = 40
"""Clusters, as many as a shop has kinds of garments."""
WAYS = 24
"""Directions in which garments of one kind differ: an embedding fills few of its 256."""
KIND, WAY, NOISE = 1.0, 1.1, 0.5
"""Lengths of the three parts before all are made unit: two garments of one kind are 0.4 alike,
of two kinds 0, twins of one product 0.85, about as with the bundle `full` on `hm`."""


def catalogue(count: int, *, seed: int) -> tuple[Vectors, npt.NDArray[np.int64]]:
    """Unit vectors [count, 256] and the kind of each."""
    rng = np.random.default_rng(seed)
    kinds = rng.integers(0, KINDS, count)
    centres, ways = _space()
    vectors = np.empty((count, EMBEDDING_SIZE), np.float32)
    # Piece by piece: half a million rows at once would hold the memory several times over.
    for first in range(0, count, 50_000):
        piece = kinds[first : first + 50_000]
        apart = rng.standard_normal((len(piece), WAYS), np.float32) / WAYS**0.5
        rest = rng.standard_normal((len(piece), EMBEDDING_SIZE), np.float32)
        rest /= EMBEDDING_SIZE**0.5
        vectors[first : first + 50_000] = unit(
            KIND * centres[piece] + WAY * apart @ ways + NOISE * rest
        )
    return vectors, kinds


def queries(vectors: Vectors, count: int, *, seed: int) -> Vectors:
    """As phone photos of some of these garments: unit vectors [count, 256] 0.8 alike to them."""
    rng = np.random.default_rng(seed)
    chosen = vectors[rng.integers(0, len(vectors), count)]
    rest = rng.standard_normal(chosen.shape, np.float32) / EMBEDDING_SIZE**0.5
    return unit(chosen + 0.75 * rest)


def unit(vectors: Vectors) -> Vectors:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def _space() -> tuple[Vectors, Vectors]:
    """The kinds' centres [KINDS, 256] and the ways [WAYS, 256], the same in every world."""
    rng = np.random.default_rng(7)
    centres = rng.standard_normal((KINDS, EMBEDDING_SIZE), np.float32)
    ways = rng.standard_normal((WAYS, EMBEDDING_SIZE), np.float32)
    return unit(centres), unit(ways)
