"""Claim photos: a lease on a chunk, which is also the proof that they are ours."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from billing.models import Kind
from billing.services import OverQuota, quota_check, quota_left
from catalog.models import Photo
from catalog.services.import_chunks import due_take
from catalog.services.photo_failures import photo_fail_for_good
from catalog.services.photo_sight import Failure
from tenants import outbox
from tenants.models import Shop
from tenants.scope import shop_scope

QUOTA_SECONDS = 600
LOCKED_SECONDS = 10
OVER_QUOTA, WORKER_LOST = "over_quota", "worker_lost"


@dataclass
class Claim:
    """Photos that are ours until the lease ends; `until` is also the proof that they are."""

    shop: Shop
    until: datetime
    photos: list[Photo]


def photos_claim(*, shop: Shop) -> Claim | None:
    """Lease the next chunk, as many as the quota allows; None where nothing is to be done."""
    now = timezone.now()
    until = now + timedelta(seconds=settings.PHOTO_LEASE_SECONDS)
    with shop_scope(shop):
        ids = due_take(topic=outbox.PHOTO, limit=settings.PHOTO_CHUNK, until=until)
        if not ids:
            return None
        waiting, stale = _claimable(shop, ids, now)
        exhausted = [photo for photo in waiting if photo.attempts >= settings.PHOTO_ATTEMPTS]
        for photo in exhausted:
            photo_fail_for_good(shop, photo, Failure(WORKER_LOST, _lost_words(photo)))
        ours = [photo for photo in waiting if photo.attempts < settings.PHOTO_ATTEMPTS]
        ours = _suspects_apart(shop, ours)
        ours = _within_quota(shop, ours, now)
        rows = Photo.objects.filter(pk__in=[photo.pk for photo in ours])
        rows.update(
            state=Photo.State.WORKING,
            attempts=F("attempts") + 1,
            leased_until=until,
            reason="",
            detail="",
        )
        photos = list(rows.order_by("pk"))
    if not photos and (exhausted or stale):
        outbox.ring(shop_id=shop.pk, topic=outbox.PHOTO)
    return Claim(shop, until, photos) if photos else None


def _claimable(shop: Shop, ids: list[int], now: datetime) -> tuple[list[Photo], list[int]]:
    """The photos that nobody holds, locked; and the ids that need nothing and are dropped."""
    known = dict(Photo.objects.filter(pk__in=ids).values_list("pk", "state"))
    over = (Photo.State.DONE, Photo.State.FAILED)
    done = [one for one in ids if known.get(one) is None or known[one] in over]
    outbox.done(shop_id=shop.pk, topic=outbox.PHOTO, object_ids=done)
    locked = Photo.objects.select_for_update(skip_locked=True, no_key=True)
    found = list(locked.filter(pk__in=set(ids) - set(done)).order_by("pk"))
    free = [
        photo
        for photo in found
        if photo.state == Photo.State.PENDING
        or (photo.state == Photo.State.WORKING and not _holds(photo, now))
    ]
    held = set(ids) - set(done) - {photo.pk for photo in free}
    _give_back(shop, held, now + timedelta(seconds=LOCKED_SECONDS))
    return free, done


def _holds(photo: Photo, now: datetime) -> bool:
    return photo.leased_until is not None and photo.leased_until > now


def _suspects_apart(shop: Shop, photos: list[Photo]) -> list[Photo]:
    """Photos of which a worker died are seen one by one, so that only the culprit is out."""
    suspects = [photo for photo in photos if photo.state == Photo.State.WORKING]
    if not suspects:
        return photos
    _give_back(shop, {photo.pk for photo in photos} - {suspects[0].pk}, None)
    return suspects[:1]


def _within_quota(shop: Shop, photos: list[Photo], now: datetime) -> list[Photo]:
    left = quota_left(mall_id=shop.mall_id, kind=Kind.PHOTO)
    if left is None or left >= len(photos):
        return photos
    later = now + timedelta(seconds=QUOTA_SECONDS)
    _give_back(shop, {photo.pk for photo in photos[left:]}, later)
    if left == 0:
        try:
            quota_check(mall_id=shop.mall_id, kind=Kind.PHOTO)
        except OverQuota as over:
            waiting = Photo.objects.filter(state=Photo.State.PENDING)
            waiting.exclude(reason=OVER_QUOTA).update(reason=OVER_QUOTA, detail=str(over))
    return photos[:left]


def _give_back(shop: Shop, photo_ids: set[int], at: datetime | None) -> None:
    outbox.later(shop_id=shop.pk, topic=outbox.PHOTO, object_ids=photo_ids, at=at)


def claim_renew(claim: Claim) -> None:
    """Move the lease on for what is still ours."""
    until = timezone.now() + timedelta(seconds=settings.PHOTO_LEASE_SECONDS)
    ids = [photo.pk for photo in claim.photos]
    with shop_scope(claim.shop):
        held = Photo.objects.filter(pk__in=ids, state=Photo.State.WORKING, leased_until=claim.until)
        kept = list(held.values_list("pk", flat=True))
        held.update(leased_until=until)
        outbox.extend(shop_id=claim.shop.pk, topic=outbox.PHOTO, object_ids=kept, until=until)
    claim.until = until


def claim_give_back(claim: Claim) -> None:
    """As if it had never been: what is still ours waits again, and the attempt is not counted."""
    ids = [photo.pk for photo in claim.photos]
    with shop_scope(claim.shop):
        held = Photo.objects.filter(pk__in=ids, state=Photo.State.WORKING, leased_until=claim.until)
        kept = set(held.values_list("pk", flat=True))
        Photo.objects.filter(pk__in=kept).update(
            state=Photo.State.PENDING, leased_until=None, attempts=F("attempts") - 1
        )
        _give_back(claim.shop, kept, None)


def _lost_words(photo: Photo) -> str:
    return (
        f"The worker ended {photo.attempts} times while it looked at this photo: "
        "try it again, and if it happens again send us the photo."
    )
