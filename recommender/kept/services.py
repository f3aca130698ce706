"""Shoppers' photos that are kept with their consent: garments sharp, all else blurred.

A row stands before its file is written and after it is deleted, so that no file is forgotten.
"""

import logging
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from recommender.answer import Answer
from recommender.asked import Asked
from recommender.memory import image_id_of
from recommender.models import KeptPhoto
from recommender.models.kept import kept_path
from tenants.models import Shop
from tenants.scope import current_shop_id, shop_scope

log = logging.getLogger(__name__)

CHUNK = 200


def may_keep(shop: Shop, asked: Asked) -> bool:
    """Whether shop and shopper both want the photo kept."""
    return bool(asked.consent and shop.photo_days and asked.image)


def keeping_wanted(*, shop: Shop, asked: Asked, digest: str) -> bool:
    """Whether the photo may be kept and is not: it has to be looked at. In the shop's scope."""
    if not may_keep(shop, asked):
        return False
    image_id = image_id_of(digest, shop_id=shop.pk)
    return not KeptPhoto.objects.filter(image_id=image_id).exists()


def photo_keep(*, shop: Shop, answer: Answer, hidden: bytes) -> Answer:
    """Keep a JPEG whose people are hidden; the answer, with the date until when.

    Call it outside any scope. A storage that fails costs the shopper nothing: it is logged, and
    the answer says that nothing is kept. So does that of a photo without a garment.
    """
    query = answer.query
    if query.image_id is None or not query.found:
        return answer
    now = timezone.now()
    with shop_scope(shop):
        row, new = KeptPhoto.objects.get_or_create(
            image_id=query.image_id,
            defaults={
                "search_id": answer.search_id,
                "width": query.width,
                "height": query.height,
                "category": query.garment.category,
                "created_at": now,
                "expires_at": now + timedelta(days=shop.photo_days),
            },
        )
    if new:
        try:
            default_storage.save(row.file, ContentFile(hidden))
        except Exception:  # whatever the storage has: the search is answered
            log.exception("shop %s: a shopper's photo could not be kept", shop.pk)
            # of half a file the row stays: it is deleted on its day
            with suppress(Exception), shop_scope(shop):
                if default_storage.exists(row.file):
                    default_storage.delete(row.file)
                row.delete()
            return answer
    return replace(answer, kept_until=row.expires_at)


def photo_forget(*, shop: Shop, image_id: UUID) -> bool:
    """Delete a kept photo; False where there is none. Call it outside any scope."""
    with shop_scope(shop):
        if not KeptPhoto.objects.filter(image_id=image_id).exists():
            return False
    default_storage.delete(kept_path(image_id, shop_id=shop.pk))
    with shop_scope(shop):
        KeptPhoto.objects.filter(image_id=image_id).delete()
    return True


def forget_expired() -> int:
    """Delete the photos of the shop in scope whose days are over, files first; how many.

    At most CHUNK at once: the rest is for the next round.
    """
    shop_id = current_shop_id()
    over = KeptPhoto.objects.filter(expires_at__lte=timezone.now()).order_by("expires_at", "pk")
    rows = list(over.values_list("pk", "image_id")[:CHUNK])
    for _, image_id in rows:
        default_storage.delete(kept_path(image_id, shop_id=shop_id))
    if rows:
        KeptPhoto.objects.filter(pk__in=[pk for pk, _ in rows]).delete()
    return len(rows)
