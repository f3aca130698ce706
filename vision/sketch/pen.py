"""Lines of one width: a thin and a thick pen say the same."""

import cv2
import numpy as np
import numpy.typing as npt

from vision.types import Mask

SOFT = 1.0
"""Pixels over which the edge of a line fades."""


def drawn_anew(middle: Mask, width: float) -> npt.NDArray[np.float32]:
    """Thinned lines [h, w] with a pen of this width in pixels, 0..1, 1 = line."""
    if not middle.any():
        return np.zeros(middle.shape, np.float32)
    away = cv2.distanceTransform((~middle).astype(np.uint8), cv2.DIST_L2, 3)
    return np.asarray(np.clip((width + SOFT) / 2 - away, 0.0, 1.0), np.float32)
