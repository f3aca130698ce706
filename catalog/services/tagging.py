"""Tag the photos that wait: one chunk of one shop at a time.

1. Claim: a conditional UPDATE under SKIP LOCKED leases a chunk and counts the attempt.
2. Fetch, decode, infer: outside any scope and transaction.
3. Finish: photos, garments, tags, ledger and outbox of the chunk in one transaction and few
   statements, and only by the worker whose lease still holds. One that lost it writes nothing.

While the database is away what was seen is kept, and written as long as the lease holds. What
cannot be gone on with is given back: no photo is blamed for it.
"""

import logging
import time
from collections.abc import Sequence
from concurrent.futures import Future
from datetime import datetime

from django.db import DataError, IntegrityError
from django.utils import timezone

from billing.models import Kind
from billing.services import usages_record
from catalog.models import Photo
from catalog.services.garment_rows import SeenPhoto, garments_write
from catalog.services.garments import products_settle
from catalog.services.photo_claims import Claim, claim_give_back, claim_renew, photos_claim
from catalog.services.photo_failures import photo_fail, products_lock
from catalog.services.photo_sight import (
    Read,
    Sight,
    photos_read,
    photos_see,
    without_masks,
)
from catalog.services.revisions import former_revision, revision_first
from catalog.services.tagged_events import tagged_announce
from catalog.signals import photos_tagged, shop_tagged
from tenants import outbox, tracing
from tenants.away import DATABASE_AWAY, is_away, patiently
from tenants.bulk import rows_update
from tenants.models import Shop
from tenants.scope import shop_scope

log = logging.getLogger(__name__)

LOST = "photo %s: the lease was lost, nothing is written"


def photos_tag(*, shop_id: int) -> int:
    """Tag the next chunk of a shop's photos and ring for the one after: how many were seen."""
    shop = Shop.objects.filter(pk=shop_id).first()
    claim = photos_claim(shop=shop) if shop else None
    if claim is None:
        return 0
    try:
        _work(claim)
    except DATABASE_AWAY as error:
        if is_away(error):
            patiently(lambda: claim_give_back(claim), until=claim.until)
        raise
    outbox.ring(shop_id=shop_id, topic=outbox.PHOTO)
    if outbox.idle(shop_id=shop_id, topic=outbox.PHOTO):
        shop_tagged.send(sender=Shop, shop=claim.shop)
    return len(claim.photos)


def _work(claim: Claim) -> None:
    started = time.perf_counter()
    ids = [photo.pk for photo in claim.photos]
    waited = outbox.waited_seconds(shop_id=claim.shop.pk, topic=outbox.PHOTO, object_ids=ids)
    seen: list[tuple[Photo, Sight]] = []
    for batch, reads in photos_read(claim.photos):
        seen += _see(claim, batch, reads)
    finished = patiently(
        lambda: photos_finish(shop=claim.shop, until=claim.until, seen=seen), until=claim.until
    )
    for photo, _ in seen:
        if photo.pk not in finished:
            log.info(LOST, photo.pk)
    if finished:
        spent = time.perf_counter() - started
        photos_tagged.send(sender=Photo, photos=len(finished), seconds=spent, waited=waited + spent)


def _see(
    claim: Claim, photos: Sequence[Photo], reads: Sequence[Future[Read]]
) -> list[tuple[Photo, Sight]]:
    claim_renew(claim)
    former = former_revision(claim.shop)
    seen: list[tuple[Photo, Sight]] = []
    for photo, result in photos_see(claim.shop.pk, photos, reads, former=former):
        if isinstance(result, Sight):
            seen.append((photo, without_masks(result)))
        elif not photo_fail(shop=claim.shop, photo=photo, until=claim.until, failure=result):
            log.info(LOST, photo.pk)
    return seen


def photos_finish(*, shop: Shop, until: datetime, seen: Sequence[tuple[Photo, Sight]]) -> set[int]:
    """Write what was seen, all of it in one transaction: the ids of the photos that were ours.

    Those whose lease was lost, or that are gone, are left out. Should the database refuse what was
    seen in one of them, each is written by itself, and that one's error is raised at the end.
    """
    if not seen:
        return set()
    try:
        with tracing.span("photos write", photos=len(seen)), shop_scope(shop):
            return _finish(shop, until, seen)
    except (DataError, IntegrityError):
        if len(seen) == 1:
            raise
        log.exception("a batch of %s photos was refused, they go one by one", len(seen))
    finished: set[int] = set()
    refused: Exception | None = None
    for one in seen:
        try:
            finished |= photos_finish(shop=shop, until=until, seen=[one])
        except (DataError, IntegrityError) as error:
            refused = error
    if refused is not None:
        raise refused
    return finished


def _finish(shop: Shop, until: datetime, seen: Sequence[tuple[Photo, Sight]]) -> set[int]:
    products = products_lock({photo.product_id for photo, _ in seen})
    ours = _settle_states([one for one in seen if one[0].product_id in products], until)
    mine = [(photo, sight) for photo, sight in seen if photo.pk in ours]
    if not mine:
        return ours
    looks = [
        SeenPhoto(photo, analysis, sight.zoom)
        for photo, sight in mine
        for analysis in (sight.analysis, sight.former)
        if analysis is not None
    ]
    garments_write(seen=looks)
    touched = sorted({photo.product_id for photo, _ in mine})
    products_settle(products=[products[pk] for pk in touched])
    paid = [(photo, sight) for photo, sight in mine if sight.analysis is not None]
    for analysis in [sight.analysis for _, sight in paid if sight.analysis is not None][:1]:
        revision_first(shop=shop, revision=analysis.revision)
    usages_record(
        shop=shop,
        kind=Kind.PHOTO,
        references=[f"{photo.pk}:{sight.stored.digest[:40]}" for photo, sight in paid],
    )
    outbox.done(shop_id=shop.pk, topic=outbox.PHOTO, object_ids=ours)
    tagged_announce(shop=shop, product_ids=touched)
    return ours


def _settle_states(seen: Sequence[tuple[Photo, Sight]], until: datetime) -> set[int]:
    """The photos are done, those of them whose lease holds still: their ids."""
    rows = []
    for photo, sight in seen:
        stored = sight.stored
        revision = photo.revision if sight.analysis is None else sight.analysis.revision
        size = (stored.width, stored.height)
        told = (sight.etag, sight.modified)
        rows.append((photo.pk, stored.name, stored.digest, *size, revision, *told, until))
    # `until` stands in each row, for a statement's further conditions hold no values.
    return set(
        rows_update(
            Photo,
            ("file", "digest", "width", "height", "revision", "etag", "modified", "leased_until"),
            rows,
            fixed={
                "state": Photo.State.DONE.value,
                "reason": "",
                "detail": "",
                "tagged_at": timezone.now(),
            },
            where="held.state = 'working' AND held.leased_until = t.leased_until",
            clear=("leased_until",),
        )
    )
