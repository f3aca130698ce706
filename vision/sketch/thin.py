"""Lines one pixel wide.

The thinning is that of Zhang and Suen, "A fast parallel algorithm for thinning digital patterns",
Communications of the ACM 27 (1984), 236-239; which pixels go is looked up by their eight
neighbours.
"""

from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

# The neighbours p2..p9 of the paper, clockwise from the one above, as bits of a pixel's code.
_RING = ((0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0), (1, 0), (0, 0))
_LEAST, _MOST = 2, 6
"""A pixel with fewer neighbours ends a line, one with more lies inside."""


def thinned(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """The middle lines of what is set in a mask [h, w], one pixel wide, as connected as it is."""
    left = np.pad(mask, 1).astype(np.uint8)
    while True:
        before = int(left.sum())
        for goes in _tables():
            left[(left > 0) & goes[_around(left, _bits())]] = 0
        if int(left.sum()) == before:
            return np.asarray(left[1:-1, 1:-1] > 0)


def neighbours(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint8]:
    """Of each pixel of a mask [h, w], how many of its eight neighbours are set."""
    ones = np.ones((3, 3), np.float32)
    ones[1, 1] = 0
    return _around(mask.astype(np.uint8), ones).astype(np.uint8)


def crossings(thinned_lines: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Where three lines or more meet, of thinned lines [h, w]."""
    code = _around(thinned_lines.astype(np.uint8), _bits())
    return np.asarray(thinned_lines & (_turns()[code] > 2))


def _around(mask: npt.NDArray[np.uint8], kernel: npt.NDArray[np.float32]) -> npt.NDArray[np.uint16]:
    return np.asarray(
        cv2.filter2D(mask, cv2.CV_16U, kernel, borderType=cv2.BORDER_CONSTANT), np.uint16
    )


@cache
def _bits() -> npt.NDArray[np.float32]:
    kernel = np.zeros((3, 3), np.float32)
    for bit, (row, column) in enumerate(_RING):
        kernel[row, column] = 1 << bit
    return kernel


@cache
def _turns() -> npt.NDArray[np.uint8]:
    """By code, how often one goes from clear to set on the way around a pixel."""
    rings = np.arange(256)[:, None] >> np.arange(8) & 1
    return ((rings == 0) & (np.roll(rings, -1, 1) == 1)).sum(1).astype(np.uint8)


@cache
def _tables() -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """By code, whether a pixel goes in the first and in the second step of a round."""
    first, second = np.zeros(256, bool), np.zeros(256, bool)
    for code in range(256):
        ring = [code >> bit & 1 for bit in range(8)]
        if _turns()[code] != 1 or not _LEAST <= sum(ring) <= _MOST:
            continue
        above, right, below, left = ring[0], ring[2], ring[4], ring[6]
        first[code] = not (above and right and below) and not (right and below and left)
        second[code] = not (above and right and left) and not (above and below and left)
    return first, second
