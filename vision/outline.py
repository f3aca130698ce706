"""The edge of a garment's mask as a few points: what a page draws around it."""

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from vision.types import Box, Mask

Ring = tuple[tuple[int, int], ...]
"""A closed polygon, (x, y) in pixels; the last point joins the first."""

MOST_POINTS = 60
"""Of all rings together: more cannot be told from these on a photo as large as a hand."""
MOST_RINGS = 4
LEAST_PIECE = 0.04
"""A piece smaller than this share of the largest is left out."""
SIDE = 320
"""Longer side, in pixels, that a larger mask is traced at: the parser saw no more."""
FIRST_SLACK = 0.006
"""How far a point may lie off the edge, as a share of the longer side; grown until few are left."""
GROWTH = 1.5


def outline(mask: Mask, box: Box) -> tuple[Ring, ...]:
    """The outer edges of a mask [h, w] of a box, largest piece first, in the pixels of the photo.

    A pair of shoes or an open jacket has a ring for each piece. Holes are not traced. Points
    are kept as Douglas and Peucker do, https://doi.org/10.3138/FM57-6770-U75U-7727. Empty for
    an empty mask.
    """
    height, width = mask.shape
    shrink = max(1.0, max(height, width) / SIDE)
    size = (max(1, round(width / shrink)), max(1, round(height / shrink)))
    small = cv2.resize(mask.astype(np.uint8), size, interpolation=cv2.INTER_AREA)
    # A rim of one pixel, so that a mask which fills its box has an edge too.
    rings, _ = cv2.findContours(
        cv2.copyMakeBorder(small, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0),
        cv2.RETR_EXTERNAL,
        cv2.CHAIN_APPROX_SIMPLE,
    )
    large = sorted(rings, key=cv2.contourArea, reverse=True)[:MOST_RINGS]
    least = LEAST_PIECE * cv2.contourArea(large[0]) if large else 0.0
    large = [ring for ring in large if cv2.contourArea(ring) > least]
    scale = np.divide((width, height), size)
    slack = FIRST_SLACK * max(size)
    while True:
        kept = [cv2.approxPolyDP(ring, slack, True)[:, 0] for ring in large]
        if sum(len(ring) for ring in kept) <= MOST_POINTS:
            break
        slack *= GROWTH
    return tuple(_placed(ring, scale, box) for ring in kept if len(ring) > 2)


def _placed(ring: npt.NDArray[Any], scale: npt.NDArray[np.float64], box: Box) -> Ring:
    """A traced ring in the photo: its points lie in the middle of pixels, behind the rim."""
    x0, y0, x1, y1 = box
    at = np.rint((ring - 0.5) * scale + (x0, y0)).astype(int)
    at = np.clip(at, (x0, y0), (x1, y1))
    return tuple((int(x), int(y)) for x, y in at)
