"""Jackets by cut."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from vision.render.garments.bodice import Cut, body_folds, front
from vision.render.garments.collars import lapels, shirt_collar, stand_collar
from vision.render.garments.details import hem_rib, hem_stitch, patch_pocket, placket, zipper
from vision.render.garments.measures import measured, worn
from vision.render.garments.necks import hood
from vision.render.garments.sleeves import Style, sleeves
from vision.render.geometry import CORNER, both_sides, line, tube
from vision.render.model import Dot, Fold, Garment, Item, Piece, Stroke
from vision.render.palette import luma, mix
from vision.render.spec import GarmentSpec


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
    cut = measured(spec, rng, cut)
    cut.angle, cut.bicep = 24, 17.5
    draw = _CUTS.get(cut_name, _bomber)
    return worn(draw(spec, rng, cut), cut)


def _bomber(spec: GarmentSpec, rng: np.random.Generator, cut: Cut) -> list[Item]:
    rib = "second" if spec.color2 and spec.pattern in ("solid", "color-block") else "main"
    behind, neck = stand_collar(cut, 3.6, weave="rib", dye=rib)
    dye = "second" if spec.cut == "varsity" or spec.pattern == "color-block" else "main"
    arms = sleeves(cut, rng, Style(dye=dye, cuff=6, cuff_dye=rib, gather=2.6))
    body = Piece(front(cut, "crew"), folds=body_folds(cut, rng, 1.1), puff=5.5)
    items: list[Item] = [*behind, *arms, body]
    for sign in (-1, 1):
        path = np.array([(sign * 15.5, cut.length - 8), (sign * 20, cut.length - 22)])
        items += [Stroke(path, "seam", 0.8), Stroke(path + (0.5, 0.2), "seam", 0.2)]
    items += [hem_rib(cut, 5.5, rib)]
    if spec.closure == "buttons":
        items += [Stroke(np.array([(1.6, cut.drop), (1.6, cut.length + 6)]), "seam", 0.14)]
        for y in np.linspace(cut.drop + 3, cut.length + 2, 6):
            items.append(Dot((0, float(y)), 0.85, "snap", "#d9d4c6"))
    else:
        items += zipper(cut.drop - 2, cut.length + 6, spec)
    return [*items, *neck]


def _trucker(spec: GarmentSpec, rng: np.random.Generator, cut: Cut) -> list[Item]:
    thread = "#d9a55a" if spec.material == "denim" else None
    kind = "stitch" if thread else "seam"
    behind, neck = shirt_collar(cut, point=8.4, spread=7.4)
    arms = sleeves(cut, rng, Style(cuff=5, cuff_weave=None, gather=1.2))
    body = Piece(front(cut, "crew"), folds=body_folds(cut, rng, 0.9), puff=5, fade=0.12)
    items: list[Item] = [*behind, *arms, body]
    wide = cut.chest / 2
    yoke = cut.arm - 5.5
    for sign in (-1, 1):
        across = np.array([(sign * 1.8, yoke), (sign * (wide - 3.5), yoke - 0.4)])
        items += [Stroke(across, "seam", 0.2), Stroke(across + (0, 0.7), kind, 0.18, thread)]
        for a, b in (((9.0, yoke), (5.5, cut.length)), ((18.5, yoke), (15.5, cut.length))):
            path = np.array([a, b]) * (sign, 1)
            items += [Stroke(path, "seam", 0.2), Stroke(path + (0.6, 0), kind, 0.18, thread)]
        items += patch_pocket(sign * 13.6, yoke + 0.4, 10.5, 9, flap=True)[2:]
    items += placket(cut.drop, cut.length + cut.swoop, 3.6, body.outline)
    band = hem_rib(cut, 4.5)
    if isinstance(band, Piece):
        band.weave, band.patterned = None, True
    items.append(band)
    for y in np.linspace(cut.drop + 1.5, cut.length + 2.4, 6):
        items.append(Dot((0.0, float(y)), 0.9, "snap", "#b48a55"))
    return [*items, *neck]


def _biker(spec: GarmentSpec, rng: np.random.Generator, cut: Cut) -> list[Item]:
    cut.length *= 0.95
    roll = 24.0
    arms = sleeves(cut, rng, Style(gather=0.2))
    body = Piece(front(cut, "crew"), folds=body_folds(cut, rng, 1.2), puff=5)
    opening = both_sides((0, -2.5), (cut.neck / 2, -1, CORNER), (3, 15), (0, roll - 2, CORNER))
    items: list[Item] = [*arms, body]
    items.append(Piece(opening, tone=0.4, patterned=False, puff=2, drape=0.3, cast=0))
    items += zipper(roll - 4, cut.length + 0.5, spec, x=4.5)
    items += lapels(cut, roll=roll, width=11, peak=True, overlap=-3.0)
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


def puffer(spec: GarmentSpec, rng: np.random.Generator, cut: Cut, rows: float = 7.6) -> list[Item]:
    cut.chest += 3
    cut.waist += 3
    cut.bicep += 2.5
    cut.cuff += 1.5
    behind, neck = stand_collar(cut, 6.2)
    arms = (
        []
        if spec.sleeve == "sleeveless"
        else sleeves(cut, rng, Style(quilt=rows * 0.9, cuff=3, gather=1.5))
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
    items += zipper(cut.drop - 4, cut.length + 1, spec)
    for item in neck:
        if isinstance(item, Piece):
            item.quilt = 4.0
    return [*items, *neck]


def _windbreaker(spec: GarmentSpec, rng: np.random.Generator, cut: Cut) -> list[Item]:
    cut.length += 4
    cords = mix(spec.color, "#ffffff", 0.7) if luma(spec.color) < 0.6 else "#77736b"
    behind, neck = hood(cut, rng, cords=cords)
    dye = "second" if spec.pattern == "color-block" else "main"
    arms = sleeves(cut, rng, Style(cuff=3, cuff_weave=None, gather=2.4, dye=dye))
    body = Piece(front(cut, "crew"), folds=body_folds(cut, rng, 1.3), puff=5.5)
    items: list[Item] = [*behind, *arms, body]
    for sign in (-1, 1):
        path = np.array([(sign * 14, cut.length - 7), (sign * 20, cut.length - 20)])
        items += [Stroke(path, "cord", 0.5, mix(spec.color, "#000000", 0.3))]
    items.append(
        Stroke(line((-cut.chest / 2 + 2, 20), (0, 21.5), (cut.chest / 2 - 2, 20)), "seam", 0.18)
    )
    items += zipper(cut.drop + 1, cut.length + 1, spec)
    items.append(hem_stitch(cut, 2.6))
    return [*items, *neck]


def _field(spec: GarmentSpec, rng: np.random.Generator, cut: Cut) -> list[Item]:
    cut.length += 8
    behind, neck = shirt_collar(cut, point=8.6, spread=7.6)
    arms = sleeves(cut, rng, Style(cuff=4, cuff_weave=None, gather=0.8))
    body = Piece(front(cut, "crew"), folds=body_folds(cut, rng, 0.9), puff=5)
    items: list[Item] = [*behind, *arms, body]
    items += placket(cut.drop, cut.length + cut.swoop, 4.2, body.outline)
    flap = spec.cut != "chore"
    for sign in (-1, 1):
        items += patch_pocket(sign * 15, cut.length - 24, 15, 17, flap=flap)
        if flap or sign > 0:
            items += patch_pocket(sign * 13.5, cut.arm - 3, 11, 12, flap=flap)
    color = mix(spec.color, "#000000", 0.45)
    for y in np.linspace(cut.drop + 3, cut.length - 6, 5):
        items.append(Dot((0.0, float(y)), 0.9, "button", color))
    return [*items, *neck, hem_stitch(cut, 2.4)]


_CUTS: dict[str, Callable[[GarmentSpec, np.random.Generator, Cut], list[Item]]] = {
    "trucker": _trucker,
    "biker": _biker,
    "puffer": puffer,
    "windbreaker": _windbreaker,
    "field": _field,
    "chore": _field,
}
"""By cut; any other jacket is a bomber."""
