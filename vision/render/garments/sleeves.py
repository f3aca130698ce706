"""Sleeves and their cuffs."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from vision.render.garments.bodice import Cut, Point
from vision.render.geometry import CORNER, between, mirrored, polar, spline
from vision.render.model import Fold, Item, Piece, Stroke

LONG = 30.0
"""A sleeve longer than this (cm) bends at the elbow."""


@dataclass(frozen=True)
class Style:
    """How sleeves are made.

    cuff: length of a separate cuff in cm, 0 for a plain stitched hem, in `cuff_weave` and
    `cuff_dye` (None: as the sleeve). gather: extra width (cm) blousing above the cuff.
    quilt: height of down-filled rows.
    """

    dye: str = "main"
    cuff: float = 0.0
    cuff_weave: str | None = "rib"
    cuff_dye: str | None = None
    gather: float = 0.0
    quilt: float = 0.0
    drape: float = 1.0


@dataclass(frozen=True)
class _Joints:
    """Where a right sleeve bends and ends; `lean` and `lower` are its angles in degrees."""

    elbow: Point
    outer: Point
    inner: Point
    lean: float
    lower: float
    inward: float


def sleeves(cut: Cut, rng: np.random.Generator, style: Style) -> list[Item]:
    """Both sleeves, each leaning a little differently."""
    left, right = (_right_sleeve(cut, rng, style) for _ in range(2))
    return [*(_flipped(item) for item in left), *right]


def _right_sleeve(cut: Cut, rng: np.random.Generator, style: Style) -> list[Item]:
    joints = _joints(cut, rng, style)
    middle = (joints.lean + joints.lower) / 2
    piece = Piece(
        _outline(cut, style, joints),
        dye=style.dye,
        grain=middle,
        folds=_folds(cut, rng, style, joints),
        puff=3.4,
        cast=0.35,
        quilt=style.quilt,
        drape=style.drape * 0.9,
    )
    if style.cuff > 0:
        return [piece, _cuff(style, joints)]
    up = 2.0
    hem = [polar(end, joints.lower, -up) for end in (joints.outer, joints.inner)]
    return [piece, Stroke(np.array(hem), "seam", 0.12)]


def _joints(cut: Cut, rng: np.random.Generator, style: Style) -> _Joints:
    top, reach = cut.shoulder, cut.sleeve - style.cuff
    lean = cut.angle + float(rng.normal(0, 1.8))
    if cut.sleeve > LONG:
        elbow = polar(top, lean, reach * 0.5)
        lower = lean - cut.bend + float(rng.normal(0, 1.5))
        outer, inward = polar(elbow, lower, reach * 0.5), lower - 90
    else:
        elbow, lower = polar(top, lean - 3, reach * 0.5), lean
        outer, inward = polar(top, lean, reach), lean - 82
    inner = polar(outer, inward, cut.cuff + style.gather)
    return _Joints(elbow, outer, inner, lean, lower, inward)


def _outline(cut: Cut, style: Style, joints: _Joints) -> np.ndarray:
    top, pit = cut.shoulder, cut.armpit
    elbow, outer, inner = joints.elbow, joints.outer, joints.inner
    end = between(outer, inner, 0.5)
    bulge = joints.lower + 90
    points: list[tuple[float, ...]] = [
        (top[0] - 5, top[1] - 0.5, CORNER),
        (*top, CORNER),
        polar(between(top, elbow, 0.35), joints.lean + 90, 0.9),
        polar(elbow, joints.lean + 90, 0.2),
        polar(between(elbow, outer, 0.55), bulge, style.gather * 0.3),
        (*outer, CORNER),
        (*end, CORNER) if cut.sleeve > LONG else polar(end, joints.lower, 0.5),
        (*inner, CORNER),
    ]
    if cut.sleeve > LONG:
        crook = polar(between(pit, inner, 0.44), joints.lean + 90, 0.7)
        fullness = polar(between(crook, inner, 0.6), joints.lower - 90, style.gather * 0.4)
        points += [fullness, crook]
    points += [(*pit, CORNER), (pit[0] - 5, pit[1] - 3, CORNER)]
    return spline(points, closed=True)


def _cuff(style: Style, joints: _Joints) -> Piece:
    lower = joints.lower
    a = polar(joints.outer, joints.inward, style.gather * 0.5)
    b = polar(joints.inner, joints.inward, -style.gather * 0.5)
    end_a, end_b = polar(a, lower, style.cuff), polar(b, lower, style.cuff)
    outline = spline(
        [
            (*a, CORNER),
            polar(a, lower + 8, style.cuff * 0.5),
            (*end_a, CORNER),
            polar(between(end_a, end_b, 0.5), lower, 0.3),
            (*end_b, CORNER),
            (*b, CORNER),
        ],
        closed=True,
    )
    return Piece(
        outline,
        dye=style.cuff_dye or style.dye,
        weave=style.cuff_weave,
        grain=lower,
        puff=2.2,
        drape=0.3,
        cast=0.35,
        patterned=style.cuff_weave is None,
    )


def _flipped(item: Item) -> Item:
    if isinstance(item, Piece):
        folds = [
            Fold((-f.a[0], f.a[1]), (-f.b[0], f.b[1]), f.width, f.height, -f.bow)
            for f in item.folds
        ]
        return replace(item, outline=mirrored(item.outline), grain=-item.grain, folds=folds)
    if isinstance(item, Stroke):
        return replace(item, path=mirrored(item.path))
    return replace(item, at=(-item.at[0], item.at[1]))


def _folds(cut: Cut, rng: np.random.Generator, style: Style, joints: _Joints) -> list[Fold]:
    top, pit = cut.shoulder, cut.armpit
    folds = []
    for _ in range(2):
        start = (pit[0] + rng.uniform(-1, 1), pit[1] - rng.uniform(0, 4))
        end = between(top, joints.elbow, rng.uniform(0.35, 0.9))
        folds.append(Fold(start, end, rng.uniform(1.2, 2.2), rng.uniform(0.3, 0.55), rng.normal()))
    if cut.sleeve <= LONG:
        return folds
    crook = polar(joints.elbow, joints.lean - 90, cut.bicep * 0.95)
    for _ in range(3):
        start = between(crook, joints.inner, rng.uniform(-0.35, 0.4))
        across = joints.lower + 90 + rng.uniform(-35, 35)
        end = polar(start, across, cut.bicep * rng.uniform(0.6, 0.95))
        height, bow = rng.uniform(0.3, 0.6), rng.normal(0, 0.8)
        folds.append(Fold(start, end, rng.uniform(1.0, 1.9), height, bow))
    for _ in range(5 if style.gather > 1 else 2):
        start = between(joints.outer, joints.inner, rng.uniform(0.1, 0.9))
        end = polar(start, joints.lower + 180 + rng.uniform(-14, 14), rng.uniform(6, 13))
        folds.append(Fold(start, end, rng.uniform(0.9, 1.7), rng.uniform(0.25, 0.5)))
    return folds
