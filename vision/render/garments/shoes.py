"""Footwear from the side, toe to the left, as a pair; y is 0 on the floor and negative above."""

from __future__ import annotations

from copy import deepcopy

import numpy as np

from vision.render.geometry import CORNER, ellipse, line, shape, tube
from vision.render.model import Dot, Fold, Garment, Item, Piece, Stroke
from vision.render.palette import luma, mix
from vision.render.spec import GarmentSpec


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


def _part(
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


def _sole(
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
        _part(outline, dye=color, weave="rubber", puff=1.3, patterned=False, cast=0.3),
        Stroke(rim, "seam", 0.14),
    ]


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
        _part(tongue, dye="main" if name == "court" else trim, weave="canvas", tone=0.9),
        _part(mouth, dye=trim, weave="fuzzy", tone=0.45, puff=1, patterned=False),
        _part(upper, weave=mesh, puff=3.2, folds=_creases(base)),
    ]
    rubber_toe = name == "high-top"
    items.append(
        _part(
            toe,
            dye=rubber if rubber_toe else "main" if name == "court" else trim,
            weave="rubber" if rubber_toe else "suede" if name == "runner" else mesh,
            puff=1.6,
            cast=0.3,
            patterned=False,
        )
    )
    items.append(
        _part(
            heel, dye=trim, weave="suede" if name == "runner" else mesh, puff=1.4, patterned=False
        )
    )
    items.append(
        _part(stay, weave="suede" if name == "runner" else mesh, puff=1.0, patterned=False)
    )
    if name == "runner":
        swoop = tube(
            [(-6, base - 1.2), (0, base - 2.6), (5, base - 5.5), (9.5, base - 6.0)],
            [0.8, 1.9, 1.7, 1.0],
        )
        items.append(_part(swoop, dye=trim, weave="suede", puff=0.6, patterned=False))
        flare = line((-13, base + 2.2), (-4, base + 2.9), (6, base + 2.0), (13.6, base + 0.9))
        sole = [*_sole("#f4f2ec", thick, lift=0.8), Stroke(flare, "cord", 0.7, trim)]
    else:
        if name == "court" and rng.random() < 0.7:
            for shift in (0.0, 2.0, 4.0):
                bar = line((-0.5 + shift, base - 0.6), (1.9 + shift, base - 5.0))
                items.append(Stroke(bar, "cord", 0.8, trim))
        sole = _sole(rubber, thick)
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
    items: list[Item] = [_part(mouth, tone=0.4, puff=1, patterned=False)]
    folds = [
        Fold((0.8, base - 11), (7, base - 8.6), 1.3, 0.32, 0.4),
        Fold((0.6, base - 13.5), (8.5, base - 11.5), 1.3, 0.3, 0.4),
        Fold((-7.6, base - 5.4), (-5.6, base - 1.6), 1.0, 0.2, 0.3),
    ]
    if name == "tall":
        folds += [
            Fold((0, base - y), (11.5, base - y + 2.5), 2.0, 0.34, 0.9) for y in (17, 21.5, 27)
        ]
    items.append(_part(upper, puff=4.2, folds=folds))
    if name == "chelsea":
        gore = shape(
            (3.4, base - 8.6 - shaft, CORNER),
            (9.0, base - 8.6 - shaft, CORNER),
            (8.4, base - 14),
            (6.4, base - 8.4),
            (4.2, base - 14),
        )
        items.append(
            _part(gore, dye=mix(spec.color, "#18181a", 0.6), weave="rib", puff=0.8, patterned=False)
        )
        tab = tube(
            [(12.2, base - 7 - shaft), (13.6, base - 10.5 - shaft), (12.0, base - 10 - shaft)],
            [1.0, 1.0, 1.0],
        )
        items.append(_part(tab, puff=0.5))
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
    items += _sole(dark, thick, toe=-14.2, heel=13.4)
    block = np.array([(6.6, -thick + 0.2), (13.6, -thick - 0.3), (13.4, 1.6), (7.2, 1.6)])
    items.append(_part(block, dye=dark, weave="rubber", puff=0.9, patterned=False, cast=0.1))
    return pair(items, 6.5, -4.5)


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
        _part(lining, dye="#d9c3a5", weave="smooth", tone=0.8, puff=1, patterned=False),
        _part(heel, puff=1.0, patterned=False),
        _part(sole, dye="#3a2c25", weave="rubber", puff=0.6, patterned=False),
        _part(upper, puff=2.6),
    ]
    if spec.cut == "strap" or (spec.cut is None and rng.random() < 0.4):
        items.insert(0, _ankle(7.6, top - 5.6, tone=0.6, back=True))
        items += [_ankle(7.6, top - 5.6), Dot((5.4, top - 4.5), 0.45, "snap", "#cdbb84")]
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
        _part(lining, dye="#d4bf9f", weave="smooth", tone=0.78, puff=1, patterned=False),
        _part(upper, puff=2.8),
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
            _part(saddle, puff=0.7, cast=0.5, patterned=False, within=upper),
        ]
        slot = ellipse(-2.9, base - 4.4, 0.9, 0.32, 12)
        items.append(_part(slot, tone=0.35, puff=0.4, cast=0, patterned=False))
    else:
        items.append(Stroke(upper[20:70] * 0.985 + (0, -0.02), "seam", 0.12))
        for sign in (-1, 1):
            loop = shape(
                (-5.2, base - 3.8, CORNER),
                (-5.2 + sign * 2.4, base - 5.4),
                (-5.2 + sign * 2.9, base - 3.4),
            )
            items.append(_part(loop, puff=0.5, patterned=False))
        items.append(_part(ellipse(-5.2, base - 3.9, 0.6, 0.6), puff=0.4, patterned=False))
    items += _sole("#3b2f28" if loafer else "#c2a98a", 1.1, toe=-13.9, heel=13.2)
    if loafer:
        block = np.array([(7.4, -1.2), (13.5, -1.4), (13.4, 1.2), (7.8, 1.2)])
        items.append(
            _part(block, dye="#3b2f28", weave="rubber", puff=0.7, patterned=False, cast=0.1)
        )
    return pair(items, 5.0, -4.4)


def sandals(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """Slides, strappy sandals or footbed sandals with buckles."""
    name = spec.cut or ("slide", "strappy", "footbed")[int(rng.integers(3))]
    thick = 2.8
    footbed = shape(
        (-13.8, -thick - 0.6),
        (-9, -thick - 1.0),
        (0, -thick - 1.4),
        (9, -thick - 1.3),
        (13.2, -thick - 1.6),
        (13.4, -thick),
        (0, -thick + 0.6),
        (-13.4, -thick + 0.3),
    )
    cork = "#b58b5e" if name == "footbed" else "#d8c2a0"
    items: list[Item] = []
    top = -thick
    bands = {"slide": [(-5.6, 5.4)], "footbed": [(-8.6, 2.9), (-1.6, 3.1)]}.get(name, [])
    for x, half in bands:
        items.append(_part(_dome(x + 1.5, half * 0.92, top - 0.8, 4.6), tone=0.42, puff=1))
    if name == "strappy":
        for x in (-9.6, -6.2):
            items.append(_part(_thong(x + 1.8, top - 0.9, 0.62), tone=0.55, puff=0.5))
        items.append(_ankle(8.2, top - 9.6, tone=0.6, back=True))
    items.append(_part(footbed, dye=cork, weave="suede", puff=0.9, patterned=False))
    rubber = "#4a3a30" if name != "slide" else mix(spec.color, "#000000", 0.2)
    items += _sole(rubber, thick, toe=-14.0, heel=13.3)
    if name == "footbed":
        layer = line((-13.6, top * 0.8), (0, top * 0.7), (13.2, top * 0.95))
        items.append(Stroke(layer, "cord", 1.2, cork))
    for x, half in bands:
        items.append(_part(_dome(x, half, top + 0.6, 6.4), puff=1.9, cast=0.5))
        if name == "footbed":
            items += _buckle(x, top - 3.2)
    if name == "strappy":
        for x in (-9.6, -6.2):
            items.append(_part(_thong(x, top + 0.4, 1.0), puff=0.6, cast=0.4))
        rise = tube([(11.0, top + 0.2), (12.2, top - 4.5), (12.0, top - 9.8)], [1.7, 1.5, 1.3])
        items += [_part(rise, puff=0.7), _ankle(8.2, top - 9.6)]
        items.append(Dot((6.4, top - 8.2), 0.5, "snap", "#cdbb84"))
    return pair(items, 4.6, -4.6)


def _dome(x: float, half: float, foot: float, tall: float) -> np.ndarray:
    """A wide band over the foot, seen from the side, open before and behind."""
    return shape(
        (x - half, foot, CORNER),
        (x - half * 0.86, foot - tall * 0.55),
        (x - half * 0.34, foot - tall * 0.96),
        (x + half * 0.44, foot - tall * 1.06),
        (x + half * 0.92, foot - tall * 0.72),
        (x + half * 1.06, foot, CORNER),
    )


def _thong(x: float, foot: float, size: float) -> np.ndarray:
    """A thin strap that arches over the toes."""
    path = [(x - 0.8, foot), (x - 0.6, foot - 3.0), (x + 0.9, foot - 4.8), (x + 2.6, foot - 3.6)]
    return tube(path, [1.5 * size] * 4)


def _ankle(x: float, y: float, *, tone: float = 1.0, back: bool = False) -> Piece:
    """Half of a strap around an ankle that is not there."""
    angle = np.linspace(np.pi, 2 * np.pi, 14) if back else np.linspace(0, np.pi, 14)
    arc = np.stack([x + 4.1 * np.cos(angle), y + 1.5 * np.sin(angle)], axis=1)
    return _part(tube(arc.tolist(), [1.3] * 14), tone=tone, puff=0.5, patterned=False)


def _buckle(x: float, y: float) -> list[Item]:
    box = np.array([(-1.2, -0.9), (1.2, -0.9), (1.2, 0.9), (-1.2, 0.9)])
    frame = Piece(
        box + (x, y),
        dye="#c4b37e",
        weave="metal",
        puff=0.4,
        cast=0.4,
        holes=[box * 0.55 + (x, y)],
        patterned=False,
    )
    return [frame, Stroke(np.array([(x, y), (x + 1.3, y)]), "cord", 0.3, "#c4b37e")]
