"""Tailored fronts with lapels, and blazers."""

from __future__ import annotations

import numpy as np

from vision.render.garments.bodice import Cut, body_folds, half_front
from vision.render.garments.collars import lapels
from vision.render.garments.details import flap, tag
from vision.render.garments.measures import measured, worn
from vision.render.garments.sleeves import Style, sleeves
from vision.render.geometry import CORNER, both_sides, mirrored
from vision.render.model import Dot, Garment, Item, Piece
from vision.render.palette import mix
from vision.render.spec import GarmentSpec


def tailored(
    spec: GarmentSpec,
    rng: np.random.Generator,
    cut: Cut,
    *,
    roll: float,
    double: bool,
    peak: bool,
    buttons: int,
    arms: bool = True,
) -> list[Item]:
    """Two fronts that overlap below the lapels' roll, over a dark inner back."""
    lining = mix(spec.color, "#1c1a18", 0.45)
    back = both_sides(
        (0, -1.5),
        (cut.neck / 2, -0.8, CORNER),
        (cut.neck / 2 + 3, roll * 0.6),
        (5, roll + 2, CORNER),
        (0, roll + 4),
    )
    items: list[Item] = [
        Piece(
            back, dye=lining, weave="satin", tone=0.75, patterned=False, puff=2, relief=0.4, cast=0
        )
    ]
    items.append(tag(1.0))
    if arms:
        items += sleeves(cut, rng, Style(drape=0.7))
    over = 8.0 if double else 2.0
    edge = [
        (cut.neck / 2, 0.0, CORNER),
        (cut.neck * 0.3, roll * 0.5),
        (-over, roll, CORNER),
        (-over + 0.2, cut.length - 5),
        (-over + (1.2 if double else 4.5), cut.length + 0.6, CORNER),
    ]
    right = half_front(cut, edge)
    folds = body_folds(cut, rng, 0.6)
    for points in (right, mirrored(right)):
        mine = [f for f in folds if (f.a[0] > 0) == (points is right)]
        items.append(Piece(points, folds=mine, puff=5, drape=0.65, cast=0.5))
    items += lapels(cut, roll=roll, width=9.5 if peak else 8.6, peak=peak, overlap=over)
    horn = mix(spec.color, "#2a1c14", 0.6)
    for k in range(buttons):
        y = roll + 1.5 + k * 10.5
        columns = (-over + 2.2, over - 2.2) if double else (0.2,)
        items += [Dot((x, y), 1.05, "button", horn) for x in columns]
    return items


def blazer(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A tailored jacket, single or double breasted."""
    cut = Cut(
        neck=17,
        drop=7,
        across=45,
        chest=54,
        waist=50,
        hem=54,
        length=71,
        cuff=13.5,
        arm=25,
        swoop=0.5,
    )
    cut = measured(spec, rng, cut)
    cut.angle, cut.bend, cut.cuff = 19, 6, 12.5
    double = spec.cut == "double-breasted" or (spec.cut is None and rng.random() < 0.3)
    roll = 36.0 if double else float(rng.uniform(32, 40))
    items = tailored(
        spec,
        rng,
        cut,
        roll=roll,
        double=double,
        peak=double,
        buttons=2 if double or rng.random() < 0.6 else 1,
    )
    for sign in (-1, 1):
        items += flap(sign * 15.5, cut.length - 24, 14, sign * 0.4)
    welt = np.array([(10.5, 24.5), (20, 23.2), (20, 25.4), (10.5, 26.8)])
    items.append(Piece(welt, puff=0.7, drape=0.1, cast=0.35))
    return worn(items, cut)
