"""Sweaters, cardigans, sweatshirts and hoodies."""

from __future__ import annotations

import numpy as np

from vision.render.garments.bodice import Cut, body_folds, front
from vision.render.garments.collars import shirt_collar
from vision.render.garments.details import (
    button_color,
    button_row,
    hem_rib,
    opening,
    patch_pocket,
    zipper,
)
from vision.render.garments.measures import measured, shaped_neck, worn
from vision.render.garments.necks import band, hood, turtleneck
from vision.render.garments.sleeves import Style, sleeves
from vision.render.geometry import CORNER, both_sides
from vision.render.model import Garment, Item, Piece, Stroke
from vision.render.palette import luma, mix
from vision.render.spec import GarmentSpec


def sweater(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A knitted jumper, with cables when its cut asks for them."""
    cut = measured(spec, rng, Cut(neck=18.5, drop=8, chest=52, waist=52, hem=49, length=62, arm=24))
    kind = shaped_neck(cut, spec)
    if spec.neckline == "turtleneck":
        behind, neck = turtleneck(cut, 10, rng)
    elif spec.neckline == "collar":
        behind, neck = shirt_collar(
            cut, open_to=6, point=8, spread=7, weave="rib", patterned=False, stitched=False
        )
        neck = [*opening(5, 13, 3.0), *neck]
    else:
        behind, neck = band(cut, kind, 2.6)
    arms: list[Item] = []
    if spec.sleeve != "sleeveless":
        long = spec.sleeve == "long"
        dye = "second" if spec.pattern == "color-block" else "main"
        arms = sleeves(
            cut, rng, Style(cuff=6 if long else 2.4, gather=1.6 if long else 0.6, dye=dye)
        )
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
    behind, neck = band(cut, "crew", 2.6)
    dye = "second" if spec.pattern == "color-block" or spec.cut == "raglan" else "main"
    arms = sleeves(cut, rng, Style(cuff=6, gather=2.0, dye=dye))
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
    behind, neck = hood(cut, rng, cords=cords)
    dye = "second" if spec.pattern == "color-block" else "main"
    arms = sleeves(cut, rng, Style(cuff=6, gather=2.0, dye=dye))
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
    behind, neck = band(cut, kind, 2.8)
    arms = sleeves(cut, rng, Style(cuff=6, gather=1.8))
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
    items += [strip, *button_row([(0.0, float(y)) for y in tops], button_color(spec), 0.85)]
    if cut.length > 62 or rng.random() < 0.4:
        for sign in (-1, 1):
            items += patch_pocket(sign * 13, cut.length - 19, 13, 14, welt=True)
    return worn([*items, *neck], cut)


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
