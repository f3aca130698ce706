"""Where lines are in a photo: three ways to tell, each a map of 128 pixels from one of 256."""

from __future__ import annotations

from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from vision.crops import planes
from vision.types import Image, Mask

Floats = npt.NDArray[np.float32]
Way = Literal["canny", "xdog", "network"]

FINE = 256
"""Side of the square that a garment is seen at."""
LEVELS: dict[Way, float] = {"canny": 40.0, "xdog": 0.75, "network": 0.8}
"""From where on an edge is a line: the best on calibration photos."""
WEAK = 0.5
"""Times the level: an edge so strong is a line where it touches a stronger one."""

_CANNY_SIGMA = 1.6
_RIDGE_SIGMA, _CURVED = 0.8, 0.03
_XDOG_SIGMA, _XDOG_RATIO, _XDOG_SHARP, _XDOG_STEEP = 1.5, 1.6, 18.0, 5.0


def strength(photo: Image, way: Way, session: ort.InferenceSession | None) -> Floats:
    """How strong the edges of a photo [256, 256, 3] are, [128, 128]; `session` for the network.

    Raises ValueError where the network is wanted and there is none.
    """
    if way == "network":
        return ridges(learned(photo, session))
    fine = canny(photo) if way == "canny" else xdog(photo)
    return np.asarray(fine.reshape(FINE // 2, 2, FINE // 2, 2).max((1, 3)), np.float32)


def canny(photo: Image) -> Floats:
    """The gradient where it is steepest along its direction, else 0: in L* (0..255) a pixel.

    Canny 1986, https://doi.org/10.1109/TPAMI.1986.4767851; his two levels are `joined`'s.
    """
    gray = cv2.GaussianBlur(_lightness(photo), (0, 0), _CANNY_SIGMA)
    steepest = cv2.Canny(gray, 1, 1, L2gradient=True) > 0
    across, down = (cv2.Sobel(gray, cv2.CV_32F, x, 1 - x) for x in (1, 0))
    return np.asarray(np.hypot(across, down) * steepest, np.float32)


def xdog(photo: Image) -> Floats:
    """The extended difference of Gaussians, 0..1 of the photo's size, 1 = line.

    Winnemöller, Kyprianidis, Olsen 2012, https://doi.org/10.1016/j.cag.2012.03.004: a sharpened
    difference, then a soft threshold.
    """
    light = _lightness(photo).astype(np.float32) / 255
    near = cv2.GaussianBlur(light, (0, 0), _XDOG_SIGMA)
    far = cv2.GaussianBlur(light, (0, 0), _XDOG_SIGMA * _XDOG_RATIO)
    sharp = (1 + _XDOG_SHARP) * near - _XDOG_SHARP * far
    return np.asarray(np.clip(-np.tanh(_XDOG_STEEP * (sharp - light)), 0, 1), np.float32)


def learned(photo: Image, session: ort.InferenceSession | None) -> Floats:
    """What the edge network says, 0..1 of half the photo's size.

    Raises ValueError without a session.
    """
    if session is None:
        raise ValueError("the edge network is needed: take it from a bundle that reads drawings")
    image = planes([photo], mean=127.5, scale=127.5)
    return np.asarray(session.run(["lines"], {"image": image})[0][0], np.float32)


def ridges(strong: Floats) -> Floats:
    """Only the crests of a map: where it is highest across, and curved enough to be a line.

    The network's answers are a few pixels wide; this is their suppression to the middle. Steger
    1998, https://doi.org/10.1109/34.659930: a line is where the second derivative across is low.
    """
    soft = cv2.GaussianBlur(strong, (0, 0), _RIDGE_SIGMA)
    xx, yy, xy = (cv2.Sobel(soft, cv2.CV_32F, *d) / 4 for d in ((2, 0), (0, 2), (1, 1)))
    turn = 0.5 * np.arctan2(2 * xy, xx - yy)
    middle, half = (xx + yy) / 2, np.hypot((xx - yy) / 2, xy)
    # the eigenvector of the lower eigenvalue stands across the line
    across = turn + np.pi / 2
    y, x = np.indices(soft.shape, np.float32)
    dx, dy = np.cos(across).astype(np.float32), np.sin(across).astype(np.float32)
    sides = [cv2.remap(soft, x + k * dx, y + k * dy, cv2.INTER_LINEAR) for k in (1, -1)]
    crest = (soft >= sides[0]) & (soft >= sides[1]) & (half - middle > _CURVED)
    return np.asarray(strong * crest, np.float32)


def joined(strong: Floats, level: float) -> Mask:
    """What is stronger than the level, with what is nearly as strong and touches it."""
    _, pieces = cv2.connectedComponents((strong > WEAK * level).astype(np.uint8))
    kept = np.unique(pieces[strong > level])
    return np.asarray(np.isin(pieces, kept[kept > 0]))


def _lightness(photo: Image) -> npt.NDArray[np.uint8]:
    return np.asarray(cv2.cvtColor(photo, cv2.COLOR_RGB2LAB)[..., 0], np.uint8)
