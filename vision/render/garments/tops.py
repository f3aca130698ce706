"""T-shirts, polos, shirts, blouses, tank tops, sweaters, cardigans, sweatshirts, hoodies."""

from __future__ import annotations

import numpy as np

from vision.render.garments import collars
from vision.render.garments.bodice import (
    Cut,
    body_folds,
    front,
    side,
    sleeves,
)
from vision.render.garments.camisole import camisole
from vision.render.geometry import CORNER, both_sides, mirrored, shape, spline
from vision.render.model import Dot, Fold, Garment, Item, Piece, Stroke
from vision.render.palette import luma, mix
from vision.render.spec import GarmentSpec

FITS = {"slim": 0.93, "regular": 1.0, "loose": 1.13}
LENGTHS = {"cropped": 0.76, "regular": 1.0, "long": 1.14}


def measured(spec: GarmentSpec, rng: np.random.Generator, cut: Cut) -> Cut:
    """The cut with this garment's fit, length, sleeve and small personal differences."""
    wide = FITS.get(spec.fit or "regular", 1.0) * rng.uniform(0.98, 1.03)
    cut.chest *= wide
    cut.waist *= wide
    cut.hem *= wide
    cut.across *= 1 + (wide - 1) * 0.75
    cut.length *= LENGTHS.get(spec.length or "regular", 1.0) * rng.uniform(0.98, 1.05)
    if spec.fit == "slim":
        cut.waist -= 2.5
    if spec.sleeve == "short":
        cut.sleeve, cut.angle = 19 + (4 if spec.fit == "loose" else 0), 44
        cut.cuff = cut.bicep = 18.5 * wide
    elif spec.sleeve == "three-quarter":
        cut.sleeve, cut.angle, cut.cuff, cut.bicep = 42, 27, 13.0 * wide, 16 * wide
    elif spec.sleeve == "long":
        cut.sleeve, cut.angle, cut.bicep = 59, 23, 16 * wide
        cut.cuff = min(cut.cuff, 11.5)
    cut.arm = max(cut.arm, cut.slope + 17 * wide)
    return cut


def hem_rib(cut: Cut, height: float, dye: str = "main") -> Item:
    """A ribbed waistband below the hem."""
    wide = cut.hem / 2
    outline = both_sides(
        (0, cut.length - 0.4 + cut.swoop),
        (wide * 0.5, cut.length - 0.4 + cut.swoop * 0.8),
        (wide - 0.4, cut.length - 0.5, CORNER),
        (wide - 1.6, cut.length + height * 0.6),
        (wide - 2.2, cut.length + height, CORNER),
        (wide * 0.5, cut.length + height + cut.swoop * 0.8),
        (0, cut.length + height + cut.swoop),
    )
    return Piece(outline, dye=dye, weave="rib", patterned=False, puff=2.4, drape=0.35, cast=0.35)


def armhole_bands(cut: Cut, width: float) -> list[Item]:
    """Rib strips around sleeveless armholes."""
    edge = spline(side(cut)[:4])
    step = np.linspace(0, 1, len(edge))[:, None]
    inner = edge - np.array([(width, 0.0)]) * (0.4 + 0.6 * step)
    outline = np.concatenate([edge + (0.3, 0), inner[::-1]])
    return [
        Piece(o, weave="rib", patterned=False, puff=1, drape=0.1, cast=0.4)
        for o in (outline, mirrored(outline))
    ]


def hem_stitch(cut: Cut, up: float = 2.2) -> Item:
    """A row of stitches above the hem."""
    wide = cut.hem / 2 - 0.3
    y = cut.length - up
    path = np.array([(-wide, y), (-wide / 2, y + cut.swoop * 0.8), (0, y + cut.swoop)])
    right = mirrored(path)[::-1]
    return Stroke(spline(np.concatenate([path, right[1:]]).tolist()), "seam", 0.1)


def tee(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A t-shirt."""
    cut = measured(spec, rng, Cut(neck=18 + rng.uniform(-1, 2), drop=8.5))
    kind = _neck(cut, spec)
    raglan = spec.cut == "raglan"
    sleeve_dye = "second" if raglan or spec.pattern == "color-block" else "main"
    trim = "second" if spec.cut in ("ringer", "raglan") else "main"
    width = {"v": 1.6, "boat": 1.2, "square": 0.0}.get(kind, float(rng.uniform(1.7, 2.5)))
    behind, neck = collars.band(cut, kind, width, trim) if width else collars.facing(cut, kind)
    body = Piece(front(cut, kind), folds=body_folds(cut, rng), puff=4.5, decal=True)
    arms: list[Item] = []
    if spec.sleeve != "sleeveless":
        cuff = 1.8 if spec.cut == "ringer" else 0.0
        arms = sleeves(cut, rng, dye=sleeve_dye, cuff=cuff, cuff_dye=trim)
    items: list[Item] = [*behind, *arms, body, *neck, hem_stitch(cut)]
    if rng.random() < 0.18 and spec.pattern in ("solid", "melange", "stripe-fine"):
        items += patch_pocket(7.5, cut.arm - 1.5, 10.5, 11.5)
    return worn(items, cut)


def tank(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A tank top, or a camisole."""
    if spec.cut == "cami":
        return camisole(spec, rng)
    cut = measured(
        spec, rng, Cut(neck=20, drop=13, back=5, across=31, chest=45, waist=43, hem=45, length=62)
    )
    cut.slope = 2.0
    if spec.neckline == "square":
        cut.neck, cut.drop, cut.across = 21.5, 12, 30
    elif spec.neckline == "halter":
        cut.neck, cut.drop, cut.across = 13, 7, 19
    elif spec.neckline == "v":
        cut.drop = 16
    kind = {"halter": "crew", "boat": "crew"}.get(spec.neckline or "", spec.neckline or "crew")
    behind, neck = collars.band(cut, kind, 0.9, label=False)
    body = Piece(front(cut, kind), folds=body_folds(cut, rng), puff=4.5, decal=True)
    edge = spline(side(cut)[:4])
    rims: list[Item] = [
        Stroke(edge - (0.8, 0), "seam", 0.1),
        Stroke(mirrored(edge - (0.8, 0)), "seam", 0.1),
    ]
    return worn([*behind, body, *neck, *rims, hem_stitch(cut)], cut)


def polo(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A polo shirt."""
    cut = measured(spec, rng, Cut(neck=17, drop=7))
    trim = "second" if spec.color2 and spec.pattern == "solid" else "main"
    behind, neck = collars.shirt_collar(
        cut,
        open_to=5,
        point=7.4,
        spread=6.6,
        dye=trim,
        weave="rib",
        patterned=False,
        stitched=False,
    )
    body = Piece(front(cut, "crew"), folds=body_folds(cut, rng), puff=4.5, decal=True)
    opening = _opening(5.0, 11.5, 2.6)
    strip = placket(6, 20, 3.0)
    knobs = _buttons([(0.2, y) for y in (13.2, 17.6)], _button_color(spec), 0.52)
    arms = sleeves(
        cut,
        rng,
        cuff=2.2 if spec.sleeve == "short" else 5,
        cuff_dye=trim,
        dye="second" if spec.pattern == "color-block" else "main",
    )
    items: list[Item] = [*behind, *arms, body, *strip, *opening, *knobs, *neck, hem_stitch(cut)]
    return worn(items, cut)


def shirt(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A button-through shirt."""
    cut = measured(
        spec, rng, Cut(neck=16.5, drop=7, chest=51, waist=49, hem=50, length=75, swoop=2.5)
    )
    curved = spec.length != "cropped" and rng.random() < 0.75
    if curved:
        cut.swoop = 5.5
    band_collar = spec.cut == "band-collar"
    camp = spec.cut == "camp"
    if band_collar:
        behind, neck = collars.stand_collar(cut, 2.8)
    elif camp:
        behind, neck = collars.shirt_collar(cut, open_to=6, point=8, spread=9.5)
    else:
        behind, neck = collars.shirt_collar(cut, point=float(rng.uniform(7.6, 9.4)))
    body = Piece(front(cut, "crew"), folds=body_folds(cut, rng), puff=4.5)
    long = spec.sleeve == "long"
    arms = sleeves(cut, rng, cuff=6.0 if long else 0.0, cuff_weave=None, gather=2.2 if long else 0)
    items: list[Item] = [
        *behind,
        *arms,
        body,
        *placket(6.5, cut.length + cut.swoop, 3.2, body.outline),
    ]
    start = 12 if camp else 9.5
    tops = np.arange(start, cut.length - 5, 9.2)
    if camp:
        items += _opening(5.5, 12.5, 4.0)
    elif not band_collar:
        tops = np.concatenate([[6.6], tops + 2.5])
    items += _buttons([(0.0, float(y)) for y in tops], _button_color(spec), 0.55)
    pockets = int(rng.integers(0, 3)) if spec.cut != "overshirt" else 2
    for index in range(pockets):
        items += patch_pocket(10.2 if index == 0 else -10.2, cut.arm - 1, 11, 12.5, pockets == 2)
    return worn([*items, *neck, hem_stitch(cut, 1.0)], cut)


def blouse(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A blouse: softer, fuller sleeves, a bow, ruffle, tie or small collar."""
    cut = measured(
        spec, rng, Cut(neck=17, drop=8, across=39, chest=48, waist=46, hem=49, length=62)
    )
    kind = spec.neckline if spec.neckline in ("v", "square", "boat") else "crew"
    if spec.neckline == "v":
        cut.drop = 17
    if spec.neckline == "square":
        cut.neck, cut.drop = 25, 12
    if spec.neckline == "boat":
        cut.neck, cut.drop = 28, 5
    long = spec.sleeve in ("long", "three-quarter")
    arms: list[Item] = []
    if spec.sleeve != "sleeveless":
        puffed = 5.5 if long else 3.0
        cut.angle = 17 if spec.sleeve == "long" else 24 if long else 36
        arms = sleeves(
            cut, rng, cuff=3.5 if long else 1.6, cuff_weave=None, gather=puffed, drape=1.3
        )
    body = Piece(front(cut, kind), folds=body_folds(cut, rng, 1.2), puff=4.5, drape=1.25)
    for x in np.linspace(-cut.neck * 0.4, cut.neck * 0.4, 6):
        body.folds.append(Fold((x, cut.drop * 0.9), (x * 1.5, cut.drop + 16), 1.3, 0.3))
    if spec.neckline == "collar":
        behind, neck = collars.shirt_collar(cut, point=7.2, spread=6)
    else:
        behind, neck = collars.band(cut, kind, 1.3, label=True)
    items: list[Item] = [*behind, *arms, body, *neck]
    if spec.closure == "buttons":
        items += placket(cut.drop, cut.length + cut.swoop, 2.6, body.outline)
        tops = np.arange(cut.drop + 2.2, cut.length - 4, 7.4)
        items += _buttons([(0.0, float(y)) for y in tops], _button_color(spec), 0.45)
        if spec.neckline == "collar":
            items += neck
    elif spec.neckline in ("crew", None) and rng.random() < 0.6:
        items += collars.bow(0, cut.drop + 0.6, 5.4)
    elif spec.neckline == "v":
        items.append(Stroke(np.array([(0, cut.drop), (1.5, cut.length)]), "seam", 0.14))
    return worn([*items, hem_stitch(cut, 1.2)], cut)


def sweater(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A knitted jumper, with cables when its cut asks for them."""
    cut = measured(spec, rng, Cut(neck=18.5, drop=8, chest=52, waist=52, hem=49, length=62, arm=24))
    kind = _neck(cut, spec)
    if spec.neckline == "turtleneck":
        behind, neck = collars.turtleneck(cut, 10, rng)
    elif spec.neckline == "collar":
        behind, neck = collars.shirt_collar(
            cut, open_to=6, point=8, spread=7, weave="rib", patterned=False, stitched=False
        )
        neck = [*_opening(5, 13, 3.0), *neck]
    else:
        behind, neck = collars.band(cut, kind, 2.6)
    arms: list[Item] = []
    if spec.sleeve != "sleeveless":
        long = spec.sleeve == "long"
        dye = "second" if spec.pattern == "color-block" else "main"
        arms = sleeves(cut, rng, cuff=6 if long else 2.4, gather=1.6 if long else 0.6, dye=dye)
    body = Piece(
        front(cut, kind), folds=body_folds(cut, rng, 0.8), puff=5.5, decal=True, cables=_ropes(spec)
    )
    items: list[Item] = [*behind, *arms, body]
    return worn([*items, hem_rib(cut, 6), *neck], cut)


def sweatshirt(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A crew-neck sweatshirt."""
    cut = measured(
        spec, rng, Cut(neck=18.5, drop=7.6, chest=55, waist=54.5, hem=51, length=63, arm=25)
    )
    behind, neck = collars.band(cut, "crew", 2.6)
    dye = "second" if spec.pattern == "color-block" or spec.cut == "raglan" else "main"
    arms = sleeves(cut, rng, cuff=6, gather=2.0, dye=dye)
    body = Piece(front(cut, "crew"), folds=body_folds(cut, rng), puff=5.5, decal=True)
    items: list[Item] = [*behind, *arms, body, hem_rib(cut, 6), *neck]
    if rng.random() < 0.5:
        tri = np.array([(-2.6, cut.drop + 0.1), (0, cut.drop + 3.2), (2.6, cut.drop + 0.1)])
        items.append(Stroke(tri, "seam", 0.12))
    return worn(items, cut)


def hoodie(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A hooded sweatshirt, pulled over or zipped."""
    cut = measured(spec, rng, Cut(neck=19, drop=8.5, chest=55, waist=55, hem=52, length=63, arm=25))
    cords = mix(spec.color, "#ffffff" if luma(spec.color) < 0.6 else "#8a857a", 0.75)
    behind, neck = collars.hood(cut, rng, cords=cords)
    dye = "second" if spec.pattern == "color-block" else "main"
    arms = sleeves(cut, rng, cuff=6, gather=2.0, dye=dye)
    body = Piece(front(cut, "crew"), folds=body_folds(cut, rng), puff=5.5, decal=True)
    items: list[Item] = [*behind, *arms, body]
    items.append(_kangaroo(cut))
    rim = items[-1]
    if isinstance(rim, Piece):
        for sign in (-1, 1):
            edge = np.array([(sign * 17.5, cut.length - 9), (sign * 10.5, cut.length - 20)])
            items.append(Stroke(edge - (sign * 1.2, 0), "seam", 0.12))
    if spec.closure == "zip":
        items += zipper(cut.drop + 1.5, cut.length + 6, spec)
    items.append(hem_rib(cut, 6))
    if spec.closure == "zip":
        items += zipper(cut.length - 1, cut.length + 6.4, spec, pull=False)
    garment = worn([*items, *neck], cut)
    garment.hook = (0.0, -10.0)
    return garment


def cardigan(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A knitted cardigan, buttoned or open."""
    cut = measured(spec, rng, Cut(neck=19, drop=24, chest=51, waist=51, hem=49, length=62, arm=24))
    crew = spec.neckline == "crew"
    cut.drop = 9.0 if crew else float(rng.uniform(22, 28))
    kind = "crew" if crew else "v"
    behind, neck = collars.band(cut, kind, 2.8)
    arms = sleeves(cut, rng, cuff=6, gather=1.8)
    body = Piece(
        front(cut, kind), folds=body_folds(cut, rng, 0.8), puff=5.5, cables=_ropes(spec, 4.0)
    )
    items: list[Item] = [*behind, *arms, body]
    items += [hem_rib(cut, 5.5)]
    strip = Piece(
        np.array(
            [
                (-1.9, cut.drop - 2),
                (1.9, cut.drop - 2),
                (1.9, cut.length + 6.4),
                (-1.9, cut.length + 6.4),
            ]
        ),
        weave="rib",
        patterned=False,
        puff=1.2,
        drape=0.2,
        cast=0.5,
    )
    tops = np.linspace(cut.drop + 1.5, cut.length + 3, 9 if crew else 6)
    items += [strip, *_buttons([(0.0, float(y)) for y in tops], _button_color(spec), 0.85)]
    if cut.length > 62 or rng.random() < 0.4:
        for sign in (-1, 1):
            items += patch_pocket(sign * 13, cut.length - 19, 13, 14, welt=True)
    return worn([*items, *neck], cut)


def _neck(cut: Cut, spec: GarmentSpec) -> str:
    kind = spec.neckline or "crew"
    if kind == "v":
        cut.drop = 17
    elif kind == "boat":
        cut.neck, cut.drop = 27, 5
    elif kind == "square":
        cut.neck, cut.drop = 24, 11
    return kind if kind in ("v", "boat", "square") else "crew"


def _opening(top: float, bottom: float, wide: float) -> list[Item]:
    """The dark inside of an unbuttoned throat."""
    outline = shape((-wide, top, CORNER), (wide, top, CORNER), (0, bottom, CORNER))
    return [Piece(outline, tone=0.45, patterned=False, puff=1, relief=0.2, drape=0, cast=0)]


def placket(
    top: float, bottom: float, width: float, within: np.ndarray | None = None
) -> list[Item]:
    """A button strip down the middle, cut off at the outline `within`."""
    x = width / 2
    outline = np.array([(-x, top), (x, top), (x, bottom - 0.3), (-x, bottom - 0.1)])
    return [
        Piece(outline, puff=0.9, relief=0.5, drape=0.25, cast=0.28, within=within),
        Stroke(np.array([(-x + 0.5, top), (-x + 0.5, bottom - 0.5)]), "seam", 0.08),
        Stroke(np.array([(x - 0.5, top), (x - 0.5, bottom - 0.5)]), "seam", 0.08),
    ]


def _buttons(places: list[tuple[float, float]], color: str, radius: float) -> list[Item]:
    return [Dot(place, radius, "button", color) for place in places]


def _button_color(spec: GarmentSpec) -> str:
    pick = np.random.default_rng([spec.seed, 3]).random()
    if pick < 0.4:
        return "#efe9dc"
    return mix(spec.color, "#000000", 0.35) if pick < 0.75 else "#6d4a31"


def patch_pocket(
    x: float, y: float, width: float, height: float, flap: bool = False, welt: bool = False
) -> list[Item]:
    """A sewn-on pocket: its cloth, its stitches, then a rib edge or a flap and its button."""
    half = width / 2
    outline = shape(
        (x - half, y, CORNER),
        (x + half, y, CORNER),
        (x + half, y + height - 1.4, CORNER),
        (x, y + height, *(() if welt else (CORNER,))),
        (x - half, y + height - 1.4, CORNER),
    )
    items: list[Item] = [Piece(outline, puff=1.2, relief=0.35, drape=0.5, cast=0.3)]
    rim = outline.mean(axis=0) + (outline - outline.mean(axis=0)) * 0.94
    items.append(Stroke(rim, "seam", 0.08, closed=True))
    if welt:
        top = np.array([(x - half, y), (x + half, y), (x + half, y + 2.6), (x - half, y + 2.6)])
        items.append(Piece(top, weave="rib", patterned=False, puff=0.9, drape=0.1, cast=0.3))
    if flap:
        lid = shape(
            (x - half - 0.2, y - 0.6, CORNER),
            (x + half + 0.2, y - 0.6, CORNER),
            (x + half + 0.2, y + 3.2, CORNER),
            (x, y + 4.8, CORNER),
            (x - half - 0.2, y + 3.2, CORNER),
        )
        items.append(Piece(lid, puff=1, relief=0.5, drape=0.3, cast=0.45))
        items.append(Dot((x, y + 3.2), 0.5, "button", "#e9e2d2"))
    return items


def _kangaroo(cut: Cut) -> Item:
    base = cut.length + 0.5
    outline = both_sides(
        (0, base - 21),
        (10.5, base - 21, CORNER),
        (13, base - 14),
        (18, base - 8.5, CORNER),
        (18, base, CORNER),
        (0, base + cut.swoop),
    )
    return Piece(outline, puff=2.2, relief=0.5, drape=0.7, cast=0.4)


def _ropes(spec: GarmentSpec, clear: float = 0.0) -> tuple[float, ...]:
    """Where the cables of a cable knit run, none within `clear` cm of the middle."""
    if spec.cut != "cable":
        return ()
    return tuple(x for x in (-17.0, -11.3, -5.7, 0.0, 5.7, 11.3, 17.0) if abs(x) >= clear)


def zipper(
    top: float, bottom: float, spec: GarmentSpec, x: float = 0.0, pull: bool = True
) -> list[Item]:
    """A metal zip on its tape."""
    tape = mix(spec.color, "#000000", 0.28)
    path = np.array([(x, top), (x, bottom)])
    items: list[Item] = [
        Stroke(path + (-0.8, 0), "seam", 0.1),
        Stroke(path + (0.8, 0), "seam", 0.1),
        Stroke(path, "cord", 0.7, tape),
        Stroke(path, "stitch", 0.36, "#c9c7c1"),
    ]
    if pull:
        items.append(
            Stroke(np.array([(x, top + 0.5), (x + 0.2, top + 3.4)]), "cord", 0.6, "#bdbbb5")
        )
    return items


def worn(items: list[Item], cut: Cut) -> Garment:
    """A garment that hangs from its shoulders, with its place for a chest graphic."""
    middle = cut.drop + (cut.length - cut.drop) * 0.31
    return Garment(
        items,
        hook=(0.0, -2.0),
        shoulder=cut.across / 2,
        slope=cut.slope,
        chest=(0.0, middle, 27.0),
    )
