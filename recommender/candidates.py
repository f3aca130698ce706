"""Which products are worth ranking: the exact nearest of the shop in scope, filters in SQL."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from pgvector import HalfVector
from pgvector.django import CosineDistance

from recommender.filters import Filters, filtered, searchable
from recommender.query import Shade

__all__ = ["Candidate", "Filters", "candidates", "filtered", "searchable"]

POOL_FACTOR = 20
"""Candidates for each result asked for: room for category and colour to move the order."""
POOL_LEAST = 300
"""Of 2,000 products and 200 phone photos, .76 of the top 6 were of the right category from a pool
of 120, .81 from 300 and .82 from 600."""
ROWS_A_PRODUCT = 2
"""Garment rows read for each product wanted; more are read where a product has more photos."""
GROWTH = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A product by its nearest garment; `distance` is the cosine distance, 0..2."""

    product_id: int
    photo_id: int
    distance: float
    category: str
    pattern: str
    color_family: str
    palette: tuple[Shade, ...]


def candidates(
    embedding: npt.NDArray[np.float32],
    *,
    revision: str,
    filters: Filters,
    limit: int,
    without: int | None = None,
) -> list[Candidate]:
    """The products nearest to a unit vector [256], nearest first, ties by garment id.

    At least `limit` of them, or all that the filters leave; `without` is a product's id.
    """
    nearest = (
        filtered(searchable(revision), filters)
        .exclude(product_id__in=() if without is None else (without,))
        .annotate(distance=CosineDistance("embedding", HalfVector(embedding)))
        .order_by("distance", "id")
        .values_list(
            "product_id", "photo_id", "distance", "category", "pattern", "color_family", "palette"
        )
    )
    wanted = max(POOL_LEAST, limit * POOL_FACTOR)
    count = wanted * ROWS_A_PRODUCT
    while True:
        rows = list(nearest[:count])
        found = _one_a_product(rows)
        if len(found) >= wanted or len(rows) < count:
            return found[:wanted]
        count *= GROWTH


def _one_a_product(rows: Iterable[tuple[Any, ...]]) -> list[Candidate]:
    """The first, nearest row of each product."""
    best: dict[int, tuple[Any, ...]] = {}
    for row in rows:
        best.setdefault(row[0], row)
    return [
        Candidate(product, photo, distance, category, pattern, family, _shades(palette))
        for product, photo, distance, category, pattern, family, palette in best.values()
    ]


def _shades(palette: Iterable[Mapping[str, Any]]) -> tuple[Shade, ...]:
    return tuple(map(Shade.stored, palette))
