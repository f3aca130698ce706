"""Tileable motif masks: uint8 [S, S, 3], one channel for each of three dyes."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np

from vision.render import fields

SIDE = 512


class Canvas:
    """Three masks on which outlines are stamped so that they wrap around."""

    def __init__(self) -> None:
        self.layers = [np.zeros((SIDE, SIDE), np.uint8) for _ in range(3)]

    def fill(self, layer: int, points: np.ndarray, value: int = 255) -> None:
        """Fill a closed outline (pixels) wherever it or its repeats touch the tile."""
        low, high = points.min(axis=0), points.max(axis=0)
        for dx in (-SIDE, 0, SIDE):
            for dy in (-SIDE, 0, SIDE):
                if high[0] + dx < 0 or high[1] + dy < 0 or low[0] + dx > SIDE or low[1] + dy > SIDE:
                    continue
                fixed = np.rint((points + (dx, dy)) * 16).astype(np.int32)
                cv2.fillPoly(self.layers[layer], [fixed], value, cv2.LINE_AA, 4)

    def tile(self) -> np.ndarray:
        return np.ascontiguousarray(np.stack(self.layers, axis=-1))


def blob(
    rng: np.random.Generator, x: float, y: float, radius: float, rough: float = 0.2
) -> np.ndarray:
    """An irregular round outline."""
    angle = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    r = np.full(28, radius)
    for k in (2, 3, 5):
        r += radius * rough * rng.normal(0, 0.6) * np.sin(k * angle + rng.uniform(0, 6.3))
    return np.stack([x + r * np.cos(angle), y + r * np.sin(angle)], axis=1)


def leaf(x: float, y: float, length: float, width: float, degrees: float) -> np.ndarray:
    """A pointed leaf that starts at x, y."""
    t = np.linspace(0, 1, 14)
    side = np.sin(np.pi * t**0.8) * width / 2
    outline = np.concatenate(
        [np.stack([t * length, side], axis=1), np.stack([t * length, -side], axis=1)[::-1]]
    )
    a = np.deg2rad(degrees)
    return outline @ np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]]) + (x, y)


def spread(rng: np.random.Generator, gap: float, tries: int = 900) -> list[tuple[float, float]]:
    """Places at least `gap` px apart on the wrapped tile."""
    found: list[tuple[float, float]] = []
    for x, y in rng.uniform(0, SIDE, (tries, 2)):
        if all(
            np.hypot(min(abs(x - a), SIDE - abs(x - a)), min(abs(y - b), SIDE - abs(y - b))) > gap
            for a, b in found
        ):
            found.append((float(x), float(y)))
    return found


@cache
def floral(kind: int) -> np.ndarray:
    """Petals, hearts, leaves: ditsy, daisies, peonies, bells or sprigs by `kind`."""
    rng = np.random.default_rng(40 + kind)
    canvas = Canvas()
    gap = (62, 88, 128, 80, 74)[kind]
    for x, y in spread(rng, gap):
        size = gap * rng.uniform(0.3, 0.44)
        turn = rng.uniform(0, 360)
        for side in range(int(rng.integers(2, 4))):
            angle = turn + 80 + side * 130 + rng.uniform(-20, 20)
            a = np.deg2rad(angle)
            start = (x + size * 0.5 * np.cos(a), y + size * 0.5 * np.sin(a))
            canvas.fill(2, leaf(*start, size * 1.1, size * 0.4, angle))
        if kind == 2:
            for ring, share in ((1.0, 255), (0.72, 170), (0.45, 255)):
                for i in range(6):
                    a = np.deg2rad(turn + i * 60 + ring * 40)
                    r = size * ring
                    canvas.fill(
                        0,
                        blob(rng, x + r * 0.5 * np.cos(a), y + r * 0.5 * np.sin(a), r * 0.5, 0.12),
                        share,
                    )
            canvas.fill(1, blob(rng, x, y, size * 0.16))
            continue
        petals = (5, 9, 6, 4, 5)[kind]
        width = (0.8, 0.42, 0.7, 0.9, 0.6)[kind]
        for i in range(petals):
            angle = turn + i * 360 / petals
            canvas.fill(0, leaf(x, y, size * rng.uniform(0.9, 1.05), size * width, angle))
        canvas.fill(1, blob(rng, x, y, size * (0.24, 0.3, 0.2, 0.2, 0.2)[kind], 0.08))
    for x, y in spread(rng, gap * 0.5, 300):
        spot = (int(y) % SIDE, int(x) % SIDE)
        if canvas.layers[0][spot] or canvas.layers[2][spot]:
            continue
        canvas.fill(int(rng.integers(0, 2)), blob(rng, x, y, gap * 0.05))
    return canvas.tile()


@cache
def animal(kind: int) -> np.ndarray:
    """Dark marks and mid-tone hearts of leopard (0), zebra (1) or cow (2)."""
    rng = np.random.default_rng(70 + kind)
    canvas = Canvas()
    if kind == 0:
        for x, y in spread(rng, 50):
            size = rng.uniform(15, 24)
            canvas.fill(1, blob(rng, x, y, size * 0.8, 0.3))
            start = rng.uniform(0, 360)
            for part in range(int(rng.integers(2, 4))):
                angle = np.deg2rad(start + part * 120 + np.linspace(0, rng.uniform(60, 100), 10))
                r = size * rng.uniform(0.85, 1.1)
                thick = size * 0.3 * np.sin(np.linspace(0.35, np.pi - 0.35, 10))
                outer = np.stack([(r + thick) * np.cos(angle), (r + thick) * np.sin(angle)], 1)
                inner = np.stack([(r - thick) * np.cos(angle), (r - thick) * np.sin(angle)], 1)
                canvas.fill(0, np.concatenate([outer, inner[::-1]]) + (x, y))
        for x, y in spread(rng, 34, 500):
            if not canvas.layers[1][int(y) % SIDE, int(x) % SIDE]:
                canvas.fill(0, blob(rng, x, y, rng.uniform(3, 6), 0.3))
        return canvas.tile()
    y, _ = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    soft = fields.spectrum("soft")
    if kind == 1:
        wave = np.sin(y * (2 * np.pi * 8 / SIDE) + 2.4 * soft)
        dark = np.clip((wave - 0.05 + 0.25 * np.roll(soft, 90, 1)) * 9, 0, 1)
    else:
        dark = np.clip((soft - 0.45) * 9, 0, 1)
    zero = np.zeros_like(dark)
    return (np.stack([dark, zero, zero], axis=-1) * 255).astype(np.uint8)


@cache
def lace(kind: int) -> np.ndarray:
    """Cloth and outline cords of a net with flowers."""
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32) * (2 * np.pi / SIDE)
    cells = 30
    net = np.abs(np.sin((x + y) * cells / 2)) * np.abs(np.sin((x - y) * cells / 2))
    threads = np.clip((0.32 - net) * 6, 0, 1)
    petals, hearts, leaves = np.moveaxis(floral((1, 4)[kind]).astype(np.float32) / 255, -1, 0)
    solid = np.clip(petals + leaves, 0, 1) * (1 - hearts)
    soft = cv2.GaussianBlur(solid, (0, 0), 2.2)
    cords = np.clip(1 - np.abs(soft - 0.5) * 3.4, 0, 1)
    cloth = np.maximum(threads * 0.75, solid)
    tile = np.stack([cloth, cords, np.zeros_like(cloth)], axis=-1)
    return np.ascontiguousarray((tile * 255).astype(np.uint8))


@cache
def houndstooth() -> np.ndarray:
    """The broken check of two twills, one repeat in the tile."""
    grid = np.zeros((8, 8), np.uint8)
    for i in range(8):
        for j in range(8):
            dark_warp, dark_weft = j < 4, i < 4
            over = (i + j) % 4 < 2
            grid[i, j] = 255 if (dark_warp if over else dark_weft) else 0
    big = cv2.resize(grid, (SIDE, SIDE), interpolation=cv2.INTER_NEAREST)
    return cv2.GaussianBlur(big, (0, 0), 5)
