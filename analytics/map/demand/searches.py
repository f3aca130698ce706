"""Searches get places on the map, and what is nearest to them. Numbers alone, no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

import numpy as np
import numpy.typing as npt

from analytics.map.features import WEIGHTS, features
from analytics.map.neighbors import Floats, nearest_to
from analytics.map.placing import placed
from analytics.map.reading import Catalogue

NEAREST = 20
"""Products among which one must be of the category and the colour that was looked for. Of searches
whose product was taken out of the catalogue all are called far, of the others 5 in 100."""
STRANGE = 0.4
"""A cosine below this to the nearest product is far whatever it is called: of garments by chance
95 in 100 have less than .42."""


class Said(Protocol):
    """A row of `SearchDetail`, as far as its place goes."""

    search_id: UUID
    category: str
    color: str
    pattern: str
    good: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a search stands; `product` is the nearest one's id, `alike` the cosine to it."""

    x: float
    y: float
    product: int
    alike: float | None
    far: bool


def spots_of_vectors(
    asked: Sequence[Said], vectors: Floats, catalogue: Catalogue, places: Floats
) -> list[Spot]:
    """Searches by photo, drawing or product, with their unit vectors (n, 256)."""
    if not asked:
        return []
    said = {kind: [getattr(one, kind) for one in asked] for kind in WEIGHTS}
    rows = features(vectors, said)
    at = placed(rows, catalogue.rows, places)
    near, _apart = nearest_to(rows, catalogue.rows, NEAREST)
    alike = np.einsum("qd,qd->q", vectors, catalogue.vectors[near[:, 0]])
    supplied = np.ones(near.shape, bool)
    for kind in ("category", "color"):
        there = np.array(catalogue.said[kind])[near]
        mine = np.array(said[kind])[:, None]
        supplied &= (there == mine) | (mine == "")
    far = ~supplied.any(1) | (alike < STRANGE)
    return [
        Spot(float(x), float(y), int(catalogue.products[first]), float(one), bool(off))
        for (x, y), first, one, off in zip(at, near[:, 0], alike, far, strict=True)
    ]


def spots_of_words(
    asked: Sequence[Said], catalogue: Catalogue, places: Floats
) -> list[Spot | None]:
    """Searches by words alone stand at the middle of the products that have what they name: of as
    much of it as any product has, the category first. None where nothing of it is known.

    They are far where the search had no good answer.
    """
    known: dict[tuple[str, ...], int | None] = {}
    found: list[Spot | None] = []
    for one in asked:
        named = (one.category, one.color, one.pattern)
        if named not in known:
            known[named] = _middle(named, catalogue, places)
        at = known[named]
        if at is None:
            found.append(None)
            continue
        x, y = places[at]
        found.append(Spot(float(x), float(y), int(catalogue.products[at]), None, not one.good))
    return found


def _middle(named: tuple[str, ...], catalogue: Catalogue, places: Floats) -> int | None:
    """The product that stands in the middle of those that have what is named."""
    category, color, _pattern = named
    for less in (named, (category, color, ""), (category, "", ""), ("", color, "")):
        if not any(less):
            continue
        have = _having(less, catalogue)
        if have.any():
            ids = np.flatnonzero(have)
            middle = np.median(places[ids], axis=0)
            return int(ids[((places[ids] - middle) ** 2).sum(1).argmin()])
    return None


def _having(named: tuple[str, ...], catalogue: Catalogue) -> npt.NDArray[np.bool_]:
    have = np.ones(len(catalogue), bool)
    for kind, value in zip(("category", "color", "pattern"), named, strict=True):
        if value:
            have &= np.array(catalogue.said[kind]) == value
    return have
