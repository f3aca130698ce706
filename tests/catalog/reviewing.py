"""Products as the model sees them, for the tests of reviews."""

from typing import Any

from catalog.models import Product, Tag
from catalog.services.garments import garments_settle
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_garment, make_photo, make_product

REVISION = "full-1"


def said(value: str, probability: float, other: str = "dress", *, unsure: bool = False) -> dict:
    """What a head says, as a garment's row keeps it."""
    rest = round((1 - probability) * 0.6, 4)
    return {
        "value": value,
        "probability": probability,
        "top": [[value, probability], [other, rest]],
        "unsure": unsure,
    }


def seen(
    shop: Shop, *, category: dict | None = None, pattern: dict | None = None, **fields: Any
) -> Product:
    """A product with one tagged photo; the model's tags are written as the worker writes them."""
    garment = fields.pop("garment", {})
    product = make_product(shop, **({"title": "Piece"} | fields))
    photo = make_photo(product, state="done", revision=REVISION)
    category = category or said("shirt", 0.9)
    pattern = pattern or said("solid", 0.8, "stripe-wide")
    make_garment(
        photo,
        category=category["value"],
        pattern=pattern["value"],
        revision=REVISION,
        tags={"category": category, "pattern": pattern},
        **garment,
    )
    with shop_scope(shop):
        garments_settle(product=product)
    return product


def model_tag(product: Product, kind: str = "category") -> Tag:
    with shop_scope(product.shop_id):
        return Tag.objects.get(product=product, kind=kind, source="model")
