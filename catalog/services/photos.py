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
from tenants.bulk import rows_insert
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


@dataclass(slots=True)
class PhotoSource:
    """Where a product's photo comes from: an address to fetch, or bytes that are stored, or both:
    the bytes that the address once gave."""

    url: str = ""
    stored: StoredPhoto | None = None


@dataclass(slots=True)
class PhotosWanted:
    """The photos that a product shall have, in order; `row` is the import row that says so."""

    sources: Sequence[PhotoSource]
    row: int | None = None


def photo_check(*, data: bytes) -> StoredPhoto:
    """What storing a photo would keep of it, and nothing kept. Raises vision.ImageRejected."""
    seen = decode(data, max_side=CHECK_SIDE)
    return StoredPhoto("", hashlib.sha256(data).hexdigest(), seen.width, seen.height)


def photo_store(*, shop_id: int, data: bytes, folder: str = "photos") -> StoredPhoto:
    """Check a photo and keep it, named by its content. Call it outside any scope.

    `folder` is the shop's that it lies in. The same bytes are kept once.
    Raises vision.ImageRejected for what is no photo.
    """
    seen = decode(data, max_side=CHECK_SIDE)
    digest = hashlib.sha256(data).hexdigest()
    kept, suffix = clean(data, seen)
    name = f"shops/{shop_id}/{folder}/{digest[:2]}/{digest}{suffix}"
    if not default_storage.exists(name):
        written = default_storage.save(name, ContentFile(kept))
        if written != name:
            # Somebody else stored the same bytes meanwhile.
            default_storage.delete(written)
    return StoredPhoto(name, digest, seen.width, seen.height)


def photos_create(*, wanted: Mapping[int, PhotosWanted], run: ImportRun | None) -> list[int]:
    """Photos of products (by id) that have none yet: their ids. Of a run's, the caller says that
    they wait for the worker."""
    return _create(
        [
            (product_id, position, want.row, *_values(source))
            for product_id, want in wanted.items()
            for position, source in enumerate(want.sources)
        ],
        run,
        announced=run is None,
    )


def photos_set(
    *,
    wanted: Mapping[int, PhotosWanted],
    held: Mapping[int, Mapping[int, Photo]],
    run: ImportRun | None = None,
) -> None:
    """Make these products (by id) have these photos and no others; `held` are those they have.

    A photo that is there already, from the same address or with the same bytes, is left as it
    is. New ones wait for the worker. One whose address is new keeps its digest and its garments
    until its bytes are there: if they are the same, it is not tagged again.
    """
    new: list[tuple[Any, ...]] = []
    replaced: list[int] = []
    gone: list[int] = []
    for product_id, want in wanted.items():
        there = dict(held.get(product_id, {}))
        for position, source in enumerate(want.sources):
            photo = there.pop(position, None)
            if photo is None:
                new.append((product_id, position, want.row, *_values(source)))
            elif not photo_is(photo, source) and _replace(photo, source, run, want.row):
                replaced.append(photo.pk)
        gone += [photo.pk for photo in there.values()]
    if gone:
        Photo.objects.filter(pk__in=gone).delete()
    _create(new, run)
    outbox.announce(shop_id=current_shop_id(), topic=outbox.PHOTO, object_ids=replaced)


def _create(
    rows: Sequence[Sequence[Any]], run: ImportRun | None, *, announced: bool = True
) -> list[int]:
    made = rows_insert(
        Photo,
        ("product_id", "position", "import_row", *_FIELDS),
        rows,
        fixed={"import_run_id": run.pk if run else None},
        returning=("id",),
    )
    ids = [pk for (pk,) in made]
    if announced:
        outbox.announce(shop_id=current_shop_id(), topic=outbox.PHOTO, object_ids=ids)
    return ids


# How a photo's row stands before it was first looked at.
_ANEW: dict[str, Any] = {
    "state": Photo.State.PENDING,
    "attempts": 0,
    "leased_until": None,
    "reason": "",
    "detail": "",
    "etag": "",
    "modified": "",
}


def _replace(photo: Photo, source: PhotoSource, run: ImportRun | None, row: int | None) -> bool:
    """Whether the photo is to be looked at: its garments may be of the wanted bytes already."""
    fields = _ANEW | dict(zip(_FIELDS, _values(source), strict=True))
    seen = bool(photo.digest and photo.revision)
    if source.stored is None and seen:
        fields["digest"] = photo.digest
    elif source.stored is not None and seen and photo.digest == source.stored.digest:
        fields["state"] = Photo.State.DONE
    else:
        fields |= {"revision": "", "tagged_at": None}
    Photo.objects.filter(pk=photo.pk).update(**fields, import_run=run, import_row=row)
    if fields["state"] == Photo.State.DONE:
        outbox.done(shop_id=photo.shop_id, topic=outbox.PHOTO, object_ids=[photo.pk])
        return False
    return True


def photo_add(*, product: Product, source: PhotoSource) -> Photo:
    """One more photo of a product, behind those it has."""
    last = product.photos.order_by("-position").values_list("position", flat=True).first()
    position = 0 if last is None else last + 1
    fields = dict(zip(_FIELDS, _values(source), strict=True))
    photo = Photo.objects.create(product=product, position=position, **fields)
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


def photos_waiting(product_ids: Iterable[int]) -> list[int]:
    """The photos of these products that are still to be tagged."""
    states = (Photo.State.PENDING, Photo.State.WORKING)
    photos = Photo.objects.filter(product_id__in=list(product_ids), state__in=states)
    return list(photos.values_list("pk", flat=True))


def photos_wait_on(*, product_ids: Iterable[int]) -> None:
    """Products came back: their photos that had not been tagged are due again."""
    ids = photos_waiting(product_ids)
    outbox.announce(shop_id=current_shop_id(), topic=outbox.PHOTO, object_ids=ids)


def _wait_anew(photo_ids: list[int]) -> None:
    Photo.objects.filter(pk__in=photo_ids).update(
        state=Photo.State.PENDING, attempts=0, leased_until=None, reason="", detail=""
    )
    outbox.announce(shop_id=current_shop_id(), topic=outbox.PHOTO, object_ids=photo_ids)


def photo_garments_drop(*, photo: Photo) -> None:
    """A photo that cannot be seen shows no garment."""
    Garment.objects.filter(photo=photo).delete()


def photo_is(photo: Photo, source: PhotoSource) -> bool:
    """Whether the photo is what the source says, so that nothing is to be done."""
    if source.stored is not None:
        same = not source.url or photo.source_url == source.url
        return same and bool(photo.file) and photo.digest == source.stored.digest
    # A photo that failed is fetched again: the shop may have mended its server.
    return photo.source_url == source.url and photo.state != Photo.State.FAILED


_FIELDS = ("source_url", "file", "digest", "width", "height")


def _values(source: PhotoSource) -> tuple[Any, ...]:
    stored = source.stored
    if stored is None:
        return source.url, "", "", None, None
    return source.url, stored.name, stored.digest, stored.width, stored.height
