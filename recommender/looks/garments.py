"""The garments of a look's photo as the row keeps them."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from catalog.models.garment import EMBEDDING_SIZE
from recommender.memory import VECTOR, garment_json, garment_of
from recommender.models import Look
from recommender.query import QueryGarment


def kept(garments: Sequence[QueryGarment]) -> tuple[list[dict[str, Any]], bytes]:
    """For `Look.garments` and `Look.embeddings`."""
    vectors = b"".join(one.embedding.astype(VECTOR).tobytes() for one in garments)
    return [garment_json(one) for one in garments], vectors


def read(look: Look) -> tuple[QueryGarment, ...]:
    """What was seen in the look's photo, the largest first; empty until it was looked at."""
    vectors = np.frombuffer(bytes(look.embeddings), VECTOR).reshape(-1, EMBEDDING_SIZE)
    return tuple(
        garment_of(said, vector) for said, vector in zip(look.garments, vectors, strict=True)
    )
