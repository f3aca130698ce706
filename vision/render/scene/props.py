"""Hangers, rails, and the things that lie about in a phone photo."""

from __future__ import annotations

import numpy as np

from vision.render.geometry import ellipse, line, rotated, shape, spline, tube
from vision.render.layer import Layer
from vision.render.model import Dot, Garment, Item, Piece, Stroke
from vision.render.paint import Painter
from vision.render.spec import GarmentSpec

_THING = GarmentSpec("accessory", "solid", "#8a8a88", material="rubber")


def painted(items: list[Item], scale: float) -> Layer:
    """Props as a layer, painted like garments."""
    return Painter(Garment(items), _THING, scale).layer()


def _solid(
    outline: np.ndarray, color: str, weave: str = "rubber", puff: float = 0.8, tone: float = 1.0
) -> Piece:
    return Piece(outline, dye=color, weave=weave, puff=puff, patterned=False, drape=0.3, tone=tone)


def hanger(garment: Garment, rng: np.random.Generator) -> list[Item]:
    """A wooden or wire hanger whose arms end inside the garment's shoulders."""
    wood = ("#b58a5c", "#8a6241", "#d8c4a3", "#2f2a28")[int(rng.integers(4))]
    half = max(garment.shoulder - 3.5, 7.0)
    slope = garment.slope + 1.0
    x, y = garment.hook or (0.0, -2.0)
    low = y + 2.6
    right = [
        (x, low - 2.4),
        (half * 0.6 + x, low + slope * 0.45),
        (half + x, low + slope + 1.2),
        (half + x, low + slope + 3.4),
        (half * 0.5 + x, low + slope * 0.6 + 1.2),
        (x, low + 0.6),
    ]
    left = [(2 * x - a, b) for a, b in right[-2:0:-1]]
    arms = shape(*right, *left)
    hook = line(
        (x, y - 1.6),
        (x, y - 5.0),
        (x + 3.0, y - 7.2),
        (x + 2.6, y - 10.6),
        (x - 0.6, y - 11.6),
        (x - 3.0, y - 9.6),
    )
    return [Stroke(hook, "cord", 0.55, "#a9aaac"), _solid(arms, wood, puff=1.4)]


def clip_hanger(garment: Garment, rng: np.random.Generator) -> tuple[list[Item], list[Item]]:
    """A bar hanger for trousers and skirts: what is behind the waistband, what clips over it."""
    half = garment.shoulder * 0.8
    hook = line((0, -3.6), (0, -7.0), (3.0, -9.2), (2.6, -12.6), (-0.6, -13.6), (-3.0, -11.6))
    bar = tube([(-half - 2, -3.4), (0, -3.8), (half + 2, -3.4)], [0.9, 1.1, 0.9])
    behind: list[Item] = [Stroke(hook, "cord", 0.55, "#a9aaac"), _solid(bar, "#b58a5c", puff=0.6)]
    over: list[Item] = []
    for x in (-half, half):
        clip = np.array([(x - 1.5, -4.4), (x + 1.5, -4.4), (x + 1.2, 2.2), (x - 1.2, 2.2)])
        over.append(_solid(clip, "#b9babb", "metal", 0.6))
    return behind, over


def rail(width: float, y: float) -> list[Item]:
    """A round metal rail across the picture at y, `width` cm long."""
    bar = tube([(-width / 2, y), (0, y), (width / 2, y)], [2.2, 2.2, 2.2])
    return [_solid(bar, "#6f6a64", "metal", 1.1)]


def clutter(rng: np.random.Generator) -> list[Item]:
    """One thing lying about, around the origin."""
    kinds = (_mug, _book, _plant, _cable, _glasses, _cushion, _box, _magazine, _plate, _pen)
    return kinds[int(rng.integers(len(kinds)))](rng)


def _pick(rng: np.random.Generator, *colors: str) -> str:
    return colors[int(rng.integers(len(colors)))]


def _mug(rng: np.random.Generator) -> list[Item]:
    color = _pick(rng, "#f1ede4", "#7d9299", "#b7654a", "#33363a")
    handle = ellipse(6.0, 1.0, 3.0, 2.4)
    hole = ellipse(6.0, 1.0, 1.9, 1.3)
    return [
        Piece(handle, dye=color, weave="rubber", puff=0.8, patterned=False, holes=[hole]),
        _solid(ellipse(0, 0, 5, 5), color, puff=1.0),
        _solid(
            ellipse(0, 0, 4.3, 4.3), _pick(rng, "#3d2417", "#7c4f2b", "#c9a878"), puff=0.6, tone=0.8
        ),
    ]


def _book(rng: np.random.Generator) -> list[Item]:
    turn = float(rng.uniform(0, 180))
    cover = _pick(rng, "#274060", "#b5483a", "#e4d9c2", "#3f5b4a", "#d6a23a", "#c8c5bf")
    page = np.array([(-8.5, -12), (9.4, -12), (9.4, 12.6), (-8.5, 12.6)])
    face = np.array([(-9, -12.4), (9, -12.4), (9, 12), (-9, 12)])
    bar = np.array([(-6, -7), (6, -7), (6, -4), (-6, -4)])
    return [
        _solid(rotated(page, turn), "#e9e4d8", puff=0.4),
        _solid(rotated(face, turn), cover, puff=0.5),
        _solid(rotated(bar, turn), "#efe9dc", puff=0.2),
    ]


def _magazine(rng: np.random.Generator) -> list[Item]:
    turn = float(rng.uniform(0, 180))
    items: list[Item] = [
        _solid(
            rotated(np.array([(-10, -14), (10, -14), (10, 14), (-10, 14)]), turn),
            "#f2efe8",
            puff=0.3,
        )
    ]
    block = np.array([(-8, -11), (8, -11), (8, 4), (-8, 4)])
    items.append(
        _solid(
            rotated(block, turn), _pick(rng, "#c96f4f", "#6f8ea6", "#b9b29f", "#34373b"), puff=0.2
        )
    )
    for y in (6.5, 8.5, 10.5):
        path = rotated(np.array([(-8, y), (float(rng.uniform(2, 8)), y)]), turn)
        items.append(Stroke(path, "cord", 0.5, "#8f8b84"))
    return items


def _plant(rng: np.random.Generator) -> list[Item]:
    items: list[Item] = []
    green = _pick(rng, "#4c6b45", "#6d8a5a", "#39564a")
    for turn in np.sort(rng.uniform(0, 360, 8)):
        leaf = spline(
            [(0, 0, 0), (6, -2.6), (14, -1.2), (18, 0, 0), (14, 1.4), (6, 2.6)], closed=True
        )
        items.append(_solid(rotated(leaf, float(turn)), green, puff=1.2))
        items.append(Stroke(rotated(np.array([(1, 0), (16, 0)]), float(turn)), "seam", 0.16))
    items.append(_solid(ellipse(0, 0, 4.5, 4.5), _pick(rng, "#b4664a", "#d8d4cc"), puff=1))
    return items


def _cable(rng: np.random.Generator) -> list[Item]:
    points = np.cumsum(rng.normal(0, 7, (7, 2)), axis=0)
    return [Stroke(line(*points.tolist()), "cord", 0.6, _pick(rng, "#efefee", "#2a2a2c"))]


def _glasses(rng: np.random.Generator) -> list[Item]:
    color = _pick(rng, "#2b2522", "#7b4a2a", "#26262a")
    items: list[Item] = []
    for x in (-3.6, 3.6):
        items.append(_solid(ellipse(x, 0, 3.0, 2.6), "#3c3a38", puff=0.5, tone=0.7))
        items.append(Stroke(ellipse(x, 0, 3.0, 2.6), "cord", 0.6, color, closed=True))
    items.append(Stroke(line((-0.8, -0.6), (0, -1.0), (0.8, -0.6)), "cord", 0.5, color))
    items.append(Stroke(line((6.4, -1), (8, 5), (6.6, 11)), "cord", 0.5, color))
    return items


def _cushion(rng: np.random.Generator) -> list[Item]:
    color = _pick(rng, "#c9b79c", "#8f9f93", "#b8796a", "#d9d5cc", "#6d7684")
    outline = shape(
        (-20, -20), (0, -18), (20, -20), (18, 0), (20, 20), (0, 18), (-20, 20), (-18, 0)
    )
    return [
        Piece(
            rotated(outline, float(rng.uniform(0, 90))),
            dye=color,
            weave="linen",
            puff=9,
            patterned=False,
        )
    ]


def _box(rng: np.random.Generator) -> list[Item]:
    turn = float(rng.uniform(0, 90))
    lid = np.array([(-13, -9), (13, -9), (13, 9), (-13, 9)])
    tape = np.array([(-13, -1.8), (13, -1.8), (13, 1.8), (-13, 1.8)])
    color = _pick(rng, "#b98f62", "#c9a77c", "#efece6")
    return [
        _solid(rotated(lid, turn), color, puff=0.5),
        _solid(rotated(tape, turn), "#d8c9a8", puff=0.2),
    ]


def _plate(rng: np.random.Generator) -> list[Item]:
    return [
        _solid(ellipse(0, 0, 9, 9), "#f0eee8", puff=1.6),
        Stroke(ellipse(0, 0, 6.2, 6.2), "seam", 0.2, closed=True),
        Dot(
            (float(rng.uniform(-2, 2)), 1.0),
            2.2,
            "pompom",
            _pick(rng, "#c6453a", "#d9a441", "#7f9a57"),
        ),
    ]


def _pen(rng: np.random.Generator) -> list[Item]:
    turn = float(rng.uniform(0, 180))
    body = rotated(np.array([(-7, 0), (0, 0), (7, 0)]), turn)
    return [Stroke(body, "cord", 0.9, _pick(rng, "#27303f", "#d8a13a", "#b9b8b4"))]
