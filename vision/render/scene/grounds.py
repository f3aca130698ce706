"""What a garment lies on or hangs before, float32 [h, w, 3] in linear light (gamma 2)."""

from __future__ import annotations

import cv2
import numpy as np

from vision.render import fields
from vision.render.palette import rgb

PAPERS = {
    "white": "#fbfbfa",
    "paper": "#e9e6e1",
    "ivory": "#f3eee4",
    "stone": "#d9d5ce",
    "sage": "#cfd6c8",
    "mist": "#cfd8df",
    "rose": "#ead7d2",
    "clay": "#d8b9a2",
    "lemon": "#efe6c2",
    "lilac": "#dcd6e4",
    "slate": "#84888c",
    "ink": "#3d3e41",
}
SURFACES = (
    "wood",
    "dark-wood",
    "linen",
    "concrete",
    "rug",
    "tile",
    "plaster",
    "marble",
    "terrazzo",
)
BACKGROUNDS = (*PAPERS, *SURFACES)

SMALL = 4
"""Smooth light is computed on a grid this many times coarser."""


def ground(name: str, width: int, height: int, rng: np.random.Generator) -> np.ndarray:
    """Draw a background by name. Raises ValueError for a name not in BACKGROUNDS."""
    if name in PAPERS:
        return _paper(name, width, height, rng)
    draw = {
        "wood": _wood,
        "dark-wood": _wood,
        "linen": _linen,
        "concrete": _concrete,
        "rug": _rug,
        "tile": _tile,
        "plaster": _plaster,
        "marble": _marble,
        "terrazzo": _terrazzo,
    }.get(name)
    if draw is None:
        raise ValueError(f"unknown background {name!r}; one of: {', '.join(BACKGROUNDS)}")
    return draw(name, width, height, rng)


def _flat(hex_color: str, width: int, height: int) -> np.ndarray:
    return np.full((height, width, 3), rgb(hex_color) ** 2, np.float32)


def _field(kind: str, width: int, height: int, cell: float, rng: np.random.Generator) -> np.ndarray:
    at = tuple(rng.uniform(0, 512, 2))
    return fields.sample(fields.spectrum(kind), (width, height), cell=cell, at=at)


def _glow(image: np.ndarray, strength: float, x: float = 0.36, y: float = 0.3) -> np.ndarray:
    """Brighter near one place, as under a soft box; in place."""
    height, width = image.shape[:2]
    small = (max(2, width // SMALL), max(2, height // SMALL))
    gx = (np.arange(small[0], dtype=np.float32)[None, :] / small[0] - x) * (width / height)
    gy = np.arange(small[1], dtype=np.float32)[:, None] / small[1] - y
    fall = 1 - strength * np.clip((gx * gx + gy * gy) * 1.25, 0, 1.4)
    fall = cv2.resize(fall.astype(np.float32), (width, height))
    image *= cv2.merge((fall, fall, fall))
    return image


def _paper(name: str, width: int, height: int, rng: np.random.Generator) -> np.ndarray:
    image = _flat(PAPERS[name], width, height)
    if name == "white":
        return _glow(image, 0.03)
    grain = _field("fuzz", width, height, 1.0, rng)
    image *= (1 + 0.006 * grain)[..., None]
    return _glow(image, 0.17, float(rng.uniform(0.28, 0.5)), float(rng.uniform(0.2, 0.4)))


def _relit(height_map: np.ndarray, strength: float) -> np.ndarray:
    gx = cv2.Sobel(height_map, cv2.CV_32F, 1, 0, ksize=3)
    gy = cv2.Sobel(height_map, cv2.CV_32F, 0, 1, ksize=3)
    return np.clip(1 + strength * (gx * 0.6 + gy * 0.8), 0.45, 1.25)


def _wood(name: str, width: int, height: int, rng: np.random.Generator) -> np.ndarray:
    dark = name == "dark-wood"
    tones = (
        ("#7b5a40", "#6a4b36", "#5b4132") if dark else ("#c9a67c", "#b98f62", "#d3b58f", "#a98565")
    )
    base = rgb(tones[int(rng.integers(len(tones)))]) ** 2
    plank = width / float(rng.uniform(3.5, 6.5))
    x = np.arange(width, dtype=np.float32) + float(rng.uniform(0, plank))
    index = (x / plank).astype(int)
    tone = rng.uniform(0.84, 1.12, index.max() + 2)[index].astype(np.float32)
    shift = rng.uniform(0, 400, index.max() + 2)[index].astype(np.float32)
    y = np.arange(height, dtype=np.float32)[:, None]
    tile = fields.spectrum("wood")
    map_x = np.broadcast_to(x * (220 / plank / 2) + shift, (height, width)).astype(np.float32)
    map_y = (y * (110 / plank / 2) + shift[None, :]).astype(np.float32)
    grain = cv2.remap(tile, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    shade = tone[None, :] * (1 + 0.085 * grain)
    edge = np.minimum(x % plank, plank - x % plank)
    shade *= (1 - 0.55 * np.exp(-edge / 1.3))[None, :]
    joints = rng.uniform(0, height, index.max() + 2)[index].astype(np.float32)
    shade *= 1 - 0.5 * np.exp(-np.abs(y - joints[None, :]) / 1.3)
    image = shade[..., None] * base.astype(np.float32)
    if rng.random() < 0.5:
        image = np.ascontiguousarray(image if rng.random() < 0.5 else image[::-1])
    return _glow(image, 0.22)


def _linen(name: str, width: int, height: int, rng: np.random.Generator) -> np.ndarray:
    tones = ("#efece6", "#e6ddd0", "#d5dbe0", "#dfe3da", "#cfc3b5", "#e9d9d6", "#b7bfc9")
    base = rgb(tones[int(rng.integers(len(tones)))]) ** 2
    small = (max(2, width // 2), max(2, height // 2))
    cell = width / 900
    turn = float(rng.uniform(0, 180))
    folds = np.zeros(small[::-1], np.float32)
    for kind, gain, size in (("drape", 6.0, 2.6), ("ridge", 2.2, 2.2), ("crumple", 0.5, 1.4)):
        at = tuple(rng.uniform(0, 512, 2))
        tile = fields.spectrum(kind)
        folds += gain * fields.sample(tile, small, cell=cell * size, degrees=turn, at=at)
    lit = _relit(cv2.GaussianBlur(folds, (0, 0), 1.2), 0.019)
    weave = 1 + 0.012 * _field("fuzz", width, height, 1.0, rng)
    shade = cv2.resize(lit, (width, height)) * weave
    return _glow(shade[..., None] * base.astype(np.float32), 0.16)


def _concrete(name: str, width: int, height: int, rng: np.random.Generator) -> np.ndarray:
    base = rgb(("#bdbab5", "#a8a7a5", "#cfccc6")[int(rng.integers(3))]) ** 2
    cloud = _field("cloud", width, height, width / 300, rng)
    fine = _field("fuzz", width, height, 1.2, rng)
    shade = 1 + 0.06 * cloud + 0.03 * fine
    specks = _field("cloud", width, height, 0.7, rng)
    shade *= 1 - 0.16 * np.clip(specks - 2.1, 0, 1)
    return _glow(shade[..., None] * base.astype(np.float32), 0.2)


def _plaster(name: str, width: int, height: int, rng: np.random.Generator) -> np.ndarray:
    tones = ("#ece8e1", "#e2ddd4", "#dfe2e2", "#e8dccf", "#d4d9d2", "#c9c4bd")
    base = rgb(tones[int(rng.integers(len(tones)))]) ** 2
    rough = _field("cloud", max(2, width // 2), max(2, height // 2), width / 700, rng)
    shade = cv2.resize(_relit(rough, 0.006), (width, height))
    return _glow(shade[..., None] * base.astype(np.float32), 0.2)


def _rug(name: str, width: int, height: int, rng: np.random.Generator) -> np.ndarray:
    pairs = (
        ("#d9cbb4", "#a06a4a"),
        ("#cfc8bb", "#4c5a66"),
        ("#8f3d35", "#d8bf92"),
        ("#e6e0d2", "#55534e"),
        ("#6f7d6a", "#d8cfae"),
    )
    one, two = (rgb(c) ** 2 for c in pairs[int(rng.integers(len(pairs)))])
    period = width / float(rng.uniform(5, 9))
    x = np.arange(width, dtype=np.float32)[None, :]
    y = np.arange(height, dtype=np.float32)[:, None]
    u = np.abs(((x + rng.uniform(0, 99)) / period) % 1 - 0.5) * 2
    v = np.abs(((y + rng.uniform(0, 99)) / period) % 1 - 0.5) * 2
    kind = int(rng.integers(3))
    shape = u + v if kind == 0 else np.maximum(u, v) if kind == 1 else v + 0 * u
    share = np.clip((np.sin(shape * np.pi * 3) - 0.35) * period * 0.12, 0, 1)[..., None]
    image = one * (1 - share) + two * share
    pile = 1 + 0.07 * _field("fuzz", width, height, 1.7, rng) + 0.05 * np.sin(y * 1.15)
    return _glow((image * pile[..., None]).astype(np.float32), 0.2)


def _tile(name: str, width: int, height: int, rng: np.random.Generator) -> np.ndarray:
    base = rgb(("#dcdad5", "#c6ccd0", "#d9cbbb", "#8f9291")[int(rng.integers(4))]) ** 2
    side = width / float(rng.uniform(2.6, 5))
    x = np.arange(width, dtype=np.float32)[None, :] + float(rng.uniform(0, side))
    y = np.arange(height, dtype=np.float32)[:, None] + float(rng.uniform(0, side))
    edge = np.minimum(np.minimum(x % side, side - x % side), np.minimum(y % side, side - y % side))
    tone = rng.uniform(0.94, 1.05, (64, 64)).astype(np.float32)
    shade = tone[(y / side).astype(int) % 64, (x / side).astype(int) % 64]
    shade = (
        shade
        * (1 - 0.4 * np.clip(2.6 - edge, 0, 1))
        * (1 + 0.03 * _field("cloud", width, height, width / 300, rng))
    )
    return _glow(shade[..., None] * base.astype(np.float32), 0.22)


def _marble(name: str, width: int, height: int, rng: np.random.Generator) -> np.ndarray:
    base = rgb("#efedea") ** 2
    cell = width / 420
    veins = _field("ridge", width, height, cell * 1.6, rng)
    broad = _field("soft", width, height, cell * 0.9, rng)
    line = np.clip((veins - 1.1) * 1.6, 0, 1) * np.clip(broad + 0.3, 0, 1.2)
    shade = 1 - 0.3 * line + 0.02 * broad
    return _glow((shade[..., None] * base).astype(np.float32), 0.14)


def _terrazzo(name: str, width: int, height: int, rng: np.random.Generator) -> np.ndarray:
    chips = ("#b9a58f", "#8d9a94", "#c48d74", "#5f6468", "#f4f1ea")
    canvas = np.zeros((height, width), np.uint8)
    for _ in range(int(width * height / 900)):
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        r = width * float(rng.uniform(0.003, 0.014))
        a = np.sort(rng.uniform(0, 6.28, 5))
        points = np.stack([x + r * np.cos(a), y + r * np.sin(a)], axis=1)
        cv2.fillPoly(canvas, [np.rint(points).astype(np.int32)], int(rng.integers(1, 6)))
    table = np.array([rgb("#e6e1d8") ** 2, *(rgb(c) ** 2 for c in chips)], np.float32)
    image = table[canvas]
    return _glow(image, 0.18)
