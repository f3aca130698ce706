"""Traced lines as people draw them: fewer strokes, crooked, doubled, with gaps.

`draw(wobble(rng, drop(rng, trace(lines), 0.3)), 128, 2, rng)` is a drawing of 128 px; trace once
and keep the strokes, the rest takes about a millisecond. `hands` says how the two
styles differ.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from vision.sketch.trace import Polyline, trace
from vision.training.sketch.hands import HANDS, Hand, Style, simplify, wobble

__all__ = ["HANDS", "Hand", "Polyline", "Style", "draw", "drop", "simplify", "trace", "wobble"]

DRAWN = {1: 1.3, 2: 3.4, 3: 5.4, 5: 7.4, 7: 9.4}
"""How wide, in pixels, OpenCV draws lines of a thickness at parts of a pixel: measured."""


def drop(rng: np.random.Generator, polylines: Sequence[Polyline], share: float) -> list[Polyline]:
    """All but `share` of the strokes; short and inner ones go first, though not always.

    At least one stroke stays.
    """
    if len(polylines) < 2 or share <= 0:
        return list(polylines)
    spans = np.array([np.abs(line[[0, len(line) // 2]] - line[-1]).sum() for line in polylines])
    middles = np.stack([line[len(line) // 2] for line in polylines])
    every = np.concatenate(list(polylines))
    low, high = every.min(0), every.max(0)
    off = np.abs((middles - (low + high) / 2) / np.maximum((high - low) / 2, 1)).max(1)
    worth = np.log(spans + 4) + 0.8 * off + rng.gumbel(0, 0.7, len(polylines))
    gone = min(len(polylines) - 1, round(share * len(polylines)))
    kept = np.sort(np.argsort(worth)[gone:])
    return [polylines[k] for k in kept]


def draw(
    polylines: Sequence[Polyline],
    side: int,
    width: float,
    rng: np.random.Generator,
    style: Style = "train",
) -> npt.NDArray[np.float32]:
    """Strokes of a frame of `side` px drawn `width` px wide: float32 [side, side], 1 is ink."""
    thickness, scale = _pen(width * rng.uniform(0.9, 1.1))
    large = round(scale * side)
    canvas = np.zeros((large, large), np.uint8)
    fixed = [np.rint((line * (large / side) - 0.5) * 16).astype(np.int32) for line in polylines]
    if HANDS[style].tapered:
        _brush(canvas, fixed, thickness, rng)
    else:
        cv2.polylines(canvas, fixed, False, 255, thickness, cv2.LINE_AA, 4)
    small = cv2.resize(canvas, (side, side), interpolation=cv2.INTER_AREA)
    return small.astype(np.float32) / np.float32(255)


def _pen(width: float) -> tuple[int, float]:
    """OpenCV's thickness, and the scale to draw at, that together give a width in pixels."""
    thickness = 2 if width < 1.7 else 3 if width < 3.2 else 5
    return thickness, DRAWN[thickness] / max(width, 0.7)


def _brush(
    canvas: npt.NDArray[np.uint8],
    fixed: Sequence[npt.NDArray[np.int32]],
    thickness: int,
    rng: np.random.Generator,
) -> None:
    """Each bit of a stroke as wide as the brush is pressed there: little at the ends."""
    lines = [line for line in fixed if len(line) > 1]
    if not lines:
        return
    bits = np.concatenate([np.stack([line[:-1], line[1:]], 1) for line in lines])
    along = np.concatenate([(np.arange(len(line) - 1) + 0.5) / (len(line) - 1) for line in lines])
    pressed = np.repeat(rng.uniform(0.75, 1.3, len(lines)), [len(line) - 1 for line in lines])
    swell = 0.45 + 0.75 * np.sin(np.pi * along) ** 0.6
    widths = DRAWN[thickness] * pressed * swell
    nearest = np.abs(widths[:, None] - np.array(list(DRAWN.values()))).argmin(1)
    for k, wide in enumerate(DRAWN):
        cv2.polylines(canvas, list(bits[nearest == k]), False, 255, wide, cv2.LINE_8, 4)
