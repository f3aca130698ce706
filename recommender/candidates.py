"""Which products are worth ranking: the nearest of the shop in scope, filters in SQL."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import FloatField, QuerySet, Value
from django.db.models.functions import Cast
from pgvector import HalfVector
from pgvector.django import CosineDistance

from catalog.models import Garment
from catalog.selectors import has_search_index
from recommender.filters import Filters, filtered, searchable
from recommender.query import Shade
from tenants.models import Shop

if TYPE_CHECKING:
    from recommender.rank import Ranked

__all__ = ["Candidate", "Filters", "by_products", "candidates", "filtered", "searchable"]

POOL_FACTOR = 20
"""Candidates for each result asked for: room for category and colour to move the order."""
POOL_LEAST = 300
"""Of 2,000 products and 200 phone photos, .76 of the top 6 were of the right category from a pool
of 120, .81 from 300 and .82 from 600."""
ROWS_A_PRODUCT = 2
"""Garment rows read for each product wanted; more are read where a product has more photos."""
GROWTH = 4
APART = 1.0
"""The distance of a product that was compared with nothing: nothing is shared."""


class Candidate(NamedTuple):
    """A product by its nearest garment; a tuple, for hundreds are made at each search.

    `distance` is the cosine distance, 0..2. `shades` is the palette as `catalog.shades` packs it;
    the names of its colours are read for the results of a page alone, by `with_palettes`.
    """

    product_id: int
    photo_id: int
    garment_id: int
    distance: float
    category: str
    pattern: str
    color_family: str
    shades: bytes | None = None
    variant_group: str = ""
    fold: int | None = None
    in_stock: bool = True
    selling_price: int | None = None
    palette: tuple[Shade, ...] = ()


COLUMNS = (
    "product_id",
    "photo_id",
    "id",
    "distance",
    "category",
    "pattern",
    "color_family",
    "shades",
    "variant_group",
    "fold",
    "in_stock",
    "selling_price",
)
"""Of a garment, in the order of a Candidate's fields."""

HNSW_SETTINGS = (
    "SET LOCAL hnsw.iterative_scan = relaxed_order;"
    "SET LOCAL hnsw.ef_search = 400;"
    "SET LOCAL hnsw.max_scan_tuples = 10000"
)
_DISTANCE_AND_ID = itemgetter(COLUMNS.index("distance"), COLUMNS.index("id"))


def candidates(
    embedding: npt.NDArray[np.float32],
    *,
    shop: Shop,
    revision: str,
    filters: Filters,
    limit: int,
    without: int | None = None,
    without_photo: int | None = None,
) -> list[Candidate]:
    """The products nearest to a unit vector [256], nearest first, ties by garment id.

    At least `limit` of them, or all that the filters leave; `without` is a product's id,
    `without_photo` that of a photo. The HNSW index of a large shop answers where it finds enough,
    the exact search everywhere else.
    """
    garments = filtered(searchable(revision), filters)
    if without is not None:
        garments = garments.exclude(product_id=without)
    if without_photo is not None:
        garments = garments.exclude(photo_id=without_photo)
    wanted = max(POOL_LEAST, limit * POOL_FACTOR)
    if has_search_index(shop, revision) and _many(garments, filters):
        found = _by_index(garments, embedding, wanted)
        if found is not None:
            return found
    return _exactly(garments, embedding, wanted)


def _many(garments: QuerySet[Garment], filters: Filters) -> bool:
    """Whether the filters leave more than an exact search answers quickly, as Postgres guesses.

    A wrong guess costs time and never a result.
    """
    if not filters:
        return True
    (plan,) = json.loads(garments.order_by().explain(format="json"))
    return bool(plan["Plan"]["Plan Rows"] > settings.SEARCH_INDEX_ROWS)


def _exactly(
    garments: QuerySet[Garment], embedding: npt.NDArray[np.float32], wanted: int
) -> list[Candidate]:
    rows = _compared(garments, embedding).order_by("distance", "id").values_list(*COLUMNS)
    return _read(rows, wanted)[0]


def _by_index(
    garments: QuerySet[Garment], embedding: npt.NDArray[np.float32], wanted: int
) -> list[Candidate] | None:
    """What the shop's own HNSW index finds; None where it ended before enough was found.

    It goes on behind its first neighbours until the filters have left enough (iterative scan), as
    far as SCANNED. Its rows come nearly in order, and are sorted here.
    """
    with connection.cursor() as cursor:
        cursor.execute(HNSW_SETTINGS)
    distance = CosineDistance("embedding", HalfVector(embedding))
    rows = garments.annotate(distance=distance).order_by("distance").values_list(*COLUMNS)
    found, whole = _read(rows, wanted)
    return found if whole else None


def _read(rows: QuerySet[Garment, Any], wanted: int) -> tuple[list[Candidate], bool]:
    """The nearest `wanted` products of ordered rows, and whether there were so many.

    Products have several garments: more rows are read until there are enough products.
    """
    count = wanted * ROWS_A_PRODUCT
    while True:
        read = sorted(_rows(rows[:count]), key=_DISTANCE_AND_ID)
        found = _one_a_product(read, wanted)
        if len(found) == wanted or len(read) < count:
            return found, len(found) == wanted
        count *= GROWTH


def by_products(
    product_ids: Collection[int],
    *,
    embedding: npt.NDArray[np.float32] | None = None,
    revision: str,
    filters: Filters | None = None,
) -> list[Candidate]:
    """These products by their garment nearest to a unit vector [256], in the order of the ids.

    Without a vector the product's first garment stands for it, at the distance 1. Left out are
    products that the filters refuse and those without a garment of this revision.
    """
    garments = searchable(revision).filter(product_id__in=list(product_ids))
    if filters is not None:
        garments = filtered(garments, filters)
    rows = _compared(garments, embedding).order_by("distance", "id").values_list(*COLUMNS)
    best = {one.product_id: one for one in _one_a_product(_rows(rows))}
    return [best[key] for key in dict.fromkeys(product_ids) if key in best]


def with_palettes(ranked: Sequence["Ranked"]) -> list["Ranked"]:
    """The same results with the names of their colours: one statement, for those of one page."""
    ids = [one.candidate.garment_id for one in ranked]
    stored = dict(Garment.objects.filter(pk__in=ids).values_list("pk", "palette"))
    return [
        replace(
            one,
            candidate=one.candidate._replace(
                palette=tuple(map(Shade.stored, stored.get(one.candidate.garment_id, ())))
            ),
        )
        for one in ranked
    ]


def _compared(
    garments: QuerySet[Garment], embedding: npt.NDArray[np.float32] | None
) -> QuerySet[Garment, Any]:
    if embedding is None:
        # Cast, for a plain 1.0 is a numeric to Postgres and a Decimal to the driver.
        return garments.annotate(distance=Cast(Value(APART), FloatField()))
    distance = CosineDistance("embedding", HalfVector(embedding))
    # The sum is what an index on the distance does not know: its answer would not be exact.
    return garments.annotate(distance=distance + Value(0.0))


def _rows(rows: QuerySet[Garment, Any]) -> list[tuple[Any, ...]]:
    """The rows as the driver gives them: Django's own reading takes longer than ranking them."""
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _one_a_product(rows: Iterable[tuple[Any, ...]], most: int | None = None) -> list[Candidate]:
    """The first, nearest row of each product, of the first `most` products."""
    best: dict[int, tuple[Any, ...]] = {}
    for row in rows:
        best.setdefault(row[0], row)
    # Made as `Candidate._make` makes them, without a call in Python for each.
    return [tuple.__new__(Candidate, (*row, ())) for row in islice(best.values(), most)]
