"""T-shirts, tank tops and polo shirts."""

from __future__ import annotations

import numpy as np

from vision.render.garments.bodice import Cut, body_folds, front, side
from vision.render.garments.camisole import camisole
from vision.render.garments.collars import shirt_collar
from vision.render.garments.details import (
    button_color,
    button_row,
    hem_stitch,
    opening,
    patch_pocket,
    placket,
)
from vision.render.garments.measures import measured, shaped_neck, worn
from vision.render.garments.necks import band, facing
from vision.render.garments.sleeves import Style, sleeves
from vision.render.geometry import mirrored, spline
from vision.render.model import Garment, Item, Piece, Stroke
from vision.render.spec import GarmentSpec


def tee(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A t-shirt."""
    cut = measured(spec, rng, Cut(neck=18 + rng.uniform(-1, 2), drop=8.5))
    kind = shaped_neck(cut, spec)
    raglan = spec.cut == "raglan"
    sleeve_dye = "second" if raglan or spec.pattern == "color-block" else "main"
    trim = "second" if spec.cut in ("ringer", "raglan") else "main"
    width = {"v": 1.6, "boat": 1.2, "square": 0.0}.get(kind, float(rng.uniform(1.7, 2.5)))
    behind, neck = band(cut, kind, width, trim) if width else facing(cut, kind)
    body = Piece(front(cut, kind), folds=body_folds(cut, rng), puff=4.5, decal=True)
    arms: list[Item] = []
    if spec.sleeve != "sleeveless":
        cuff = 1.8 if spec.cut == "ringer" else 0.0
        arms = sleeves(cut, rng, Style(dye=sleeve_dye, cuff=cuff, cuff_dye=trim))
    items: list[Item] = [*behind, *arms, body, *neck, hem_stitch(cut)]
    if rng.random() < 0.18 and spec.pattern in ("solid", "melange", "stripe-fine"):
        items += patch_pocket(7.5, cut.arm - 1.5, 10.5, 11.5)
    return worn(items, cut)


def tank(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A tank top, or a camisole."""
    if spec.cut == "cami":
        return camisole(spec, rng)
    cut = measured(
        spec, rng, Cut(neck=20, drop=13, back=5, across=31, chest=45, waist=43, hem=45, length=62)
    )
    cut.slope = 2.0
    if spec.neckline == "square":
        cut.neck, cut.drop, cut.across = 21.5, 12, 30
    elif spec.neckline == "halter":
        cut.neck, cut.drop, cut.across = 13, 7, 19
    elif spec.neckline == "v":
        cut.drop = 16
    kind = {"halter": "crew", "boat": "crew"}.get(spec.neckline or "", spec.neckline or "crew")
    behind, neck = band(cut, kind, 0.9, label=False)
    body = Piece(front(cut, kind), folds=body_folds(cut, rng), puff=4.5, decal=True)
    edge = spline(side(cut)[:4])
    rims: list[Item] = [
        Stroke(edge - (0.8, 0), "seam", 0.1),
        Stroke(mirrored(edge - (0.8, 0)), "seam", 0.1),
    ]
    return worn([*behind, body, *neck, *rims, hem_stitch(cut)], cut)


def polo(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A polo shirt."""
    cut = measured(spec, rng, Cut(neck=17, drop=7))
    trim = "second" if spec.color2 and spec.pattern == "solid" else "main"
    behind, neck = shirt_collar(
        cut,
        open_to=5,
        point=7.4,
        spread=6.6,
        dye=trim,
        weave="rib",
        patterned=False,
        stitched=False,
    )
    body = Piece(front(cut, "crew"), folds=body_folds(cut, rng), puff=4.5, decal=True)
    throat = opening(5.0, 11.5, 2.6)
    strip = placket(6, 20, 3.0)
    knobs = button_row([(0.2, y) for y in (13.2, 17.6)], button_color(spec), 0.52)
    arms = sleeves(
        cut,
        rng,
        Style(
            cuff=2.2 if spec.sleeve == "short" else 5,
            cuff_dye=trim,
            dye="second" if spec.pattern == "color-block" else "main",
        ),
    )
    items: list[Item] = [*behind, *arms, body, *strip, *throat, *knobs, *neck, hem_stitch(cut)]
    return worn(items, cut)
