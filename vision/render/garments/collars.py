"""Collars, lapels and bows."""

from __future__ import annotations

from vision.render.garments.bodice import Cut
from vision.render.garments.details import tag
from vision.render.garments.necks import Parts
from vision.render.geometry import CORNER, both_sides, ellipse, line, mirrored, shape, spline
from vision.render.model import Fold, Item, Piece, Stroke


def shirt_collar(
    cut: Cut,
    *,
    open_to: float = 0.0,
    point: float = 8.6,
    spread: float = 6.4,
    dye: str = "main",
    weave: str | None = None,
    patterned: bool = True,
    stitched: bool = True,
) -> Parts:
    """Two leaves on a stand; `open_to` cm is how far the neck stands open below the throat."""
    wide = cut.neck / 2
    throat = 5.4 + open_to
    back = both_sides(
        (0, -3.6),
        (wide * 0.6, -3.3),
        (wide * 0.98, -1.6, CORNER),
        (wide, 1.0, CORNER),
        (wide * 0.5, throat * 0.75),
        (0, throat + 1.5),
    )
    behind: list[Item] = [
        Piece(back, dye=dye, tone=0.56, patterned=False, puff=2, relief=0.4, drape=0.2, cast=0),
        Stroke(line((-wide * 0.9, 0.4), (0, 1.4), (wide * 0.9, 0.4)), "seam", 0.14),
        tag(1.9, 4.0),
    ]
    leaf = spline(
        [
            (0.2 + open_to * 0.12, throat, CORNER),
            (wide * 0.45, throat * 0.42 - 0.4),
            (wide * 0.86, -2.4),
            (wide * 0.99, -2.5),
            (wide + 1.5, 0.6),
            (wide + 1.9, 2.2, CORNER),
            (spread + 1.2 + open_to * 0.1, throat * 0.62 + point * 0.62, CORNER),
        ],
        closed=True,
    )
    front: list[Item] = []
    for outline in (mirrored(leaf), leaf):
        front.append(
            Piece(
                outline,
                dye=dye,
                weave=weave,
                grain=-32 if outline is leaf else 32,
                puff=1.4,
                relief=0.8,
                drape=0.15,
                cast=0.6,
                patterned=patterned,
            )
        )
        if stitched:
            middle = outline.mean(axis=0)
            rim = middle + (outline - middle) * 0.86
            front.append(Stroke(rim, "seam", 0.09, closed=True))
    return behind, front


def stand_collar(cut: Cut, height: float, weave: str | None = None, dye: str = "main") -> Parts:
    """A low collar that stands open in front (bomber, band-collar shirt, padded jacket)."""
    wide = cut.neck / 2
    behind: list[Item] = [
        Piece(
            both_sides(
                (0, -height),
                (wide * 0.7, -height * 0.95),
                (wide, -0.8, CORNER),
                (0, cut.drop + 1.5),
            ),
            dye=dye,
            tone=0.52,
            weave=weave,
            patterned=False,
            puff=1.5,
            relief=0.4,
            drape=0.2,
            cast=0,
        ),
        tag(0.4, 4.0),
    ]
    leaf = spline(
        [
            (0.3, cut.drop + 0.3, CORNER),
            (0.5, cut.drop - height * 0.9, CORNER),
            (wide * 0.62, cut.drop * 0.3 - height * 0.55),
            (wide * 0.93, -height * 0.9),
            (wide * 1.04, -height * 0.7, CORNER),
            (wide * 1.1, 0.5, CORNER),
            (wide * 0.7, cut.drop * 0.72),
        ],
        closed=True,
    )
    front: list[Item] = [
        Piece(o, dye=dye, weave=weave, patterned=weave is None, puff=1.5, drape=0.2, cast=0.5)
        for o in (mirrored(leaf), leaf)
    ]
    return behind, front


def lapels(
    cut: Cut,
    *,
    roll: float,
    width: float = 8.5,
    peak: bool = False,
    overlap: float = 1.6,
    dye: str = "main",
    patterned: bool = True,
) -> list[Item]:
    """Notched (or peaked) lapels and a collar above them, down to the roll point `roll` cm."""
    wide = cut.neck / 2
    notch_y = roll * 0.3
    lift = -2.2 if peak else 0.6
    lapel = spline(
        [
            (-overlap, roll, CORNER),
            (wide * 0.45, roll * 0.45),
            (wide * 0.86, 2.0, CORNER),
            (wide + 1.4, notch_y - 1.6, CORNER),
            (wide * 0.55 + width, notch_y + lift, CORNER),
            (wide * 0.4 + width * 0.8, roll * 0.58),
        ],
        closed=True,
    )
    collar = spline(
        [
            (0, -3.4),
            (wide * 0.7, -3.0),
            (wide * 1.02, -1.8),
            (wide + 4.6, 4.6),
            (wide * 0.5 + width * 0.78, notch_y - 1.4, CORNER),
            (wide + 1.0, notch_y - 1.3, CORNER),
            (wide * 0.78, 2.6, CORNER),
            (wide * 0.7, 0.6),
            (0, -0.4),
        ],
        closed=True,
    )
    items: list[Item] = []
    for index in (1, 0):
        flip = index == 1
        for outline, grain in ((lapel, -24.0), (collar, -38.0)):
            points = mirrored(outline) if flip else outline
            items.append(
                Piece(
                    points,
                    dye=dye,
                    grain=-grain if flip else grain,
                    puff=1.5,
                    relief=0.8,
                    drape=0.12,
                    cast=0.6,
                    patterned=patterned,
                )
            )
    return items


def bow(x: float, y: float, size: float, dye: str = "main") -> list[Item]:
    """A tied bow with hanging ends."""
    loops: list[Item] = []
    for sign in (-1, 1):
        tail = shape(
            (x, y, CORNER),
            (x + sign * size * 0.5, y + size * 1.1),
            (x + sign * size * 0.75, y + size * 2.1, CORNER),
            (x + sign * size * 0.3, y + size * 2.2, CORNER),
            (x + sign * size * 0.1, y + size),
        )
        loops.append(Piece(tail, dye=dye, puff=1, cast=0.45, drape=0.4))
    for sign in (-1, 1):
        loop = shape(
            (x, y, CORNER),
            (x + sign * size * 0.6, y - size * 0.55),
            (x + sign * size * 1.3, y - size * 0.2),
            (x + sign * size * 1.1, y + size * 0.45),
        )
        folds = [Fold((x, y), (x + sign * size, y + size * 0.05), 0.7, 0.35)]
        loops.append(Piece(loop, dye=dye, puff=1, cast=0.45, drape=0.3, folds=folds))
    loops.append(Piece(ellipse(x, y, size * 0.2, size * 0.26), dye=dye, puff=0.6, cast=0.4))
    return loops
