"""What people say about a product. The feed's and the model's words: `tag_rows`."""

from typing import Any

from django.utils import timezone

from catalog.models import Garment, Product, Tag
from catalog.services.garments import garments_settle
from tenants.models import User
from vision.taxonomy import taxonomy

# Beside the taxonomy's kinds: which parser class the product is, where a photo shows more.
REGION = "region"


def tag_set(*, product: Product, kind: str, value: str, by: User | None) -> Tag:
    """A person's word. Raises ValueError for a kind or value that the taxonomy does not hold."""
    allowed = _allowed(kind)
    if value not in allowed:
        raise ValueError(f"no {kind} {value!r}: there are {', '.join(allowed)}")
    tag, _ = Tag.objects.update_or_create(
        product=product,
        kind=kind,
        source=Tag.Source.PERSON,
        defaults={"value": value, "by": by, "at": timezone.now()},
    )
    garments_settle(product=product)
    return tag


def tag_clear(*, product: Product, kind: str) -> bool:
    """Take a person's word back; False if there was none."""
    count, _ = product.tags.filter(kind=kind, source=Tag.Source.PERSON).delete()
    if count:
        garments_settle(product=product)
    return bool(count)


def garment_choose(*, garment: Garment, by: User | None) -> None:
    """A person says that this garment is the product; holds for all photos of the product."""
    product = Product.objects.get(pk=garment.product_id)
    tag_set(product=product, kind=REGION, value=garment.region, by=by)


def _allowed(kind: str) -> Any:
    if kind == REGION:
        return taxonomy().regions
    if kind not in taxonomy().kinds:
        raise ValueError(f"no kind {kind!r}: there are {', '.join(taxonomy().kinds)}")
    return taxonomy().ids(kind)
