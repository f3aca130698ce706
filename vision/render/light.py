"""Folds and the soft light on them."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from vision.render import fields
from vision.render.fabric import Fabric
from vision.render.model import Fold, Piece

LIGHT = np.array([-0.42, -0.56, 0.72], np.float32)
"""Toward one large soft box above and to the left."""

AMBIENT = 0.46
"""What a surface turned fully away from the box still gets."""


@dataclass
class Lit:
    """Light on a piece at the piece's own resolution: factor, highlight, and slope (cm/cm)."""

    shade: np.ndarray
    gleam: np.ndarray
    slope_x: np.ndarray
    slope_y: np.ndarray


def light(
    piece: Piece,
    mask: np.ndarray,
    fabric: Fabric,
    *,
    scale: float,
    origin: tuple[float, float],
    rng: np.random.Generator,
) -> Lit:
    """Light a piece.

    mask: uint8 coverage [h, w] at the lighting resolution of `scale` px per cm, whose first
    pixel lies at `origin` (cm). `rng` places the random folds.
    """
    height = _rounded(mask, piece, scale, fabric.loft)
    height += _wrinkles(piece, fabric, mask.shape, scale, rng)
    if piece.quilt:
        height += _quilted(piece, mask.shape, scale, origin)
    for fold in piece.folds:
        _add_fold(height, fold, scale, origin)
    for middle in piece.cables:
        _add_cable(height, middle, scale, origin)
    slope_x = cv2.Sobel(height, cv2.CV_32F, 1, 0, ksize=3, scale=scale / 8)
    slope_y = cv2.Sobel(height, cv2.CV_32F, 0, 1, ksize=3, scale=scale / 8)
    inverse = 1 / np.sqrt(1 + slope_x * slope_x + slope_y * slope_y)
    facing = (LIGHT[2] - LIGHT[0] * slope_x - LIGHT[1] * slope_y) * inverse
    shade = AMBIENT + (1 - AMBIENT) / LIGHT[2] * np.maximum(facing, 0)
    hollow = height - cv2.blur(height, (_odd(3.2 * scale),) * 2)
    shade *= 1 + 0.16 * np.clip(hollow, -1.6, 0.7)
    np.clip(shade, 0.2, 1.34, out=shade)
    half = LIGHT + np.array([0, 0, 1], np.float32)
    half /= np.linalg.norm(half)
    gleam = np.maximum((half[2] - half[0] * slope_x - half[1] * slope_y) * inverse, 0)
    return Lit(shade, gleam**fabric.tight, slope_x, slope_y)


def _odd(value: float) -> int:
    return max(3, int(value) // 2 * 2 + 1)


def _rounded(mask: np.ndarray, piece: Piece, scale: float, loft: float) -> np.ndarray:
    """Height (cm) that rises softly from the outline, as cloth over a body or with air in it.

    A steep rim of the piece's `puff` radius, and a low dome over its whole width.
    """
    radius = piece.puff * scale
    inside = (mask > 127).astype(np.uint8)
    inside[[0, -1]] = 0
    inside[:, [0, -1]] = 0
    distance = cv2.distanceTransform(inside, cv2.DIST_L2, 5)
    rounded: np.ndarray = _arch(distance, radius)
    rounded = cv2.blur(rounded, (_odd(radius * 0.5),) * 2)
    rounded = cv2.blur(rounded, (_odd(radius * 0.35),) * 2)
    rounded = rounded * np.float32(0.5 * piece.puff * piece.relief * loft)
    breadth = float(distance.max())
    if breadth > radius * 1.6:
        dome = _arch(distance, breadth * 1.02)
        size = (max(2, mask.shape[1] // 4), max(2, mask.shape[0] // 4))
        dome = cv2.resize(dome, size, interpolation=cv2.INTER_AREA)
        dome = cv2.GaussianBlur(dome, (0, 0), max(1.0, breadth * 0.045))
        dome = cv2.blur(cv2.resize(dome, mask.shape[::-1]), (9, 9))
        rounded = rounded + dome * np.float32(breadth / scale * 0.14 * piece.relief)
    return rounded


def _arch(distance: np.ndarray, radius: float) -> np.ndarray:
    rise = 1 - np.minimum(distance / np.float32(radius), 1)
    return np.sqrt(np.maximum(1 - rise * rise, 0))


def _wrinkles(
    piece: Piece,
    fabric: Fabric,
    shape: tuple[int, ...],
    scale: float,
    rng: np.random.Generator,
) -> np.ndarray:
    size = (shape[1], shape[0])
    cell = fabric.cell * scale
    strength = piece.drape
    total = np.zeros(shape, np.float32)
    lean = piece.grain + rng.normal(0, 9)
    if fabric.drape * strength > 0.01:
        field = fields.sample(
            fields.spectrum("drape"),
            size,
            cell=cell,
            degrees=lean,
            at=tuple(rng.uniform(0, 512, 2)),
        )
        total += field * (0.42 * fabric.drape * strength)
    if fabric.ridge * strength > 0.01:
        field = fields.sample(
            fields.spectrum("ridge"),
            size,
            cell=cell * 1.15,
            degrees=lean + rng.uniform(-40, 40),
            at=tuple(rng.uniform(0, 512, 2)),
        )
        where = fields.sample(
            fields.spectrum("soft"), size, cell=cell * 0.8, at=tuple(rng.uniform(0, 512, 2))
        )
        total += field * np.clip(where + 0.35, 0, 1.6) * (0.2 * fabric.ridge * strength)
    if fabric.crumple * strength > 0.01:
        field = fields.sample(
            fields.spectrum("crumple"),
            size,
            cell=cell * 0.9,
            degrees=rng.uniform(0, 360),
            at=tuple(rng.uniform(0, 512, 2)),
        )
        total += field * (0.13 * fabric.crumple * strength)
    return total


def _quilted(
    piece: Piece, shape: tuple[int, ...], scale: float, origin: tuple[float, float]
) -> np.ndarray:
    """Down-filled rows `quilt` cm high, across the piece's grain."""
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32) / scale
    angle = np.deg2rad(piece.grain)
    down = (x + origin[0]) * np.sin(angle) + (y + origin[1]) * np.cos(angle)
    wave = np.abs(np.sin(down * (np.pi / piece.quilt)))
    return np.sqrt(wave) * (0.17 * piece.quilt)


def _add_fold(height: np.ndarray, fold: Fold, scale: float, origin: tuple[float, float]) -> None:
    """Raise a tapered ridge, strongest at its start, in place."""
    a = (np.array(fold.a) - origin) * scale
    b = (np.array(fold.b) - origin) * scale
    length = float(np.hypot(*(b - a)))
    if length < 2:
        return
    reach = fold.width * scale * 2.2 + abs(fold.bow) * scale
    x0, y0 = np.maximum(np.minimum(a, b) - reach, 0).astype(int)
    x1 = int(min(max(a[0], b[0]) + reach, height.shape[1]))
    y1 = int(min(max(a[1], b[1]) + reach, height.shape[0]))
    if x1 <= x0 or y1 <= y0:
        return
    ux, uy = (b - a) / length
    x = np.arange(x0, x1, dtype=np.float32)[None, :] - float(a[0])
    y = np.arange(y0, y1, dtype=np.float32)[:, None] - float(a[1])
    along = (x * ux + y * uy) / length
    aside = y * ux - x * uy
    inside = np.clip(along, 0, 1)
    aside = aside - 4 * fold.bow * scale * inside * (1 - inside)
    spread = fold.width * scale * (0.55 + 0.6 * inside) * 0.5
    taper = np.clip(along * 5 + 0.6, 0, 1) * np.clip((1 - along) * 1.6, 0, 1)
    taper = taper * taper * (3 - 2 * taper)
    ridge = np.exp(-((aside / spread) ** 2)) * taper
    height[y0:y1, x0:x1] += ridge * fold.height


CABLE = 3.6
"""Width of a twisted rope in a cable knit, cm."""


def _add_cable(
    height: np.ndarray, middle: float, scale: float, origin: tuple[float, float]
) -> None:
    """Raise a rope of two crossing strands between two purl grooves, in place."""
    x0 = max(int((middle - CABLE * 0.75 - origin[0]) * scale), 0)
    x1 = min(int((middle + CABLE * 0.75 - origin[0]) * scale), height.shape[1])
    if x1 - x0 < 3:
        return
    x = np.arange(x0, x1, dtype=np.float32)[None, :] / scale + origin[0] - middle
    y = np.arange(height.shape[0], dtype=np.float32)[:, None] / scale + origin[1]
    turn = y * np.float32(2 * np.pi / (CABLE * 1.9))
    rope = np.zeros((height.shape[0], x1 - x0), np.float32)
    for phase in (0.0, np.pi):
        center = CABLE * 0.22 * np.sin(turn + phase)
        over = 0.75 + 0.35 * np.cos(turn + phase)
        rope = np.maximum(rope, over * np.exp(-(((x - center) / (CABLE * 0.2)) ** 2)))
    groove = np.exp(-(((np.abs(x) - CABLE * 0.56) / (CABLE * 0.08)) ** 2))
    height[:, x0:x1] += 0.62 * rope - 0.3 * groove
