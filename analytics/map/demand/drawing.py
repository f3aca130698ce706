"""What a region looked for, drawn: photos of shoppers are not kept."""

import io
from functools import lru_cache

import numpy as np
from PIL import Image

from vision.color_names import plainest
from vision.colorspace import lab_to_hex
from vision.render.compose import render
from vision.render.designs import DESIGNS
from vision.render.plausible import TRIMMED, random_spec
from vision.render.spec import GarmentSpec
from vision.taxonomy import taxonomy

WIDTH, HEIGHT = 180, 240
SEED, TURNS = 8, 8
QUALITY, METHOD = 82, 2
KEPT = 256
"""Drawings in a process's memory, about 5 KB each."""


class NotDrawn(ValueError):
    """Nothing like it can be drawn."""


def drawable(category: str) -> bool:
    return category in DESIGNS


@lru_cache(maxsize=KEPT)
def prototype(category: str, color: str, pattern: str) -> bytes:
    """A WebP of 180 × 240 of a garment with these ids of the taxonomy; "" leaves colour or pattern
    open. Raises NotDrawn."""
    known = taxonomy()
    if not drawable(category) or (color and color not in known.colors):
        raise NotDrawn(category)
    if pattern and pattern not in known.patterns:
        raise NotDrawn(pattern)
    fixed = {"category": category, "view": "studio", "background": "paper"}
    named = plainest(color) if color else None
    if named:
        fixed["color"] = lab_to_hex(named[1])
    fixed["pattern"] = pattern or "solid"
    spec = _of_one_color(fixed)
    out = io.BytesIO()
    drawn = render(spec, width=WIDTH, height=HEIGHT)
    Image.fromarray(drawn.image).save(out, "WEBP", quality=QUALITY, method=METHOD)
    return out.getvalue()


def _of_one_color(fixed: dict[str, str]) -> GarmentSpec:
    """A garment whose sleeves and trimmings are of its own colour, where its category has one."""
    specs = [random_spec(np.random.default_rng(SEED + turn), **fixed) for turn in range(TURNS)]
    return next((spec for spec in specs if spec.cut not in TRIMMED), specs[0])
