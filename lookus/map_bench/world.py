"""A shop of made products whose vectors lie as real ones do: designs, and garments around them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

import numpy as np
import numpy.typing as npt
from django.utils import timezone

from analytics.models import SearchDetail
from analytics.months import search_month
from catalog import seeing
from catalog.models import Garment, Photo, Product
from tenants.bulk import rows_insert
from tenants.models import Shop
from tenants.scope import shop_scope
from tenants.services import mall_create, shop_create
from vision.taxonomy import taxonomy

STEP = 5_000
DESIGN_EVERY = 12
"""Products of one design."""
SPREAD = 0.55
"""Of a design's products around it: two of one design have a cosine of .84; of real products each
has .90 to its nearest in the median."""
KIND_SHARE = 0.8
SEARCHES = 5_000

Floats = npt.NDArray[np.float32]


def mapped_shop(products: int) -> Shop:
    mall = mall_create(name="Mapped mall", slug="mapped-mall")
    shop = shop_create(mall=mall, name="Mapped shop", slug="mapped")
    products_add(shop, 0, products)
    searches_add(shop, min(SEARCHES, products))
    return shop


def products_add(shop: Shop, first: int, count: int) -> None:
    """Products number `first` and on, the same for the same number."""
    for start in range(first, first + count, STEP):
        with shop_scope(shop):
            _chunk(range(start, min(start + STEP, first + count)))


def _chunk(numbers: range) -> None:
    now, revision = timezone.now(), seeing.revision()
    ids = _ids(
        Product, ("sku", "title", "currency"), [(f"M-{n}", f"Made {n}", "KRW") for n in numbers]
    )
    tagged = {"state": "done", "revision": revision, "tagged_at": now, "file": ""}
    photos = _ids(Photo, ("product_id",), [(pk,) for pk in ids], tagged)
    vectors = vectors_of(numbers)
    rows = [
        (pk, photo, vector.tolist(), *_said(number))
        for pk, photo, vector, number in zip(ids, photos, vectors, numbers, strict=True)
    ]
    rows_insert(
        Garment,
        ("product_id", "photo_id", "embedding", "category", "color_family", "pattern"),
        rows,
        fixed={
            "revision": revision,
            "region": "upper",
            "box": [0, 0, 9, 9],
            "area": 0.5,
            "is_product": True,
            "style": "casual",
        },
    )


def _said(number: int) -> tuple[str, str, str]:
    design = number // DESIGN_EVERY
    known = taxonomy()
    pick = [np.random.default_rng([3, design]).random() for _ in range(3)]
    found = []
    for kind, share in zip(("category", "color", "pattern"), pick, strict=True):
        ids = known.ids(kind)
        # Few values are common and most are rare, as in a shop.
        found.append(ids[int(len(ids) * share**2)])
    return found[0], found[1], found[2]


def vectors_of(numbers: range) -> Floats:
    """(n, 256): of each kind a direction, of each design one around it, of each product its own."""
    found = np.empty((len(numbers), 256), np.float32)
    for at, number in enumerate(numbers):
        design = number // DESIGN_EVERY
        kind = sum(map(ord, _said(number)[0]))
        vector = KIND_SHARE * _direction(1, kind) + _direction(2, design)
        vector += SPREAD * _direction(5, number)
        found[at] = vector / np.linalg.norm(vector)
    return found


def _direction(*seed: int) -> npt.NDArray[np.float64]:
    made = np.random.default_rng(list(seed)).normal(size=256)
    return made / np.linalg.norm(made)


def searches_add(shop: Shop, count: int) -> None:
    """Searches by photo for what is there, as they are kept."""
    now, revision = timezone.now(), seeing.revision()
    vectors = vectors_of(range(10_000_000, 10_000_000 + count))
    rows = []
    for number, vector in enumerate(vectors):
        search_id, at = uuid4(), now - timedelta(minutes=20 * number % 100_000)
        said = _said(number)
        rows.append((search_id, search_month(search_id, at=at), at, vector.tolist(), *said))
    names = ("search_id", "month", "at", "embedding", "category", "color", "pattern")
    fixed = {
        "kind": "photo",
        "results": 12,
        "good": True,
        "milliseconds": 40,
        "revision": revision,
        "filters": "{}",
        "parts_ms": "{}",
    }
    for first in range(0, len(rows), STEP):
        with shop_scope(shop):
            rows_insert(SearchDetail, names, rows[first : first + STEP], fixed=fixed)


def _ids(
    model: Any,
    names: Sequence[str],
    rows: Sequence[Sequence[Any]],
    fixed: dict[str, Any] | None = None,
) -> list[int]:
    written = rows_insert(model, names, rows, fixed=fixed, returning=("id",))
    return sorted(pk for (pk,) in written)
