"""A shop with photos that the test's own bundle has seen."""

import io
import json
from typing import Any

import numpy as np
from django.test import Client
from PIL import Image

from catalog.models import Photo, Product
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_garment, make_photo, make_product
from tests.support.tiny_bundle import PAINT
from vision.analyzer import Analyzer
from vision.decode import decode_image

SEARCH = "/api/v1/search"
Drawn = dict[str, tuple[int, int, int, int]]


def picture(*garments: str, size: tuple[int, int] = (160, 200), stain: int = 0) -> bytes:
    """A PNG with blocks of the tiny bundle's paints, one below the other, the first the largest.

    `stain` is the height of a darker patch on the first block: another photo, and the larger it
    is the farther the embedding.
    """
    width, height = size
    pixels = np.full((height, width, 3), 255, np.uint8)
    top = height // 10
    for place, name in enumerate(garments):
        tall = height // 2 if place == 0 else height // 8
        pixels[top : top + tall, width // 5 : -width // 5] = PAINT[name]
        if place == 0 and stain:
            pixels[top + 4 : top + 4 + stain, width // 4 : width // 3] = 90
        top += tall + height // 20
    return png(pixels)


def png(pixels: np.ndarray[Any, Any]) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()


def stocked(
    shop: Shop, analyzer: Analyzer, *, data: bytes | None = None, product: Any = (), **garment: Any
) -> Product:
    """A product whose photo was seen by the analyzer; `garment` replaces columns of its row."""
    made = make_product(shop, **dict(product))
    data = data or picture("upper")
    photo = make_photo(made, data=data, state=Photo.State.DONE, revision=analyzer.revision)
    seen = analyzer.analyze(decode_image(data)).main
    values = {
        "embedding": [float(one) for one in seen.embedding],
        "region": seen.region,
        "box": list(seen.box),
    }
    make_garment(photo, **(values | garment))
    return made


def random_stock(shop: Shop, revision: str, count: int, **garment: Any) -> list[Product]:
    """Products with random embeddings and no files."""
    found = []
    for number in range(count):
        made = make_product(shop, sku=f"R-{number:03}", price=1000 * (number + 1))
        photo = make_photo(made, stored=False, state=Photo.State.DONE, revision=revision)
        make_garment(photo, **garment)
        found.append(made)
    return found


def ask(token: str, *, agent: str = "", **fields: Any) -> Any:
    """A JSON search."""
    return Client().post(
        SEARCH,
        json.dumps(fields),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}", "User-Agent": agent},
    )


def show(token: str, data: bytes | None, *, name: str = "photo.png", **fields: Any) -> Any:
    """A search with an uploaded photo."""
    form = {
        key: value if isinstance(value, str) else json.dumps(value) for key, value in fields.items()
    }
    if data is not None:
        upload = io.BytesIO(data)
        upload.name = name
        form["image"] = upload  # type: ignore[assignment]
    return Client().post(SEARCH, form, headers={"Authorization": f"Bearer {token}"})


def skus(reply: Any) -> list[str]:
    assert reply.status_code == 200, reply.content
    return [one["product_id"] for one in reply.json()["results"]]


def count_in(shop: Shop, model: Any, **wanted: Any) -> int:
    with shop_scope(shop):
        return int(model.objects.filter(**wanted).count())
