"""What people say about a product. The feed's and the model's words: `tag_rows`."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from catalog.models import Garment, Product, ReviewDecision, Tag
from catalog.services.garments import garments_settle
from catalog.services.reviews.decisions import (
    decisions_clear,
    decisions_record,
    decisions_void,
)
from tenants.models import User
from vision.taxonomy import taxonomy

# Beside the taxonomy's kinds: which parser class the product is, where a photo shows more.
REGION = "region"
# A person's word of these may change what holds though the model said the same: an unsure category
# gives way to the title, a gender and a season to the product's own fields.
WEIGHED = frozenset({REGION, "category", "gender", "season"})


def tag_set(*, product: Product, kind: str, value: str, by: User | None) -> Tag:
    """A person's word. Raises ValueError for a kind or value that the taxonomy does not hold."""
    tags_say(kind=kind, values={product.pk: value}, by=by)
    return Tag.objects.get(product=product, kind=kind, source=Tag.Source.PERSON)


def tags_say(
    *,
    kind: str,
    values: Mapping[int, str],
    by: User | None,
    sampled: bool = False,
    sheet: uuid.UUID | None = None,
) -> list[ReviewDecision]:
    """A person's words on one kind of several products (by id), and the decisions that tell them.

    Raises ValueError for a kind or value that the taxonomy does not hold.
    """
    allowed = _allowed(kind)
    for value in values.values():
        if value not in allowed:
            raise ValueError(f"no {kind} {value!r}: there are {', '.join(allowed)}")
    # Two people at the same product come one after the other, and in one order at several.
    locked = Product.objects.select_for_update(no_key=True).filter(pk__in=list(values))
    ids = list(locked.order_by("pk").values_list("pk", flat=True))
    tags = Tag.objects.filter(product_id__in=ids, kind=kind)
    said: dict[str, dict[int, str]] = {source: {} for source in Tag.Source.values}
    for tag in tags:
        said[tag.source][tag.product_id] = tag.value
    before, model = said[Tag.Source.PERSON], said[Tag.Source.MODEL]
    decisions = decisions_record(
        kind=kind, values=values, before=before, by=by, sampled=sampled, sheet=sheet
    )
    _persons_write(kind, values, by)
    tags.filter(source=Tag.Source.MODEL).update(review=None)
    _settle(
        one
        for one, value in values.items()
        if kind in WEIGHED
        or one in before
        or one in said[Tag.Source.FEED]
        or model.get(one) != value
    )
    return decisions


def tag_clear(*, product: Product, kind: str) -> bool:
    """Take a person's word back; False if there was none."""
    return bool(tags_clear(kind=kind, product_ids=[product.pk]))


def tags_clear(
    *,
    kind: str,
    product_ids: Iterable[int],
    by: User | None = None,
    sheet: uuid.UUID | None = None,
) -> int:
    """Take people's words of a kind back: of how many products there was one.

    With a `sheet` what they had said is kept, and said again when that is undone.
    """
    ids = list(product_ids)
    held = Tag.objects.filter(product_id__in=ids, kind=kind, source=Tag.Source.PERSON)
    said = dict(held.values_list("product_id", "value")) if sheet else {}
    count, _ = held.delete()
    if count:
        decisions_void(product_ids=ids, kind=kind)
        _settle(ids)
    if said and sheet:
        decisions_clear(kind=kind, said=said, by=by, sheet=sheet)
    return count


def garment_choose(*, garment: Garment, by: User | None) -> None:
    """A person says that this garment is the product; holds for all photos of the product."""
    product = Product.objects.get(pk=garment.product_id)
    tag_set(product=product, kind=REGION, value=garment.region, by=by)


def _persons_write(kind: str, values: Mapping[int, str], by: User | None) -> None:
    now = timezone.now()
    Tag.objects.bulk_create(
        (
            Tag(product_id=one, kind=kind, value=value, source=Tag.Source.PERSON, by=by, at=now)
            for one, value in values.items()
        ),
        update_conflicts=True,
        unique_fields=["shop", "product", "kind", "source"],
        update_fields=["value", "by", "at"],
    )


def _settle(product_ids: Iterable[int]) -> None:
    for product in Product.objects.filter(pk__in=list(product_ids)).order_by("pk"):
        garments_settle(product=product)


def _allowed(kind: str) -> Any:
    if kind == REGION:
        return taxonomy().regions
    if kind not in taxonomy().kinds:
        raise ValueError(f"no kind {kind!r}: there are {', '.join(taxonomy().kinds)}")
    return taxonomy().ids(kind)
