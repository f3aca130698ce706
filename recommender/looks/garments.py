"""The garments of a look's photo as the row keeps them."""

from collections.abc import Sequence
from typing import Any

from recommender.memory import garment_json, garment_of, vectors_packed, vectors_unpacked
from recommender.models import Look
from recommender.query import QueryGarment


def kept(garments: Sequence[QueryGarment]) -> tuple[list[dict[str, Any]], bytes]:
    """For `Look.garments` and `Look.embeddings`."""
    return [garment_json(one) for one in garments], vectors_packed(garments)


def read(look: Look) -> tuple[QueryGarment, ...]:
    """What was seen in the look's photo, the largest first; empty until it was looked at."""
    vectors = vectors_unpacked(bytes(look.embeddings))
    return tuple(
        garment_of(said, vector) for said, vector in zip(look.garments, vectors, strict=True)
    )
