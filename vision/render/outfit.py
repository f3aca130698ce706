"""Several garments on one ground, as a flat-lay outfit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vision.render.compose import OVERSAMPLE, PLANE, clear_ground, rendered
from vision.render.garments import make
from vision.render.model import Garment, settled
from vision.render.paint import Painter
from vision.render.scene import camera
from vision.render.scene.place import laid, reduced
from vision.render.spec import GarmentSpec, Rendered

Spot = tuple[float, float, float, float]
"""Middle x, middle y, greatest width and height of a garment, as shares of the photo."""

BODY: dict[str, Spot] = {
    "upper": (0.36, 0.30, 0.64, 0.50),
    "outer": (0.66, 0.30, 0.56, 0.56),
    "full-body": (0.38, 0.42, 0.56, 0.76),
    "lower": (0.42, 0.70, 0.46, 0.54),
    "footwear": (0.77, 0.83, 0.34, 0.22),
    "headwear": (0.78, 0.10, 0.26, 0.16),
    "bag": (0.79, 0.58, 0.30, 0.30),
    "small": (0.15, 0.84, 0.22, 0.22),
}
"""Where each part of an outfit lies when there is one of each."""

PART: dict[str, str] = {
    **dict.fromkeys(("cardigan", "jacket", "coat", "blazer", "vest"), "outer"),
    **dict.fromkeys(("dress", "jumpsuit"), "full-body"),
    **dict.fromkeys(("skirt", "jeans", "trousers", "leggings", "shorts"), "lower"),
    **dict.fromkeys(("sneakers", "boots", "heels", "flats", "sandals"), "footwear"),
    **dict.fromkeys(("scarf", "socks", "belt"), "small"),
    "hat": "headwear",
    "bag": "bag",
}
"""Category to part; what is not named is an upper."""


def render_outfit(
    specs: Sequence[GarmentSpec],
    *,
    width: int = 600,
    height: int = 800,
    seed: int = 0,
    spots: Sequence[Spot] | None = None,
) -> list[Rendered]:
    """Lay garments out as one outfit; each result shares the image and has its own mask and box.

    The first spec gives the background, its view "phone" a hand-held photo. `spots` says where
    each lies, otherwise its part of the body does. A mask leaves out what a later garment covers.
    Raises ValueError for an empty list, and for spots of another number.
    """
    if not specs:
        raise ValueError("an outfit needs at least one garment")
    rng = np.random.default_rng([seed, len(specs), specs[0].seed])
    phone = specs[0].view == "phone"
    size = (round(width * PLANE), round(height * PLANE)) if phone else (width, height)
    canvas = clear_ground(specs[0], *size, rng, things=int(rng.integers(0, 3)) if phone else 0)
    left, top = (size[0] - width) / 2, (size[1] - height) / 2
    covers: list[np.ndarray] = []
    for spec, spot in zip(specs, spots or _spots(specs, rng), strict=True):
        garment = settled(make(spec), spec)
        scale = _scale(garment, spot, width, height)
        layer = reduced(Painter(garment, spec, scale * OVERSAMPLE).layer(), scale)
        h, w = layer.alpha.shape
        x = round(left + spot[0] * width - w / 2)
        y = round(top + spot[1] * height - h / 2)
        cover = laid(canvas, layer, x, y, "flat")
        covers = [c * (1 - cover) for c in covers] + [cover]
    if phone:
        image, covers = camera.held(canvas, covers, width, height, rng)
    else:
        image = camera.developed(canvas)
    return [
        rendered(image, cover, spec)
        for cover, spec in zip(covers, specs, strict=True)
        if (cover > 0.5).any()
    ]


def _scale(garment: Garment, spot: Spot, width: int, height: int) -> float:
    x0, y0, x1, y1 = garment.extent()
    return min(spot[2] * width / (x1 - x0), spot[3] * height / (y1 - y0))


def _spots(specs: Sequence[GarmentSpec], rng: np.random.Generator) -> list[Spot]:
    taken: dict[str, int] = {}
    parts = [PART.get(spec.category, "upper") for spec in specs]
    lonely_upper = "outer" not in parts and "full-body" not in parts
    spots = []
    for part in parts:
        x, y, w, h = BODY[part]
        again = taken.get(part, 0)
        taken[part] = again + 1
        if part == "upper" and lonely_upper:
            x, w = 0.40, 0.7
        jitter = rng.uniform(-0.025, 0.025, 2)
        spots.append((x + jitter[0] + 0.12 * again, y + jitter[1] + 0.14 * again, w, h))
    return spots
