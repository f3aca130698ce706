"""Waistbands, flies and pockets of trousers and skirts."""

from __future__ import annotations

import numpy as np

from vision.render.garments.legs import Legs
from vision.render.geometry import CORNER, both_sides, line
from vision.render.model import Dot, Fold, Item, Piece, Stroke
from vision.render.palette import luma, mix
from vision.render.spec import GarmentSpec


def inside_waist(legs: Legs) -> Item:
    wide = legs.waist / 2
    outline = both_sides((0, -1.0), (wide - 0.6, -1.4, CORNER), (wide - 0.6, 2, CORNER), (0, 4))
    return Piece(outline, tone=0.5, patterned=False, puff=1.5, relief=0.3, drape=0.2, cast=0)


def fly(legs: Legs, spec: GarmentSpec, jeans: bool, thread: str | None) -> list[Item]:
    bottom = legs.rise * 0.72
    path = line((3.6, 4), (3.5, bottom * 0.7), (2.0, bottom * 0.97), (0.2, bottom + 1))
    items: list[Item] = [Stroke(np.array([(0, 4), (0.1, legs.rise + 1)]), "seam", 0.18)]
    items.append(Stroke(path, "stitch" if thread else "seam", 0.18, thread))
    return items


def pockets(legs: Legs, jeans: bool, thread: str | None) -> list[Item]:
    wide = legs.waist / 2
    items: list[Item] = []
    for sign in (-1, 1):
        if jeans:
            path = line((wide * 0.42, 3.6), (wide * 0.5, 8.5), (wide * 0.98, 11.0))
            items.append(Stroke(path * (sign, 1), "seam", 0.22))
            items.append(Stroke((path + (-0.2, 0.7)) * (sign, 1), "stitch", 0.19, thread))
            items.append(Dot((sign * wide * 0.45, 5.2), 0.42, "rivet", "#a9794a"))
        else:
            path = np.array([(wide * 0.66, 4), (wide + 1.2, 16)]) * (sign, 1)
            items.append(Stroke(path, "seam", 0.2))
    return items


def sewn_waistband(
    legs: Legs, spec: GarmentSpec, jeans: bool, thread: str | None, rng: np.random.Generator
) -> list[Item]:
    wide = legs.waist / 2
    band = both_sides((0, 0.5), (wide + 0.1, -0.5, CORNER), (wide + 0.5, 3.4, CORNER), (0, 4.4))
    items: list[Item] = [Piece(band, puff=1.2, relief=0.55, drape=0.25, cast=0.35)]
    if jeans:
        low = line((-wide, 2.9), (0, 3.9), (wide, 2.9))
        items.append(Stroke(low, "stitch", 0.19, thread))
    for share in (-0.62, 0.62):
        x = share * wide
        loop = np.array([(x - 0.6, -0.4), (x + 0.6, -0.4), (x + 0.6, 4.6), (x - 0.6, 4.6)])
        items.append(Piece(loop, puff=0.5, relief=0.8, drape=0, cast=0.5))
    color = "#b48a55" if jeans else mix(spec.color, "#000000", 0.3)
    items.append(Dot((1.1, 2.2), 0.95 if jeans else 0.75, "snap" if jeans else "button", color))
    return items


def elastic_waist(legs: Legs, spec: GarmentSpec, rng: np.random.Generator) -> list[Item]:
    wide = legs.waist / 2
    band = both_sides((0, 0.4), (wide + 0.2, -0.6, CORNER), (wide + 0.6, 3.8, CORNER), (0, 4.8))
    folds = [
        Fold((x, 0.0), (x + rng.normal(0, 0.3), 7.5), 0.9, 0.32)
        for x in np.linspace(-wide * 0.92, wide * 0.92, 15)
    ]
    cord = mix(spec.color, "#ffffff", 0.72) if luma(spec.color) < 0.65 else "#8f8a80"
    items: list[Item] = [Piece(band, puff=1.5, relief=0.7, drape=0.2, cast=0.35, folds=folds)]
    for sign in (-1, 1):
        end = (sign * float(rng.uniform(2, 3.6)), float(rng.uniform(12, 17)))
        items.append(Stroke(line((sign * 1.0, 2.8), (sign * 2.4, 7), end), "cord", 0.55, cord))
    for sign in (-1, 1):
        path = np.array([(wide * 0.7, 4.5), (wide + 1.4, 18)]) * (sign, 1)
        items.append(Stroke(path, "seam", 0.2))
    return items
