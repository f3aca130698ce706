"""Sneakers."""

from __future__ import annotations

import numpy as np

from vision.render.garments.lasts import pair, part, rubber_sole
from vision.render.geometry import CORNER, line, shape, tube
from vision.render.model import Dot, Fold, Garment, Item, Stroke
from vision.render.palette import luma, mix
from vision.render.spec import GarmentSpec


def sneakers(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """Low court shoes, runners with a thick sole, or high-top canvas shoes."""
    name = spec.cut or ("court", "runner", "high-top")[int(rng.integers(3))]
    white = luma(spec.color) > 0.75 and rng.random() < 0.5
    rubber = "#e9e4d6" if white or rng.random() < 0.6 else "#fafaf7"
    trim = spec.color2 or mix(spec.color, "#26262a" if luma(spec.color) > 0.5 else "#f2efe8", 0.5)
    thick = {"runner": 4.6, "court": 3.0}.get(name, 2.7)
    base = -thick - 0.2
    high = 7.5 if name == "high-top" else 0.0
    upper = shape(
        (-14.3, base - 0.3, CORNER),
        (-14.0, base - 2.0),
        (-11.8, base - 3.9),
        (-8.2, base - 4.7),
        (-3.2, base - 7.6),
        (1.6, base - 10.6 - high * 0.96, CORNER),
        (4.6, base - 9.2 - high, CORNER),
        (8.5, base - 7.6 - high * 1.02),
        (12.9, base - 9.6 - high, CORNER),
        (13.2, base - 6.6),
        (13.6, base - 2.6),
        (13.9, base + 0.6, CORNER),
    )
    tongue = shape(
        (-3, base - 6.5),
        (0.4, base - 12.4 - high, CORNER),
        (3.4, base - 12.6 - high, CORNER),
        (5.5, base - 8.0 - high),
    )
    mouth = shape(
        (1.6, base - 10.4 - high),
        (6.0, base - 10.4 - high),
        (12.7, base - 9.7 - high),
        (8.5, base - 7.0 - high),
        (4, base - 8.6 - high),
    )
    toe = shape(
        (-14.4, base, CORNER),
        (-14.0, base - 2.0),
        (-11.9, base - 3.9),
        (-9.2, base - 4.4, CORNER),
        (-7.6, base - 1.5),
        (-8.4, base + 0.4, CORNER),
    )
    heel = shape(
        (9.6, base + 0.5, CORNER),
        (10.4, base - 4),
        (11.2, base - 8.5 - high * 0.9, CORNER),
        (12.9, base - 9.5 - high, CORNER),
        (13.9, base + 0.5, CORNER),
    )
    stay = shape(
        (-5.4, base - 5.6, CORNER),
        (1.5, base - 10.4 - high * 0.96, CORNER),
        (4.4, base - 9.1 - high, CORNER),
        (0.6, base - 5.6 - high * 0.7),
        (-3.2, base - 3.0),
    )
    mesh = "canvas" if name in ("runner", "high-top") else "leather"
    items: list[Item] = [
        part(tongue, dye="main" if name == "court" else trim, weave="canvas", tone=0.9),
        part(mouth, dye=trim, weave="fuzzy", tone=0.45, puff=1, patterned=False),
        part(upper, weave=mesh, puff=3.2, folds=_creases(base)),
    ]
    rubber_toe = name == "high-top"
    items.append(
        part(
            toe,
            dye=rubber if rubber_toe else "main" if name == "court" else trim,
            weave="rubber" if rubber_toe else "suede" if name == "runner" else mesh,
            puff=1.6,
            cast=0.3,
            patterned=False,
        )
    )
    items.append(
        part(heel, dye=trim, weave="suede" if name == "runner" else mesh, puff=1.4, patterned=False)
    )
    items.append(part(stay, weave="suede" if name == "runner" else mesh, puff=1.0, patterned=False))
    if name == "runner":
        swoop = tube(
            [(-6, base - 1.2), (0, base - 2.6), (5, base - 5.5), (9.5, base - 6.0)],
            [0.8, 1.9, 1.7, 1.0],
        )
        items.append(part(swoop, dye=trim, weave="suede", puff=0.6, patterned=False))
        flare = line((-13, base + 2.2), (-4, base + 2.9), (6, base + 2.0), (13.6, base + 0.9))
        sole = [*rubber_sole("#f4f2ec", thick, lift=0.8), Stroke(flare, "cord", 0.7, trim)]
    else:
        if name == "court" and rng.random() < 0.7:
            for shift in (0.0, 2.0, 4.0):
                bar = line((-0.5 + shift, base - 0.6), (1.9 + shift, base - 5.0))
                items.append(Stroke(bar, "cord", 0.8, trim))
        sole = rubber_sole(rubber, thick)
        if rubber_toe:
            edge = line((-14, base + 1.0), (-2, base + 1.4), (13.8, base + 0.9))
            sole.append(Stroke(edge, "cord", 0.3, trim))
    items += sole
    count = 7 if high else 5
    for k in range(count):
        share = (k + 0.4) / count
        a = (-5.6 + 6.6 * share, base - 6.5 - (4.4 + high) * share)
        b = (-3.2 + 6.2 * share, base - 4.6 - (4.0 + high) * share)
        items.append(
            Stroke(
                line(a, b),
                "cord",
                0.55,
                "#f2f0ea" if luma(spec.color) < 0.7 or name == "court" else trim,
            )
        )
        items.append(Dot((b[0] + 0.3, b[1] + 0.3), 0.22, "eyelet", "#8d8c88"))
    return pair(items)


def _creases(base: float) -> list[Fold]:
    return [
        Fold((-7.5, base - 4.2), (-5.6, base - 1.2), 0.8, 0.16, 0.2),
        Fold((-6.0, base - 5.0), (-4.2, base - 1.6), 0.8, 0.14, 0.2),
    ]
