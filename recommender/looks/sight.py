"""The worker looks at the photos of looks: garments, tags, colours and vectors into the row.

1. Take: a chunk of the shop's looks is leased in the outbox.
2. Read, decode, infer: outside any scope and transaction. A piece whose place was told is looked
   at there, by itself, as if it had a photo of its own: pieces that lie side by side are easily
   taken for one garment. What else is found in the photo comes after them.
3. Keep: only where the photo is still the one that was looked at.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from catalog import seeing
from catalog.selectors import live_revision
from recommender.looks.garments import kept
from recommender.models import Look
from recommender.query import QueryGarment, from_photo
from recommender.sources import LEAST_BOX, WORK_SIDE
from tenants import outbox
from tenants.models import Shop
from tenants.scope import shop_scope
from vision.analyzer import Analyzer
from vision.decode import Decoded, decode
from vision.errors import ImageRejected
from vision.types import Box

log = logging.getLogger(__name__)

Found = tuple[QueryGarment, int | None]
"""A garment, and the id of the piece that it is known to be."""

CHUNK = 8
MARGIN = 0.06
"""Of a piece's box, shown around it."""
SAME_PLACE = 0.3
"""Share of a garment that lies in the places of pieces, from which it is one of them."""
UNSEEN = "sight_failed"
STORAGE_PAUSE = timedelta(minutes=1)
"""How long a storage that did not answer is left alone."""


def looks_see(*, shop_id: int) -> int:
    """Look at the next photos of a shop's looks and ring for those after: how many were seen."""
    shop = Shop.objects.select_related("search_index").filter(pk=shop_id).first()
    if shop is None:
        return 0
    looks = _taken(shop)
    for look in looks:
        try:
            seen = _seen(look, seeing.analyzer(live_revision(shop)))
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
        looks = list(Look.objects.filter(pk__in=ids).exclude(photo="").prefetch_related("items"))
        gone = set(ids) - {one.pk for one in looks}
        outbox.done(shop_id=shop.pk, topic=outbox.LOOK, object_ids=gone)
    return looks


def _seen(look: Look, analyzer: Analyzer) -> dict[str, Any]:
    """The columns that say what is in the photo. Raises OSError for a storage that may answer."""
    nothing = {"garments": [], "embeddings": b"", "revision": analyzer.revision}
    try:
        with default_storage.open(str(look.photo.name)) as file:
            photo = decode(file.read(), max_side=WORK_SIDE)
        seen = list(_garments(look, photo, analyzer))
    except FileNotFoundError:
        return {**nothing, "reason": "file_missing"}
    except OSError:
        raise
    except ImageRejected as rejected:
        return {**nothing, "reason": rejected.code}
    except Exception:  # whatever it is, it is this photo's: the others go on
        log.exception("look %s: could not be seen", look.pk)
        return {**nothing, "reason": UNSEEN}
    garments, embeddings = kept([garment for garment, _ in seen])
    for told, (_, item) in zip(garments, seen, strict=True):
        told["item"] = item
    return {
        "garments": garments,
        "embeddings": embeddings,
        "revision": analyzer.revision,
        "reason": "",
    }


def _garments(look: Look, photo: Decoded, analyzer: Analyzer) -> Iterator[Found]:
    """The pieces whose place was told, in their order, then the garments found elsewhere."""
    scale = photo.width / photo.pixels.shape[1]
    places = []
    for item in look.items.all():
        box = _within(item.box, photo)
        if box is None:
            continue
        places.append(box)
        x0, y0, x1, y1 = photo.from_full(_wider(box, photo))
        main = analyzer.analyze(np.ascontiguousarray(photo.pixels[y0:y1, x0:x1])).main
        yield replace(from_photo(main, scale=scale), box=box), item.pk
    analysis = analyzer.analyze(photo.pixels)
    for garment in analysis.garments if analysis.found else ():
        found = from_photo(garment, scale=scale)
        if sum(_shared(found.box, place) for place in places) < SAME_PLACE:
            yield found, None


def _within(box: Sequence[int] | None, photo: Decoded) -> Box | None:
    """The part of a box that is in the photo; None for none, and for one that shows nothing."""
    if box is None:
        return None
    x0, y0, x1, y1 = box
    x1, y1 = min(x1, photo.width), min(y1, photo.height)
    return (x0, y0, x1, y1) if min(x1 - x0, y1 - y0) >= LEAST_BOX else None


def _wider(box: Box, photo: Decoded) -> Box:
    x0, y0, x1, y1 = box
    wide, tall = round(MARGIN * (x1 - x0)), round(MARGIN * (y1 - y0))
    return (
        max(0, x0 - wide),
        max(0, y0 - tall),
        min(photo.width, x1 + wide),
        min(photo.height, y1 + tall),
    )


def _shared(box: Box, place: Box) -> float:
    """The share of a box that lies in a place, 0..1."""
    width = min(box[2], place[2]) - max(box[0], place[0])
    height = min(box[3], place[3]) - max(box[1], place[1])
    area = (box[2] - box[0]) * (box[3] - box[1])
    return max(0, width) * max(0, height) / area if area else 0.0


def _keep(look: Look, seen: dict[str, Any]) -> None:
    with shop_scope(look.shop_id):
        # A photo that was replaced meanwhile was announced anew: its row waits, and stays.
        if Look.objects.filter(pk=look.pk, digest=look.digest).update(**seen):
            outbox.done(shop_id=look.shop_id, topic=outbox.LOOK, object_ids=[look.pk])
