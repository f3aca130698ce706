"""Measures that tops, coats and dresses share, and how they hang."""

from __future__ import annotations

import numpy as np

from vision.render.garments.bodice import Cut
from vision.render.model import Garment, Item
from vision.render.spec import GarmentSpec

FITS = {"slim": 0.93, "regular": 1.0, "loose": 1.13}

LENGTHS = {"cropped": 0.76, "regular": 1.0, "long": 1.14}


def measured(spec: GarmentSpec, rng: np.random.Generator, cut: Cut) -> Cut:
    """The cut with this garment's fit, length, sleeve and small personal differences."""
    wide = FITS.get(spec.fit or "regular", 1.0) * rng.uniform(0.98, 1.03)
    cut.chest *= wide
    cut.waist *= wide
    cut.hem *= wide
    cut.across *= 1 + (wide - 1) * 0.75
    cut.length *= LENGTHS.get(spec.length or "regular", 1.0) * rng.uniform(0.98, 1.05)
    if spec.fit == "slim":
        cut.waist -= 2.5
    if spec.sleeve == "short":
        cut.sleeve, cut.angle = 19 + (4 if spec.fit == "loose" else 0), 44
        cut.cuff = cut.bicep = 18.5 * wide
    elif spec.sleeve == "three-quarter":
        cut.sleeve, cut.angle, cut.cuff, cut.bicep = 42, 27, 13.0 * wide, 16 * wide
    elif spec.sleeve == "long":
        cut.sleeve, cut.angle, cut.bicep = 59, 23, 16 * wide
        cut.cuff = min(cut.cuff, 11.5)
    cut.arm = max(cut.arm, cut.slope + 17 * wide)
    return cut


def shaped_neck(cut: Cut, spec: GarmentSpec) -> str:
    kind = spec.neckline or "crew"
    if kind == "v":
        cut.drop = 17
    elif kind == "boat":
        cut.neck, cut.drop = 27, 5
    elif kind == "square":
        cut.neck, cut.drop = 24, 11
    return kind if kind in ("v", "boat", "square") else "crew"


def worn(items: list[Item], cut: Cut) -> Garment:
    """A garment that hangs from its shoulders, with its place for a chest graphic."""
    middle = cut.drop + (cut.length - cut.drop) * 0.31
    return Garment(
        items,
        hook=(0.0, -2.0),
        shoulder=cut.across / 2,
        slope=cut.slope,
        chest=(0.0, middle, 27.0),
    )


def bare_of(spec: GarmentSpec) -> GarmentSpec:
    """The same spec without sleeves."""
    return GarmentSpec(
        spec.category,
        spec.pattern,
        spec.color,
        spec.color2,
        sleeve="sleeveless",
        material=spec.material,
        seed=spec.seed,
        pose=spec.pose,
    )
