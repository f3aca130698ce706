"""A drawing as the networks are fed it."""

import numpy as np
import numpy.typing as npt

from vision.types import Image, Mask

INK_LIGHT = 26
"""The grey that lines have in the picture that the reader sees."""
Floats = npt.NDArray[np.float32]


def composed(lines: Floats, paint: Image, painted: Mask) -> Image:
    """Ink over paint over white, uint8 [h, w, 3]: lines [h, w] are 0..1, 1 = ink."""
    ground = np.where(painted[..., None], paint, np.uint8(255)).astype(np.float32)
    ink = lines[..., None]
    return np.asarray(np.rint(ground * (1 - ink) + INK_LIGHT * ink), np.uint8)


def layers(lines: Floats, paint: Image, painted: Mask) -> Floats:
    """float32 [5, h, w]: the lines, the paint in -1..1 (0 where there is none), and where it is."""
    there = painted.astype(np.float32)
    color = (paint.astype(np.float32) / np.float32(127.5) - 1) * there[..., None]
    return np.concatenate([lines[None], color.transpose(2, 0, 1), there[None]])
