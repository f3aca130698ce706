"""Bags, hats, scarves, socks and belts."""

from __future__ import annotations

import numpy as np

from vision.render.geometry import (
    CORNER,
    both_sides,
    ellipse,
    line,
    mirrored,
    rotated,
    shape,
    spline,
    tube,
)
from vision.render.model import Dot, Fold, Garment, Item, Piece, Stroke
from vision.render.palette import luma, mix
from vision.render.spec import GarmentSpec

BRASS = "#c3a765"
STEEL = "#bdbdbb"


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
    back = _strap(
        [
            (-7.5, -tall + 1),
            (-6.6, -tall - reach * 0.86),
            (0, -tall - reach - 1.5),
            (6.6, -tall - reach * 0.86),
            (7.5, -tall + 1),
        ],
        2.2,
        0.72,
    )
    front = _strap(
        [
            (-7.5, -tall + 6),
            (-6.8, -tall - reach * 0.75),
            (0, -tall - reach * 0.98),
            (6.8, -tall - reach * 0.75),
            (7.5, -tall + 6),
        ],
        2.2,
    )
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
    back = _strap(
        [
            (-wide * 0.9, -tall + 1.5),
            (-wide * 0.8, -tall - arc * 0.6),
            (0, -tall - arc),
            (wide * 0.8, -tall - arc * 0.6),
            (wide * 0.9, -tall + 1.5),
        ],
        1.5,
    )
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
    strap = _strap(
        [
            (-wide * 0.85, -tall + 2),
            (-wide * 0.7, -tall - arc * 0.7),
            (0, -tall - arc),
            (wide * 0.7, -tall - arc * 0.7),
            (wide * 0.85, -tall + 2),
        ],
        1.9,
    )
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


def hat(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """A cap, beanie, bucket hat or brimmed hat."""
    name = spec.cut or {"knit": "beanie", "straw": "brim", "wool": "brim"}.get(
        spec.material or "", ("cap", "bucket")[int(rng.integers(2))]
    )
    if name == "beanie":
        crown = both_sides(
            (0, -20), (6, -19.4), (10, -15.5), (11.2, -8), (11.0, -5, CORNER), (0, -4.4)
        )
        cuff = both_sides(
            (0, -8.4), (8, -8.8), (11.4, -9.4, CORNER), (11.7, -4), (11.0, 0, CORNER), (0, 1.0)
        )
        items: list[Item] = [Piece(crown, weave="rib", puff=5, drape=0.5, patterned=True)]
        items.append(Piece(cuff, weave="rib", puff=2.2, drape=0.3, cast=0.55, dye="main"))
        if rng.random() < 0.35:
            pom = ellipse(0, -22.4, 4, 3.8)
            items.insert(0, Piece(pom, weave="fur", puff=3.6, drape=0.6, patterned=False))
        patch = np.array([(-2.2, -5.6), (2.2, -5.6), (2.2, -2.4), (-2.2, -2.4)])
        items.append(
            Piece(patch, dye="#ece7dc", weave="canvas", patterned=False, puff=0.4, cast=0.4)
        )
    elif name == "bucket":
        crown = both_sides((0, -16), (7, -15.6), (9.4, -14.2), (11, -5.4, CORNER), (0, -4))
        brim = both_sides((0, -6.4), (10.2, -7.6, CORNER), (16, 0.4), (14.5, 2.0), (0, 4.4))
        items = [Piece(crown, puff=4.5, drape=0.5), Piece(brim, puff=2.6, drape=0.6, cast=0.5)]
        items.append(Stroke(line((-10.4, -7.2), (0, -5.8), (10.4, -7.2)), "seam", 0.16))
        for k in (0.3, 0.55, 0.8):
            path = line(
                (-10.2 - 5 * k, -7.4 + 8 * k), (0, -6.3 + 10 * k), (10.2 + 5 * k, -7.4 + 8 * k)
            )
            items.append(Stroke(path, "seam", 0.1))
    elif name == "brim":
        brim = both_sides((0, -3.2), (12, -4.4), (21, -2.2), (20.5, 0.8), (11, 3.8), (0, 4.6))
        crown = both_sides(
            (0, -14.2), (4, -15.2), (8.6, -13.6), (10.2, -6), (11.0, -1.2, CORNER), (0, 1.6)
        )
        ribbon = both_sides((0, -3.4), (10.4, -5.0, CORNER), (11.0, -1.4, CORNER), (0, 1.4))
        weave = "straw" if spec.material == "straw" else None
        items = [
            Piece(brim, puff=2.4, drape=0.3, weave=weave),
            Piece(
                crown,
                puff=4.6,
                drape=0.3,
                weave=weave,
                cast=0.5,
                folds=[Fold((0, -15), (0.4, -7), 3.4, -0.9)],
            ),
        ]
        items.append(
            Piece(
                ribbon,
                dye=spec.color2 or "#26241f",
                weave="satin",
                patterned=False,
                puff=1.4,
                drape=0.1,
                cast=0.4,
            )
        )
    else:
        crown = shape(
            (-9.6, 0, CORNER),
            (-9.8, -6),
            (-6.5, -12.4),
            (0.5, -14.6),
            (7.5, -12.6),
            (11.0, -6.5),
            (11.4, 0.4, CORNER),
            (1, 1.4),
        )
        visor = shape(
            (-8.6, -1.4, CORNER),
            (-15, 0.6),
            (-20.5, 3.8),
            (-20.2, 5.0),
            (-12.5, 4.0),
            (-4, 2.4),
            (1.5, 1.0, CORNER),
        )
        dye = "second" if spec.pattern == "color-block" or spec.color2 else "main"
        items = [
            Piece(crown, puff=5.5, drape=0.3, decal=True),
            Piece(visor, dye=dye, puff=1.6, drape=0.1, cast=0.6),
        ]
        items += [
            Stroke(line((0.6, -14.6), (-3.4, -9), (-4.6, 0.8)), "seam", 0.14),
            Stroke(line((0.6, -14.6), (6.4, -9), (7.2, 0.8)), "seam", 0.14),
        ]
        items.append(Dot((0.5, -14.6), 0.8, "rivet", spec.color))
        items += [
            Dot((-6.2, -7.6), 0.3, "eyelet", "#888682"),
            Dot((2.2, -8.6), 0.3, "eyelet", "#888682"),
        ]
        for k in (0.25, 0.5, 0.75):
            path = line(
                (-9 - 9.5 * k, -0.6 + 3.6 * k),
                (-5 - 7 * k, 1.6 + 2.2 * k),
                (1 - 9 * k, 1.4 + 2.2 * k),
            )
            items.append(Stroke(path, "seam", 0.08))
    return Garment(items, stance="standing", chest=(-1.0, -6.6, 7.0))


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


__all__ = ["bag", "belt", "hat", "mirrored", "scarf", "socks"]
