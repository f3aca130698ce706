"""Dresses and jumpsuits: an upper body sewn to a skirt or to legs."""

from __future__ import annotations

import numpy as np

from vision.render.garments.bodice import Cut, body_folds, front
from vision.render.garments.camisole import slip_dress
from vision.render.garments.collars import bow, shirt_collar
from vision.render.garments.legs import Legs, legs_of
from vision.render.garments.measures import measured
from vision.render.garments.necks import band, turtleneck
from vision.render.garments.skirts import skirt_panel
from vision.render.garments.sleeves import Style, sleeves
from vision.render.garments.trousers import trousers_items
from vision.render.geometry import CORNER, both_sides, line, tube
from vision.render.model import Dot, Fold, Garment, Item, Piece, Stroke
from vision.render.palette import mix
from vision.render.spec import GarmentSpec

WAIST_Y = 41.0
"""Where the waist seam lies below the neck, cm."""


def _bodice(spec: GarmentSpec, rng: np.random.Generator) -> tuple[Cut, str, list[Item], list[Item]]:
    cut = Cut(
        neck=19, drop=9, across=37, chest=45, waist=38, hem=36, length=WAIST_Y, arm=21, swoop=0.8
    )
    long = spec.sleeve in ("long", "three-quarter")
    cut = measured(
        GarmentSpec(spec.category, spec.pattern, spec.color, sleeve=spec.sleeve), rng, cut
    )
    cut.length = WAIST_Y
    cut.hem = {"loose": 43.0, "slim": 39.0}.get(spec.fit or "", 36.0)
    kind = spec.neckline or "crew"
    if spec.sleeve == "sleeveless":
        cut.across = 33
    if kind == "v":
        cut.drop = 18
    elif kind == "square":
        cut.neck, cut.drop, cut.across = 25, 12, max(cut.across, 33)
    elif kind == "boat":
        cut.neck, cut.drop = 27, 5
    elif kind == "halter":
        cut.neck, cut.drop, cut.across = 13, 7, 18
    elif kind == "off-shoulder":
        return _off_shoulder(cut, rng)
    shape_kind = kind if kind in ("v", "square", "boat") else "crew"
    if kind == "collar":
        behind, neck = shirt_collar(cut, point=7.6)
    elif kind == "turtleneck":
        behind, neck = turtleneck(cut, 8, rng)
    else:
        behind, neck = band(cut, shape_kind, 1.0, label=True)
    arms: list[Item] = []
    if spec.sleeve != "sleeveless" and spec.sleeve:
        cut.angle = 18 if long else 40
        soft = spec.material != "knit"
        arms = sleeves(
            cut,
            rng,
            Style(
                cuff=3.0 if long else 1.2,
                cuff_weave=None if soft else "rib",
                gather=3.6 if soft else 0.8,
            ),
        )
    return cut, shape_kind, [*behind, *arms], neck


def _off_shoulder(cut: Cut, rng: np.random.Generator) -> tuple[Cut, str, list[Item], list[Item]]:
    """A straight top edge under the shoulders with a gathered flounce around it."""
    cut.neck, cut.drop, cut.across, cut.slope, cut.arm = 43, 1.5, 44, 1.0, 9
    flounce = both_sides(
        (0, 1.2),
        (12, 0.6),
        (22, -0.6),
        (30, 3.0, CORNER),
        (33, 13.5, CORNER),
        (20, 14.8),
        (0, 15.6),
    )
    folds = [
        Fold((x, 0.8), (x * 1.15, 15), 1.4, 0.5, rng.normal(0, 0.4))
        for x in np.linspace(-27, 27, 14)
    ]
    rim = line((-29, 2.8), (-22, 0.6), (0, 2.4), (22, 0.6), (29, 2.8))
    neck: list[Item] = [
        Piece(flounce, puff=3, folds=folds, drape=0.8, cast=0.5),
        Stroke(rim, "seam", 0.14),
    ]
    back = both_sides((0, -1.6), (20, -2.0), (29, 2.0, CORNER), (0, 4))
    behind: list[Item] = [Piece(back, tone=0.55, patterned=False, puff=1.5, drape=0.4, cast=0)]
    return cut, "boat", behind, neck


def dress(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A dress: fit-and-flare, shirt, slip, knit, wrap or tiered by cut and material."""
    if spec.cut == "slip":
        return slip_dress(spec, rng)
    cut, kind, behind, neck = _bodice(spec, rng)
    length = {"mini": 44.0, "midi": 72.0, "maxi": 94.0}.get(spec.length or "midi", 72.0)
    knit = spec.material == "knit" or spec.fit == "slim"
    hem = 46.0 if knit else 52 + length * float(rng.uniform(0.24, 0.46))
    gathers = 0 if knit else int(rng.integers(6, 10))
    hip = 45.0 if knit else max(46.0, cut.hem + 10)
    body = Piece(front(cut, kind), folds=body_folds(cut, rng, 0.8), puff=4.5, cast=0.35)
    tiers = spec.cut == "tiered"
    panels: list[Item] = []
    if tiers:
        thirds = length / 3
        for k in (2, 1, 0):
            wide = cut.hem + 7 + k * 11
            panels += skirt_panel(
                rng,
                top=WAIST_Y - 0.6 + k * thirds,
                waist=wide - 8,
                hip=wide + 2,
                hem=wide + 9,
                length=thirds + 1,
                gathers=10 + k * 2,
            )
    else:
        panels = skirt_panel(
            rng,
            top=WAIST_Y - 0.6,
            waist=cut.hem,
            hip=hip,
            hem=hem,
            length=length,
            gathers=gathers,
            pleats=13 if spec.cut == "pleated" else 0,
        )
    items: list[Item] = [*behind, *panels, body]
    waist = cut.hem / 2
    if spec.closure == "buttons":
        items += _front_buttons(cut, WAIST_Y + length, spec)
    if spec.closure == "wrap":
        path = line((cut.neck * 0.36, cut.drop * 0.42), (-waist * 0.2, 30), (-waist * 0.9, WAIST_Y))
        items.append(Stroke(path, "seam", 0.3))
        flap = line(
            (-waist * 0.7, WAIST_Y), (-waist * 0.35, WAIST_Y + length * 0.5), (2, WAIST_Y + length)
        )
        items.append(Stroke(flap, "seam", 0.3))
    if not knit:
        belt = tube(
            [(-waist - 0.2, WAIST_Y - 0.6), (0, WAIST_Y + 0.3), (waist + 0.2, WAIST_Y - 0.6)],
            [2.6] * 3,
        )
        items.append(Piece(belt, puff=0.9, relief=0.7, drape=0.3, cast=0.4))
        if spec.closure == "wrap" or rng.random() < 0.35:
            items += bow(-waist * 0.55, WAIST_Y, 4.2)
    items += neck
    return Garment(
        items, hook=(0.0, -2.0), shoulder=cut.across / 2, slope=cut.slope, chest=(0.0, 22.0, 18.0)
    )


def jumpsuit(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A one-piece with legs, or dungarees with a bib."""
    legs = legs_of(spec, rng)
    legs.waist, legs.length = 37.0, legs.length - 4
    if spec.cut == "dungarees":
        return _dungarees(spec, rng, legs)
    cut, kind, behind, neck = _bodice(spec, rng)
    legs.waist = cut.hem
    low = trousers_items(spec, rng, legs, waistband=False)[1:]
    for item in low:
        _lower(item, WAIST_Y - 0.8)
    body = Piece(front(cut, kind), folds=body_folds(cut, rng, 0.8), puff=4.5, cast=0.35)
    waist = cut.hem / 2
    belt = tube(
        [(-waist - 0.2, WAIST_Y - 0.6), (0, WAIST_Y + 0.3), (waist + 0.2, WAIST_Y - 0.6)], [3.4] * 3
    )
    items: list[Item] = [*behind, *low, body, Piece(belt, puff=1, drape=0.3, cast=0.4)]
    if spec.closure in ("buttons", "zip") or kind == "collar":
        items += _front_buttons(cut, WAIST_Y + 12, spec)
    if rng.random() < 0.6:
        items += bow(waist * 0.2, WAIST_Y, 4.4)
    return Garment([*items, *neck], hook=(0.0, -2.0), shoulder=cut.across / 2, slope=cut.slope)


def _dungarees(spec: GarmentSpec, rng: np.random.Generator, legs: Legs) -> Garment:
    top = 34.0
    low = trousers_items(spec, rng, legs, jeans=spec.material == "denim")
    for item in low:
        _lower(item, top)
    bib = both_sides((0, 9), (11.5, 8.6, CORNER), (14, 22), (19.2, top + 1, CORNER), (0, top + 2))
    items: list[Item] = []
    for sign in (-1, 1):
        strap = tube([(sign * 8.5, -4), (sign * 9.6, 3), (sign * 9.3, 12)], [3.2, 3.2, 3.2])
        items.append(Piece(strap, puff=0.9, drape=0.3, cast=0.35))
    items += [Piece(bib, puff=3, folds=[Fold((-8, 12), (6, 30), 2, 0.4)], cast=0.4), *low]
    pocket = np.array([(-7, 16), (7, 16), (7, 27), (0, 28.5), (-7, 27)])
    items += [Piece(pocket, puff=1.2, relief=0.4, drape=0.5, cast=0.3)]
    items.append(Stroke(pocket * (0.92, 0.95) + (0, 1), "seam", 0.1, closed=True))
    items += [Dot((sign * 9.3, 11), 0.9, "snap", "#b48a55") for sign in (-1, 1)]
    return Garment(items, hook=(0.0, -5.0), shoulder=11, slope=1)


def _lower(item: Item, by: float) -> None:
    if isinstance(item, Piece):
        item.outline = item.outline + (0, by)
        item.folds = [
            Fold((f.a[0], f.a[1] + by), (f.b[0], f.b[1] + by), f.width, f.height, f.bow)
            for f in item.folds
        ]
    elif isinstance(item, Stroke):
        item.path = item.path + (0, by)
    else:
        item.at = (item.at[0], item.at[1] + by)


def _front_buttons(cut: Cut, bottom: float, spec: GarmentSpec) -> list[Item]:
    color = mix(spec.color, "#ffffff", 0.6) if spec.seed % 2 else "#6f4d33"
    items: list[Item] = [Stroke(np.array([(1.4, cut.drop), (1.4, bottom)]), "seam", 0.1)]
    for y in np.arange(cut.drop + 2.4, bottom - 4, 8.0):
        items.append(Dot((0.0, float(y)), 0.62, "button", color))
    return items
