"""Boots."""

from __future__ import annotations

import numpy as np

from vision.render.garments.lasts import pair, part, rubber_sole
from vision.render.geometry import CORNER, ellipse, line, shape, tube
from vision.render.model import Dot, Fold, Garment, Item, Stroke
from vision.render.palette import luma, mix
from vision.render.spec import GarmentSpec


def boots(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """Chelsea, lace-up or tall boots."""
    name = spec.cut or ("chelsea", "lace-up", "tall")[int(rng.integers(3))]
    shaft = {"tall": 33.0, "lace-up": 16.0}.get(name, 13.0)
    thick = 3.4 if name == "lace-up" else 2.2
    base = -thick
    upper = shape(
        (-14.0, base - 0.2, CORNER),
        (-13.8, base - 2.4),
        (-11.4, base - 4.6),
        (-6.4, base - 6.2),
        (-1.6, base - 9.6),
        (0.6, base - 13.0),
        (0.2 if shaft < 20 else -0.8, base - 9 - shaft, CORNER),
        (6, base - 9.4 - shaft),
        (12.4 if shaft < 20 else 13.2, base - 9 - shaft, CORNER),
        (12.0, base - 14),
        (12.4, base - 7),
        (13.6, base + 0.4, CORNER),
    )
    mouth = ellipse(6.3, base - 9.1 - shaft, 6.2 if shaft < 20 else 7.0, 1.1)
    items: list[Item] = [part(mouth, tone=0.4, puff=1, patterned=False)]
    folds = [
        Fold((0.8, base - 11), (7, base - 8.6), 1.3, 0.32, 0.4),
        Fold((0.6, base - 13.5), (8.5, base - 11.5), 1.3, 0.3, 0.4),
        Fold((-7.6, base - 5.4), (-5.6, base - 1.6), 1.0, 0.2, 0.3),
    ]
    if name == "tall":
        folds += [
            Fold((0, base - y), (11.5, base - y + 2.5), 2.0, 0.34, 0.9) for y in (17, 21.5, 27)
        ]
    items.append(part(upper, puff=4.2, folds=folds))
    if name == "chelsea":
        gore = shape(
            (3.4, base - 8.6 - shaft, CORNER),
            (9.0, base - 8.6 - shaft, CORNER),
            (8.4, base - 14),
            (6.4, base - 8.4),
            (4.2, base - 14),
        )
        items.append(
            part(gore, dye=mix(spec.color, "#18181a", 0.6), weave="rib", puff=0.8, patterned=False)
        )
        tab = tube(
            [(12.2, base - 7 - shaft), (13.6, base - 10.5 - shaft), (12.0, base - 10 - shaft)],
            [1.0, 1.0, 1.0],
        )
        items.append(part(tab, puff=0.5))
    if name == "lace-up":
        count = 7
        for k in range(count):
            share = k / (count - 1)
            x = -3.4 + 4.6 * min(share * 1.6, 1)
            y = base - 8.0 - (shaft + 0.2) * share
            items.append(
                Stroke(
                    line((x - 0.6, y), (x + 2.6, y + 1.0)),
                    "cord",
                    0.6,
                    "#d8c9a0" if rng.random() < 0.01 else "#2c2a28",
                )
            )
            items.append(Dot((x + 2.8, y + 1.1), 0.3, "eyelet", "#b9a46a"))
    else:
        items.append(
            Stroke(line((-2, base - 9.4), (4, base - 6.5), (12.6, base - 5.5)), "seam", 0.14)
        )
    dark = "#2b2623" if luma(spec.color) < 0.7 else "#8a6a48"
    items += rubber_sole(dark, thick, toe=-14.2, heel=13.4)
    block = np.array([(6.6, -thick + 0.2), (13.6, -thick - 0.3), (13.4, 1.6), (7.2, 1.6)])
    items.append(part(block, dye=dark, weave="rubber", puff=0.9, patterned=False, cast=0.1))
    return pair(items, 6.5, -4.5)
