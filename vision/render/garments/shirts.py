"""Shirts and blouses."""

from __future__ import annotations

import numpy as np

from vision.render.garments.bodice import Cut, body_folds, front
from vision.render.garments.collars import bow, shirt_collar, stand_collar
from vision.render.garments.details import (
    button_color,
    button_row,
    hem_stitch,
    opening,
    patch_pocket,
    placket,
)
from vision.render.garments.measures import measured, worn
from vision.render.garments.necks import band
from vision.render.garments.sleeves import Style, sleeves
from vision.render.model import Fold, Garment, Item, Piece, Stroke
from vision.render.spec import GarmentSpec


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
        behind, neck = stand_collar(cut, 2.8)
    elif camp:
        behind, neck = shirt_collar(cut, open_to=6, point=8, spread=9.5)
    else:
        behind, neck = shirt_collar(cut, point=float(rng.uniform(7.6, 9.4)))
    body = Piece(front(cut, "crew"), folds=body_folds(cut, rng), puff=4.5)
    long = spec.sleeve == "long"
    arms = sleeves(
        cut, rng, Style(cuff=6.0 if long else 0.0, cuff_weave=None, gather=2.2 if long else 0)
    )
    items: list[Item] = [
        *behind,
        *arms,
        body,
        *placket(6.5, cut.length + cut.swoop, 3.2, body.outline),
    ]
    start = 12 if camp else 9.5
    tops = np.arange(start, cut.length - 5, 9.2)
    if camp:
        items += opening(5.5, 12.5, 4.0)
    elif not band_collar:
        tops = np.concatenate([[6.6], tops + 2.5])
    items += button_row([(0.0, float(y)) for y in tops], button_color(spec), 0.55)
    pockets = int(rng.integers(0, 3)) if spec.cut != "overshirt" else 2
    for index in range(pockets):
        items += patch_pocket(
            10.2 if index == 0 else -10.2, cut.arm - 1, 11, 12.5, flap=pockets == 2
        )
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
            cut, rng, Style(cuff=3.5 if long else 1.6, cuff_weave=None, gather=puffed, drape=1.3)
        )
    body = Piece(front(cut, kind), folds=body_folds(cut, rng, 1.2), puff=4.5, drape=1.25)
    for x in np.linspace(-cut.neck * 0.4, cut.neck * 0.4, 6):
        body.folds.append(Fold((x, cut.drop * 0.9), (x * 1.5, cut.drop + 16), 1.3, 0.3))
    if spec.neckline == "collar":
        behind, neck = shirt_collar(cut, point=7.2, spread=6)
    else:
        behind, neck = band(cut, kind, 1.3, label=True)
    items: list[Item] = [*behind, *arms, body, *neck]
    if spec.closure == "buttons":
        items += placket(cut.drop, cut.length + cut.swoop, 2.6, body.outline)
        tops = np.arange(cut.drop + 2.2, cut.length - 4, 7.4)
        items += button_row([(0.0, float(y)) for y in tops], button_color(spec), 0.45)
        if spec.neckline == "collar":
            items += neck
    elif spec.neckline in ("crew", None) and rng.random() < 0.6:
        items += bow(0, cut.drop + 0.6, 5.4)
    elif spec.neckline == "v":
        items.append(Stroke(np.array([(0, cut.drop), (1.5, cut.length)]), "seam", 0.14))
    return worn([*items, hem_stitch(cut, 1.2)], cut)
