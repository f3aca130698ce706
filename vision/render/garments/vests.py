"""Sleeveless layers."""

from __future__ import annotations

import numpy as np

from vision.render.garments.bodice import Cut, body_folds, front, half_front
from vision.render.garments.details import armhole_bands, flap, hem_rib
from vision.render.garments.jackets import puffer
from vision.render.garments.measures import bare_of, measured, worn
from vision.render.garments.necks import band
from vision.render.geometry import CORNER, both_sides, mirrored
from vision.render.model import Dot, Garment, Item, Piece
from vision.render.palette import mix
from vision.render.spec import GarmentSpec


def vest(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A sleeveless layer: knitted, padded or tailored."""
    name = spec.cut or {"knit": "knit", "nylon": "puffer"}.get(spec.material or "", "tailored")
    cut = Cut(neck=18, drop=20, across=40, chest=52, waist=50, hem=50, length=58, arm=26)
    bare = GarmentSpec(spec.category, spec.pattern, spec.color, fit=spec.fit, sleeve="sleeveless")
    cut = measured(bare, rng, cut)
    if name == "puffer":
        cut.drop = 7.5
        return worn(puffer(bare_of(spec), rng, cut), cut)
    if name == "knit":
        kind = "v" if spec.neckline != "crew" else "crew"
        cut.drop = 20 if kind == "v" else 8
        behind, neck = band(cut, kind, 2.4)
        body = Piece(front(cut, kind), folds=body_folds(cut, rng, 0.7), puff=5.5)
        items: list[Item] = [
            *behind,
            body,
            *armhole_bands(cut, 2.2),
            hem_rib(cut, 5.5),
            *neck,
        ]
        return worn(items, cut)
    cut.chest, cut.waist, cut.hem, cut.length = 48, 44, 46, 56
    lining = mix(spec.color, "#1c1a18", 0.5)
    back = both_sides((0, -1.0), (8.6, -0.4, CORNER), (9, 20), (3, 34, CORNER), (0, 35))
    items = [Piece(back, dye=lining, weave="satin", tone=0.7, patterned=False, puff=2, cast=0)]
    edge = [
        (cut.neck / 2, 0.0, CORNER),
        (cut.neck * 0.36, 14),
        (-1.6, 31, CORNER),
        (-1.6, cut.length - 4, CORNER),
        (7.5, cut.length + 6, CORNER),
    ]
    right = half_front(cut, edge)
    for points in (right, mirrored(right)):
        items.append(Piece(points, puff=4, drape=0.6, cast=0.5))
    for y in np.linspace(33, cut.length - 5.5, 4):
        items.append(Dot((0.0, float(y)), 0.75, "button", mix(spec.color, "#2a1c14", 0.6)))
    for sign in (-1, 1):
        items += flap(sign * 13, cut.length - 12, 9.5, sign * -0.4, 1.6)
    return worn(items, cut)
