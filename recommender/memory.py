"""What was seen in shoppers' photos, for half an hour: the same photo again needs no second look.

All of it in the shop's scope, but `image_id_of`.
"""

import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import numpy as np
from django.conf import settings
from django.utils import timezone

from catalog.models.garment import EMBEDDING_SIZE
from recommender.direct import direct
from recommender.models import QueryMemory
from recommender.query import Named, Query, QueryGarment, Shade
from tenants.scope import current_shop_id
from vision.types import Box

REMEMBERED = timedelta(minutes=30)
SAME_BOX, LIKE_BOX = 0.98, 0.8
"""Overlap (intersection over union) from which a drawn box is one that was looked at already: with
the photo at hand, which can be looked at anew, and without."""
VECTOR = np.dtype("<f4")
_RECALL = """
    SELECT width, height, found, garments, embeddings FROM recommender_querymemory
    WHERE shop_id = {shop} AND image_id = %s AND revision = %s AND expires_at > %s
"""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A photo's analysis: its garments as a whole, and the parts that shoppers drew boxes around.

    `whole` is None where only parts were looked at.
    """

    whole: Query | None
    parts: tuple[tuple[Box, Query], ...]
    width: int
    height: int

    def seen(self, box: Box | None, *, least: float) -> Query | None:
        """The query that this photo, or this box of it, is; None where it was not looked at.

        `least` is the overlap with a box that was.
        """
        if box is None:
            return self.whole
        overlap = [(_overlap(box, part), query) for part, query in self.parts]
        for at, garment in enumerate(self.whole.garments if self.whole else ()):
            assert self.whole is not None
            alone = replace(self.whole, garments=(self.whole.garments[at],), selected=0)
            overlap.append((_overlap(box, garment.box), alone))
        best = max(overlap, key=lambda one: one[0], default=None)
        return best[1] if best is not None and best[0] >= least else None


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def image_id_of(digest: str, *, shop_id: int) -> uuid.UUID:
    """The name of a photo in a shop: the same for the same bytes, told by nobody but this server.

    So an upload in two requests at once has one name, without asking the database.
    """
    said = f"{shop_id}:{digest}".encode()
    name = hmac.digest(settings.SECRET_KEY.encode(), said, "sha256")
    return uuid.UUID(bytes=name[:16], version=4)


def recalled(image_id: uuid.UUID, *, revision: str) -> Remembered | None:
    """What this bundle saw in the photo, while it is remembered."""
    rows = direct(_RECALL, [image_id, revision, timezone.now()])
    if not rows:
        return None
    width, height, found, garments, embeddings = rows[0]
    vectors = vectors_unpacked(embeddings)
    wholes: list[QueryGarment] = []
    parts: list[tuple[Box, Query]] = []
    for said, vector in zip(json.loads(garments), vectors, strict=True):
        garment = garment_of(said, vector)
        if "part" in said:
            query = Query(width, height, (garment,), said["found"], image_id=image_id)
            parts.append((_box(said["part"]), query))
        else:
            wholes.append(garment)
    whole = Query(width, height, tuple(wholes), found, image_id=image_id) if wholes else None
    return Remembered(whole, tuple(parts), width, height)


def remember(query: Query, *, digest: str, revision: str, part: Box | None = None) -> Query:
    """Keep what was seen in a photo, or in a `part` of it; the query with its `image_id`.

    A photo that is remembered already keeps its end, and gains what is new.
    """
    image_id = image_id_of(digest, shop_id=current_shop_id())
    now = timezone.now()
    garments = [garment_json(one) for one in query.garments]
    if part is not None:
        garments = [{**said, "part": list(part), "found": query.found} for said in garments]
    row = QueryMemory(
        image_id=image_id,
        digest=digest,
        revision=revision,
        width=query.width,
        height=query.height,
        found=query.found if part is None else False,
        garments=garments,
        embeddings=vectors_packed(query.garments),
        expires_at=now + REMEMBERED,
    )
    kept = QueryMemory.objects.select_for_update().filter(image_id=image_id).first()
    if kept is not None and kept.revision == revision and kept.expires_at > now:
        _add(kept, row, part=part)
    elif kept is not None:
        row.pk = kept.pk
        row.save(force_update=True)
    else:
        QueryMemory.objects.bulk_create([row], ignore_conflicts=True)
    return replace(query, image_id=image_id)


def forget_expired() -> int:
    """Delete the analyses of the shop in scope whose half hour is over; how many."""
    count, _ = QueryMemory.objects.filter(expires_at__lte=timezone.now()).delete()
    return int(count)


def vectors_packed(garments: Sequence[QueryGarment]) -> bytes:
    """The vectors of garments one after another, as they are kept beside their `garment_json`."""
    return b"".join(one.embedding.astype(VECTOR).tobytes() for one in garments)


def vectors_unpacked(packed: bytes) -> Any:
    """float32 [n, 256] of `vectors_packed`."""
    return np.frombuffer(packed, VECTOR).reshape(-1, EMBEDDING_SIZE)


def garment_json(garment: QueryGarment) -> dict[str, Any]:
    """All but the vector, not rounded: asked again, the order is the same to the last digit."""
    drawn = {"drawn": True} if garment.drawn else {}
    return {
        **drawn,
        "box": list(garment.box),
        "outline": [[list(point) for point in ring] for ring in garment.outline],
        "tags": {
            head: [said.id, float(said.confidence), said.unsure]
            for head, said in garment.tags.items()
        },
        "palette": [
            {
                "name": shade.name,
                "name_ko": shade.name_ko,
                "family": shade.family,
                "hex": shade.hex,
                "share": float(shade.share),
                "lab": [float(one) for one in shade.lab],
            }
            for shade in garment.palette
        ],
        "categories": _plain(garment.categories),
        "patterns": _plain(garment.patterns),
    }


def garment_of(said: Mapping[str, Any], vector: Any) -> QueryGarment:
    """Of `garment_json` and its vector [256]."""
    return QueryGarment(
        box=_box(said["box"]),
        tags={head: Named(*told) for head, told in said["tags"].items()},
        palette=tuple(map(Shade.stored, said["palette"])),
        embedding=np.asarray(vector, np.float32),
        categories=said["categories"],
        patterns=said["patterns"],
        # A look's garments may have been kept before outlines were.
        outline=tuple(tuple((x, y) for x, y in ring) for ring in said.get("outline", ())),
        drawn=said.get("drawn", False),
    )


def _add(kept: QueryMemory, new: QueryMemory, *, part: Box | None) -> None:
    """The whole stands before the parts; neither is kept twice."""
    same = "part" if part is not None else None
    if part is None and any("part" not in one for one in kept.garments):
        return
    if same and any(one.get("part") == list(part or ()) for one in kept.garments):
        return
    before, after = (kept, new) if part is not None else (new, kept)
    kept.garments, kept.embeddings = (
        [*before.garments, *after.garments],
        bytes(before.embeddings) + bytes(after.embeddings),
    )
    kept.found = kept.found or new.found
    kept.save(update_fields=["garments", "embeddings", "found"])


def _plain(belief: Mapping[str, float]) -> dict[str, float]:
    return {value: float(share) for value, share in belief.items()}


def _box(edges: Sequence[int]) -> Box:
    x0, y0, x1, y1 = edges
    return x0, y0, x1, y1


def _overlap(one: Box, other: Box) -> float:
    """Intersection over union."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    areas = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return shared / (areas - shared)
