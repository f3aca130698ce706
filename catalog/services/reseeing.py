"""Look again at photos that are tagged already, with a new bundle: one chunk of one shop at a time.

The photo stays what it is, finished and found, until its shop is switched; nothing is counted
against its quota. One that fails, or that a worker dies of, is given up after PHOTO_ATTEMPTS: it
has no garments of the new revision then.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from catalog import seeing
from catalog.models import Photo, SearchIndex
from catalog.services.garment_rows import SeenPhoto, garments_write
from catalog.services.garments import garments_settle
from catalog.services.photo_failures import product_lock
from catalog.services.photo_sight import Failure, Sight, photos_read, photos_see
from tenants import outbox
from tenants.models import Shop
from tenants.scope import shop_scope

log = logging.getLogger(__name__)

RETRY = timedelta(seconds=60)


@dataclass(frozen=True)
class _Claim:
    shop: Shop
    until: datetime
    photos: list[Photo]


def photos_resee(*, shop_id: int) -> int:
    """See the next chunk of a shop's photos with the configured bundle: how many were tried."""
    shop = Shop.objects.filter(pk=shop_id).first()
    claim = _claim(shop) if shop else None
    if claim is None:
        return 0
    for batch, reads in photos_read(claim.photos):
        for photo, result in photos_see(shop_id, batch, reads):
            if isinstance(result, Sight):
                _write(claim, photo, result)
            else:
                _put_off(claim, photo, result)
    outbox.ring(shop_id=shop_id, topic=outbox.RESEE)
    return len(claim.photos)


def _claim(shop: Shop) -> _Claim | None:
    """Lease the next photos. One that was tried before is tried alone: a worker may die of it."""
    until = timezone.now() + timedelta(seconds=settings.PHOTO_LEASE_SECONDS)
    with shop_scope(shop):
        ids = outbox.take(
            shop_id=shop.pk, topic=outbox.RESEE, limit=settings.PHOTO_CHUNK, until=until
        )
        if not ids:
            return None
        wanted = SearchIndex.objects.filter(shop=shop, next_revision=seeing.revision()).exists()
        rows = Photo.objects.filter(pk__in=ids if wanted else (), state=Photo.State.DONE)
        photos = [one for one in rows.order_by("pk") if one.attempts < settings.PHOTO_ATTEMPTS]
        tried = [photo for photo in photos if photo.attempts]
        ours = tried[:1] or photos
        keys = {photo.pk for photo in ours}
        _later(shop, [photo.pk for photo in photos if photo.pk not in keys], None)
        left = set(ids) - {photo.pk for photo in photos}
        outbox.done(shop_id=shop.pk, topic=outbox.RESEE, object_ids=left)
        Photo.objects.filter(pk__in=keys).update(attempts=F("attempts") + 1)
    return _Claim(shop, until, ours) if ours else None


def _write(claim: _Claim, photo: Photo, sight: Sight) -> None:
    """The new revision's garments beside the former ones', unless the photo changed meanwhile."""
    with shop_scope(claim.shop):
        product = product_lock(photo)
        same = Photo.objects.filter(pk=photo.pk, state=Photo.State.DONE, digest=photo.digest)
        if product is not None and same.exists():
            assert sight.analysis is not None
            garments_write(seen=[SeenPhoto(photo, sight.analysis, sight.zoom)])
            garments_settle(product=product)
            same.update(attempts=0)
        outbox.done(shop_id=claim.shop.pk, topic=outbox.RESEE, object_ids=[photo.pk])


def _put_off(claim: _Claim, photo: Photo, failure: Failure) -> None:
    with shop_scope(claim.shop):
        rows = Photo.objects.filter(pk=photo.pk)
        if failure.blameless:
            rows.update(attempts=photo.attempts)
        if failure.blameless or (failure.may_pass and photo.attempts + 1 < settings.PHOTO_ATTEMPTS):
            _later(claim.shop, [photo.pk], timezone.now() + RETRY)
            return
        log.warning("photo %s: the new bundle cannot see it: %s", photo.pk, failure.detail)
        rows.update(attempts=settings.PHOTO_ATTEMPTS)
        outbox.done(shop_id=claim.shop.pk, topic=outbox.RESEE, object_ids=[photo.pk])


def _later(shop: Shop, photo_ids: list[int], at: datetime | None) -> None:
    outbox.later(shop_id=shop.pk, topic=outbox.RESEE, object_ids=photo_ids, at=at)
