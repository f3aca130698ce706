"""Scarves, socks and belts."""

from __future__ import annotations

import numpy as np

from vision.render.garments.bags import BRASS
from vision.render.geometry import CORNER, both_sides, line, rotated, shape, tube
from vision.render.model import Dot, Fold, Garment, Item, Piece, Stroke
from vision.render.palette import luma, mix
from vision.render.spec import GarmentSpec

STEEL = "#bdbdbb"


def scarf(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A scarf looped once, its fringed ends hanging."""
    items: list[Item] = []
    lengths = (float(rng.uniform(58, 66)), float(rng.uniform(48, 56)))
    for sign, length in ((-1, lengths[1]), (1, lengths[0])):
        x = sign * 8.8
        end = x + sign * float(rng.uniform(2, 6))
        axis = [(x * 0.35, 6), (x * 0.85, 22), (x, length * 0.6), (end, length)]
        tail = tube(axis, [11, 13.5, 15, 15.5])
        folds = [
            Fold((x * 0.4 + k, 8), (end + k * 1.3, length - 4), 2.2, 0.8, 0.4)
            for k in (-3.6, 0.4, 4.0)
        ]
        corner, other = tail[len(tail) // 2 - 1], tail[len(tail) // 2]
        for share in np.linspace(0.02, 0.98, 19):
            a = corner + (other - corner) * share
            b = a + (float(rng.normal(0, 0.5)), 5.4 + float(rng.normal(0, 0.4)))
            items.append(Stroke(line(tuple(a - (0, 0.6)), tuple(b)), "cord", 0.5, spec.color))
        items.append(Piece(tail, puff=2.6, grain=sign * 5, folds=folds, cast=0.5))
    back = both_sides((0, -13), (9, -12), (14, -6), (13.4, 1, CORNER), (0, 4))
    items.insert(0, Piece(back, tone=0.55, puff=3, drape=0.6, cast=0.2))
    loop = both_sides(
        (0, -1.5), (8, -4.6), (13.6, -10.5, CORNER), (17, -3.5), (15, 7), (7.5, 14.5), (0, 16.5)
    )
    folds = [Fold((-14, -4 + k), (13, -3 + k), 2.0, 0.9, 6.5) for k in (-2.5, 2.0, 6.0)]
    items.append(Piece(loop, puff=4.0, grain=90, folds=folds, cast=0.6))
    return Garment(items, hook=(0.0, -12.0), shoulder=9, slope=2)


def socks(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A pair of socks, one half behind the other."""
    tall = {"cropped": 10.0, "long": 34.0}.get(spec.length or "", 20.0) + float(rng.uniform(-1, 2))
    items: list[Item] = []
    trim = "second" if spec.color2 and spec.pattern == "solid" else "main"
    for dx, dy, turn in ((7.5, -3.0, -6.0), (0.0, 0.0, 2.0)):
        sock = shape(
            (-4.8, -tall, CORNER),
            (4.8, -tall, CORNER),
            (4.9, -8),
            (5.8, -1.5),
            (4.2, 3.4),
            (-2, 4.2),
            (-12, 4.6),
            (-16.6, 3.2),
            (-17.4, 0.4),
            (-14.6, -2.2),
            (-8.0, -3.4),
            (-4.9, -7.0),
        )
        heel = shape((5.0, -4.0, CORNER), (6.0, -0.6), (4.2, 3.6), (-0.6, 4.4, CORNER), (0.8, 0.8))
        toe = shape(
            (-12.6, -3.0, CORNER),
            (-15.6, -2),
            (-17.6, 0.6),
            (-16.4, 3.6),
            (-12.0, 4.6, CORNER),
            (-13.0, 0.8),
        )
        rib = np.array(
            [(-5.0, -tall - 1), (5.0, -tall - 1), (4.9, -tall + 4.6), (-4.9, -tall + 4.6)]
        )
        group: list[tuple[np.ndarray, str, str | None, bool]] = [
            (sock, "main", None, True),
            (heel, trim, None, False),
            (toe, trim, None, False),
            (rib, trim, "rib", False),
        ]
        for outline, dye, weave, patterned in group:
            points = rotated(outline, turn) + (dx, dy)
            folds = []
            if outline is sock:
                folds = [
                    Fold((-4 + dx, -7 + dy), (3 + dx, -2 + dy), 1.1, 0.4),
                    Fold((-4.5 + dx, -9 + dy), (4 + dx, -6 + dy), 1.2, 0.35),
                ]
            items.append(
                Piece(
                    points,
                    dye=dye,
                    weave=weave,
                    patterned=patterned,
                    puff=2.4 if outline is sock else 1.4,
                    drape=0.35,
                    cast=0.45 if outline is sock else 0.12,
                    folds=folds,
                    relief=1.0 if outline is sock else 0.7,
                )
            )
    return Garment(items)


def belt(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A belt rolled into a loose coil with its buckle in front."""
    width = float(rng.uniform(2.8, 3.8))
    metal = BRASS if rng.random() < 0.5 else STEEL
    items: list[Item] = []
    for rx, ry, dy, tone in ((11.5, 5.2, -6.4, 0.62), (11.0, 4.9, -4.0, 0.8)):
        a = np.linspace(np.pi * 0.98, 2 * np.pi * 1.01, 18)
        arc = np.stack([rx * np.cos(a), ry * np.sin(a) + dy], axis=1)
        inner = np.concatenate([arc, (arc + (0, width))[::-1]])
        items.append(Piece(inner, tone=tone * 0.8, puff=1.2, drape=0.1, cast=0.35, patterned=False))
    for rx, ry, dy in ((11.5, 5.2, -6.4), (12.2, 5.6, -3.6)):
        a = np.linspace(-0.02, np.pi * 1.02, 22)
        arc = np.stack([rx * np.cos(a), ry * np.sin(a) + dy], axis=1)
        outer = np.concatenate([arc, (arc + (0, width))[::-1]])
        items.append(Piece(outer, puff=1.3, relief=0.7, drape=0.1, cast=0.5))
        for shift in (0.35, width - 0.35):
            items.append(
                Stroke(
                    arc[1:-1] + (0, shift),
                    "stitch",
                    0.09,
                    mix(spec.color, "#ffffff" if luma(spec.color) < 0.5 else "#3a2a1c", 0.4),
                )
            )
    tip = tube(
        [(10.5, 0.4), (16, 0.2), (21, -1.4), (25, -3.6)], [width, width, width, width * 0.75]
    )
    items.append(Piece(tip, puff=1.2, relief=0.8, drape=0.1, cast=0.5))
    for k in range(4):
        items.append(
            Dot(
                (14.5 + k * 2.4, 0.2 - 0.38 * k * k * 0.55),
                0.26,
                "eyelet",
                mix(spec.color, "#000000", 0.5),
            )
        )
    x, y = 0.0, 2.2 + width * 0.5
    outer_box = shape(
        (x - 2.6, y - width * 0.86),
        (x + 2.6, y - width * 0.86),
        (x + 2.9, y),
        (x + 2.6, y + width * 0.86),
        (x - 2.6, y + width * 0.86),
        (x - 2.9, y),
    )
    hole = np.array([x, y]) + (outer_box - (x, y)) * 0.66
    items.append(
        Piece(
            outer_box, dye=metal, weave="metal", patterned=False, puff=0.6, cast=0.6, holes=[hole]
        )
    )
    items.append(Stroke(line((x - 2.4, y), (x + 2.7, y)), "cord", 0.5, metal))
    return Garment(items, stance="standing")
