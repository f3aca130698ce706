"""Ask the addresses of tagged photos whether they show another photo now.

The photo stays what it is, finished and found. The address is asked conditionally (RFC 9110,
section 13.1) where it gave an ETag or a date; only other bytes are stored and tagged anew. One that
does not answer keeps the photo that we have.
"""

import hashlib
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from catalog.models import Photo
from catalog.services.photo_sight import address_ask
from catalog.services.photos import StoredPhoto, photo_store
from tenants import outbox
from tenants.addresses import FetchError
from tenants.fetch import Fetched
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope
from vision.errors import ImageRejected

log = logging.getLogger(__name__)

READERS = 4


def photos_recheck(*, shop_id: int) -> int:
    """Ask for the shop's next photos: how many were asked for. Safe to run twice."""
    shop = Shop.objects.open().filter(pk=shop_id).first()
    if shop is None:
        return 0
    until = timezone.now() + timedelta(seconds=settings.PHOTO_LEASE_SECONDS)
    with shop_scope(shop):
        ids = outbox.take(
            shop_id=shop_id, topic=outbox.RECHECK, limit=settings.PHOTO_CHUNK, until=until
        )
        done = Photo.objects.filter(pk__in=ids, state=Photo.State.DONE).exclude(source_url="")
        photos = list(done.order_by("pk"))
    with ThreadPoolExecutor(READERS, thread_name_prefix="recheck") as readers:
        for photo, fetched in zip(photos, readers.map(_ask, photos), strict=True):
            if fetched is not None:
                _compare(shop, photo, fetched)
    with shop_scope(shop):
        # One that was announced again meanwhile waits again.
        rows = Outbox.objects.filter(shop_id=shop_id, topic=outbox.RECHECK)
        rows.filter(object_id__in=ids, leased_until=until).delete()
    outbox.ring(shop_id=shop_id, topic=outbox.RECHECK)
    return len(photos)


def _ask(photo: Photo) -> Fetched | None:
    try:
        return address_ask(photo)
    except FetchError as error:
        log.info("photo %s: not asked again: %s", photo.pk, error)
        return None


def _compare(shop: Shop, photo: Photo, fetched: Fetched) -> None:
    fields = {"etag": fetched.etag, "modified": fetched.modified}
    stored: StoredPhoto | None = None
    if hashlib.sha256(fetched.body).hexdigest() != photo.digest:
        try:
            stored = photo_store(shop_id=shop.pk, data=fetched.body)
        except ImageRejected as refused:
            log.info("photo %s: what its address says now is no photo: %s", photo.pk, refused)
            return
    with shop_scope(shop):
        same = Photo.objects.filter(
            pk=photo.pk, state=Photo.State.DONE, digest=photo.digest, source_url=photo.source_url
        )
        if stored is None:
            same.update(**fields)
        elif same.update(
            **fields,
            state=Photo.State.PENDING,
            attempts=0,
            leased_until=None,
            file=stored.name,
            digest=stored.digest,
            width=stored.width,
            height=stored.height,
        ):
            outbox.announce(shop_id=shop.pk, topic=outbox.PHOTO, object_ids=[photo.pk])
