"""Bags."""

from __future__ import annotations

import numpy as np

from vision.render.geometry import CORNER, both_sides, ellipse, line, spline, tube
from vision.render.model import Dot, Fold, Garment, Item, Piece, Stroke
from vision.render.palette import mix
from vision.render.spec import GarmentSpec

BRASS = "#c3a765"


def bag(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A tote, shoulder bag, backpack or bucket bag."""
    name = spec.cut or ("tote", "shoulder", "backpack", "bucket")[int(rng.integers(4))]
    draw = {"tote": _tote, "shoulder": _shoulder, "backpack": _backpack}.get(name, _bucket)
    return Garment(draw(spec, rng), stance="standing", chest=(0.0, -15.0, 17.0))


def _strap(points: list[tuple[float, float]], width: float, tone: float = 1.0) -> Piece:
    return Piece(
        tube(points, [width] * len(points)),
        puff=width * 0.4,
        drape=0.2,
        cast=0.4,
        tone=tone,
        patterned=False,
    )


def _handle(half: float, foot: float, rise: float, width: float, tone: float = 1.0) -> Piece:
    """A handle that leaves the bag at -half and half cm and arches `rise` cm above `foot`."""
    angle = np.linspace(0, np.pi, 15)
    x = -half * np.sign(np.cos(angle)) * np.abs(np.cos(angle)) ** 0.8
    y = foot - rise * np.sin(angle) ** 0.82
    return _strap([(float(a), float(b)) for a, b in zip(x, y, strict=True)], width, tone)


def _tote(spec: GarmentSpec, rng: np.random.Generator) -> list[Item]:
    wide, tall = float(rng.uniform(17, 20)), float(rng.uniform(29, 35))
    body = both_sides(
        (0, -tall + 0.8),
        (wide, -tall, CORNER),
        (wide * 1.03, -tall * 0.5),
        (wide * 0.97, -0.8),
        (wide * 0.9, 0),
        (0, 0.3),
    )
    folds = [
        Fold((s * wide * 0.5, -tall), (s * wide * 0.3, -tall * 0.45), 2.6, 0.5, s) for s in (-1, 1)
    ]
    folds.append(Fold((-wide * 0.8, -2), (wide * 0.2, -5), 2.6, 0.4))
    reach = float(rng.uniform(16, 22))
    back = _handle(7.5, -tall + 1, reach, 2.2, 0.72)
    front = _handle(7.5, -tall + 6, reach + 3.5, 2.2)
    rim = both_sides(
        (0, -tall + 0.8), (wide, -tall, CORNER), (wide - 1, -tall - 1.2, CORNER), (0, -tall - 0.6)
    )
    items: list[Item] = [back, Piece(rim, tone=0.5, patterned=False, puff=1, cast=0, drape=0.2)]
    items.append(Piece(body, puff=3.6, folds=folds, decal=True))
    items.append(
        Stroke(line((-wide, -tall + 2.6), (0, -tall + 3.4), (wide, -tall + 2.6)), "seam", 0.14)
    )
    items.append(front)
    for s in (-1, 1):
        box = np.array([(-1.0, 0), (1.0, 0), (1.0, 2.6), (-1.0, 2.6)]) + (s * 7.5, -tall + 4)
        items.append(Stroke(box, "seam", 0.12, closed=True))
    return items


def _shoulder(spec: GarmentSpec, rng: np.random.Generator) -> list[Item]:
    wide, tall = float(rng.uniform(12, 15)), float(rng.uniform(15, 19))
    body = both_sides(
        (0, -tall),
        (wide * 0.9, -tall, CORNER),
        (wide, -tall * 0.5),
        (wide * 1.02, -2),
        (wide * 0.9, 0),
        (0, 0.2),
    )
    flap = both_sides(
        (0, -tall - 0.4),
        (wide * 0.92, -tall - 0.4, CORNER),
        (wide * 1.0, -tall * 0.6),
        (wide * 0.8, -tall * 0.36),
        (0, -tall * 0.28),
    )
    arc = float(rng.uniform(22, 30))
    back = _handle(wide * 0.9, -tall + 1.5, arc, 1.5)
    items: list[Item] = [
        back,
        Piece(body, puff=3.2, drape=0.3),
        Piece(flap, puff=2.4, drape=0.3, cast=0.6),
    ]
    rim = flap.mean(0) + (flap - flap.mean(0)) * 0.93
    items.append(Stroke(rim, "stitch", 0.1, mix(spec.color, "#ffffff", 0.35), closed=True))
    clasp = np.array(
        [(-1.7, -tall * 0.38), (1.7, -tall * 0.38), (1.7, -tall * 0.2), (-1.7, -tall * 0.2)]
    )
    items.append(
        Piece(
            spline(clasp.tolist(), closed=True),
            dye=BRASS,
            weave="metal",
            puff=0.8,
            cast=0.5,
            patterned=False,
        )
    )
    for s in (-1, 1):
        ring = ellipse(s * wide * 0.9, -tall + 1.0, 1.3, 1.3)
        hole = ellipse(s * wide * 0.9, -tall + 1.0, 0.75, 0.75)
        items.append(
            Piece(ring, dye=BRASS, weave="metal", puff=0.4, holes=[hole], patterned=False, cast=0.3)
        )
    return items


def _backpack(spec: GarmentSpec, rng: np.random.Generator) -> list[Item]:
    wide, tall = 14.5, 40.0
    body = both_sides(
        (0, -tall),
        (wide * 0.6, -tall * 0.985),
        (wide * 0.94, -tall * 0.84),
        (wide * 1.02, -tall * 0.4),
        (wide * 1.04, -3),
        (wide * 0.92, 0),
        (0, 0.3),
    )
    pocket = both_sides(
        (0, -tall * 0.48),
        (wide * 0.74, -tall * 0.47, CORNER),
        (wide * 0.82, -tall * 0.24),
        (wide * 0.78, -2.2),
        (0, -1.6),
    )
    loop = _strap(
        [(-3, -tall + 1.5), (-2.6, -tall - 3.2), (2.6, -tall - 3.2), (3, -tall + 1.5)], 1.5
    )
    items: list[Item] = []
    for s in (-1, 1):
        items.append(
            _strap(
                [
                    (s * 8, -tall + 4),
                    (s * (wide + 3.5), -tall * 0.66),
                    (s * (wide + 2), -tall * 0.25),
                    (s * (wide - 2), -3),
                ],
                4.2,
                0.68,
            )
        )
    items += [loop, Piece(body, puff=5.5, drape=0.5, decal=True)]
    arch = line(
        (-wide * 0.86, -tall * 0.5),
        (-wide * 0.8, -tall * 0.82),
        (0, -tall * 0.93),
        (wide * 0.8, -tall * 0.82),
        (wide * 0.86, -tall * 0.5),
    )
    zip_color = mix(spec.color, "#000000", 0.45)
    items += [Stroke(arch, "cord", 0.9, zip_color), Stroke(arch, "stitch", 0.36, "#a9a8a4")]
    items.append(Piece(pocket, puff=2.6, drape=0.4, cast=0.5))
    edge = line((-wide * 0.66, -tall * 0.42), (0, -tall * 0.43), (wide * 0.66, -tall * 0.42))
    items += [Stroke(edge, "cord", 0.8, zip_color), Stroke(edge, "stitch", 0.34, "#a9a8a4")]
    patch = np.array(
        [(-2.6, -tall * 0.66), (2.6, -tall * 0.66), (2.6, -tall * 0.6), (-2.6, -tall * 0.6)]
    )
    items.append(Piece(patch, dye="#8f623c", weave="leather", patterned=False, puff=0.5, cast=0.4))
    return items


def _bucket(spec: GarmentSpec, rng: np.random.Generator) -> list[Item]:
    wide, tall = 12.5, 24.0
    body = both_sides(
        (0, -tall + 1.2),
        (wide * 0.86, -tall, CORNER),
        (wide * 1.05, -tall * 0.4),
        (wide * 1.0, -1.6),
        (wide * 0.85, 0),
        (0, 0.5),
    )
    folds = [
        Fold((x, -tall), (x * 1.1, -tall * 0.5), 1.5, 0.6)
        for x in np.linspace(-wide * 0.75, wide * 0.75, 7)
    ]
    arc = float(rng.uniform(20, 26))
    strap = _handle(wide * 0.85, -tall + 2, arc, 1.9)
    mouth = ellipse(0, -tall + 0.3, wide * 0.84, 1.8)
    items: list[Item] = [
        strap,
        Piece(mouth, tone=0.42, patterned=False, puff=1, cast=0),
        Piece(body, puff=4.5, folds=folds),
    ]
    cord = mix(spec.color, "#1a1512", 0.45)
    items.append(
        Stroke(
            line((-wide * 0.95, -tall + 3.6), (0, -tall + 5.2), (wide * 0.95, -tall + 3.6)),
            "cord",
            0.5,
            cord,
        )
    )
    for s in (-1, 1):
        items.append(
            Stroke(
                line((s * 0.8, -tall + 5), (s * 2.0, -tall + 9), (s * 1.6, -tall + 13)),
                "cord",
                0.5,
                cord,
            )
        )
        items.append(Dot((s * 1.6, -tall + 13.4), 0.7, "snap", BRASS))
    return items
