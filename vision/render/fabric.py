"""What cloth is made of: how it folds, shines, and looks from close by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np

from vision.render import fields


@dataclass(frozen=True)
class Fabric:
    """A material's look.

    weave: close-up texture. drape, ridge, crumple: strength of the three kinds of folds.
    cell: size of the folds (cm per noise cell). sheen: strength of highlights, `tight` how
    small they are. depth: contrast of the close-up texture. loft: how much the edges
    swell.
    """

    weave: str
    drape: float
    ridge: float
    crumple: float
    cell: float = 0.22
    sheen: float = 0.05
    tight: float = 6.0
    depth: float = 1.0
    loft: float = 1.0


FABRICS: dict[str, Fabric] = {
    "cotton": Fabric("plain", 0.8, 0.62, 0.16, cell=0.26, loft=0.72),
    "jersey": Fabric("plain", 0.95, 0.5, 0.04, cell=0.28, depth=0.8, loft=0.78),
    "fleece": Fabric("fuzzy", 0.85, 0.4, 0.0, cell=0.3, depth=0.7, loft=0.95),
    "knit": Fabric("knit", 0.7, 0.26, 0.0, cell=0.32),
    "denim": Fabric("twill", 0.5, 0.55, 0.26, cell=0.22, loft=0.75),
    "linen": Fabric("slubby", 0.75, 0.62, 0.4, cell=0.24, loft=0.66),
    "wool": Fabric("fuzzy", 0.72, 0.42, 0.0, cell=0.36, depth=0.8, loft=0.8),
    "satin": Fabric("smooth", 1.2, 0.5, 0.0, cell=0.28, sheen=0.2, tight=3.5, loft=0.66),
    "silk": Fabric("smooth", 1.15, 0.5, 0.04, cell=0.26, sheen=0.16, tight=3.5, loft=0.66),
    "chiffon": Fabric("plain", 1.1, 0.6, 0.06, cell=0.26, depth=0.6, loft=0.6),
    "lace": Fabric("plain", 0.6, 0.35, 0.0, loft=0.66),
    "leather": Fabric("pebble", 0.55, 0.55, 0.1, cell=0.24, sheen=0.22, tight=12.0),
    "suede": Fabric("fuzzy", 0.4, 0.3, 0.0, cell=0.24),
    "nylon": Fabric("smooth", 0.7, 0.6, 0.34, cell=0.2, sheen=0.13, tight=8.0),
    "fur": Fabric("shaggy", 0.5, 0.2, 0.0, cell=0.3),
    "canvas": Fabric("canvas", 0.35, 0.34, 0.12, loft=0.8),
    "corduroy": Fabric("cord", 0.6, 0.4, 0.0, loft=0.8),
    "straw": Fabric("braid", 0.1, 0.1, 0.0),
    "rubber": Fabric("smooth", 0.0, 0.0, 0.0, sheen=0.1, tight=8.0),
    "metal": Fabric("smooth", 0.0, 0.0, 0.0, sheen=0.7, tight=10.0),
}

_SIDE = 256


def seen_weave(kind: str, scale: float) -> tuple[np.ndarray, float]:
    """The texture as seen at `scale` px per cm: averaged down until a cell is about a pixel.

    Returns the tile and its cells per cm.
    """
    tile, density = weave(kind)
    while density > scale * 1.25 and tile.shape[0] > 16:
        tile, density = _halved(kind, tile.shape[0] // 2), density / 2
    return tile, density


@cache
def _halved(kind: str, side: int) -> np.ndarray:
    tile, _ = weave(kind)
    return cv2.resize(tile, (side, side), interpolation=cv2.INTER_AREA)


@cache
def weave(kind: str) -> tuple[np.ndarray, float]:
    """A tile of close-up texture (float32 around 0) and how many of its cells make one cm."""
    y, x = np.mgrid[0:_SIDE, 0:_SIDE].astype(np.float32)
    fuzz = fields.spectrum("fuzz")[:_SIDE, :_SIDE]
    turn = 2 * np.pi / _SIDE
    if kind == "knit":
        stitch = np.abs(((x * 16 / _SIDE) % 1) - 0.5) * 2
        rows = np.sin((y * 24 * turn) + stitch * 2.6)
        tile = 0.06 * rows - 0.1 * (stitch > 0.86) + 0.05 * stitch + 0.014 * fuzz
        density = _SIDE / 16 * 1.9
    elif kind == "cable":
        tile = weave("knit")[0]
        density = _SIDE / 16 * 1.4
    elif kind == "rib":
        tile = 0.11 * np.sin(x * 16 * turn) + 0.03 * np.sin(y * 40 * turn) + 0.01 * fuzz
        density = _SIDE / 16 * 2.2
    elif kind == "cord":
        tile = 0.09 * np.sin(x * 16 * turn) + 0.025 * fuzz
        density = _SIDE / 16 * 2.6
    elif kind == "twill":
        threads = np.sin((x + y) * 36 * turn)
        tile = 0.045 * threads + 0.035 * fields.spectrum("fleck")[:_SIDE, :_SIDE] + 0.012 * fuzz
        density = 17.0
    elif kind == "slubby":
        tile = 0.04 * fields.spectrum("slub")[:_SIDE, :_SIDE] + 0.014 * fuzz
        density = 16.0
    elif kind == "canvas":
        tile = 0.03 * (np.sin(x * 48 * turn) + np.sin(y * 48 * turn)) + 0.02 * fuzz
        density = 14.0
    elif kind == "fuzzy":
        soft = cv2.GaussianBlur(fuzz, (0, 0), 0.9)
        tile = 0.05 * soft / soft.std()
        density = 13.0
    elif kind == "shaggy":
        hair = cv2.GaussianBlur(fields.spectrum("fleck"), (0, 0), 0.8)[:_SIDE, :_SIDE]
        tile = 0.14 * hair / hair.std()
        density = 9.0
    elif kind == "pebble":
        grain = cv2.GaussianBlur(fuzz, (0, 0), 1.3)
        tile = 0.028 * grain / grain.std()
        density = 12.0
    elif kind == "braid":
        tile = 0.11 * np.sin(x * 16 * turn) * np.sin(y * 22 * turn + np.sin(x * 8 * turn))
        density = 14.0
    elif kind == "plain":
        tile = 0.022 * fuzz + 0.012 * fields.spectrum("slub")[:_SIDE, :_SIDE]
        density = 12.0
    else:
        tile = np.zeros((_SIDE, _SIDE))
        density = 10.0
    tile = np.asarray(tile - tile.mean(), np.float32)
    return np.ascontiguousarray(tile), density
