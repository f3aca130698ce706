"""Periodic noise, made once a process and read at any place, angle and scale."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np

TILE = 512
"""Side of every noise tile in cells; tiles repeat without a seam."""


@cache
def spectrum(kind: str) -> np.ndarray:
    """A named noise tile, float32 [TILE, TILE], mean 0, standard deviation 1."""
    rng = np.random.default_rng(sum(kind.encode()))
    fy = np.fft.fftfreq(TILE)[:, None] * TILE
    fx = np.fft.rfftfreq(TILE)[None, :] * TILE
    white = np.fft.rfft2(rng.standard_normal((TILE, TILE)))

    def band(low: float, high: float, stretch: float = 1.0) -> np.ndarray:
        radius = np.hypot(fx, fy * stretch)
        gain = np.exp(-((radius / high) ** 2)) * (1 - np.exp(-((radius / low) ** 2)))
        return np.fft.irfft2(white * gain, (TILE, TILE))

    if kind == "soft":
        tile = band(2, 7)
    elif kind == "drape":
        tile = _bent(band(3, 11, stretch=3.2), band(1, 4))
    elif kind == "ridge":
        bent = _bent(band(4, 11, stretch=1.7), band(2, 6))
        tile = -np.sqrt(np.abs(bent) / bent.std() + 0.02)
        tile = cv2.GaussianBlur(np.tile(tile, (3, 3)), (0, 0), 1.6)[
            TILE : 2 * TILE, TILE : 2 * TILE
        ]
    elif kind == "crumple":
        total = np.zeros((TILE, TILE))
        for octave, turn in ((7, 0), (12, 1), (20, 0)):
            layer = band(octave * 0.7, octave, stretch=1.6)
            layer = _bent(layer.T if turn else layer, band(2, 5), reach=5)
            total -= np.sqrt(np.abs(layer) / layer.std() + 0.03) / octave * 8
        tile = total
    elif kind == "cloud":
        tile = band(1, 14) + 0.5 * band(10, 60)
    elif kind == "fuzz":
        tile = band(60, 170)
    elif kind == "fleck":
        tile = band(30, 120, stretch=0.35)
    elif kind == "slub":
        tile = band(20, 200, stretch=0.04) + band(20, 200, stretch=25)
    elif kind == "wood":
        tile = band(3, 70, stretch=22)
    else:
        raise KeyError(kind)
    tile = tile - tile.mean()
    return np.ascontiguousarray((tile / tile.std()).astype(np.float32))


def _bent(tile: np.ndarray, by: np.ndarray, reach: float = 14) -> np.ndarray:
    """The tile with its coordinates pushed about `reach` cells by another, still periodic."""
    scale = reach / by.std()
    y, x = np.mgrid[0:TILE, 0:TILE].astype(np.float32)
    dx = (by * scale).astype(np.float32)
    dy = (np.roll(by, TILE // 3, axis=0).T * scale).astype(np.float32)
    return cv2.remap(
        tile.astype(np.float32), x + dx, y + dy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP
    )


def sample(
    tile: np.ndarray,
    size: tuple[int, int],
    *,
    cell: float,
    degrees: float = 0.0,
    at: tuple[float, float] = (0.0, 0.0),
) -> np.ndarray:
    """Read a periodic tile over an area of `size` (w, h) pixels.

    `cell` is how many pixels one cell of the tile covers, `degrees` turns it (positive: its
    downward axis leans to the right, as a right sleeve does), `at` (in cells) chooses the place.
    """
    a = np.deg2rad(degrees)
    c, s = np.cos(a) / cell, np.sin(a) / cell
    side_y, side_x = tile.shape[:2]
    matrix = np.array([[c, -s, at[0] % side_x], [s, c, at[1] % side_y]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(tile, matrix, size, flags=flags, borderMode=cv2.BORDER_WRAP)
