"""A map of lines as strokes: each a row of points, as a pen would go along them."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from vision.sketch.thin import thinned
from vision.types import Mask

Polyline = npt.NDArray[np.float32]
"""[n, 2] points (x, y) in pixels; the middle of the first pixel is at .5, .5."""
LEAST = 4
"""Pixels: what is shorter is no stroke."""
REACH = 4
"""Pixels before and after a point that its direction is read from."""
CORNER = np.cos(np.deg2rad(65.0))
"""Where a line turns more than this the pen is set down anew."""


def trace(lines: npt.NDArray[np.float32] | Mask) -> list[Polyline]:
    """The strokes of lines [h, w] (over .5 is ink), one point a pixel, cut at sharp corners.

    The lines are thinned first. At a crossing a stroke goes on as straight as it can.
    """
    paths = _paths(thinned(lines > 0.5))
    strokes = [piece for path in paths for piece in _cut(path)]
    return [stroke + np.float32(0.5) for stroke in strokes if len(stroke) >= LEAST]


def _paths(middles: Mask) -> list[Polyline]:
    """Every pixel in one walk; walks begin at loose ends, then wherever something is left."""
    width = middles.shape[1] + 2
    padded = np.pad(middles, 1)
    left = bytearray(padded.astype(np.uint8).tobytes())
    ends = np.flatnonzero(padded & (_neighbours(padded) == 1)).tolist()
    paths = []
    for start in ends + np.flatnonzero(padded).tolist():
        if not left[start]:
            continue
        left[start] = 0
        there = _walk(left, start, width)
        back = _walk(left, start, width)
        path = np.array([*back[::-1], start, *there])
        paths.append(np.stack([path % width - 1, path // width - 1], 1).astype(np.float32))
    return paths


def _neighbours(lines: Mask) -> npt.NDArray[np.uint8]:
    """How many of each pixel's eight neighbours are lines, [h, w]."""
    kernel = np.ones((3, 3), np.float32)
    kernel[1, 1] = 0
    counted = cv2.filter2D(lines.astype(np.uint8), -1, kernel, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(counted, np.uint8)


def _walk(left: bytearray, at: int, width: int) -> list[int]:
    """The pixels after `at`, each taken from `left`, as straight as they go."""
    steps = [
        (dy * width + dx, dx / (dx * dx + dy * dy) ** 0.5, dy / (dx * dx + dy * dy) ** 0.5)
        for dx, dy in ((0, -1), (1, 0), (0, 1), (-1, 0), (1, -1), (1, 1), (-1, 1), (-1, -1))
    ]
    path: list[int] = []
    ahead_x = ahead_y = 0.0
    while True:
        best, chosen = -9.0, None
        for step in steps:
            if left[at + step[0]]:
                straight = step[1] * ahead_x + step[2] * ahead_y
                if straight > best:
                    best, chosen = straight, step
        if chosen is None:
            return path
        at += chosen[0]
        left[at] = 0
        path.append(at)
        ahead_x = 0.7 * ahead_x + 0.3 * chosen[1]
        ahead_y = 0.7 * ahead_y + 0.3 * chosen[2]


def _cut(path: Polyline) -> list[Polyline]:
    """A path in pieces between its sharp corners."""
    if len(path) < 2 * REACH + 2:
        return [path]
    before = path[REACH:-REACH] - path[: -2 * REACH]
    after = path[2 * REACH :] - path[REACH:-REACH]
    lengths = np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1)
    straight = (before * after).sum(1) / np.maximum(lengths, 1e-6)
    cuts: list[int] = []
    for at in np.argsort(straight, kind="stable"):
        if straight[at] > CORNER:
            break
        if all(abs(at - other) > REACH for other in cuts):
            cuts.append(int(at))
    pieces, start = [], 0
    for at in sorted(cuts):
        pieces.append(path[start : at + REACH + 1])
        start = at + REACH
    pieces.append(path[start:])
    return pieces
