"""What all shoes share: drawn from the side, toe to the left; y is 0 on the floor."""

from __future__ import annotations

from copy import deepcopy

import numpy as np

from vision.render.geometry import CORNER, line, shape
from vision.render.model import Fold, Garment, Item, Piece, Stroke


def placed(items: list[Item], dx: float, dy: float, scale: float = 1.0) -> list[Item]:
    """A copy moved by dx, dy after scaling about the heel's foot."""
    copies = deepcopy(items)
    for item in copies:
        if isinstance(item, Piece):
            item.outline = item.outline * scale + (dx, dy)
            item.holes = [hole * scale + (dx, dy) for hole in item.holes]
            item.within = None if item.within is None else item.within * scale + (dx, dy)
            item.folds = [
                Fold(
                    (f.a[0] * scale + dx, f.a[1] * scale + dy),
                    (f.b[0] * scale + dx, f.b[1] * scale + dy),
                    f.width,
                    f.height,
                    f.bow,
                )
                for f in item.folds
            ]
        elif isinstance(item, Stroke):
            item.path = item.path * scale + (dx, dy)
        else:
            item.at = (item.at[0] * scale + dx, item.at[1] * scale + dy)
    return copies


def pair(items: list[Item], dx: float = 5.5, dy: float = -5.0) -> Garment:
    """The shoe and, behind it, its fellow."""
    return Garment([*placed(items, dx, dy, 0.965), *items], stance="standing")


def part(
    outline: np.ndarray,
    *,
    dye: str = "main",
    weave: str | None = None,
    puff: float = 2.2,
    relief: float = 1.0,
    cast: float = 0.4,
    patterned: bool = True,
    tone: float = 1.0,
    folds: list[Fold] | None = None,
    within: np.ndarray | None = None,
) -> Piece:
    return Piece(
        outline,
        dye=dye,
        weave=weave,
        puff=puff,
        relief=relief,
        cast=cast,
        patterned=patterned,
        tone=tone,
        drape=0.22,
        folds=folds or [],
        within=within,
    )


def rubber_sole(
    color: str, thick: float, *, toe: float = -14.6, heel: float = 14.3, lift: float = 0.0
) -> list[Item]:
    outline = shape(
        (toe + 0.4, -thick - 0.9),
        (toe - 0.1, -thick * 0.5 - 0.7),
        (toe + 1.4, -0.35),
        (toe + 6, 0.0),
        (heel - 2, 0.0),
        (heel + 0.1, -0.4, CORNER),
        (heel + 0.3, -thick - lift - 0.5, CORNER),
        (heel - 8, -thick - 0.5 - lift * 0.6),
        (-3, -thick - 0.2),
        (toe + 5, -thick - 0.5),
    )
    rim = line((toe + 1.0, -thick * 0.55), (-3, -thick * 0.42), (heel - 0.4, -thick * 0.6))
    return [
        part(outline, dye=color, weave="rubber", puff=1.3, patterned=False, cast=0.3),
        Stroke(rim, "seam", 0.14),
    ]
