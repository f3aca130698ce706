"""Stored embeddings in bulk: of each product its clearest garment's. In the shop's scope."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection
from psycopg import Cursor

from catalog.models.garment import EMBEDDING_SIZE
from tenants.scope import current_shop_id
from vision.types import WHOLE_PHOTO

CHUNK = 4000
"""Vectors read at once: 2 MB on the wire, 4 MB as numbers."""
HEADER = 4
"""Bytes before a halfvec's numbers as Postgres sends them: its size, and nothing."""

Ids = npt.NDArray[np.int64]
Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Clear:
    """The products of a revision and of each the garment that the model's tags are taken from."""

    products: Ids
    garments: Ids

    def __len__(self) -> int:
        return len(self.products)


def clear_garments(revision: str, product_ids: Collection[int] | None = None) -> Clear:
    """As `catalog.services.garments.words_of` chooses: the first photo with a garment made out."""
    some, params = "", [revision, WHOLE_PHOTO]
    if product_ids is not None:
        some = " AND garment.product_id = ANY(%s)"
        params.insert(1, list(product_ids))  # type: ignore[arg-type]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT DISTINCT ON (garment.product_id) garment.product_id, garment.id
            FROM catalog_garment AS garment JOIN catalog_photo AS photo
            ON photo.shop_id = garment.shop_id AND photo.id = garment.photo_id
            WHERE garment.shop_id = {current_shop_id()} AND garment.revision = %s
            AND garment.is_product{some}
            ORDER BY garment.product_id, garment.region = %s, photo.position, garment.id
            """,  # noqa: S608  our own number and names
            params,
        )
        rows = np.array(cursor.fetchall(), np.int64).reshape(-1, 2)
    return Clear(rows[:, 0].copy(), rows[:, 1].copy())


def vectors_in_chunks(garments: Ids) -> Iterator[tuple[slice, Vectors]]:
    """(which of `garments`, their unit vectors); those that are gone meanwhile are zero."""
    for first in range(0, len(garments), CHUNK):
        part = slice(first, first + CHUNK)
        yield part, vectors_of(garments[part])


def vectors_of(garments: Ids) -> Vectors:
    """(rows, 256) in the order of the ids."""
    found = np.zeros((len(garments), EMBEDDING_SIZE), np.float32)
    order = np.argsort(garments, kind="stable")
    for ids, halves in _read(garments):
        places = order[np.searchsorted(garments, ids, sorter=order)]
        found[places] = halves
    return found


def _read(garments: Ids) -> Iterator[tuple[Ids, Vectors]]:
    """In binary: as text each vector is six times as long, and Python would read each number."""
    sql = f"""
        SELECT id, embedding FROM catalog_garment
        WHERE shop_id = {current_shop_id()} AND id = ANY(%s::bigint[])
    """  # noqa: S608  our own number
    connection.ensure_connection()
    raw: Any = connection.connection
    for first in range(0, len(garments), CHUNK):
        wanted = [int(one) for one in garments[first : first + CHUNK]]
        # Django's own cursors put parameters into the text, and know no binary answers.
        with Cursor(raw) as cursor:
            cursor.execute(sql, [wanted], binary=True)
            rows = cursor.fetchall()
        if rows:
            packed = b"".join(bytes(vector)[HEADER:] for _, vector in rows)
            halves = np.frombuffer(packed, ">f2").reshape(len(rows), EMBEDDING_SIZE)
            yield np.array([one for one, _ in rows], np.int64), halves.astype(np.float32)
