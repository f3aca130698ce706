"""What a map is made of, read from the search table. In the shop's scope."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.map.features import features
from analytics.map.neighbors import Floats
from catalog.models import Garment, Product
from catalog.services.teaching.vectors import CHUNK, clear_garments, vectors_of

COLUMNS = {"category": "category", "color": "color_family", "pattern": "pattern"}
"""Kind → column of the search table."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The products of a revision, by id: of each its clearest garment, its unit vector (n, 256),
    its features and the values (as `Garment`'s columns have them) of each kind."""

    revision: str
    products: npt.NDArray[np.int64]
    garments: npt.NDArray[np.int64]
    vectors: Floats
    said: dict[str, list[str]]
    rows: Floats

    def __len__(self) -> int:
        return len(self.products)


def catalogue_read(revision: str) -> Catalogue:
    """Products that are there; those that are gone, or not tagged yet, are left out."""
    clear = clear_garments(revision)
    here = set(Product.objects.values_list("pk", flat=True))
    kept = np.array([one in here for one in clear.products.tolist()], bool)
    garments = clear.garments[kept]
    vectors = vectors_of(garments)
    said = _said(garments)
    return Catalogue(
        revision=revision,
        products=clear.products[kept],
        garments=garments,
        vectors=vectors,
        said=said,
        rows=features(vectors, said),
    )


def _said(garments: npt.NDArray[np.int64]) -> dict[str, list[str]]:
    held: dict[int, tuple[str, ...]] = {}
    for first in range(0, len(garments), CHUNK):
        part = garments[first : first + CHUNK].tolist()
        rows = Garment.objects.filter(pk__in=part).values_list("pk", *COLUMNS.values())
        held |= {pk: values for pk, *values in rows}
    nothing = ("",) * len(COLUMNS)
    values = [held.get(one, nothing) for one in garments.tolist()]
    return {kind: [one[at] for one in values] for at, kind in enumerate(COLUMNS)}
