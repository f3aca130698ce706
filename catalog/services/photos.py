"""Photos: keep their bytes, and say which ones a product has."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import QuerySet

from catalog.models import Garment, ImportRun, Photo, Product
from catalog.services.folds import fold_settle
from catalog.services.garments import garments_settle
from catalog.services.photo_bytes import clean
from tenants import outbox
from tenants.scope import current_shop_id
from vision.decode import decode

# To check a photo its pixels are decoded, but not more of them than this many a side.
CHECK_SIDE = 256


@dataclass(frozen=True)
class StoredPhoto:
    """A photo whose bytes lie in the storage. Width and height are those of the upright photo."""

    name: str
    digest: str
    width: int
    height: int


@dataclass(frozen=True)
class PhotoSource:
    """Where a product's photo comes from: an address to fetch, or bytes that are stored."""

    url: str = ""
    stored: StoredPhoto | None = None


@dataclass(frozen=True)
class PhotosWanted:
    """The photos that a product shall have, in order; `row` is the import row that says so."""

    sources: Sequence[PhotoSource]
    row: int | None = None


def photo_store(*, shop_id: int, data: bytes, folder: str = "photos") -> StoredPhoto:
    """Check a photo and keep it, named by its content. Call it outside any scope.

    `folder` is the shop's that it lies in. The same bytes are kept once.
    Raises vision.ImageRejected for what is no photo.
    """
    seen = decode(data, max_side=CHECK_SIDE)
    digest = hashlib.sha256(data).hexdigest()
    kept, suffix = clean(data, seen.format)
    name = f"shops/{shop_id}/{folder}/{digest[:2]}/{digest}{suffix}"
    if not default_storage.exists(name):
        written = default_storage.save(name, ContentFile(kept))
        if written != name:
            # Somebody else stored the same bytes meanwhile.
            default_storage.delete(written)
    return StoredPhoto(name, digest, seen.width, seen.height)


def photos_set(
    *, wanted: Mapping[int, PhotosWanted], run: ImportRun | None = None, complete: bool = True
) -> set[int]:
    """Make these products (by id) have these photos; the ids whose photos changed.

    A photo that is there already, from the same address or with the same bytes, is left as it
    is. With `complete` further photos of a product are deleted. New ones wait for the worker.
    """
    held: dict[int, dict[int, Photo]] = {product_id: {} for product_id in wanted}
    for photo in Photo.objects.filter(product_id__in=list(wanted)):
        held[photo.product_id][photo.position] = photo
    new: list[Photo] = []
    replaced: list[Photo] = []
    gone: list[int] = []
    changed: set[int] = set()
    for product_id, want in wanted.items():
        for position, source in enumerate(want.sources):
            photo = held[product_id].pop(position, None)
            if photo is not None and _same(photo, source):
                continue
            changed.add(product_id)
            fresh = Photo(
                pk=photo.pk if photo else None,
                product_id=product_id,
                position=position,
                import_run=run,
                import_row=want.row,
                **_fields(source),
            )
            (replaced if photo else new).append(fresh)
        left = held[product_id].values() if complete else ()
        gone += [photo.pk for photo in left]
        changed.update(photo.product_id for photo in left)
    if gone:
        Photo.objects.filter(pk__in=gone).delete()
    # Not `bulk_update`, which would hold the fields that a Photo is new with to be unchanged.
    for photo in replaced:
        photo.save(force_update=True)
    waiting = Photo.objects.bulk_create(new, batch_size=1000)
    outbox.announce(
        shop_id=current_shop_id(),
        topic=outbox.PHOTO,
        object_ids=[photo.pk for photo in (*waiting, *replaced)],
    )
    return changed


def photo_add(*, product: Product, source: PhotoSource) -> Photo:
    """One more photo of a product, behind those it has."""
    last = product.photos.order_by("-position").values_list("position", flat=True).first()
    position = 0 if last is None else last + 1
    photo = Photo.objects.create(product=product, position=position, **_fields(source))
    outbox.announce(shop_id=photo.shop_id, topic=outbox.PHOTO, object_ids=[photo.pk])
    return photo


def photo_remove(*, photo: Photo) -> None:
    """Delete a photo with its garments; the product is settled without it."""
    product = Product.objects.get(pk=photo.product_id)
    photo.delete()
    garments_settle(product=product)
    fold_settle(product_id=product.pk)


def photos_retry(*, photos: QuerySet[Photo] | None = None) -> int:
    """Try failed photos (all of the shop's, or those of the queryset) once more: how many."""
    rows = Photo.objects.all() if photos is None else photos
    failed = list(rows.filter(state=Photo.State.FAILED).values_list("pk", flat=True))
    _wait_anew(failed)
    return len(failed)


def photos_retag(*, photo_ids: Iterable[int]) -> None:
    """Look at these photos again, whatever their state."""
    _wait_anew(list(photo_ids))


def _wait_anew(photo_ids: list[int]) -> None:
    Photo.objects.filter(pk__in=photo_ids).update(
        state=Photo.State.PENDING, attempts=0, leased_until=None, reason="", detail=""
    )
    outbox.announce(shop_id=current_shop_id(), topic=outbox.PHOTO, object_ids=photo_ids)


def photo_garments_drop(*, photo: Photo) -> None:
    """A photo that cannot be seen shows no garment."""
    Garment.objects.filter(photo=photo).delete()


def _same(photo: Photo, source: PhotoSource) -> bool:
    if source.stored is not None:
        return photo.digest == source.stored.digest
    # A photo that failed is fetched again: the shop may have mended its server.
    return photo.source_url == source.url and photo.state != Photo.State.FAILED


def _fields(source: PhotoSource) -> dict[str, Any]:
    if source.stored is None:
        return {"source_url": source.url}
    stored = source.stored
    return {
        "file": stored.name,
        "digest": stored.digest,
        "width": stored.width,
        "height": stored.height,
    }
