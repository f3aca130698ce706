"""The searches of the last months are laid over the shop's map anew, each time it is made."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.utils import timezone
from pgvector import HalfVector

from analytics.map.demand.searches import Spot, spots_of_vectors, spots_of_words
from analytics.map.neighbors import Floats
from analytics.map.reading import Catalogue
from analytics.models import MapSearch, SearchDetail
from analytics.months import months_around
from catalog.models.garment import EMBEDDING_SIZE
from tenants.bulk import rows_insert
from tenants.models import Shop
from tenants.scope import shop_scope

KEPT = timedelta(days=92)
MOST = 20_000
"""Searches of a shop on its map, the newest."""
STEP = 2_000
"""Searches placed at once: 2 MB of vectors."""
COLUMNS = ("search_id", "month", "at", "x", "y", "product_id", "alike", "far")
FIELDS = (
    "search_id",
    "month",
    "at",
    "category",
    "color",
    "pattern",
    "good",
    "embedding",
    "revision",
)


def searches_place(
    *, shop: Shop, catalogue: Catalogue, places: Floats, now: datetime | None = None
) -> int:
    """Place the shop's searches of the last months: how many have a place. Outside any scope.

    All anew: products came and went, and what was far may have its supply today.
    """
    now = now or timezone.now()
    with shop_scope(shop):
        details = SearchDetail.objects.filter(
            at__gt=now - KEPT, month__in=months_around(now - KEPT, now)
        )
        newest = list(details.order_by("-at").only("id", *FIELDS)[:MOST])
    rows = []
    for first in range(0, len(newest), STEP):
        rows += _rows(newest[first : first + STEP], catalogue, places)
    with shop_scope(shop):
        MapSearch.objects.all().delete()
        rows_insert(MapSearch, COLUMNS, rows, conflict="DO NOTHING")
    return len(rows)


def _rows(
    details: Sequence[SearchDetail], catalogue: Catalogue, places: Floats
) -> list[tuple[Any, ...]]:
    seen = [one for one in details if _comparable(one, catalogue.revision)]
    said = [one for one in details if one.embedding is None]
    vectors = np.array([_numbers(one.embedding) for one in seen], np.float32).reshape(
        len(seen), EMBEDDING_SIZE
    )
    spots: list[tuple[SearchDetail, Spot | None]] = [
        *zip(seen, spots_of_vectors(seen, vectors, catalogue, places), strict=True),
        *zip(said, spots_of_words(said, catalogue, places), strict=True),
    ]
    return [
        (one.search_id, one.month, one.at, at.x, at.y, at.product, at.alike, at.far)
        for one, at in spots
        if at is not None
    ]


def _numbers(embedding: Any) -> Any:
    return embedding.to_numpy() if isinstance(embedding, HalfVector) else embedding


def _comparable(one: SearchDetail, revision: str) -> bool:
    """Vectors of a former bundle say nothing beside this one's."""
    return one.embedding is not None and one.revision == revision
