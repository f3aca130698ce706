"""Hats."""

from __future__ import annotations

import numpy as np

from vision.render.geometry import CORNER, both_sides, ellipse, line, shape
from vision.render.model import Dot, Fold, Garment, Item, Piece, Stroke
from vision.render.spec import GarmentSpec


def hat(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A cap, beanie, bucket hat or brimmed hat."""
    name = spec.cut or {"knit": "beanie", "straw": "brim", "wool": "brim"}.get(
        spec.material or "", ("cap", "bucket")[int(rng.integers(2))]
    )
    if name == "beanie":
        crown = both_sides(
            (0, -20), (6, -19.4), (10, -15.5), (11.2, -8), (11.0, -5, CORNER), (0, -4.4)
        )
        cuff = both_sides(
            (0, -8.4), (8, -8.8), (11.4, -9.4, CORNER), (11.7, -4), (11.0, 0, CORNER), (0, 1.0)
        )
        items: list[Item] = [Piece(crown, weave="rib", puff=5, drape=0.5, patterned=True)]
        items.append(Piece(cuff, weave="rib", puff=2.2, drape=0.3, cast=0.55, dye="main"))
        if rng.random() < 0.35:
            pom = ellipse(0, -22.4, 4, 3.8)
            items.insert(0, Piece(pom, weave="fur", puff=3.6, drape=0.6, patterned=False))
        patch = np.array([(-2.2, -5.6), (2.2, -5.6), (2.2, -2.4), (-2.2, -2.4)])
        items.append(
            Piece(patch, dye="#ece7dc", weave="canvas", patterned=False, puff=0.4, cast=0.4)
        )
    elif name == "bucket":
        crown = both_sides((0, -16), (7, -15.6), (9.4, -14.2), (11, -5.4, CORNER), (0, -4))
        brim = both_sides((0, -6.4), (10.2, -7.6, CORNER), (16, 0.4), (14.5, 2.0), (0, 4.4))
        items = [Piece(crown, puff=4.5, drape=0.5), Piece(brim, puff=2.6, drape=0.6, cast=0.5)]
        items.append(Stroke(line((-10.4, -7.2), (0, -5.8), (10.4, -7.2)), "seam", 0.16))
        for k in (0.3, 0.55, 0.8):
            path = line(
                (-10.2 - 5 * k, -7.4 + 8 * k), (0, -6.3 + 10 * k), (10.2 + 5 * k, -7.4 + 8 * k)
            )
            items.append(Stroke(path, "seam", 0.1))
    elif name == "brim":
        brim = both_sides((0, -3.2), (12, -4.4), (21, -2.2), (20.5, 0.8), (11, 3.8), (0, 4.6))
        crown = both_sides(
            (0, -14.2), (4, -15.2), (8.6, -13.6), (10.2, -6), (11.0, -1.2, CORNER), (0, 1.6)
        )
        ribbon = both_sides((0, -3.4), (10.4, -5.0, CORNER), (11.0, -1.4, CORNER), (0, 1.4))
        weave = "straw" if spec.material == "straw" else None
        items = [
            Piece(brim, puff=2.4, drape=0.3, weave=weave),
            Piece(
                crown,
                puff=4.6,
                drape=0.3,
                weave=weave,
                cast=0.5,
                folds=[Fold((0, -15), (0.4, -7), 3.4, -0.9)],
            ),
        ]
        items.append(
            Piece(
                ribbon,
                dye=spec.color2 or "#26241f",
                weave="satin",
                patterned=False,
                puff=1.4,
                drape=0.1,
                cast=0.4,
            )
        )
    else:
        crown = shape(
            (-9.6, 0, CORNER),
            (-9.8, -6),
            (-6.5, -12.4),
            (0.5, -14.6),
            (7.5, -12.6),
            (11.0, -6.5),
            (11.4, 0.4, CORNER),
            (1, 1.4),
        )
        visor = shape(
            (-8.6, -1.4, CORNER),
            (-15, 0.6),
            (-20.5, 3.8),
            (-20.2, 5.0),
            (-12.5, 4.0),
            (-4, 2.4),
            (1.5, 1.0, CORNER),
        )
        dye = "second" if spec.pattern == "color-block" or spec.color2 else "main"
        items = [
            Piece(crown, puff=5.5, drape=0.3, decal=True),
            Piece(visor, dye=dye, puff=1.6, drape=0.1, cast=0.6),
        ]
        items += [
            Stroke(line((0.6, -14.6), (-3.4, -9), (-4.6, 0.8)), "seam", 0.14),
            Stroke(line((0.6, -14.6), (6.4, -9), (7.2, 0.8)), "seam", 0.14),
        ]
        items.append(Dot((0.5, -14.6), 0.8, "rivet", spec.color))
        items += [
            Dot((-6.2, -7.6), 0.3, "eyelet", "#888682"),
            Dot((2.2, -8.6), 0.3, "eyelet", "#888682"),
        ]
        for k in (0.25, 0.5, 0.75):
            path = line(
                (-9 - 9.5 * k, -0.6 + 3.6 * k),
                (-5 - 7 * k, 1.6 + 2.2 * k),
                (1 - 9 * k, 1.4 + 2.2 * k),
            )
            items.append(Stroke(path, "seam", 0.08))
    return Garment(items, stance="standing", chest=(-1.0, -6.6, 7.0))
