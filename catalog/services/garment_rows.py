"""What was seen in photos, as rows of the search table."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from catalog.models import Garment, Photo
from catalog.shades import packed
from tenants.bulk import rows_insert
from vision.types import Analysis, Prediction

DECIMALS = 4
_COLUMNS = (
    *("product_id", "photo_id", "revision", "region", "box", "area", "is_product", "embedding"),
    *("palette", "shades", "tags", "category", "pattern", "style", "color_family"),
)


@dataclass(frozen=True)
class SeenPhoto:
    """What one bundle saw in a photo. `zoom` leads from the analysed pixels to the full photo's."""

    photo: Photo
    analysis: Analysis
    zoom: float = 1.0


def garments_write(*, seen: Sequence[SeenPhoto]) -> None:
    """Write what was seen in photos, in the place of what the same bundles saw before.

    Their products must be settled afterwards, in the same transaction.
    """
    for revision in {one.analysis.revision for one in seen}:
        photo_ids = [one.photo.pk for one in seen if one.analysis.revision == revision]
        Garment.objects.filter(photo_id__in=photo_ids, revision=revision).delete()
    rows_insert(Garment, _COLUMNS, [row for one in seen for row in _rows(one)])


def _rows(one: SeenPhoto) -> Iterator[tuple[Any, ...]]:
    photo, revision = one.photo, one.analysis.revision
    for seen in one.analysis.garments:
        box = ",".join(str(round(edge * one.zoom)) for edge in seen.box)
        vector = ",".join(map(repr, np.asarray(seen.embedding, np.float64).tolist()))
        palette = [asdict(color) for color in seen.palette]
        tags = {head: _as_json(said) for head, said in seen.tags.items()}
        yield (
            *(photo.product_id, photo.pk, revision, seen.region, f"{{{box}}}", seen.area, False),
            *(f"[{vector}]", palette, packed(palette), tags),
            *(seen.category, seen.pattern, seen.style, seen.palette[0].family),
        )


def _as_json(said: Prediction) -> dict[str, Any]:
    return {
        "value": said.value,
        "probability": round(said.probability, DECIMALS),
        "top": [[value, round(share, DECIMALS)] for value, share in said.top],
        "unsure": said.unsure,
    }
