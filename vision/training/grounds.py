"""Grounds to lay a cut-out on: floors, beds and walls from the borders of phone photos, streets
beside the people, close-ups of textiles, and drawn ones."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from vision.training.sets import Pixels, Store

Rng = np.random.Generator


@dataclass(frozen=True)
class Grounds:
    """Where grounds come from. `phone` and `street` hold (store, indices of training photos);
    street and textures may be missing."""

    phone: tuple[Store, np.ndarray]
    street: tuple[Store, np.ndarray] | None
    textures: Store | None

    def draw(self, rng: Rng, height: int, width: int) -> Pixels:
        """A ground, uint8 [height,width,3]."""
        there = (True, self.street is not None, self.textures is not None, True, True)
        chances = np.array((0.42, 0.14, 0.1, 0.14, 0.2)) * there
        kind = rng.choice(5, p=chances / chances.sum())
        if kind == 0:
            ground = border_ground(rng, _pick(rng, self.phone), height, width)
        elif kind == 1 and self.street:
            ground = border_ground(rng, _pick(rng, self.street), height, width, share=0.2)
        elif kind == 2 and self.textures:
            texture = self.textures[int(rng.integers(len(self.textures)))]
            ground = _tinted(
                rng, _mirrored(rng, texture, height, width, float(rng.uniform(0.4, 1.6)))
            )
        elif kind == 3:
            ground = _floor(rng, height, width)
        else:
            ground = _plain(rng, height, width)
        return _lit(rng, ground)


def _pick(rng: Rng, source: tuple[Store, np.ndarray]) -> Pixels:
    store, indices = source
    return store[int(rng.choice(indices))]


def border_ground(rng: Rng, photo: Pixels, height: int, width: int, share: float = 0.12) -> Pixels:
    """A ground grown from one edge or corner of a photo, where its garment seldom reaches."""
    h, w = photo.shape[:2]
    side = int(rng.integers(4))
    dw, dh = max(8, int(w * share)), max(8, int(h * share))
    if rng.random() < 0.35:
        dw, dh = int(dw * 1.6), int(dh * 1.6)
        x, y = (0, w - dw)[side % 2], (0, h - dh)[side // 2]
        return _mirrored(
            rng, photo[y : y + dh, x : x + dw], height, width, float(rng.uniform(2, 5))
        )
    strip = (photo[:, :dw], photo[:, w - dw :], photo[:dh], photo[h - dh :])[side]
    return _mirrored(rng, strip, height, width, float(rng.uniform(0.8, 2.2)))


def _mirrored(rng: Rng, patch: Pixels, height: int, width: int, scale: float) -> Pixels:
    """A patch scaled and mirrored over the whole ground, from a random place, slightly turned."""
    turn = float(rng.normal(0, 0.12)) + (np.pi / 2 if rng.random() < 0.2 else 0.0)
    c, s = np.cos(turn) / scale, np.sin(turn) / scale
    at = rng.uniform(-200, 200, 2)
    matrix = np.array([[c, -s, at[0]], [s, c, at[1]]], np.float32)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    size = (width, height)
    ground = cv2.warpAffine(patch, matrix, size, flags=flags, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(ground, np.uint8)


def _color(rng: Rng) -> np.ndarray:
    """A colour as rooms have them: mostly pale or wooden, now and then anything."""
    if rng.random() < 0.7:
        level = 255 * rng.beta(3, 1.6)
        return np.clip(level + rng.normal(0, 9, 3) + np.array((5, 0, -6)), 0, 255)
    return rng.uniform(0, 255, 3)


def _plain(rng: Rng, height: int, width: int) -> Pixels:
    noise = cv2.resize(
        rng.normal(0, 1, (height // 16 + 2, width // 16 + 2)).astype(np.float32), (width, height)
    )
    ground = _color(rng) + (rng.uniform(0, 8) * noise)[..., None]
    return np.clip(ground + rng.normal(0, rng.uniform(0, 3), ground.shape), 0, 255).astype(np.uint8)


def _floor(rng: Rng, height: int, width: int) -> Pixels:
    """Planks or tiles: boards of one colour that differ a little, with grain and seams."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    turn = float(rng.choice((0, np.pi / 2))) + float(rng.normal(0, 0.1))
    u, v = np.cos(turn) * x + np.sin(turn) * y, np.cos(turn) * y - np.sin(turn) * x
    board = float(rng.uniform(18, 90))
    long = board * float(rng.choice((1, 1, 4, 7)))
    row = np.floor(v / board)
    column = np.floor(u / long + 0.37 * row * (long > board))
    value = np.sin(row * 12.9898 + column * 78.233) * 43758.5453
    shade = (value - np.floor(value) - 0.5) * rng.uniform(0, 36)
    grain = np.sin(v * rng.uniform(0.5, 2) + 3 * np.sin(u * 0.02)) * rng.uniform(0, 6)
    seam = (
        np.minimum(v % board, (u + 0.37 * row * long) % long) < rng.uniform(0.6, 2)
    ) * rng.uniform(0, 50)
    ground = _color(rng) + (shade + grain * (long > board) - seam)[..., None]
    return np.clip(ground, 0, 255).astype(np.uint8)


def _tinted(rng: Rng, ground: Pixels) -> Pixels:
    mix = rng.uniform(0.2, 0.8)
    grey = cv2.cvtColor(ground, cv2.COLOR_RGB2GRAY).astype(np.float32)
    toned = grey[..., None] / max(1.0, float(grey.mean())) * _color(rng) * 0.8
    return np.clip(mix * ground + (1 - mix) * toned, 0, 255).astype(np.uint8)


def _lit(rng: Rng, ground: Pixels) -> Pixels:
    """A slope of light over the ground."""
    h, w = ground.shape[:2]
    a, b = rng.normal(0, 0.12, 2)
    light = 1 + a * np.linspace(-1, 1, w)[None] + b * np.linspace(-1, 1, h)[:, None]
    return np.clip(ground * light[..., None], 0, 255).astype(np.uint8)
