"""All-over prints without flowers, as tileable motif masks."""

from __future__ import annotations

from functools import cache

import numpy as np

from vision.render import fields
from vision.render.patterns.motifs import SIDE, Canvas, leaf, spread


def _brush(canvas: Canvas, rng: np.random.Generator) -> None:
    for x, y in spread(rng, 66):
        a = rng.uniform(-35, 35)
        for k in range(3):
            stroke = leaf(x, y + k * 9, rng.uniform(50, 90), rng.uniform(7, 12), a)
            canvas.fill(int(rng.integers(0, 3)), stroke)


def _chips(canvas: Canvas, rng: np.random.Generator) -> None:
    for x, y in spread(rng, 42):
        angle = np.sort(rng.uniform(0, 6.28, rng.integers(3, 6)))
        r = rng.uniform(9, 22)
        points = np.stack([x + r * np.cos(angle), y + r * np.sin(angle)], axis=1)
        canvas.fill(int(rng.integers(0, 3)), points)


def _palms(canvas: Canvas, rng: np.random.Generator) -> None:
    for x, y in spread(rng, 120):
        turn = rng.uniform(0, 360)
        layer = int(rng.choice([0, 0, 1]))
        for k in range(9):
            canvas.fill(layer, leaf(x, y, rng.uniform(70, 100), 17, turn + (k - 4) * 21))


def _quarters(canvas: Canvas, rng: np.random.Generator) -> None:
    step = SIDE // 8
    corners = np.array([(0, 0), (step, 0), (step, step), (0, step)])
    for place in range(64):
        turn = int(rng.integers(0, 4))
        angle = np.deg2rad(turn * 90 + np.linspace(0, 90, 16))
        corner = corners[turn] + (place % 8 * step, place // 8 * step)
        arc = corner + step * 0.94 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        if rng.random() < 0.8:
            canvas.fill(int(rng.integers(0, 3)), np.concatenate([[corner], arc]))


def _scales(canvas: Canvas, rng: np.random.Generator) -> None:
    step = SIDE // 8
    angle = np.linspace(0, np.pi, 20)
    half = np.stack([np.cos(angle), -np.sin(angle)], axis=1) * step
    for j in range(17):
        for i in range(9):
            at = (i * step + (j % 2) * step / 2, (16 - j) * step / 2)
            for ring, value in ((0.5, 255), (0.36, 0), (0.24, 255)):
                canvas.fill(0, half * ring + at, value)


def _stars(canvas: Canvas, rng: np.random.Generator) -> None:
    for x, y in spread(rng, 60):
        r, points = rng.uniform(9, 17), int(rng.choice([4, 5, 5, 8]))
        angle = np.linspace(0, 2 * np.pi, points * 2, endpoint=False) + rng.uniform(0, 6)
        reach = np.where(np.arange(points * 2) % 2, r * 0.42, r)
        star = np.stack([x + reach * np.cos(angle), y + reach * np.sin(angle)], axis=1)
        canvas.fill(int(rng.choice([0, 0, 2])), star)


def _paisley(canvas: Canvas, rng: np.random.Generator) -> None:
    t = np.linspace(0, 2 * np.pi, 36, endpoint=False)
    for x, y in spread(rng, 92):
        a = rng.uniform(0, 2 * np.pi)
        turn = np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
        for size, layer, value in ((44, 0, 255), (33, 0, 0), (31, 1, 255), (17, 2, 255)):
            reach = size * (0.72 - 0.28 * np.cos(t)) * (1 + 0.12 * np.sin(2 * t))
            drop = np.stack([reach * np.cos(t) + size * 0.2, reach * 0.8 * np.sin(t)], axis=1)
            canvas.fill(layer, drop @ turn + (x, y), value)


def _marble() -> np.ndarray:
    soft = fields.spectrum("soft")
    phase = soft * 5 + np.roll(soft, (170, 60), axis=(0, 1)) * 2
    one = np.clip((np.sin(phase) - 0.1) * 7, 0, 1)
    two = np.clip((np.sin(phase + 1.6) - 0.75) * 9, 0, 1)
    thin = np.clip((np.sin(phase - 1.2) - 0.93) * 18, 0, 1)
    return np.asarray(np.stack([one, two, thin], axis=-1) * 255, np.uint8)


_DRAWN = (_brush, _chips, _palms, _quarters, _scales, _stars, _paisley)
PRINTS = len(_DRAWN) + 1
"""How many prints there are; the last is marbled."""


@cache
def all_over(kind: int) -> np.ndarray:
    """A print's three masks, uint8 [SIDE, SIDE, 3]; `kind` below PRINTS."""
    if kind == len(_DRAWN):
        return _marble()
    canvas = Canvas()
    _DRAWN[kind](canvas, np.random.default_rng(90 + kind))
    return canvas.tile()
