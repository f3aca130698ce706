"""The upper body: measures, fronts and sleeves that every top, coat and dress shares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vision.render.geometry import CORNER, between, both_sides, mirrored, polar, spline
from vision.render.model import Fold, Item, Piece, Stroke

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


def sleeves(
    cut: Cut,
    rng: np.random.Generator,
    *,
    dye: str = "main",
    cuff: float = 0.0,
    cuff_weave: str | None = "rib",
    cuff_dye: str | None = None,
    gather: float = 0.0,
    quilt: float = 0.0,
    drape: float = 1.0,
) -> list[Item]:
    """Both sleeves, each leaning a little differently; long ones bend at the elbow.

    cuff: length of a separate cuff in cm (0: a plain stitched hem). gather: extra width (cm)
    blousing above the cuff.
    """
    items: list[Item] = []
    for sign in (-1, 1):
        lean = cut.angle + rng.normal(0, 1.8)
        items += _sleeve(
            cut, rng, sign, lean, dye, cuff, cuff_weave, cuff_dye, gather, quilt, drape
        )
    return items


def _sleeve(
    cut: Cut,
    rng: np.random.Generator,
    sign: int,
    lean: float,
    dye: str,
    cuff: float,
    cuff_weave: str | None,
    cuff_dye: str | None,
    gather: float,
    quilt: float,
    drape: float,
) -> list[Item]:
    top, pit = cut.shoulder, cut.armpit
    long = cut.sleeve > 30
    reach = cut.sleeve - cuff
    if long:
        elbow = polar(top, lean, reach * 0.5)
        lower = lean - cut.bend + rng.normal(0, 1.5)
        outer = polar(elbow, lower, reach * 0.5)
    else:
        lower = lean
        elbow = polar(top, lean - 3, reach * 0.5)
        outer = polar(top, lean, reach)
    wide = cut.cuff + gather
    inward = lower - 90 if long else lower - 82
    inner = polar(outer, inward, wide)
    outline: list[tuple[float, ...]] = [
        (top[0] - 5, top[1] - 0.5, CORNER),
        (*top, CORNER),
        polar(between(top, elbow, 0.35), lean + 90, 0.9),
        polar(elbow, lean + 90, 0.2),
        polar(between(elbow, outer, 0.55), lower + 90, gather * 0.3),
        (*outer, CORNER),
        (*between(outer, inner, 0.5), CORNER)
        if long
        else polar(between(outer, inner, 0.5), lower, 0.5),
        (*inner, CORNER),
    ]
    if long:
        bend = polar(elbow, lean - 90, (cut.bicep + cut.cuff) / 2)
        outline += [polar(between(bend, inner, 0.55), lower - 90, gather * 0.4), bend]
    outline += [(*pit, CORNER), (pit[0] - 5, pit[1] - 3, CORNER)]
    points = spline(outline, closed=True)
    folds = _sleeve_folds(cut, rng, top, elbow, outer, inner, pit, lean, lower, gather)
    grain = lean if not long else (lean + lower) / 2
    piece = Piece(
        points,
        dye=dye,
        grain=grain,
        folds=folds,
        puff=3.4,
        cast=0.35,
        quilt=quilt,
        drape=drape * 0.9,
    )
    extra: list[Item] = []
    if cuff > 0:
        shrink = gather * 0.5
        a = polar(outer, inward, shrink)
        b = polar(inner, inward, -shrink)
        end_a, end_b = polar(a, lower, cuff), polar(b, lower, cuff)
        rim = spline(
            [(*a, CORNER), (*polar(a, lower + 8, cuff * 0.5),), (*end_a, CORNER)]
            + [polar(between(end_a, end_b, 0.5), lower, 0.3)]
            + [(*end_b, CORNER), (*b, CORNER)],
            closed=True,
        )
        extra.append(
            Piece(
                rim,
                dye=cuff_dye or dye,
                weave=cuff_weave,
                grain=lower,
                puff=2.2,
                drape=0.3,
                cast=0.35,
                patterned=cuff_weave is None,
            )
        )
    else:
        for offset in (2.0,):
            a, b = polar(outer, lower, -offset), polar(inner, lower, -offset)
            extra.append(Stroke(np.array([a, b]), "seam", 0.12))
    if sign < 0:
        piece.outline = mirrored(piece.outline)
        piece.grain = -piece.grain
        piece.folds = [
            Fold((-f.a[0], f.a[1]), (-f.b[0], f.b[1]), f.width, f.height, -f.bow)
            for f in piece.folds
        ]
        for item in extra:
            if isinstance(item, Piece):
                item.outline, item.grain = mirrored(item.outline), -item.grain
            elif isinstance(item, Stroke):
                item.path = mirrored(item.path)
    return [piece, *extra]


def _sleeve_folds(
    cut: Cut,
    rng: np.random.Generator,
    top: Point,
    elbow: Point,
    outer: Point,
    inner: Point,
    pit: Point,
    lean: float,
    lower: float,
    gather: float,
) -> list[Fold]:
    folds = []
    for _ in range(2):
        start = (pit[0] + rng.uniform(-1, 1), pit[1] - rng.uniform(0, 4))
        end = between(top, elbow, rng.uniform(0.35, 0.9))
        folds.append(Fold(start, end, rng.uniform(1.2, 2.2), rng.uniform(0.3, 0.55), rng.normal()))
    if cut.sleeve > 30:
        crook = polar(elbow, lean - 90, cut.bicep * 0.95)
        for _ in range(3):
            start = between(crook, inner, rng.uniform(-0.35, 0.4))
            end = polar(
                start, lower + 90 + rng.uniform(-35, 35), cut.bicep * rng.uniform(0.6, 0.95)
            )
            folds.append(
                Fold(start, end, rng.uniform(1.0, 1.9), rng.uniform(0.3, 0.6), rng.normal(0, 0.8))
            )
        for _ in range(2 + int(gather > 1) * 3):
            start = between(outer, inner, rng.uniform(0.1, 0.9))
            end = polar(start, lower + 180 + rng.uniform(-14, 14), rng.uniform(6, 13))
            folds.append(Fold(start, end, rng.uniform(0.9, 1.7), rng.uniform(0.25, 0.5)))
    return folds
