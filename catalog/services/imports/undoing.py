"""Take back what a run did, newest first, as far as nobody changed it since."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from catalog.models import ImportChange, Product, Tag
from catalog.services.gone import products_hide, products_return
from catalog.services.import_chunks import chunk_open
from catalog.services.imports.claims import Claim
from catalog.services.photos import PhotoSource, StoredPhoto
from catalog.services.row_changes import (
    GONE,
    PHOTOS,
    TAGS,
    ProductRow,
    feed_tags_held,
    held_by_sku,
    photos_held,
    rows_compare,
    source_words,
)
from catalog.services.row_writes import changes_write
from tenants.scope import shop_scope

Action, Result = ImportChange.Action, ImportChange.Result
CHUNK = 200


def undo_on(claim: Claim) -> bool:
    """Chunk after chunk; False where the claim's time is up."""
    while True:
        with shop_scope(claim.shop):
            claim.hold()
            open_ones = ImportChange.objects.filter(run=claim.run, result="")
            chunk = list(open_ones.order_by("-pk")[:CHUNK])
            if not chunk:
                if not chunk_open(run=claim.run, count=CHUNK):
                    return True
                continue
            _take_back(chunk, claim.shop.currency)
            ImportChange.objects.bulk_update(chunk, ["result", "before", "after"])
            left = sum(one.result == Result.LEFT for one in chunk)
            done = claim.run.summary
            claim.note(
                undone=done.get("undone", 0) + len(chunk) - left, left=done.get("left", 0) + left
            )
        if claim.tired:
            return False


def _take_back(chunk: Sequence[ImportChange], currency: str) -> None:
    now = timezone.now()
    locked = Product.every.select_for_update(no_key=True)
    found = locked.filter(pk__in=[one.product_id for one in chunk]).order_by("pk")
    there = {product.pk: product for product in found}
    for one in chunk:
        one.result = Result.UNDONE if one.product_id in there else Result.LEFT
    sorts = {
        sort: [one for one in chunk if one.action == sort and one.product_id in there]
        for sort in Action
    }
    _created(sorts[Action.CREATED], there, now)
    _removed(sorts[Action.REMOVED], there, now)
    _updated(sorts[Action.UPDATED], there, currency, now)


def _created(changes: Sequence[ImportChange], there: Mapping[int, Product], now: datetime) -> None:
    """New products go, but for those that somebody wrote or tagged since."""
    ids = [one.product_id for one in changes]
    tagged = Tag.objects.filter(product_id__in=ids, source=Tag.Source.PERSON)
    persons = set(tagged.values_list("product_id", flat=True))
    going = []
    for one in changes:
        product = there[_id(one)]
        if product.updated_at != one.at or product.pk in persons:
            one.result = Result.LEFT if product.gone_at is None else Result.UNDONE
        else:
            going.append(product.pk)
    products_hide(product_ids=going, at=now)


def _removed(changes: Sequence[ImportChange], there: Mapping[int, Product], now: datetime) -> None:
    """Products that went return, as they were."""
    coming = []
    for one in changes:
        gone_at = there[_id(one)].gone_at
        if gone_at == one.at:
            coming.append(one.product_id)
        elif gone_at is not None:
            one.result = Result.LEFT
    products_return(product_ids=[pk for pk in coming if pk is not None], at=now)


def _updated(
    changes: Sequence[ImportChange], there: Mapping[int, Product], currency: str, now: datetime
) -> None:
    """Each value that is still what the run wrote becomes what it was before."""
    ids = [_id(one) for one in changes]
    tags, photos = feed_tags_held(ids), photos_held(ids)
    rows, hidden = [], []
    for one in changes:
        product = there[_id(one)]
        held: dict[str, Any] = {name: getattr(product, name, None) for name in one.after}
        held[TAGS] = tags.get(product.pk, {})
        pictures = [photo for _, photo in sorted(photos.get(product.pk, {}).items())]
        held[PHOTOS] = [source_words(one) for one in map(_as_source, pictures)]
        if PHOTOS in one.after and len(one.after[PHOTOS]) == len(pictures):
            # A photo whose bytes came meanwhile is known by them, and by its address still.
            held[PHOTOS] = [
                said if said in (photo.source_url, photo.digest) else known
                for said, known, photo in zip(
                    one.after[PHOTOS], held[PHOTOS], pictures, strict=True
                )
            ]
        kept = {name for name, value in one.after.items() if held[name] != value}
        back = {name: value for name, value in one.before.items() if name not in kept}
        gone_at = back.pop(GONE, None)
        if gone_at and not kept and product.updated_at == one.at:
            hidden.append((product.pk, gone_at))
        rows.append(_row(product, back, held[TAGS]))
        if kept:
            one.result = Result.LEFT
            one.before = {name: one.before[name] for name in kept}
            one.after = {name: one.after[name] for name in kept}
    changes_write(
        rows_compare(rows, held_by_sku([row.sku for row in rows])),
        currency=currency,
        run=None,
        at=now,
    )
    for pk, gone_at in hidden:
        products_hide(product_ids=[pk], at=parse_datetime(gone_at) or now)


def _row(product: Product, back: Mapping[str, Any], tags: Mapping[str, str]) -> ProductRow:
    fields = {name: value for name, value in back.items() if name not in (TAGS, PHOTOS)}
    photos = [_former(one) for one in back[PHOTOS]] if PHOTOS in back else None
    return ProductRow(product.sku, fields, back.get(TAGS, tags), photos)


def _former(words: Mapping[str, Any]) -> PhotoSource:
    """A photo as it was: its bytes too, where they had come."""
    stored = None
    if words["file"] and words["digest"]:
        stored = StoredPhoto(
            words["file"], words["digest"], words["width"] or 0, words["height"] or 0
        )
    return PhotoSource(words["source_url"], stored)


def _as_source(photo: Any) -> PhotoSource:
    if photo.source_url or not photo.file:
        return PhotoSource(url=photo.source_url)
    return PhotoSource(stored=StoredPhoto(photo.file.name, photo.digest, 0, 0))


def _id(change: ImportChange) -> int:
    assert change.product_id is not None
    return change.product_id
