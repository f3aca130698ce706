"""The worker looks at the photos of looks: garments, tags, colours and vectors into the row.

1. Take: a chunk of the shop's looks is leased in the outbox.
2. Read, decode, infer: outside any scope and transaction.
3. Keep: only where the photo is still the one that was looked at.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from catalog import seeing
from recommender.looks.garments import kept
from recommender.models import Look
from recommender.query import from_photo
from recommender.sources import WORK_SIDE
from tenants import outbox
from tenants.models import Shop
from tenants.scope import shop_scope
from vision.decode import decode
from vision.errors import ImageRejected

log = logging.getLogger(__name__)

CHUNK = 8
UNSEEN = "sight_failed"
STORAGE_PAUSE = timedelta(minutes=1)
"""How long a storage that did not answer is left alone."""


def looks_see(*, shop_id: int) -> int:
    """Look at the next photos of a shop's looks and ring for those after: how many were seen."""
    shop = Shop.objects.filter(pk=shop_id).first()
    looks = _taken(shop) if shop else []
    for look in looks:
        try:
            seen = _seen(look)
        except OSError:
            log.warning("look %s: the storage failed", look.pk, exc_info=True)
            again = timezone.now() + STORAGE_PAUSE
            outbox.later(shop_id=shop_id, topic=outbox.LOOK, object_ids=[look.pk], at=again)
        else:
            _keep(look, seen)
    if looks:
        outbox.ring(shop_id=shop_id, topic=outbox.LOOK)
    return len(looks)


def _taken(shop: Shop) -> Sequence[Look]:
    until = timezone.now() + timedelta(seconds=settings.PHOTO_LEASE_SECONDS)
    with shop_scope(shop):
        ids = outbox.take(shop_id=shop.pk, topic=outbox.LOOK, limit=CHUNK, until=until)
        looks = list(Look.objects.filter(pk__in=ids).exclude(photo=""))
        gone = set(ids) - {one.pk for one in looks}
        outbox.done(shop_id=shop.pk, topic=outbox.LOOK, object_ids=gone)
    return looks


def _seen(look: Look) -> dict[str, Any]:
    """The columns that say what is in the photo. Raises OSError for a storage that may answer."""
    analyzer = seeing.analyzer()
    nothing = {"garments": [], "embeddings": b"", "revision": analyzer.revision}
    try:
        with default_storage.open(str(look.photo.name)) as file:
            photo = decode(file.read(), max_side=WORK_SIDE)
        analysis = analyzer.analyze(photo.pixels)
    except FileNotFoundError:
        return {**nothing, "reason": "file_missing"}
    except OSError:
        raise
    except ImageRejected as rejected:
        return {**nothing, "reason": rejected.code}
    except Exception:  # whatever it is, it is this photo's: the others go on
        log.exception("look %s: could not be seen", look.pk)
        return {**nothing, "reason": UNSEEN}
    if not analysis.found:
        return {**nothing, "reason": ""}
    scale = photo.width / photo.pixels.shape[1]
    garments, embeddings = kept([from_photo(one, scale=scale) for one in analysis.garments])
    return {
        "garments": garments,
        "embeddings": embeddings,
        "revision": analysis.revision,
        "reason": "",
    }


def _keep(look: Look, seen: dict[str, Any]) -> None:
    with shop_scope(look.shop_id):
        # A photo that was replaced meanwhile was announced anew: its row waits, and stays.
        if Look.objects.filter(pk=look.pk, digest=look.digest).update(**seen):
            outbox.done(shop_id=look.shop_id, topic=outbox.LOOK, object_ids=[look.pk])
