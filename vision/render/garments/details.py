"""Small parts of tops: ribs, hems, plackets, pockets, buttons, zips, labels."""

from __future__ import annotations

import numpy as np

from vision.render.garments.bodice import Cut, side
from vision.render.geometry import CORNER, both_sides, mirrored, shape, spline
from vision.render.model import Dot, Item, Piece, Stroke
from vision.render.palette import mix
from vision.render.spec import GarmentSpec


def tag(y: float, width: float = 4.4, color: str = "#f1eee6") -> Item:
    """The maker's woven label inside the neck."""
    outline = np.array(
        [(-width / 2, y), (width / 2, y), (width / 2, y + 2.2), (-width / 2, y + 2.2)]
    )
    return Piece(
        outline, dye=color, weave="satin", patterned=False, puff=0.5, relief=0.1, drape=0, cast=0.3
    )


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


def opening(top: float, bottom: float, wide: float) -> list[Item]:
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


def button_row(places: list[tuple[float, float]], color: str, radius: float) -> list[Item]:
    return [Dot(place, radius, "button", color) for place in places]


def button_color(spec: GarmentSpec) -> str:
    pick = np.random.default_rng([spec.seed, 3]).random()
    if pick < 0.4:
        return "#efe9dc"
    return mix(spec.color, "#000000", 0.35) if pick < 0.75 else "#6d4a31"


def patch_pocket(
    x: float, y: float, width: float, height: float, *, flap: bool = False, welt: bool = False
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


def zipper(
    top: float, bottom: float, spec: GarmentSpec, *, x: float = 0.0, pull: bool = True
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


def flap(x: float, y: float, width: float, tilt: float = 0.0, height: float = 4.6) -> list[Item]:
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
