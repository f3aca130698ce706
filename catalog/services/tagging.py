"""Tag the photos that wait: one chunk of one shop at a time.

1. Claim: a conditional UPDATE under SKIP LOCKED leases a chunk and counts the attempt.
2. Fetch, decode, infer: outside any scope and transaction.
3. Finish: photo, garments, tags, ledger and outbox in one transaction, and only by the worker
   whose lease still holds. One that lost it writes nothing.
"""

import logging
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

from django.utils import timezone

from billing.models import Kind
from billing.services import usage_record
from catalog.models import Photo
from catalog.services.garments import garments_settle, garments_write
from catalog.services.photo_claims import Claim, claim_renew, photos_claim
from catalog.services.photo_failures import photo_fail, product_lock
from catalog.services.photo_sight import Sight, photo_read, photos_see
from catalog.services.revisions import former_revision, revision_first
from catalog.signals import shop_tagged
from tenants import outbox
from tenants.models import Shop
from tenants.scope import shop_scope

log = logging.getLogger(__name__)

# Photos seen in one run of the networks.
BATCH = 8
READERS = 4


def photos_tag(*, shop_id: int) -> int:
    """Tag the next chunk of a shop's photos and ring for the one after: how many were seen."""
    shop = Shop.objects.filter(pk=shop_id).first()
    claim = photos_claim(shop=shop) if shop else None
    if claim is None:
        return 0
    with ThreadPoolExecutor(READERS, thread_name_prefix="photo") as readers:
        reads = [readers.submit(photo_read, photo) for photo in claim.photos]
        for first in range(0, len(reads), BATCH):
            batch = slice(first, first + BATCH)
            _work(claim, claim.photos[batch], reads[batch])
    outbox.ring(shop_id=shop_id, topic=outbox.PHOTO)
    if outbox.idle(shop_id=shop_id, topic=outbox.PHOTO):
        shop_tagged.send(sender=Shop, shop=claim.shop)
    return len(claim.photos)


def _work(claim: Claim, photos: Sequence[Photo], reads: Sequence[Future[bytes]]) -> None:
    claim_renew(claim)
    former = former_revision(claim.shop)
    for photo, result in photos_see(claim.shop.pk, photos, reads, former=former):
        if isinstance(result, Sight):
            finished = photo_finish(shop=claim.shop, photo=photo, until=claim.until, sight=result)
        else:
            finished = photo_fail(shop=claim.shop, photo=photo, until=claim.until, failure=result)
        if not finished:
            log.info("photo %s: the lease was lost, nothing is written", photo.pk)


def photo_finish(*, shop: Shop, photo: Photo, until: datetime, sight: Sight) -> bool:
    """Write what was seen, all or nothing; False if the lease was lost or the photo is gone."""
    with shop_scope(shop):
        product = product_lock(photo)
        if product is None or not _settle_state(photo, until, state=Photo.State.DONE, sight=sight):
            return False
        photo.refresh_from_db()
        garments_write(photo=photo, analysis=sight.analysis, zoom=sight.zoom)
        if sight.former is not None:
            garments_write(photo=photo, analysis=sight.former, zoom=sight.zoom)
        garments_settle(product=product)
        revision_first(shop=shop, revision=sight.analysis.revision)
        reference = f"{photo.pk}:{photo.digest[:40]}"
        usage_record(shop=shop, kind=Kind.PHOTO, reference=reference)
        outbox.done(shop_id=shop.pk, topic=outbox.PHOTO, object_ids=[photo.pk])
    return True


def _settle_state(photo: Photo, until: datetime, *, state: str, sight: Sight) -> bool:
    held = Photo.objects.filter(pk=photo.pk, state=Photo.State.WORKING, leased_until=until)
    return bool(
        held.update(
            state=state,
            leased_until=None,
            reason="",
            detail="",
            file=sight.stored.name,
            digest=sight.stored.digest,
            width=sight.stored.width,
            height=sight.stored.height,
            revision=sight.analysis.revision,
            tagged_at=timezone.now(),
        )
    )
