"""The upper body: measures and fronts that every top, coat and dress shares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vision.render.geometry import CORNER, both_sides, spline
from vision.render.model import Fold, Piece

Point = tuple[float, float]


@dataclass
class Cut:
    """Measures of an upper garment laid flat, in cm; y is 0 at the neck's highest point."""

    neck: float = 18.0
    drop: float = 8.0
    back: float = 1.8
    across: float = 44.0
    slope: float = 4.6
    chest: float = 49.0
    waist: float = 47.5
    hem: float = 48.5
    length: float = 69.0
    arm: float = 23.0
    swoop: float = 1.0
    sleeve: float = 21.0
    bicep: float = 18.0
    cuff: float = 17.0
    angle: float = 40.0
    bend: float = 6.0

    @property
    def shoulder(self) -> Point:
        return self.across / 2, self.slope

    @property
    def armpit(self) -> Point:
        return self.chest / 2, self.arm

    @property
    def neck_side(self) -> Point:
        return self.neck / 2, 0.0


def neckline(cut: Cut, kind: str, inset: float = 0.0) -> list[tuple[float, ...]]:
    """Right half of the front neckline from the middle to the shoulder, `inset` cm smaller."""
    wide, drop = cut.neck / 2 - inset, cut.drop - inset
    if kind == "v":
        return [(0, drop + inset * 0.2, CORNER), (wide * 0.62, drop * 0.42), (wide, 0, CORNER)]
    if kind == "square":
        return [(0, drop), (wide * 0.9, drop, CORNER), (wide, 0, CORNER)]
    if kind == "boat":
        return [(0, drop), (wide * 0.6, drop * 0.8), (wide, 0, CORNER)]
    return [(0, drop), (wide * 0.55, drop * 0.82), (wide * 0.92, drop * 0.36), (wide, 0, CORNER)]


def side(cut: Cut) -> list[tuple[float, ...]]:
    """Right edge from the shoulder point down to the hem's middle."""
    sx, sy = cut.shoulder
    ax, ay = cut.armpit
    middle = ay + (cut.length - ay) * 0.42
    return [
        (sx, sy, CORNER),
        (sx - 1.6, sy + (ay - sy) * 0.5),
        (sx - 0.4 + (ax - sx) * 0.45, ay - 2.6),
        (ax, ay, CORNER),
        (cut.waist / 2, middle),
        (cut.hem / 2, cut.length, CORNER),
        (cut.hem / 4, cut.length + cut.swoop * 0.8),
        (0, cut.length + cut.swoop),
    ]


def front(cut: Cut, kind: str) -> np.ndarray:
    """Outline of a closed front."""
    return both_sides(*neckline(cut, kind), *side(cut))


def half_front(cut: Cut, inner: list[tuple[float, ...]]) -> np.ndarray:
    """Right front panel whose inner edge (top to bottom) is given."""
    return np.concatenate([spline([*side(cut)[:-2]]), spline(inner)[::-1]])


def inside(cut: Cut, bottom: float) -> Piece:
    """The inner back seen through a neck opening down to `bottom` cm."""
    wide = cut.neck / 2
    low = min(wide * 1.15, cut.across / 2 - 1.2)
    outline = both_sides(
        (0, cut.back),
        (wide * 0.6, cut.back * 0.7),
        (min(wide + 0.4, cut.across / 2 - 0.4), -0.2, CORNER),
        (low, bottom * 0.5),
        (min(wide * 0.8, low), bottom + 1, CORNER),
        (0, bottom + 1),
    )
    return Piece(outline, tone=0.5, patterned=False, puff=2, relief=0.3, drape=0.3, cast=0)


def body_folds(cut: Cut, rng: np.random.Generator, strength: float = 1.0) -> list[Fold]:
    """Folds that a worn or laid top always shows: from the armpits inward, a few at the hem."""
    folds = []
    ax, ay = cut.armpit
    for sign in (-1, 1):
        for _ in range(int(rng.integers(2, 4))):
            start = (sign * (ax - rng.uniform(0, 3)), ay + rng.uniform(-2, 5))
            reach = rng.uniform(10, 20)
            end = (start[0] - sign * reach * rng.uniform(0.5, 0.95), start[1] + reach)
            folds.append(
                Fold(
                    start,
                    end,
                    rng.uniform(1.4, 2.6),
                    rng.uniform(0.3, 0.6) * strength,
                    rng.normal(),
                )
            )
        start = (sign * cut.hem * rng.uniform(0.2, 0.42), cut.length - rng.uniform(0, 2))
        end = (start[0] - sign * rng.uniform(0, 5), start[1] - rng.uniform(14, 26))
        folds.append(Fold(start, end, rng.uniform(2, 3.4), rng.uniform(0.25, 0.5) * strength))
    return folds
