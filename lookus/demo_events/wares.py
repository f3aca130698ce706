"""A demo shop's products as made searches see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from catalog.models import Garment

MOST = 400
LEAST = 6
"""Products that a shop must have: what one search shows."""


@dataclass(frozen=True, slots=True)
class Ware:
    """One product's tags and price."""

    sku: str
    category: str
    color: str
    pattern: str
    style: str
    price: int | None
    currency: str
    gender: str


@dataclass(frozen=True)
class Wares:
    """`vectors` are unit vectors (n, 256) in the products' order; `near` (n, n) are each one's
    nearest by their places, itself first."""

    revision: str
    rows: Sequence[Ware]
    vectors: npt.NDArray[np.float32]
    near: npt.NDArray[np.int64]


def wares_of(revision: str) -> Wares | None:
    """Of the shop in scope; None before enough of its photos are tagged."""
    garments = Garment.objects.filter(is_product=True, revision=revision)
    first: dict[int, Any] = {}
    for row in garments.order_by("product_id", "photo__position", "pk").values_list(
        *("product_id", "product__sku", "category", "color_family", "pattern", "style"),
        *("selling_price", "product__currency", "gender", "embedding"),
    )[: 4 * MOST]:
        first.setdefault(row[0], row)
    held = list(first.values())[:MOST]
    if len(held) < LEAST:
        return None
    vectors = np.stack([np.asarray(row[-1], np.float32) for row in held])
    near = np.argsort(-(vectors @ vectors.T), axis=1, kind="stable")
    return Wares(revision, [Ware(*row[1:-1]) for row in held], vectors, near)
