"""Lay painted garments into a scene with their shadows."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from vision.render.layer import Layer

SHADOW_TINT = (np.float32(1.0), np.float32(1.015), np.float32(1.03))
"""Shadows take a little more blue than red, as under a warm lamp."""

COARSE = 4
"""Shadows are soft: they are computed on a grid this many times coarser."""


@dataclass
class Cutout:
    """A garment ready to lay: rgb float32 [h, w, 3] linear, premultiplied by alpha [h, w].

    origin: where (cm) its first pixel lies; scale: pixels per cm.
    """

    rgb: np.ndarray
    alpha: np.ndarray
    origin: tuple[float, float]
    scale: float


def reduced(layer: Layer, scale: float) -> Cutout:
    """The layer at another `scale` (px per cm), by area averaging: this is the antialiasing."""
    factor = scale / layer.scale
    height, width = layer.alpha.shape
    size = (max(2, round(width * factor)), max(2, round(height * factor)))
    planes = [
        cv2.resize(plane, size, interpolation=cv2.INTER_AREA) for plane in (*layer.rgb, layer.alpha)
    ]
    return Cutout(cv2.merge(planes[:3]), planes[3], layer.origin, scale)


def threefold(plane: np.ndarray) -> np.ndarray:
    """The plane for each of three channels; much faster to multiply with than a broadcast."""
    return cv2.merge((plane, plane, plane))


def _overlap(
    canvas: tuple[int, int], layer: tuple[int, int], x: int, y: int
) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    y0, x0 = max(y, 0), max(x, 0)
    y1, x1 = min(y + layer[0], canvas[0]), min(x + layer[1], canvas[1])
    there = (slice(y0, max(y1, y0)), slice(x0, max(x1, x0)))
    return there, (slice(y0 - y, max(y1, y0) - y), slice(x0 - x, max(x1, x0) - x))


def placed(layer: Cutout, x: int, y: int, shape: tuple[int, int]) -> np.ndarray:
    """The layer's coverage float32 with its first pixel at (x, y) of a canvas [h, w]."""
    there, here = _overlap(shape, layer.alpha.shape, x, y)
    cover = np.zeros(shape, np.float32)
    cover[there] = layer.alpha[here]
    return cover


def laid(canvas: np.ndarray, layer: Cutout, x: int, y: int, stance: str) -> np.ndarray:
    """Put the layer's first pixel at (x, y) on the canvas, in place, shadow first.

    Returns its coverage float32 [h, w] on the canvas.
    """
    height, width = canvas.shape[:2]
    there, here = _overlap((height, width), layer.alpha.shape, x, y)
    cover = placed(layer, x, y, (height, width))
    size = (max(2, width // COARSE), max(2, height // COARSE))
    small = cv2.resize(cover, size, interpolation=cv2.INTER_AREA)
    shadow = _standing(small) if stance == "standing" else _flat(small, stance)
    dark = cv2.resize(shadow, (width, height), interpolation=cv2.INTER_LINEAR)
    canvas *= cv2.merge([1 - dark * tint for tint in SHADOW_TINT])
    area = canvas[there]
    area *= threefold(1 - layer.alpha[here])
    area += layer.rgb[here]
    return cover


def _moved(mask: np.ndarray, dx: float, dy: float) -> np.ndarray:
    matrix = np.array([[1, 0, dx], [0, 1, dy]], np.float32)
    return cv2.warpAffine(mask, matrix, (mask.shape[1], mask.shape[0]))


def _flat(small: np.ndarray, stance: str) -> np.ndarray:
    """Contact shadow close by and a wider one; a hanging garment throws it farther."""
    unit = small.shape[0] / 200
    far = 2.2 if stance == "hang" else 1.0
    near = _moved(
        cv2.GaussianBlur(small, (0, 0), 1.1 * unit * far), 0.8 * unit * far, 1.3 * unit * far
    )
    wide = _moved(cv2.GaussianBlur(small, (0, 0), 5.5 * unit), 2.6 * unit * far, 4.2 * unit * far)
    return np.clip(0.3 * near + 0.25 * wide, 0, 0.72)


def _standing(small: np.ndarray) -> np.ndarray:
    """A pool of shadow on the floor under what stands."""
    unit = small.shape[0] / 200
    rows = np.flatnonzero(small.max(axis=1) > 0.5)
    if len(rows) == 0:
        return np.zeros_like(small)
    top, bottom = int(rows[0]), int(rows[-1])
    span = max(8.0, (bottom - top) * 0.25)
    y = np.arange(small.shape[0], dtype=np.float32)[:, None]
    foot = small * np.clip(1 - (bottom - y) / span, 0, 1)
    contact = _moved(
        cv2.GaussianBlur(foot, (0, 0), sigmaX=3.0 * unit, sigmaY=0.9 * unit), 0, 1.0 * unit
    )
    pool = _moved(
        cv2.GaussianBlur(foot, (0, 0), sigmaX=10 * unit, sigmaY=2.8 * unit), 3 * unit, 2.4 * unit
    )
    behind = _moved(cv2.GaussianBlur(small, (0, 0), 7 * unit), 3 * unit, 2 * unit)
    return np.clip(0.55 * contact + 0.55 * pool + 0.14 * behind, 0, 0.78)
