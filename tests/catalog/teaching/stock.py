"""A shop with tagged products whose embeddings carry a planted sign."""

from typing import Any

import numpy as np

from catalog import seeing
from catalog.models import Garment, Photo, Product, Tag
from catalog.services.garments import products_settle
from tenants.models import Shop
from tenants.scope import shop_scope

SIZE = 256
SIGN = np.random.default_rng(0).normal(size=SIZE) / np.sqrt(SIZE)


def stocked(shop: Shop, count: int, *, signed: set[int], seed: int = 1) -> list[Product]:
    """Products in order; those whose place is in `signed` look like something of their own, though
    the stock head calls the pattern of all of them floral or solid."""
    rng = np.random.default_rng(seed)
    revision = seeing.revision()
    with shop_scope(shop):
        products = Product.objects.bulk_create(
            Product(sku=f"S-{seed}-{at}", title=f"Piece {at}", price=100, currency="KRW")
            for at in range(count)
        )
        photos = Photo.objects.bulk_create(
            Photo(product=product, state=Photo.State.DONE, revision=revision)
            for product in products
        )
        Garment.objects.bulk_create(
            _garment(product, photo, at in signed, rng, revision)
            for at, (product, photo) in enumerate(zip(products, photos, strict=True))
        )
        products_settle(products=products)
    return products


def said(product: Product, kind: str, value: str) -> Tag:
    """A person's word, unsaved."""
    return Tag(product=product, kind=kind, value=value, source=Tag.Source.PERSON)


def model_tag(product: Product, kind: str) -> Tag:
    return Tag.objects.get(product=product, kind=kind, source=Tag.Source.MODEL)


def _garment(product: Product, photo: Photo, signed: bool, rng: Any, revision: str) -> Garment:
    vector = rng.normal(size=SIZE) / np.sqrt(SIZE) + 2.0 * signed * SIGN
    value = "floral" if signed or rng.random() < 0.5 else "solid"
    tags = {
        "category": _told("dress"),
        "pattern": _told(value),
    }
    return Garment(
        product=product,
        photo=photo,
        revision=revision,
        region="full",
        box=[0, 0, 10, 20],
        area=0.5,
        is_product=True,
        embedding=(vector / np.linalg.norm(vector)).tolist(),
        palette=[
            {
                "name": "navy",
                "name_ko": "네이비",
                "family": "navy",
                "hex": "#1f2a44",
                "share": 1.0,
                "lab": [17.0, 3.0, -17.0],
            }
        ],
        tags=tags,
        category="dress",
        pattern=value,
        color_family="navy",
    )


def _told(value: str) -> dict[str, Any]:
    return {"value": value, "probability": 0.9, "top": [[value, 0.9]], "unsure": False}
