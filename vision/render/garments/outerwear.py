"""Jackets, coats, blazers and vests."""

from __future__ import annotations

import numpy as np

from vision.render.garments import collars, tops
from vision.render.garments.bodice import Cut, body_folds, front, half_front, sleeves
from vision.render.geometry import CORNER, both_sides, line, mirrored, spline, tube
from vision.render.model import Dot, Fold, Garment, Item, Piece, Stroke
from vision.render.palette import luma, mix
from vision.render.spec import GarmentSpec

JACKETS = ("bomber", "trucker", "biker", "puffer", "windbreaker", "field", "chore")
COATS = ("wool", "trench", "duffle", "robe", "puffer", "mac")


def jacket(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A jacket by cut."""
    cut_name = spec.cut or {
        "denim": "trucker",
        "leather": "biker",
        "nylon": ("bomber", "windbreaker", "puffer")[int(rng.integers(3))],
    }.get(spec.material or "", ("bomber", "field", "chore")[int(rng.integers(3))])
    cut = Cut(
        neck=18, drop=7.5, across=46, chest=57, waist=57, hem=55, length=62, cuff=12.5, arm=25
    )
    cut = tops.measured(spec, rng, cut)
    cut.angle, cut.bicep = 24, 17.5
    draw = {
        "trucker": _trucker,
        "biker": _biker,
        "puffer": _puffer,
        "windbreaker": _windbreaker,
        "field": _field,
        "chore": _field,
    }.get(cut_name, _bomber)
    return tops.worn(draw(spec, rng, cut), cut)


def _bomber(spec: GarmentSpec, rng: np.random.Generator, cut: Cut) -> list[Item]:
    rib = "second" if spec.color2 and spec.pattern in ("solid", "color-block") else "main"
    behind, neck = collars.stand_collar(cut, 3.6, weave="rib", dye=rib)
    dye = "second" if spec.cut == "varsity" or spec.pattern == "color-block" else "main"
    arms = sleeves(cut, rng, dye=dye, cuff=6, cuff_dye=rib, gather=2.6)
    body = Piece(front(cut, "crew"), folds=body_folds(cut, rng, 1.1), puff=5.5)
    items: list[Item] = [*behind, *arms, body]
    for sign in (-1, 1):
        path = np.array([(sign * 15.5, cut.length - 8), (sign * 20, cut.length - 22)])
        items += [Stroke(path, "seam", 0.8), Stroke(path + (0.5, 0.2), "seam", 0.2)]
    items += [tops.hem_rib(cut, 5.5, rib)]
    if spec.closure == "buttons":
        items += [Stroke(np.array([(1.6, cut.drop), (1.6, cut.length + 6)]), "seam", 0.14)]
        for y in np.linspace(cut.drop + 3, cut.length + 2, 6):
            items.append(Dot((0, float(y)), 0.85, "snap", "#d9d4c6"))
    else:
        items += tops.zipper(cut.drop - 2, cut.length + 6, spec)
    return [*items, *neck]


def _trucker(spec: GarmentSpec, rng: np.random.Generator, cut: Cut) -> list[Item]:
    thread = "#c08a3e" if spec.material == "denim" else None
    kind = "stitch" if thread else "seam"
    behind, neck = collars.shirt_collar(cut, point=8.4, spread=7.4)
    arms = sleeves(cut, rng, cuff=5, cuff_weave=None, gather=1.2)
    body = Piece(front(cut, "crew"), folds=body_folds(cut, rng, 0.9), puff=5, fade=0.12)
    items: list[Item] = [*behind, *arms, body]
    wide = cut.chest / 2
    yoke = cut.arm - 5.5
    for sign in (-1, 1):
        across = np.array([(sign * 1.8, yoke), (sign * (wide - 3.5), yoke - 0.4)])
        items += [Stroke(across, "seam", 0.2), Stroke(across + (0, 0.7), kind, 0.13, thread)]
        for a, b in (((9.0, yoke), (5.5, cut.length)), ((18.5, yoke), (15.5, cut.length))):
            path = np.array([a, b]) * (sign, 1)
            items += [Stroke(path, "seam", 0.2), Stroke(path + (0.6, 0), kind, 0.12, thread)]
        items += tops.patch_pocket(sign * 13.6, yoke + 0.4, 10.5, 9, flap=True)[2:]
    items += tops.placket(cut.drop, cut.length + cut.swoop, 3.6, body.outline)
    band = tops.hem_rib(cut, 4.5)
    if isinstance(band, Piece):
        band.weave, band.patterned = None, True
    items.append(band)
    for y in np.linspace(cut.drop + 1.5, cut.length + 2.4, 6):
        items.append(Dot((0.0, float(y)), 0.9, "snap", "#b48a55"))
    return [*items, *neck]


def _biker(spec: GarmentSpec, rng: np.random.Generator, cut: Cut) -> list[Item]:
    cut.length *= 0.95
    roll = 24.0
    arms = sleeves(cut, rng, gather=0.2)
    body = Piece(front(cut, "crew"), folds=body_folds(cut, rng, 1.2), puff=5)
    opening = both_sides((0, -2.5), (cut.neck / 2, -1, CORNER), (3, 15), (0, roll - 2, CORNER))
    items: list[Item] = [*arms, body]
    items.append(Piece(opening, tone=0.4, patterned=False, puff=2, drape=0.3, cast=0))
    items += tops.zipper(roll - 4, cut.length + 0.5, spec, x=4.5)
    items += collars.lapels(cut, roll=roll, width=11, peak=True, overlap=-3.0)
    for path in (
        [(-17, cut.length - 20), (-8, cut.length - 14)],
        [(19, cut.length - 22), (12, cut.length - 13)],
        [(-19, cut.arm + 4), (-11, cut.arm + 8)],
    ):
        items += [
            Stroke(np.array(path), "cord", 0.6, "#3a3a3c"),
            Stroke(np.array(path), "stitch", 0.34, "#c9c7c1"),
        ]
    belt = tube(
        [(-cut.hem / 2, cut.length - 2), (0, cut.length - 1.3), (cut.hem / 2, cut.length - 2)],
        [3.2] * 3,
    )
    items.append(Piece(belt, puff=1, drape=0.2, cast=0.4))
    buckle = np.array(
        [
            (-12, cut.length - 4),
            (-7, cut.length - 4),
            (-7, cut.length + 0.6),
            (-12, cut.length + 0.6),
        ]
    )
    hole = buckle.mean(0) + (buckle - buckle.mean(0)) * 0.6
    items.append(
        Piece(
            buckle, dye="#b8b8b6", weave="metal", puff=0.6, cast=0.4, holes=[hole], patterned=False
        )
    )
    return items


def _puffer(spec: GarmentSpec, rng: np.random.Generator, cut: Cut, rows: float = 7.6) -> list[Item]:
    cut.chest += 3
    cut.waist += 3
    cut.bicep += 2.5
    cut.cuff += 1.5
    behind, neck = collars.stand_collar(cut, 6.2)
    arms = (
        []
        if spec.sleeve == "sleeveless"
        else sleeves(cut, rng, quilt=rows * 0.9, cuff=3, gather=1.5)
    )
    body = Piece(front(cut, "crew"), folds=[], puff=6, quilt=rows, drape=0.9)
    for y in np.arange(cut.arm - 12, cut.length - 2, rows):
        for x in rng.uniform(-cut.chest * 0.46, cut.chest * 0.46, 5):
            body.folds.append(
                Fold(
                    (x, y),
                    (x + rng.normal(0, 1.6), y + rows * 0.5),
                    0.9,
                    float(rng.uniform(0.2, 0.5)),
                )
            )
    items: list[Item] = [*behind, *arms, body]
    for sign in (-1, 1):
        path = np.array([(sign * 17, cut.length - 9), (sign * 20, cut.length - 21)])
        items.append(Stroke(path, "seam", 0.7))
    items += tops.zipper(cut.drop - 4, cut.length + 1, spec)
    for item in neck:
        if isinstance(item, Piece):
            item.quilt = 4.0
    return [*items, *neck]


def _windbreaker(spec: GarmentSpec, rng: np.random.Generator, cut: Cut) -> list[Item]:
    cut.length += 4
    cords = mix(spec.color, "#ffffff", 0.7) if luma(spec.color) < 0.6 else "#77736b"
    behind, neck = collars.hood(cut, rng, cords=cords)
    dye = "second" if spec.pattern == "color-block" else "main"
    arms = sleeves(cut, rng, cuff=3, cuff_weave=None, gather=2.4, dye=dye)
    body = Piece(front(cut, "crew"), folds=body_folds(cut, rng, 1.3), puff=5.5)
    items: list[Item] = [*behind, *arms, body]
    for sign in (-1, 1):
        path = np.array([(sign * 14, cut.length - 7), (sign * 20, cut.length - 20)])
        items += [Stroke(path, "cord", 0.5, mix(spec.color, "#000000", 0.3))]
    items.append(
        Stroke(line((-cut.chest / 2 + 2, 20), (0, 21.5), (cut.chest / 2 - 2, 20)), "seam", 0.18)
    )
    items += tops.zipper(cut.drop + 1, cut.length + 1, spec)
    items.append(tops.hem_stitch(cut, 2.6))
    return [*items, *neck]


def _field(spec: GarmentSpec, rng: np.random.Generator, cut: Cut) -> list[Item]:
    cut.length += 8
    behind, neck = collars.shirt_collar(cut, point=8.6, spread=7.6)
    arms = sleeves(cut, rng, cuff=4, cuff_weave=None, gather=0.8)
    body = Piece(front(cut, "crew"), folds=body_folds(cut, rng, 0.9), puff=5)
    items: list[Item] = [*behind, *arms, body]
    items += tops.placket(cut.drop, cut.length + cut.swoop, 4.2, body.outline)
    flap = spec.cut != "chore"
    for sign in (-1, 1):
        items += tops.patch_pocket(sign * 15, cut.length - 24, 15, 17, flap=flap)
        if flap or sign > 0:
            items += tops.patch_pocket(sign * 13.5, cut.arm - 3, 11, 12, flap=flap)
    color = mix(spec.color, "#000000", 0.45)
    for y in np.linspace(cut.drop + 3, cut.length - 6, 5):
        items.append(Dot((0.0, float(y)), 0.9, "button", color))
    return [*items, *neck, tops.hem_stitch(cut, 2.4)]


def tailored(
    spec: GarmentSpec,
    rng: np.random.Generator,
    cut: Cut,
    *,
    roll: float,
    double: bool,
    peak: bool,
    buttons: int,
    arms: bool = True,
) -> list[Item]:
    """Two fronts that overlap below the lapels' roll, over a dark inner back."""
    lining = mix(spec.color, "#1c1a18", 0.45)
    back = both_sides(
        (0, -1.5),
        (cut.neck / 2, -0.8, CORNER),
        (cut.neck / 2 + 3, roll * 0.6),
        (5, roll + 2, CORNER),
        (0, roll + 4),
    )
    items: list[Item] = [
        Piece(
            back, dye=lining, weave="satin", tone=0.75, patterned=False, puff=2, relief=0.4, cast=0
        )
    ]
    items.append(collars.tag(1.0))
    if arms:
        items += sleeves(cut, rng, drape=0.7)
    over = 8.0 if double else 2.0
    edge = [
        (cut.neck / 2, 0.0, CORNER),
        (cut.neck * 0.3, roll * 0.5),
        (-over, roll, CORNER),
        (-over + 0.2, cut.length - 5),
        (-over + (1.2 if double else 4.5), cut.length + 0.6, CORNER),
    ]
    right = half_front(cut, edge)
    folds = body_folds(cut, rng, 0.6)
    for points in (right, mirrored(right)):
        mine = [f for f in folds if (f.a[0] > 0) == (points is right)]
        items.append(Piece(points, folds=mine, puff=5, drape=0.65, cast=0.5))
    items += collars.lapels(cut, roll=roll, width=9.5 if peak else 8.6, peak=peak, overlap=over)
    horn = mix(spec.color, "#2a1c14", 0.6)
    for k in range(buttons):
        y = roll + 1.5 + k * 10.5
        columns = (-over + 2.2, over - 2.2) if double else (0.2,)
        items += [Dot((x, y), 1.05, "button", horn) for x in columns]
    return items


def _flap(x: float, y: float, width: float, tilt: float = 0.0, height: float = 4.6) -> list[Item]:
    half = width / 2
    outline = spline(
        [
            (x - half, y - tilt, CORNER),
            (x + half, y + tilt, CORNER),
            (x + half - 0.2, y + height + tilt),
            (x, y + height + 0.3),
            (x - half + 0.2, y + height - tilt),
        ],
        closed=True,
    )
    return [Piece(outline, puff=1.0, relief=0.5, drape=0.3, cast=0.45)]


def blazer(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A tailored jacket, single or double breasted."""
    cut = Cut(
        neck=17,
        drop=7,
        across=45,
        chest=54,
        waist=50,
        hem=54,
        length=71,
        cuff=13.5,
        arm=25,
        swoop=0.5,
    )
    cut = tops.measured(spec, rng, cut)
    cut.angle, cut.bend, cut.cuff = 19, 6, 12.5
    double = spec.cut == "double-breasted" or (spec.cut is None and rng.random() < 0.3)
    roll = 36.0 if double else float(rng.uniform(32, 40))
    items = tailored(
        spec,
        rng,
        cut,
        roll=roll,
        double=double,
        peak=double,
        buttons=2 if double or rng.random() < 0.6 else 1,
    )
    for sign in (-1, 1):
        items += _flap(sign * 15.5, cut.length - 24, 14, sign * 0.4)
    welt = np.array([(10.5, 24.5), (20, 23.2), (20, 25.4), (10.5, 26.8)])
    items.append(Piece(welt, puff=0.7, drape=0.1, cast=0.35))
    return tops.worn(items, cut)


def coat(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A coat by cut."""
    name = spec.cut or COATS[int(rng.integers(len(COATS)))]
    if spec.cut is None and spec.material in ("wool", "cotton", "nylon"):
        choice = {
            "wool": ("wool", "duffle", "robe"),
            "cotton": ("trench", "mac"),
            "nylon": ("puffer",),
        }
        names = choice[spec.material]
        name = names[int(rng.integers(len(names)))]
    cut = Cut(
        neck=17.5,
        drop=7,
        across=46,
        chest=54,
        waist=53,
        hem=61,
        length=104,
        cuff=14,
        arm=26,
        swoop=1.5,
    )
    short = GarmentSpec(spec.category, spec.pattern, spec.color, sleeve="long", fit=spec.fit)
    cut = tops.measured(short, rng, cut)
    cut.length = {"regular": 92.0, "long": 116.0, "cropped": 78.0}.get(spec.length or "", 104.0)
    cut.angle, cut.bend, cut.cuff, cut.bicep = 20, 5, 14.0, 18.5
    cut.sleeve = 62
    if name == "puffer":
        return tops.worn(_puffer(spec, rng, cut, rows=9.5), cut)
    if name == "duffle":
        return tops.worn(_duffle(spec, rng, cut), cut)
    if name == "mac":
        return tops.worn(_mac(spec, rng, cut), cut)
    double = name == "trench" or (name == "wool" and rng.random() < 0.4)
    roll = {"trench": 27.0, "robe": 50.0}.get(name, float(rng.uniform(30, 42)))
    count = 0 if name == "robe" else 3 if double else int(rng.integers(2, 4))
    items = tailored(
        spec, rng, cut, roll=roll, double=double, peak=name == "wool" and double, buttons=count
    )
    for sign in (-1, 1):
        if name == "trench":
            path = np.array([(sign * 17, cut.length - 42), (sign * 22, cut.length - 56)])
            items += [Stroke(path, "seam", 1.4), Stroke(path + (0.8, 0), "seam", 0.2)]
        else:
            items += _flap(sign * 17.5, cut.length * 0.56, 15, sign * 0.6, 5.5)
    if name in ("trench", "robe"):
        items += _belt(cut, 53.0)
    return tops.worn(items, cut)


def _mac(spec: GarmentSpec, rng: np.random.Generator, cut: Cut) -> list[Item]:
    behind, neck = collars.shirt_collar(cut, point=10, spread=8.5)
    arms = sleeves(cut, rng, drape=0.8)
    body = Piece(front(cut, "crew"), folds=body_folds(cut, rng, 0.8), puff=5.5)
    items: list[Item] = [*behind, *arms, body]
    items += tops.placket(cut.drop, cut.length + cut.swoop, 6.0, body.outline)
    for sign in (-1, 1):
        path = np.array([(sign * 17, cut.length * 0.68), (sign * 21, cut.length * 0.54)])
        items += [Stroke(path, "seam", 1.3), Stroke(path + (0.8, 0), "seam", 0.2)]
    return [*items, Dot((0, 8.5), 0.9, "button", mix(spec.color, "#2a1c14", 0.6)), *neck]


def _duffle(spec: GarmentSpec, rng: np.random.Generator, cut: Cut) -> list[Item]:
    behind, neck = collars.hood(cut, rng, cords=None)
    arms = sleeves(cut, rng, drape=0.7)
    body = Piece(front(cut, "crew"), folds=body_folds(cut, rng, 0.6), puff=5.5, drape=0.7)
    items: list[Item] = [*behind, *arms, body]
    items += tops.placket(cut.drop + 2, cut.length + cut.swoop, 5.0, body.outline)
    for sign in (-1, 1):
        items += tops.patch_pocket(sign * 16, cut.length * 0.58, 16, 19)
    for y in np.linspace(cut.drop + 9, cut.length * 0.55, 4):
        for sign in (-1, 1):
            loop = line(
                (sign * 9, y - 0.7),
                (sign * 3, y - 0.5),
                (sign * 1.0, y),
                (sign * 3, y + 0.5),
                (sign * 9, y + 0.7),
            )
            items.append(Stroke(loop, "cord", 0.45, "#4a3222"))
        peg = tube([(-2.8, y), (0, y + 0.1), (2.8, y)], [0.7, 1.5, 0.7])
        items.append(Piece(peg, dye="#8a5c34", weave="rubber", patterned=False, puff=0.7, cast=0.5))
    return [*items, *neck]


def _belt(cut: Cut, y: float) -> list[Item]:
    wide = (cut.waist + (cut.hem - cut.waist) * 0.2) / 2
    band = tube([(-wide + 0.5, y - 1), (0, y + 0.4), (wide - 0.5, y - 1)], [4.2] * 3)
    items: list[Item] = [Piece(band, puff=1.3, relief=0.8, drape=0.4, cast=0.5)]
    tail = tube([(2, y), (4.5, y + 11), (3.6, y + 25)], [4.0, 4.0, 4.0])
    items.append(Piece(tail, puff=1.2, drape=0.5, cast=0.5))
    knot = np.array([(-1.2, y - 3.2), (4.2, y - 3.0), (4.6, y + 3.4), (-0.8, y + 3.6)])
    items.append(
        Piece(spline(knot.tolist(), closed=True), puff=1.6, relief=1.1, drape=0.5, cast=0.5)
    )
    return items


def vest(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A sleeveless layer: knitted, padded or tailored."""
    name = spec.cut or {"knit": "knit", "nylon": "puffer"}.get(spec.material or "", "tailored")
    cut = Cut(neck=18, drop=20, across=40, chest=52, waist=50, hem=50, length=58, arm=26)
    bare = GarmentSpec(spec.category, spec.pattern, spec.color, fit=spec.fit, sleeve="sleeveless")
    cut = tops.measured(bare, rng, cut)
    if name == "puffer":
        cut.drop = 7.5
        return tops.worn(_puffer(bare_of(spec), rng, cut), cut)
    if name == "knit":
        kind = "v" if spec.neckline != "crew" else "crew"
        cut.drop = 20 if kind == "v" else 8
        behind, neck = collars.band(cut, kind, 2.4)
        body = Piece(front(cut, kind), folds=body_folds(cut, rng, 0.7), puff=5.5)
        items: list[Item] = [
            *behind,
            body,
            *tops.armhole_bands(cut, 2.2),
            tops.hem_rib(cut, 5.5),
            *neck,
        ]
        return tops.worn(items, cut)
    cut.chest, cut.waist, cut.hem, cut.length = 48, 44, 46, 56
    lining = mix(spec.color, "#1c1a18", 0.5)
    back = both_sides((0, -1.0), (8.6, -0.4, CORNER), (9, 20), (3, 34, CORNER), (0, 35))
    items = [Piece(back, dye=lining, weave="satin", tone=0.7, patterned=False, puff=2, cast=0)]
    edge = [
        (cut.neck / 2, 0.0, CORNER),
        (cut.neck * 0.36, 14),
        (-1.6, 31, CORNER),
        (-1.6, cut.length - 4, CORNER),
        (7.5, cut.length + 6, CORNER),
    ]
    right = half_front(cut, edge)
    for points in (right, mirrored(right)):
        items.append(Piece(points, puff=4, drape=0.6, cast=0.5))
    for y in np.linspace(33, cut.length - 5.5, 4):
        items.append(Dot((0.0, float(y)), 0.75, "button", mix(spec.color, "#2a1c14", 0.6)))
    for sign in (-1, 1):
        items += _flap(sign * 13, cut.length - 12, 9.5, sign * -0.4, 1.6)
    return tops.worn(items, cut)


def bare_of(spec: GarmentSpec) -> GarmentSpec:
    """The same spec without sleeves."""
    return GarmentSpec(
        spec.category,
        spec.pattern,
        spec.color,
        spec.color2,
        sleeve="sleeveless",
        material=spec.material,
        seed=spec.seed,
        pose=spec.pose,
    )
