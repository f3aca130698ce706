"""A drawing as the networks are fed it."""

import cv2
import numpy as np
import numpy.typing as npt

from vision.types import Image, Mask

INK_LIGHT = 26
"""The grey that lines have in the picture that the reader sees."""
GUESSED = 0.4
"""How sure a colour is where nobody painted, and another place has paint."""
COARSE, NEAR, FAR_WEIGHT = 4, 10.0, 0.02
"""Pixels of a cell, pixels within which a paint counts, and what all paints count everywhere."""
Floats = npt.NDArray[np.float32]


def composed(lines: Floats, paint: Image, painted: Mask) -> Image:
    """Ink over paint over white, uint8 [h, w, 3]: lines [h, w] are 0..1, 1 = ink."""
    ground = np.where(painted[..., None], paint, np.uint8(255)).astype(np.float32)
    ink = lines[..., None]
    return np.asarray(np.rint(ground * (1 - ink) + INK_LIGHT * ink), np.uint8)


def layers(lines: Floats, paint: Image, painted: Mask) -> Floats:
    """float32 [5, h, w]: the lines, the paint in -1..1, and how sure it is: 1 where the hand
    painted. Elsewhere stands what the paints nearby come to, so that a dab of red says that all of
    the garment is red; zeros where there is no paint at all."""
    out = np.zeros((5, *lines.shape), np.float32)
    out[0] = lines
    if painted.any():
        color = paint.astype(np.float32) / np.float32(127.5) - 1
        color = np.where(painted[..., None], color, _spread(color, painted))
        out[1:4] = color.transpose(2, 0, 1)
        out[4] = np.where(painted, np.float32(1), np.float32(GUESSED))
    return out


def _spread(color: Floats, painted: Mask) -> Floats:
    """The mean of the paints [h, w, 3] by how near they are."""
    size = (painted.shape[1] // COARSE, painted.shape[0] // COARSE)
    there = painted.astype(np.float32)
    both = np.dstack([color * there[..., None], there])
    small = cv2.resize(both, size, interpolation=cv2.INTER_AREA)
    wide = cv2.GaussianBlur(small, (0, 0), NEAR / COARSE) + FAR_WEIGHT * small.mean((0, 1))
    spread = cv2.resize(wide, painted.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(spread[..., :3] / np.maximum(spread[..., 3:], 1e-6), np.float32)
