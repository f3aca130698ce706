"""What is no drawing of a garment, and why, in words that a person can act on."""

import cv2
import numpy as np
import numpy.typing as npt

from vision.sketch.ground import Marks
from vision.sketch.thin import crossings
from vision.types import Mask

LEAST_SIDE = 0.05
"""Of the picture's longer side: what is drawn must reach farther."""
LEAST_PIXELS = 12
LEAST_LENGTH = 1.7
"""Length of all lines together, in sides of what is drawn: one line has 1 to 1.4."""
LEAST_PAINTED = 0.1
"""Share of the square that makes a drawing of paint alone."""
MOST_INK = 0.45
"""Share of the square that lines two pixels wide, of 128, may cover. The finest edges of 400
catalogue photos cover at most 0.42, with .06 crossings for each pixel of line."""
TANGLED_INK = 0.15
TANGLED = 0.04
"""Crossings for each pixel of line: from there on, with much ink, lines only cross. A hand that
draws checks makes .034."""
MOST_FILLED = 0.6
"""Share of the square that ink may fill."""
RAGGED = 1.5
"""How much longer the edge of what ink fills may be than the edge of its smooth shape: 1.06 where
it is filled, 1.8 to 4.5 where it is scribbled over."""
SMOOTH = (9, 9)
THICK = np.ones((7, 7), np.uint8)
EVEN, EDGE = 1, 48
"""Levels of 255 between neighbours in one flat colour, and from which on a pixel is at an edge."""
LEAST_INSIDE = 0.15
"""Share of the drawn pixels that lie inside of something wide, from which tones are looked at."""
LEAST_EVEN = 0.66
"""Share of the pixels inside that are flat: .75 in a drawing that was saved as JPEG, at most .58
in photos of plain black cloth."""


class DrawingRejected(ValueError):
    """A picture that is not read as a drawing.

    ``code`` is stable and one of ``sketch_empty``, ``sketch_too_little``, ``sketch_scribble``,
    ``sketch_is_photo``; ``message`` says what to do.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code, MESSAGES[code])
        self.code = code
        self.message = MESSAGES[code]

    def __str__(self) -> str:
        return self.message


MESSAGES = {
    "sketch_empty": "Nothing is drawn: draw the outline of a garment.",
    "sketch_too_little": "That is too little to go by: draw the whole outline of a garment.",
    "sketch_scribble": "The lines cover one another: draw the outline with fewer strokes.",
    "sketch_is_photo": "This looks like a photo: send it as the image, or draw on a plain ground.",
}


def tones_checked(marks: Marks) -> None:
    """Raises DrawingRejected for a picture whose wide parts have no flat colour: cloth, skin."""
    inside = cv2.erode(marks.drawn.astype(np.uint8), THICK) > 0
    if inside.sum() < LEAST_INSIDE * max(1, marks.drawn.sum()):
        return
    three = np.ones((3, 3), np.uint8)
    change = cv2.morphologyEx(marks.colors, cv2.MORPH_GRADIENT, three).max(2)
    inside &= change < EDGE
    if np.mean(change[inside] <= EVEN) < LEAST_EVEN:
        raise DrawingRejected("sketch_is_photo")


def size_checked(marks: Marks) -> None:
    """Raises DrawingRejected where nothing is drawn, or a dot."""
    if not marks.drawn.any():
        raise DrawingRejected("sketch_empty")
    rows, columns = (np.flatnonzero(marks.drawn.any(axis)) for axis in (1, 0))
    side = max(int(rows[-1] - rows[0]), int(columns[-1] - columns[0])) + 1
    if side < max(LEAST_PIXELS, LEAST_SIDE * max(marks.drawn.shape)):
        raise DrawingRejected("sketch_too_little")


def fills_checked(ink: Mask, fills: Mask) -> None:
    """Raises DrawingRejected where ink [n, n] covers most, or is scribbled until it fills."""
    if not fills.any():
        return
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, SMOOTH)
    closed = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_CLOSE, disc)
    smooth = cv2.morphologyEx(closed, cv2.MORPH_OPEN, disc) > 0
    ragged = edge_of(ink).sum() > RAGGED * max(1, edge_of(smooth).sum())
    if fills.mean() > MOST_FILLED or ragged:
        raise DrawingRejected("sketch_scribble")


def lines_checked(middle: Mask, lines: npt.NDArray[np.float32], painted: Mask) -> None:
    """Raises DrawingRejected for one short line, and for a tangle.

    `middle` are the thinned lines of the square at any size, `lines` [128, 128] as they are drawn
    anew.
    """
    if middle.sum() < LEAST_LENGTH * len(middle) and painted.mean() < LEAST_PAINTED:
        raise DrawingRejected("sketch_too_little")
    ink = float(lines.mean())
    if ink > MOST_INK or (ink > TANGLED_INK and crossings(middle).sum() > TANGLED * middle.sum()):
        raise DrawingRejected("sketch_scribble")


def edge_of(mask: Mask) -> Mask:
    """The outermost pixels of what is set."""
    inner = cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8), borderValue=0)
    return np.asarray(mask & (inner == 0))
