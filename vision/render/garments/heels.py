"""Heels and flats."""

from __future__ import annotations

import numpy as np

from vision.render.garments.lasts import pair, part, rubber_sole
from vision.render.garments.sandals import ankle_strap
from vision.render.geometry import CORNER, ellipse, line, shape
from vision.render.model import Dot, Garment, Item, Stroke
from vision.render.spec import GarmentSpec


def heels(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """Pumps or strappy shoes on a heel, stiletto or block."""
    tall = float(rng.uniform(7.0, 10.0))
    block = spec.cut == "block" or (spec.cut is None and rng.random() < 0.45)
    top = -tall
    arch = [(9.0, top - 1.0), (3, top * 0.62), (-3, -1.3), (-12.6, -0.5)]
    upper = shape(
        (-13.6, -0.4, CORNER),
        (-13.2, -2.0),
        (-9.6, -3.6),
        (-5.8, -4.5, CORNER),
        (-1.6, -3.0),
        (4, top * 0.62 - 1.6),
        (8, top - 2.6),
        (10.6, top - 5.4, CORNER),
        (11.8, top - 4.6),
        (12.2, top - 0.4, CORNER),
        *arch,
    )
    lining = shape(
        (-5.8, -4.4),
        (-1, -4.4),
        (5, top * 0.62 - 3.4),
        (10.6, top - 5.4),
        (8, top - 1.6),
        (3, top * 0.6),
        (-2, -2.4),
    )
    sole = shape(
        (-13.4, -0.8),
        (-12.6, 0.0),
        (-5, 0.0),
        (-2.2, -0.9),
        (3.6, top * 0.58),
        (9, top - 0.2),
        (8.4, top - 1.4),
        (2.6, top * 0.66 - 0.6),
        (-3, -1.9),
        (-10, -0.9),
    )
    if block:
        heel = np.array([(6.6, top - 1.0), (12.2, top - 1.0), (11.8, 0.0), (7.6, 0.0)])
    else:
        heel = shape(
            (6.8, top - 0.9, CORNER),
            (12.2, top - 1.2, CORNER),
            (11.4, top * 0.55),
            (10.9, 0, CORNER),
            (10.0, 0, CORNER),
            (9.6, top * 0.5),
        )
    items: list[Item] = [
        part(lining, dye="#d9c3a5", weave="smooth", tone=0.8, puff=1, patterned=False),
        part(heel, puff=1.0, patterned=False),
        part(sole, dye="#3a2c25", weave="rubber", puff=0.6, patterned=False),
        part(upper, puff=2.6),
    ]
    if spec.cut == "strap" or (spec.cut is None and rng.random() < 0.4):
        items.insert(0, ankle_strap(7.6, top - 5.6, tone=0.6, back=True))
        items += [ankle_strap(7.6, top - 5.6), Dot((5.4, top - 4.5), 0.45, "snap", "#cdbb84")]
    return pair(items, 5.0, -4.2)


def flats(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """Ballet flats or loafers."""
    loafer = spec.cut == "loafer" or (spec.cut is None and rng.random() < 0.5)
    base = -1.4
    vamp = 6.6 if loafer else 3.4
    upper = shape(
        (-13.8, base, CORNER),
        (-13.4, base - 2.0),
        (-10.0, base - 3.8),
        (-7.0, base - 4.4) if not loafer else (-4.4, base - 5.6),
        (-5.0, base - vamp, CORNER) if not loafer else (0.0, base - vamp - 0.8, CORNER),
        (-1.0, base - 3.0) if not loafer else (3.4, base - 4.6),
        (6.5, base - 3.6) if not loafer else (7.5, base - 4.8),
        (12.6, base - 6.2, CORNER),
        (13.4, base - 3.2),
        (13.4, base + 0.2, CORNER),
    )
    lining = shape(
        (-4.8, base - vamp),
        (2, base - vamp - 0.6),
        (12.4, base - 6.2),
        (8, base - 2.6),
        (0, base - 2.2),
    )
    items: list[Item] = [
        part(lining, dye="#d4bf9f", weave="smooth", tone=0.78, puff=1, patterned=False),
        part(upper, puff=2.8),
    ]
    if loafer:
        apron = line(
            (-12.4, base - 2.4), (-9.6, base - 2.8), (-5.0, base - 3.4), (-0.6, base - 5.0)
        )
        saddle = shape(
            (-5.6, base - 0.2, CORNER),
            (-2.2, base - 0.2, CORNER),
            (-1.2, base - 3.4),
            (-1.0, base - 7.2, CORNER),
            (-4.4, base - 6.0, CORNER),
            (-4.6, base - 3.0),
        )
        items += [
            Stroke(apron, "seam", 0.34),
            part(saddle, puff=0.7, cast=0.5, patterned=False, within=upper),
        ]
        slot = ellipse(-2.9, base - 4.4, 0.9, 0.32, 12)
        items.append(part(slot, tone=0.35, puff=0.4, cast=0, patterned=False))
    else:
        items.append(Stroke(upper[20:70] * 0.985 + (0, -0.02), "seam", 0.12))
        for sign in (-1, 1):
            loop = shape(
                (-5.2, base - 3.8, CORNER),
                (-5.2 + sign * 2.4, base - 5.4),
                (-5.2 + sign * 2.9, base - 3.4),
            )
            items.append(part(loop, puff=0.5, patterned=False))
        items.append(part(ellipse(-5.2, base - 3.9, 0.6, 0.6), puff=0.4, patterned=False))
    items += rubber_sole("#3b2f28" if loafer else "#c2a98a", 1.1, toe=-13.9, heel=13.2)
    if loafer:
        block = np.array([(7.4, -1.2), (13.5, -1.4), (13.4, 1.2), (7.8, 1.2)])
        items.append(
            part(block, dye="#3b2f28", weave="rubber", puff=0.7, patterned=False, cast=0.1)
        )
    return pair(items, 5.0, -4.4)
