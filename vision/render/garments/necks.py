"""Neckbands, turtlenecks and hoods: what lies behind the front and what on it."""

from __future__ import annotations

import numpy as np

from vision.render.garments.bodice import Cut, inside, neckline
from vision.render.garments.details import tag
from vision.render.geometry import CORNER, both_sides, ellipse, line, mirrored, spline, tube
from vision.render.model import Fold, Item, Piece, Stroke

Parts = tuple[list[Item], list[Item]]


def _ring(outer: list[tuple[float, ...]], inner: list[tuple[float, ...]]) -> np.ndarray:
    a, b = spline(outer), spline(inner)
    right = np.concatenate([a, b[::-1]])
    return np.concatenate([a[::-1], mirrored(a)[1:], mirrored(b)[::-1], b[1:]]) if len(right) else a


def band(cut: Cut, kind: str, width: float, dye: str = "main", label: bool = True) -> Parts:
    """A ribbed (or bound) neckband of `width` cm, and the inner back with its label."""
    wide = cut.neck / 2
    back = both_sides(
        (0, cut.back - width * 0.6),
        (wide * 0.6, cut.back * 0.6 - width * 0.7),
        (wide - width * 0.5, -width * 0.5, CORNER),
        (wide - 0.2, 0.3, CORNER),
        (wide * 0.6, cut.back + 0.6),
        (0, cut.back + width * 0.7),
    )
    behind: list[Item] = [
        inside(cut, cut.drop),
        Piece(
            back, dye=dye, weave="rib", patterned=False, tone=0.72, puff=1.2, drape=0.1, cast=0.3
        ),
    ]
    if label:
        behind.append(tag(cut.back + width * 0.7 + 0.5))
    outer = neckline(cut, kind)
    inner = neckline(cut, kind, inset=width)
    lift = 0.62 if kind == "crew" and width > 1.2 else 0.12
    inner[-1] = (cut.neck / 2 - width * 0.5, -width * lift, CORNER)
    ring = Piece(
        _ring(outer, inner),
        dye=dye,
        weave="rib" if width > 1.2 else None,
        patterned=False,
        puff=1.1,
        relief=0.9,
        drape=0.1,
        cast=0.45,
    )
    edge = spline(outer)
    seam = Stroke(np.concatenate([mirrored(edge)[::-1], edge]), "seam", 0.14)
    return behind, [ring, seam]


def facing(cut: Cut, kind: str) -> Parts:
    """A neck without a band: a turned edge with one row of stitches."""
    edge = spline(neckline(cut, kind, inset=-0.9))
    edge = edge[edge[:, 0] >= 0]
    return [inside(cut, cut.drop), tag(cut.back + 0.8)], [
        Stroke(np.concatenate([mirrored(edge)[::-1], edge]), "seam", 0.1)
    ]


def turtleneck(cut: Cut, height: float, rng: np.random.Generator) -> Parts:
    """A folded rib collar that stands `height` cm."""
    wide = cut.neck / 2
    behind: list[Item] = [
        Piece(
            ellipse(0, -height + 0.6, wide * 0.82, 1.8), tone=0.45, patterned=False, cast=0, drape=0
        )
    ]
    tall = both_sides(
        (0, -height + 2.1),
        (wide * 0.5, -height + 1.7),
        (wide * 0.84, -height, CORNER),
        (wide * 0.95, -height * 0.4),
        (wide + 0.9, 1.4, CORNER),
        (wide * 0.78, cut.drop * 0.86),
        (0, cut.drop * 1.12),
    )
    folds = [
        Fold((-wide, -height * 0.2), (wide * 0.6, 0.6), 1.3, 0.3, 0.8),
        Fold((wide, -height * 0.35), (-wide * 0.5, 1.5), 1.3, 0.3, 0.7),
    ]
    collar = Piece(tall, weave="rib", patterned=False, puff=3.2, drape=0.5, cast=0.5, folds=folds)
    over = both_sides(
        (0, -height + 2.1),
        (wide * 0.5, -height + 1.7),
        (wide * 0.84, -height, CORNER),
        (wide * 1.04, -height * 0.5),
        (wide * 1.08, -height * 0.12, CORNER),
        (wide * 0.6, cut.drop * 0.32),
        (0, cut.drop * 0.42),
    )
    fold_over = Piece(over, weave="rib", patterned=False, puff=2.6, drape=0.4, cast=0.5)
    return behind, [collar, fold_over]


def hood(cut: Cut, rng: np.random.Generator, *, cords: str | None, lining: str = "main") -> Parts:
    """A hood lying up behind the neck, its opening in front, with cords in `cords` colour."""
    wide = cut.neck / 2
    tall = 24 + float(rng.uniform(-1, 2))
    outer = both_sides(
        (0, -tall),
        (wide * 0.8, -tall * 0.95),
        (wide * 1.5, -tall * 0.62),
        (wide * 1.62, -tall * 0.26),
        (wide * 1.35, 1.0),
        (wide * 0.75, cut.drop * 0.82),
        (0, cut.drop + 2.2),
    )
    opening = both_sides(
        (0, -tall * 0.74),
        (wide * 0.62, -tall * 0.67),
        (wide * 1.0, -tall * 0.38),
        (wide * 0.98, -tall * 0.1),
        (wide * 0.56, cut.drop * 0.5),
        (0, cut.drop * 0.94, CORNER),
    )
    folds = [
        Fold((-wide * 1.4, 0), (-wide * 1.3, -tall * 0.7), 2.2, 0.6, -1.2),
        Fold((wide * 1.4, 0), (wide * 1.3, -tall * 0.7), 2.2, 0.6, 1.2),
        Fold((-wide, 3), (-wide * 1.5, -6), 1.8, 0.5, 0.6),
        Fold((wide, 3), (wide * 1.5, -6), 1.8, 0.5, -0.6),
    ]
    front: list[Item] = [
        Piece(outer, puff=4.5, drape=0.8, cast=0.55, folds=folds),
        Stroke(line((0, -tall), (0.3, -tall * 0.74)), "seam", 0.16),
        Piece(
            opening, dye=lining, tone=0.5, patterned=False, puff=3, relief=-0.9, drape=0.6, cast=0.2
        ),
        Stroke(line((0, -tall * 0.74), (0.2, -tall * 0.3), (0, 1.5)), "seam", 0.16),
        Piece(
            tube([(-wide * 0.8, 0.2), (0, 1.2), (wide * 0.8, 0.2)], [2.0, 2.0, 2.0]),
            dye=lining,
            tone=0.6,
            patterned=False,
            puff=1,
            drape=0,
            cast=0.2,
        ),
        tag(2.6, 4.2),
        Stroke(opening * (1.07, 1.05) + (0, 0.3), "seam", 0.12, closed=True),
    ]
    if cords:
        for sign in (-1, 1):
            start = (sign * wide * 0.5, cut.drop * 0.74)
            drop = float(rng.uniform(13, 18))
            end = (start[0] + float(rng.normal(0, 1.2)), start[1] + drop)
            middle = ((start[0] + end[0]) / 2 + sign * 0.8, (start[1] + end[1]) / 2)
            front.append(Stroke(line(start, middle, end), "cord", 0.62, cords))
            front.append(
                Stroke(line((end[0], end[1] - 1.5), (end[0], end[1] + 0.5)), "cord", 0.8, "#b9b6ae")
            )
    return [], front
