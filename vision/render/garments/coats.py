"""Coats by cut."""

from __future__ import annotations

import numpy as np

from vision.render.garments.bodice import Cut, body_folds, front
from vision.render.garments.collars import shirt_collar
from vision.render.garments.details import flap, patch_pocket, placket
from vision.render.garments.jackets import puffer
from vision.render.garments.measures import measured, worn
from vision.render.garments.necks import hood
from vision.render.garments.sleeves import Style, sleeves
from vision.render.garments.tailoring import tailored
from vision.render.geometry import line, spline, tube
from vision.render.model import Dot, Garment, Item, Piece, Stroke
from vision.render.palette import mix
from vision.render.spec import GarmentSpec

COATS = ("wool", "trench", "duffle", "robe", "puffer", "mac")


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
    cut = measured(short, rng, cut)
    cut.length = {"regular": 92.0, "long": 116.0, "cropped": 78.0}.get(spec.length or "", 104.0)
    cut.angle, cut.bend, cut.cuff, cut.bicep = 20, 5, 14.0, 18.5
    cut.sleeve = 62
    if name == "puffer":
        return worn(puffer(spec, rng, cut, rows=9.5), cut)
    if name == "duffle":
        return worn(_duffle(spec, rng, cut), cut)
    if name == "mac":
        return worn(_mac(spec, rng, cut), cut)
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
            items += flap(sign * 17.5, cut.length * 0.56, 15, sign * 0.6, 5.5)
    if name in ("trench", "robe"):
        items += _tie_belt(cut, 53.0)
    return worn(items, cut)


def _mac(spec: GarmentSpec, rng: np.random.Generator, cut: Cut) -> list[Item]:
    behind, neck = shirt_collar(cut, point=10, spread=8.5)
    arms = sleeves(cut, rng, Style(drape=0.8))
    body = Piece(front(cut, "crew"), folds=body_folds(cut, rng, 0.8), puff=5.5)
    items: list[Item] = [*behind, *arms, body]
    items += placket(cut.drop, cut.length + cut.swoop, 6.0, body.outline)
    for sign in (-1, 1):
        path = np.array([(sign * 17, cut.length * 0.68), (sign * 21, cut.length * 0.54)])
        items += [Stroke(path, "seam", 1.3), Stroke(path + (0.8, 0), "seam", 0.2)]
    return [*items, Dot((0, 8.5), 0.9, "button", mix(spec.color, "#2a1c14", 0.6)), *neck]


def _duffle(spec: GarmentSpec, rng: np.random.Generator, cut: Cut) -> list[Item]:
    behind, neck = hood(cut, rng, cords=None)
    arms = sleeves(cut, rng, Style(drape=0.7))
    body = Piece(front(cut, "crew"), folds=body_folds(cut, rng, 0.6), puff=5.5, drape=0.7)
    items: list[Item] = [*behind, *arms, body]
    items += placket(cut.drop + 2, cut.length + cut.swoop, 5.0, body.outline)
    for sign in (-1, 1):
        items += patch_pocket(sign * 16, cut.length * 0.58, 16, 19)
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


def _tie_belt(cut: Cut, y: float) -> list[Item]:
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
