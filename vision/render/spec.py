"""What is drawn (`GarmentSpec`) and what comes back (`Rendered`)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

VIEWS = ("studio", "hanger", "phone")


@dataclass(frozen=True)
class GarmentSpec:
    """One garment and the photo of it; the same spec always gives the same pixels.

    `color` and `color2` are sRGB hex strings. An attribute that is None does not apply to the
    category or is left to the cut. `seed` chooses the design (proportions, details, motif),
    `pose` only how it lies in this photo, so specs that differ in pose, view, background or
    colour are photos of one design. `cut` names a kind within the category ("bomber"),
    `motif` a chest graphic and its words ("smile:GOOD WEATHER CLUB").
    """

    category: str
    pattern: str
    color: str
    color2: str | None = None
    sleeve: str | None = None
    neckline: str | None = None
    length: str | None = None
    fit: str | None = None
    closure: str | None = None
    material: str | None = None
    seed: int = 0
    background: str = "paper"
    view: str = "studio"
    cut: str | None = None
    pose: int = 0
    motif: str | None = None


@dataclass(frozen=True)
class Rendered:
    """A drawn photo and what is true of it.

    image: uint8 [h, w, 3] sRGB. mask: bool [h, w], the garment's own pixels (no shadow).
    box: x0, y0, x1, y1 in pixels around the mask, x1 and y1 exclusive.
    labels: taxonomy ids by head: category, pattern, color (family) and the attributes.
    """

    image: np.ndarray
    mask: np.ndarray
    box: tuple[int, int, int, int]
    labels: dict[str, str]
    spec: GarmentSpec
