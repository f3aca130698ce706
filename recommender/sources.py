"""From what a shopper sends to a `Query`: a photo, its name of before, or a product of the shop.

1. `photo_known` (in the shop's scope) answers for a photo that is remembered.
2. `photo_looked_at` (outside any scope: slow) sees one that is not.
3. `photo_kept` (in the scope that answers) remembers what was seen, and counts it.
"""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from catalog import seeing
from catalog.models import Garment, Product
from recommender.candidates import Candidate
from recommender.fields import worded
from recommender.memory import LIKE_BOX, SAME_BOX, digest_of, image_id_of, recalled, remember
from recommender.query import Query, from_catalogue, from_photo
from recommender.timing import Timings
from recommender.usage import photo_counted
from tenants.fetch import FetchFailed, FetchRefused, fetch
from tenants.models import Shop
from tenants.problems import Problem
from vision.decode import DEFAULT_LIMITS, decode
from vision.errors import ImageRejected
from vision.privacy import jpeg, people_hidden
from vision.types import Analysis, Box, Image

WORK_SIDE = 1280
"""Longer side, in pixels, that a query is decoded to: above what the networks look at."""
FIRST = ("photo__position", "-area", "id")
"""Of a product's garments the one that a search like it looks for stands first."""
LEAST_BOX = 8
"""Pixels a side, of the decoded photo, under which a box shows nothing."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A photo's query. `digest` is of the bytes that came, "" where only a name did; `new` says
    that it is not remembered yet."""

    query: Query
    digest: str = ""
    new: bool = False
    hidden: bytes | None = None
    """The photo as JPEG with people hidden, where that was asked for."""


def photo_fetched(url: str, timings: Timings) -> bytes:
    """The bytes at a public address. Raises Problem. Call it outside a scope."""
    with timings.part("fetch"):
        try:
            return fetch(url, max_bytes=DEFAULT_LIMITS.max_bytes, accept="image/*").body
        except (FetchRefused, FetchFailed) as error:
            raise Problem(error.code, error.message) from error


def photo_known(digest: str, *, box: Box | None, revision: str, shop: Shop) -> Seen | None:
    """What was seen before in these bytes, or in this box of them; None where nothing was.

    Raises Problem for a box outside the photo.
    """
    known = recalled(image_id_of(digest, shop_id=shop.pk), revision=revision)
    if known is None:
        return None
    if box is not None:
        _check_inside(box, known.width, known.height)
    query = known.seen(box, least=SAME_BOX)
    return Seen(query, digest) if query is not None else None


def photo_named(image_id: UUID, *, box: Box | None, revision: str) -> Seen:
    """The photo that an earlier answer gave this name.

    Raises Problem: `image_expired` where it is forgotten, `photo_needed` for a box that nobody
    looked at, `validation_error` for one outside the photo.
    """
    known = recalled(image_id, revision=revision)
    if known is None:
        raise Problem("image_expired")
    if box is not None:
        _check_inside(box, known.width, known.height)
    query = known.seen(box, least=LIKE_BOX)
    if query is None:
        raise Problem("photo_needed")
    return Seen(query)


def photo_looked_at(
    data: bytes, *, box: Box | None, revision: str, timings: Timings, hide: bool = False
) -> Seen:
    """See a photo, and `hide` its people for keeping it.

    Raises Problem for bytes that are no photo and a box outside it.
    """
    pixels, analysis, query = _looked_at(data, box, revision, timings)
    hidden = None
    if hide and analysis.found:
        with timings.part("hide"):
            hidden = jpeg(people_hidden(pixels, analysis.mask))
    return Seen(query, digest_of(data), new=True, hidden=hidden)


def photo_kept(seen: Seen, *, shop: Shop, box: Box | None, revision: str) -> Query:
    """Remember a new photo and count it in the ledger; the query with its `image_id`.

    A name alone costs nothing: the photo was counted when it came.
    """
    if not seen.digest:
        return seen.query
    query = seen.query
    if seen.new:
        query = remember(query, digest=seen.digest, revision=revision, part=box)
    photo_counted(shop=shop, digest=seen.digest)
    return query


def photo_query(data: bytes, *, box: Box | None, revision: str, timings: Timings) -> Query:
    """See a photo as this revision sees it, and remember nothing. Raises Problem.

    Slow: call it outside a scope.
    """
    return _looked_at(data, box, revision, timings)[-1]


def _looked_at(
    data: bytes, box: Box | None, revision: str, timings: Timings
) -> tuple[Image, Analysis, Query]:
    """The photo as it was decoded, what was seen in it, and the query that this is."""
    with timings.part("decode"):
        try:
            photo = decode(data, max_side=WORK_SIDE)
        except ImageRejected as rejected:
            raise Problem(rejected.code, rejected.message) from rejected
    scale = photo.width / photo.pixels.shape[1]
    inner = _inside(box, photo.width, photo.height, scale) if box else None
    with timings.part("infer"):
        analysis = seeing.analyzer(revision).analyze(photo.pixels, box=inner)
    query = Query(
        width=photo.width,
        height=photo.height,
        garments=tuple(from_photo(garment, scale=scale) for garment in analysis.garments),
        found=analysis.found,
    )
    return photo.pixels, analysis, query


def product_query(sku: str, *, revision: str) -> tuple[Query, Candidate]:
    """The garment that a product is, as it is stored, and the product itself. Raises Problem."""
    return query_of(product_garment(sku, revision=revision))


def product_garment(sku: str, *, revision: str) -> Garment:
    """The garment that a product is, with its photo. Raises Problem."""
    product = Product.objects.filter(sku=sku).only("id").first()
    if product is None:
        raise Problem("product_not_found")
    return _garment(product.pk, revision=revision)


def garment_query(product_id: int, *, revision: str) -> tuple[Query, Candidate]:
    """`product_query` of a product's id. Raises Problem."""
    return query_of(_garment(product_id, revision=revision))


def _garment(product_id: int, *, revision: str) -> Garment:
    garment = (
        Garment.objects.filter(product_id=product_id, revision=revision)
        .select_related("photo")
        .order_by("-is_product", *FIRST)
        .first()
    )
    if garment is None:
        raise Problem("product_not_ready")
    return garment


def query_of(garment: Garment) -> tuple[Query, Candidate]:
    """A product's garment, read with its photo, and the product."""
    photo: Any = garment.photo
    query = Query(
        width=photo.width or 0,
        height=photo.height or 0,
        garments=(from_catalogue(garment),),
        found=True,
    )
    own = Candidate(
        product_id=garment.product_id,
        photo_id=garment.photo_id,
        garment_id=garment.pk,
        distance=0.0,
        category=garment.category,
        pattern=garment.pattern,
        color_family=garment.color_family,
        variant_group=garment.variant_group,
        fold=garment.fold,
    )
    return query, own


def garment_selected(query: Query, index: int | None) -> Query:
    """The query with this garment looked for. Raises Problem where there are not so many."""
    if index is None or index == query.selected:
        return query
    if index >= len(query.garments):
        raise _refused("object", "no_object", name=str(index), count=str(len(query.garments)))
    return replace(query, selected=index)


def _inside(box: Box, width: int, height: int, scale: float) -> Box:
    """The box in the pixels of the decoded photo."""
    _check_inside(box, width, height)
    x0, y0, x1, y1 = box
    left, top = int(x0 / scale), int(y0 / scale)
    right, bottom = round(x1 / scale), round(y1 / scale)
    if min(right - left, bottom - top) < LEAST_BOX:
        raise _refused("box", "too_small")
    return left, top, right, bottom


def _check_inside(box: Box, width: int, height: int) -> None:
    if box[2] > width or box[3] > height:
        raise _refused("box", "outside", size=f"{width}×{height}")


def _refused(field: str, code: str, **words: str) -> Problem:
    error = {"field": field, "code": code, "message": worded(code, **words)}
    return Problem("validation_error", errors=[error])
