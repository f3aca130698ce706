"""Cloth from close by: tiles of texture that lighten and darken it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import cv2
import numpy as np

from vision.render import fields

SIDE = 256
"""Side of a tile in cells; tiles repeat without a seam."""

SMALLEST = 16
"""A tile is not averaged down below this side."""

_TURN = 2 * np.pi / SIDE


def seen_weave(kind: str, scale: float) -> tuple[np.ndarray, float]:
    """The texture as seen at `scale` px per cm: averaged down until a cell is about a pixel.

    Returns the tile, float32 around 0, and its cells per cm.
    """
    density = _WEAVES[kind][1]
    side = SIDE
    while density > scale * 1.25 and side > SMALLEST:
        side, density = side // 2, density / 2
    return _tile(kind, side), density


@cache
def _tile(kind: str, side: int) -> np.ndarray:
    if side < SIDE:
        return cv2.resize(_tile(kind, SIDE), (side, side), interpolation=cv2.INTER_AREA)
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    tile = np.asarray(_WEAVES[kind][0](x, y), np.float32)
    return np.ascontiguousarray(tile - tile.mean())


def _noise(kind: str, soften: float = 0.0) -> np.ndarray:
    tile = fields.spectrum(kind)[:SIDE, :SIDE]
    if soften:
        tile = cv2.GaussianBlur(tile, (0, 0), soften)
        tile = tile / tile.std()
    return tile


def _knit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    stitch = np.abs(((x * 16 / SIDE) % 1) - 0.5) * 2
    rows = np.sin((y * 24 * _TURN) + stitch * 2.6)
    return 0.06 * rows - 0.1 * (stitch > 0.86) + 0.05 * stitch + 0.014 * _noise("fuzz")


def _rib(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    ribs = np.sin(x * 16 * _TURN)
    return 0.11 * ribs + 0.03 * np.sin(y * 40 * _TURN) + 0.01 * _noise("fuzz")


def _cord(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return 0.09 * np.sin(x * 16 * _TURN) + 0.025 * _noise("fuzz")


def _twill(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return 0.06 * np.sin((x + y) * 36 * _TURN) + 0.05 * _noise("fleck") + 0.016 * _noise("fuzz")


def _slubby(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return 0.055 * _noise("slub") + 0.016 * _noise("fuzz")


def _canvas(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return 0.03 * (np.sin(x * 48 * _TURN) + np.sin(y * 48 * _TURN)) + 0.02 * _noise("fuzz")


def _braid(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return 0.11 * np.sin(x * 16 * _TURN) * np.sin(y * 22 * _TURN + np.sin(x * 8 * _TURN))


def _plain(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return 0.026 * _noise("fuzz") + 0.02 * _noise("slub")


_WEAVES: dict[str, tuple[Callable[[np.ndarray, np.ndarray], np.ndarray], float]] = {
    "knit": (_knit, 20.0),
    "rib": (_rib, 27.0),
    "cord": (_cord, 41.6),
    "twill": (_twill, 17.0),
    "slubby": (_slubby, 16.0),
    "canvas": (_canvas, 14.0),
    "braid": (_braid, 14.0),
    "plain": (_plain, 12.0),
    "fuzzy": (lambda x, y: 0.075 * _noise("fuzz", 1.1), 12.0),
    "shaggy": (lambda x, y: 0.14 * _noise("fleck", 0.8), 9.0),
    "pebble": (lambda x, y: 0.028 * _noise("fuzz", 1.3), 12.0),
    "smooth": (lambda x, y: np.zeros_like(x), 10.0),
}
"""How each texture is made, and its cells per cm."""
