"""Jeans, trousers, leggings and shorts."""

from __future__ import annotations

import numpy as np

from vision.render.garments.legs import Legs, flipped, leg_folds, leg_outline, legs_of, outer_edge
from vision.render.garments.waists import elastic_waist, fly, inside_waist, pockets, sewn_waistband
from vision.render.geometry import CORNER, both_sides, mirrored, shape
from vision.render.model import Dot, Garment, Item, Piece, Stroke
from vision.render.palette import luma
from vision.render.spec import GarmentSpec


def trousers_items(
    spec: GarmentSpec,
    rng: np.random.Generator,
    legs: Legs,
    *,
    jeans: bool = False,
    waistband: bool = True,
    drape: float = 1.0,
) -> list[Item]:
    """Both legs with folds, pockets, fly and waistband."""
    thread = "#d9a55a" if jeans else None
    outline = leg_outline(legs)
    items: list[Item] = [inside_waist(legs)]
    fade = 0.0
    if jeans and spec.pattern in ("denim", "solid") and 0.2 < luma(spec.color) < 0.62:
        fade = float(rng.uniform(0.12, 0.4))
    for sign in (-1, 1):
        points = outline if sign > 0 else mirrored(outline)
        folds = [flipped(f, sign) for f in leg_folds(legs, rng, jeans)]
        grain = sign * 1.6
        leg = Piece(points, folds=folds, puff=4.2, grain=grain, fade=fade, cast=0.4, drape=drape)
        items.append(leg)
        if jeans:
            seam = outer_edge(legs, sign, 1.0)
            items.append(Stroke(seam, "seam", 0.1))
        up = 2.6 if jeans else 3.4
        x0 = legs.spread * legs.length / 100
        hem = np.array([(x0, legs.length - up), (x0 + legs.hem, legs.length - up)]) * (sign, 1)
        items.append(Stroke(hem, "stitch" if jeans else "seam", 0.19 if jeans else 0.14, thread))
        if spec.cut == "pleated":
            crease = np.array(
                [(legs.waist * 0.24, 4), (legs.spread * 0.6 + legs.knee * 0.5, legs.knee_y())]
            )
            end = [(legs.spread + legs.hem * 0.48, legs.length - 0.6)]
            items.append(Stroke(np.concatenate([crease, end]) * (sign, 1), "seam", 0.16))
        if spec.cut == "cargo":
            items += _cargo(legs, sign)
        if spec.cut == "track":
            edge = outer_edge(legs, sign, 1.6)
            for shift in (0.0, 1.4):
                items.append(Stroke(edge - (sign * shift, 0), "cord", 0.7, _track_color(spec)))
    if waistband:
        items += fly(legs, spec, jeans, thread)
        items += pockets(legs, jeans, thread)
        items += sewn_waistband(legs, spec, jeans, thread, rng)
    return items


def jeans(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """Five-pocket jeans."""
    legs = legs_of(spec, rng)
    return Garment(trousers_items(spec, rng, legs, jeans=True), hook=(0.0, -3.0), shoulder=17)


def trousers(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """Trousers: tailored, chinos, cargo, wide, jogger."""
    legs = legs_of(spec, rng)
    soft = spec.cut in ("jogger", "track")
    if soft:
        legs.hem = min(legs.hem, 16.0)
    items = trousers_items(spec, rng, legs, waistband=not soft)
    if soft:
        items += elastic_waist(legs, spec, rng)
        if spec.cut == "jogger":
            items += _ankle_ribs(legs)
    return Garment(items, hook=(0.0, -3.0), shoulder=17)


def leggings(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """Leggings with a high flat waistband."""
    legs = Legs(waist=31, hip=38, rise=26, thigh=19.2, knee=13.0, hem=9.5, length=92, spread=3.5)
    if spec.length == "cropped":
        legs.length = 72
    items = trousers_items(spec, rng, legs, waistband=False, drape=0.45)
    wide = legs.waist / 2 + 0.1
    top = both_sides((0, -1.0), (wide, -1.6, CORNER), (wide + 2.2, 7.5, CORNER), (0, 9.0))
    items.append(Piece(top, puff=2.5, relief=0.6, drape=0.3, cast=0.3))
    return Garment(items, hook=(0.0, -3.0), shoulder=14)


def shorts(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """Shorts, denim, tailored or drawstring."""
    legs = Legs(waist=40, hip=50, rise=28, thigh=26.0, knee=26, hem=26.5, length=46, spread=3.0)
    legs.length = {"mini": 38.0, "regular": 46.0, "long": 54.0}.get(spec.length or "", 46.0)
    if spec.fit == "slim":
        legs.hem, legs.thigh = 24.0, 25.0
    elif spec.fit in ("loose", "wide"):
        legs.hem, legs.thigh = 30.0, 27.5
    denim = spec.material == "denim"
    soft = spec.cut == "drawstring"
    items = trousers_items(spec, rng, legs, jeans=denim, waistband=not soft)
    if soft:
        items += elastic_waist(legs, spec, rng)
    return Garment(items, hook=(0.0, -3.0), shoulder=17)


def _ankle_ribs(legs: Legs) -> list[Item]:
    items: list[Item] = []
    x0 = legs.spread * legs.length / 100
    for sign in (-1, 1):
        a, b = x0 + 1.2, x0 + legs.hem - 1.2
        top, low = legs.length - 1.2, legs.length + 5
        outline = shape(
            (a - 0.6, top, CORNER), (b + 0.6, top, CORNER), (b, low, CORNER), (a, low, CORNER)
        )
        items.append(
            Piece(outline * (sign, 1), weave="rib", patterned=False, puff=1.8, drape=0.2, cast=0.4)
        )
    return items


def _cargo(legs: Legs, sign: int) -> list[Item]:
    y = legs.rise + 12
    x = legs.thigh * 0.66 + 3
    box = np.array([(x - 5, y), (x + 6.2, y), (x + 5.6, y + 17), (x - 5.4, y + 17)]) * (sign, 1)
    lid = np.array([(x - 5.3, y - 1), (x + 6.6, y - 1), (x + 6.4, y + 4), (x - 5.3, y + 4)]) * (
        sign,
        1,
    )
    return [
        Piece(box, puff=1.6, relief=0.7, drape=0.6, cast=0.4),
        Piece(lid, puff=1, relief=0.6, drape=0.3, cast=0.5),
        Dot((sign * (x + 0.6), y + 2.6), 0.55, "snap", "#8b8a84"),
    ]


def _track_color(spec: GarmentSpec) -> str:
    return spec.color2 or ("#f2f0ea" if luma(spec.color) < 0.6 else "#26262a")
