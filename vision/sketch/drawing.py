"""A drawing as the networks want it: its lines of one width, its paint, cut to what is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from vision.sketch.checks import (
    DrawingRejected,
    edge_of,
    fills_checked,
    lines_checked,
    size_checked,
    tones_checked,
)
from vision.sketch.ground import Floats, Layer, Marks, marks_of
from vision.sketch.paints import INK, Labels, Split, palette_of, split
from vision.sketch.pen import drawn_anew
from vision.sketch.thin import thinned
from vision.types import Box, Color, Image, Mask

__all__ = ["INK", "MARGIN", "MOST_COLORS", "SIDE", "Drawing", "DrawingRejected", "read_drawing"]

SIDE = 128
MARGIN = 0.06
"""Of the longer side of what is drawn, on every side."""
MOST_COLORS = 32
WORK_SIDE = 512
"""Longer side, in pixels, that a picture is looked at: a pen's line has some pixels there."""
FINE = 2
"""Times `SIDE`: the square in which lines are thinned."""
PEN = 4.0
"""Pixels of the fine square that a line is wide: two of `SIDE`."""
FILL = 17
"""Pixels of the fine square from which on ink is no line and fills something."""
LEAST_FILL = 0.03
"""Share of the square: what is smaller is where thick lines meet."""
LEAST_FILLED_SIDE = 0.25
"""Of the picture's longer side: in what is drawn smaller, every pen is thick."""
INK_REACH = 0.7
"""Share of the paint's width and height that the ink must reach to be the drawing itself;
otherwise the edge of the paint is."""
WHITE = 255


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """What was drawn, in a square of `SIDE` pixels."""

    lines: Floats
    """[128, 128] 0..1, 1 = ink; about two pixels wide, whatever the pen was."""
    paint: Image
    """[128, 128, 3], white where nothing is painted."""
    painted: Mask
    """[128, 128]"""
    box: Box
    """The drawn part, in pixels of the picture."""
    palette: tuple[Color, ...]
    """The paints, shares of the painted area; empty without paint."""


def read_drawing(image: Layer, colors: Sequence[str] = ()) -> Drawing:
    """Read a picture [h, w, 4] or [h, w, 3] of lines and strokes of colour on a plain ground.

    The ground is transparent, white or of any one colour; ink is `INK`, dark, or thin and grey.
    ``colors`` (``#rrggbb``) are those that were painted with: with them black and white paint are
    told from ink and ground. Raises ``DrawingRejected`` for an empty pad, a dot or a short line, a
    tangle, and a photo.
    """
    small, scale = _reduced(image)
    marks = marks_of(small)
    if marks is None:
        raise DrawingRejected("sketch_is_photo")
    size_checked(marks)
    tones_checked(marks)
    parts = split(marks, colors)
    box = _box(parts.ink | parts.painted if colors else marks.drawn)
    if box is None:
        raise DrawingRejected("sketch_empty")
    square = _Square(box)
    ink = square.any(parts.ink, FINE * SIDE)
    paint, paints = square.labels(parts.paint, FINE * SIDE), parts.paints
    fills = _filled(ink)
    small_part = max(box[2] - box[0], box[3] - box[1]) < LEAST_FILLED_SIDE * max(small.shape)
    if small_part or fills.mean() < LEAST_FILL:
        fills = np.zeros_like(fills)
    fills_checked(ink, fills)
    if fills.any():
        paint, paints = _filled_in(paint, paints, fills, parts, marks)
    middle = thinned(_line_pixels(ink, fills, paint >= 0))
    paint = paint[::FINE, ::FINE]
    painted = np.asarray(paint >= 0)
    fine = drawn_anew(middle, PEN)
    lines = np.asarray(cv2.resize(fine, (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.float32)
    lines_checked(middle, lines, painted)
    held = np.vstack([paints, np.full((1, 3), WHITE, np.uint8)])
    return Drawing(
        lines=lines,
        paint=np.asarray(held[paint]),
        painted=painted,
        box=_scaled(box, scale, image.shape[1], image.shape[0]),
        palette=palette_of(paint, paints) if painted.any() else (),
    )


def _reduced(image: Layer) -> tuple[Layer, float]:
    """At most `WORK_SIDE`, and by what its pixels are to be multiplied to be those of `image`."""
    height, width = image.shape[:2]
    scale = max(height, width) / WORK_SIDE
    if scale <= 1:
        return image, 1.0
    size = (max(1, round(width / scale)), max(1, round(height / scale)))
    if image.shape[2] == 3:
        return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8), scale
    # A clear pixel has no colour to give.
    cover = np.ascontiguousarray(image[..., 3])
    given = cv2.multiply(
        np.ascontiguousarray(image[..., :3]), cv2.merge([cover] * 3), scale=1 / 255
    )
    alpha = cv2.resize(cover, size, interpolation=cv2.INTER_AREA)
    colors = cv2.resize(given, size, interpolation=cv2.INTER_AREA)
    plain = cv2.divide(colors, cv2.merge([alpha] * 3), scale=255)
    return np.dstack([plain, alpha]), scale


def _box(drawn: Mask) -> Box | None:
    rows, columns = np.flatnonzero(drawn.any(1)), np.flatnonzero(drawn.any(0))
    if not len(rows):
        return None
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _scaled(box: Box, scale: float, width: int, height: int) -> Box:
    x0, y0, x1, y1 = (round(edge * scale) for edge in box)
    return x0, y0, min(x1, width), min(y1, height)


class _Square:
    """The square around a box, with its margin, and how a picture is brought to its size."""

    def __init__(self, box: Box) -> None:
        x0, y0, x1, y1 = box
        self.side = max(x1 - x0, y1 - y0) * (1 + 2 * MARGIN)
        self.left = (x0 + x1 - self.side) / 2
        self.top = (y0 + y1 - self.side) / 2

    def any(self, mask: Mask, size: int) -> Mask:
        """[size, size]; no line gets lost, however thin: it is made wider before it is reduced."""
        shrink = self.side / size
        if shrink > 1:
            reach = int(np.ceil(shrink))
            mask = cv2.dilate(mask.astype(np.uint8), np.ones((reach, reach), np.uint8)) > 0
        warped = self._warped(mask.astype(np.float32), size, cv2.INTER_LINEAR, 0.0)
        return np.asarray(warped > 0.5)

    def labels(self, labels: Labels, size: int) -> Labels:
        """[size, size], of the nearest pixel."""
        warped = self._warped(labels.astype(np.float32), size, cv2.INTER_NEAREST, -1.0)
        return np.asarray(warped, np.int16)

    def _warped(self, picture: Floats, size: int, how: int, outside: float) -> Floats:
        scale = size / self.side
        # Middles of pixels lie at one half.
        matrix = np.array(
            [
                [scale, 0, (0.5 - self.left) * scale - 0.5],
                [0, scale, (0.5 - self.top) * scale - 0.5],
            ]
        )
        warped = cv2.warpAffine(picture, matrix, (size, size), flags=how, borderValue=outside)
        return np.asarray(warped, np.float32)


def _filled(ink: Mask) -> Mask:
    """Where ink is wider than any pen: filled with black."""
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (FILL, FILL))
    return np.asarray(cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_OPEN, disc) > 0)


def _filled_in(
    paint: Labels, paints: Image, fills: Mask, parts: Split, marks: Marks
) -> tuple[Labels, Image]:
    """What ink fills is paint of the ink's own colour."""
    color = np.median(marks.colors[parts.ink], 0).astype(np.uint8)
    return np.where(fills, np.int16(len(paints)), paint), np.vstack([paints, color[None]])


def _line_pixels(ink: Mask, fills: Mask, painted: Mask) -> Mask:
    """Ink less what it fills, and the edges of that; the edges of paint where it is the drawing."""
    lines = ink
    if fills.any():
        lines = (
            ink & ~cv2.dilate(fills.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
        ) | edge_of(fills)
    whole, drawn = _box(painted | lines), _box(lines)
    if whole is None or (drawn is not None and _reaches(drawn, whole)):
        return np.asarray(lines)
    thin = painted & ~_filled(painted)
    return np.asarray(lines | edge_of(painted & ~thin) | thin)


def _reaches(drawn: Box, whole: Box) -> bool:
    return all(
        drawn[at + 2] - drawn[at] >= INK_REACH * (whole[at + 2] - whole[at]) for at in (0, 1)
    )
