"""Tops and dresses that hang from thin straps."""

from __future__ import annotations

import numpy as np

from vision.render.geometry import CORNER, both_sides, line, mirrored, tube
from vision.render.model import Fold, Garment, Item, Piece, Stroke
from vision.render.spec import GarmentSpec

PEAK = (9.0, 7.0)
"""Where the right strap meets the front, cm."""

TOP = -7.0
"""How high the straps reach, cm."""

ARM = 18.5
"""Where the side seam begins, cm."""


def _edge(spec: GarmentSpec) -> list[tuple[float, ...]]:
    """Right half of the front's upper edge: a sweetheart dip, a straight line or a soft cowl."""
    if spec.neckline == "square":
        return [(0, 7.6), (PEAK[0] - 0.6, 7.2, CORNER), (PEAK[0] + 0.8, 7.1, CORNER)]
    if spec.neckline == "v":
        return [(0, 14.0, CORNER), (4.6, 9.6), (*PEAK, CORNER)]
    return [(0, 11.4), (5.2, 9.6), (*PEAK, CORNER)]


def _straps(wide: float) -> tuple[list[Item], list[Item]]:
    back: list[Item] = []
    front: list[Item] = []
    for sign in (-1, 1):
        up = tube([(sign * 8.2, TOP), (sign * 8.6, 0), (sign * PEAK[0], PEAK[1] + 0.6)], [wide] * 3)
        down = tube([(sign * 8.2, TOP), (sign * 7.2, 3), (sign * 6.8, 14)], [wide] * 3)
        front.append(Piece(up, puff=0.5, drape=0, cast=0.25, patterned=False))
        back.append(Piece(down, puff=0.5, drape=0, cast=0.2, tone=0.66, patterned=False))
    return back, front


def _hung(
    spec: GarmentSpec,
    rng: np.random.Generator,
    below: list[tuple[float, ...]],
    folds: list[Fold],
    chest: float,
) -> Garment:
    """The garment whose right side runs on through `below` after the armhole."""
    arm = (chest / 2, ARM, CORNER)
    hollow = (chest / 2 - 5.4, ARM - 3.2)
    outline = both_sides(*_edge(spec), hollow, arm, *below)
    inner = both_sides(
        (0, 13.5), (chest * 0.3, 14.2), (chest / 2 - 0.3, ARM - 0.4, CORNER), (0, ARM + 3)
    )
    behind, straps = _straps(float(rng.uniform(0.7, 1.3)))
    rim = line(*_edge(spec), hollow, (arm[0], arm[1])) + (0.0, 0.9)
    items: list[Item] = [
        *behind,
        Piece(inner, tone=0.55, patterned=False, puff=1.5, relief=0.4, drape=0.3, cast=0),
        Piece(outline, puff=4.5, folds=folds, drape=1.1, decal=True),
        Stroke(rim, "seam", 0.1),
        Stroke(mirrored(rim), "seam", 0.1),
        *straps,
    ]
    return Garment(items, hook=(0.0, -4.0), shoulder=12.0, slope=1.0, chest=(0.0, 26.0, 18.0))


def _cowl(spec: GarmentSpec, rng: np.random.Generator) -> list[Fold]:
    if spec.neckline in ("square", "v"):
        return [Fold((s * 8, 9), (s * rng.uniform(2, 6), 24), 2.0, 0.4, s * 0.6) for s in (-1, 1)]
    return [Fold((-8 + k, 9 + 2 * k), (8 - k, 9 + 2 * k), 2.0, 0.55, -3.2) for k in (0.0, 1.6, 3.2)]


def camisole(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A camisole top."""
    chest = 44.0 * {"slim": 0.94, "loose": 1.1}.get(spec.fit or "", 1.0)
    length = 44.0 if spec.length == "cropped" else 57.0 + rng.uniform(-2, 3)
    below = [
        (chest / 2 - 1.6, ARM + (length - ARM) * 0.45),
        (chest / 2 + 0.8, length, CORNER),
        (chest / 4, length + 1.0),
        (0, length + 1.2),
    ]
    folds = _cowl(spec, rng)
    for x in rng.uniform(-chest * 0.4, chest * 0.4, 5):
        folds.append(Fold((x, length), (x * 0.8, length - rng.uniform(14, 28)), 2.6, 0.45))
    return _hung(spec, rng, below, folds, chest)


def slip_dress(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A bias-cut slip dress without a waist seam."""
    length = {"mini": 80.0, "midi": 112.0, "maxi": 134.0}.get(spec.length or "midi", 112.0)
    length += rng.uniform(-3, 3)
    hem = 25.0 + (length - 80) * 0.09 + rng.uniform(-1, 2)
    x = np.linspace(1, 0, 16)
    wave = 0.7 * np.sin(x * 9 + rng.uniform(0, 6))
    below: list[tuple[float, ...]] = [
        (19.4, 40.0),
        (22.6, 60.0),
        (22.9, 74.0),
        (hem, length + wave[0], CORNER),
        *((float(hem * a), float(length + b)) for a, b in zip(x[1:], wave[1:], strict=True)),
    ]
    folds = _cowl(spec, rng)
    for start in rng.uniform(-0.9, 0.9, 9):
        low = (float(start) * hem, length - rng.uniform(0, 4))
        top = (float(start) * 16, length - rng.uniform(30, 66))
        folds.append(Fold(low, top, rng.uniform(2.4, 4.4), rng.uniform(0.5, 0.95), rng.normal()))
    for sign in (-1, 1):
        folds.append(Fold((sign * 19, 42), (sign * 4, 50), 2.2, 0.4, 0.8))
        folds.append(Fold((sign * 19.4, 38), (-sign * 2, 33), 2.0, 0.35, -0.8))
    return _hung(spec, rng, below, folds, 43.0)
