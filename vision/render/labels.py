"""What is true of a drawn garment, in the taxonomy's ids."""

from __future__ import annotations

from vision.render.palette import family
from vision.render.spec import GarmentSpec
from vision.taxonomy import taxonomy

_ALIKE: dict[str | None, str] = {"silk": "satin"}


def labels_of(spec: GarmentSpec) -> dict[str, str]:
    """Labels by head; heads that do not apply and cloths without an id are left out."""
    labels = {"category": spec.category, "pattern": spec.pattern, "color": family(spec.color)}
    words = taxonomy()
    for head in ("sleeve", "neckline", "length", "fit", "closure", "material"):
        value = getattr(spec, head)
        value = _ALIKE.get(value, value)
        if value in words.allowed(head, spec.category):
            labels[head] = value
    return labels
