"""From what a shopper sends to a `Query`: bytes of a photo, or a product of the shop in scope."""

from catalog import seeing
from catalog.models import Garment, Product
from recommender.query import Query, from_catalogue, from_photo
from recommender.timing import Timings
from tenants.problems import Problem
from vision.decode import decode
from vision.errors import ImageRejected
from vision.types import Box

WORK_SIDE = 1280
"""Longer side, in pixels, that a query is decoded to: above what the networks look at."""
LEAST_BOX = 8
"""Pixels a side, of the decoded photo, under which a box shows nothing."""


def photo_query(data: bytes, *, box: Box | None, timings: Timings) -> Query:
    """See a photo. Raises Problem for bytes that are no photo and a box outside it.

    Slow: call it outside a scope.
    """
    with timings.part("decode"):
        try:
            photo = decode(data, max_side=WORK_SIDE)
        except ImageRejected as rejected:
            raise Problem(rejected.code, rejected.message) from rejected
    scale = photo.width / photo.pixels.shape[1]
    inner = _inside(box, photo.width, photo.height, scale) if box else None
    with timings.part("infer"):
        analysis = seeing.analyzer().analyze(photo.pixels, box=inner)
    return Query(
        width=photo.width,
        height=photo.height,
        garments=tuple(from_photo(garment, scale=scale) for garment in analysis.garments),
        found=analysis.found,
    )


def product_query(sku: str, *, revision: str) -> tuple[Query, int]:
    """The garment that a product is, as it is stored, and the product's id. Raises Problem."""
    product = Product.objects.filter(sku=sku).only("id").first()
    if product is None:
        raise Problem("product_not_found")
    garment = (
        Garment.objects.filter(product_id=product.pk, revision=revision)
        .select_related("photo")
        .order_by("-is_product", "photo__position", "-area", "id")
        .first()
    )
    if garment is None:
        raise Problem("product_not_ready")
    query = Query(
        width=garment.photo.width or 0,
        height=garment.photo.height or 0,
        garments=(from_catalogue(garment),),
        found=True,
    )
    return query, product.pk


def _inside(box: Box, width: int, height: int, scale: float) -> Box:
    """The box in the pixels of the decoded photo."""
    x0, y0, x1, y1 = box
    if x1 > width or y1 > height:
        message = f"The photo has {width}×{height} pixels: the box reaches outside it."
        raise Problem(
            "validation_error", errors=[{"field": "box", "code": "outside", "message": message}]
        )
    left, top = int(x0 / scale), int(y0 / scale)
    right, bottom = round(x1 / scale), round(y1 / scale)
    if min(right - left, bottom - top) < LEAST_BOX:
        message = "The box is too small to show a garment: draw it larger."
        raise Problem(
            "validation_error", errors=[{"field": "box", "code": "too_small", "message": message}]
        )
    return left, top, right, bottom
