"""A shop with products in groups that look alike, and searches, for tests of the map."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import numpy as np
from django.utils import timezone

from analytics.models import SearchDetail
from analytics.months import search_month
from catalog import seeing
from catalog.models import Garment, Photo, Product
from tenants.bulk import rows_insert
from tenants.models import Shop
from tenants.scope import shop_scope

GROUPS = (
    ("shirt", "white", "solid"),
    ("shirt", "navy", "check"),
    ("dress", "red", "floral"),
    ("jeans", "blue", "denim"),
    ("boots", "black", "solid"),
    ("coat", "beige", "solid"),
)
"""Kind, colour and pattern; the first four are in the shop unless others are asked for."""


def vector(group: int, one: int) -> np.ndarray:
    """A unit vector [256] of a garment of the group: cosines within one about .8, between two 0."""
    middle = np.random.default_rng([7, group]).normal(size=256)
    own = np.random.default_rng([8, group, one]).normal(size=256)
    made = middle / np.linalg.norm(middle) + 0.5 * own / np.linalg.norm(own)
    return (made / np.linalg.norm(made)).astype(np.float32)


def fill_groups(
    shop: Shop, *, first: int = 0, each: int = 15, groups: Sequence[int] = (0, 1, 2, 3)
) -> list[int]:
    """Products of each group, tagged; their ids."""
    now, revision = timezone.now(), seeing.revision()
    numbers = [(group, first + one) for group in groups for one in range(each)]
    with shop_scope(shop):
        ids = sorted(
            pk
            for (pk,) in rows_insert(
                Product,
                ("sku", "title", "currency", "created_at"),
                [(f"{g}-{n}", f"{GROUPS[g][0]} {n}", "KRW", now) for g, n in numbers],
                returning=("id",),
            )
        )
        photos = sorted(
            pk
            for (pk,) in rows_insert(
                Photo,
                ("product_id",),
                [(pk,) for pk in ids],
                fixed={"state": "done", "revision": revision, "tagged_at": now, "file": ""},
                returning=("id",),
            )
        )
        rows_insert(
            Garment,
            ("product_id", "photo_id", "embedding", "category", "color_family", "pattern"),
            [
                (pk, photo, vector(g, n).tolist(), *GROUPS[g])
                for pk, photo, (g, n) in zip(ids, photos, numbers, strict=True)
            ],
            fixed={
                "revision": revision,
                "region": "upper",
                "box": [0, 0, 9, 9],
                "area": 0.5,
                "is_product": True,
                "style": "casual",
            },
        )
    return ids


def make_search(
    shop: Shop, *, seen: np.ndarray | None = None, days_ago: int = 0, **said: Any
) -> SearchDetail:
    """A search as it is kept; `seen` is its vector, None for words alone."""
    at = timezone.now() - timedelta(minutes=5, days=days_ago)
    search_id = uuid.uuid4()
    values = {
        "kind": "words" if seen is None else "photo",
        "results": 12,
        "good": True,
        "milliseconds": 40,
        "revision": "" if seen is None else seeing.revision(),
        "embedding": None if seen is None else seen.tolist(),
    }
    with shop_scope(shop):
        return SearchDetail.objects.create(
            search_id=search_id, month=search_month(search_id, at=at), at=at, **(values | said)
        )
