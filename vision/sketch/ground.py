"""What of a picture is ground and what was drawn on it."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from vision.colorspace import rgb_to_lab
from vision.types import Image, Mask

Floats = npt.NDArray[np.float32]
Layer = npt.NDArray[np.uint8]
"""[h, w, 4] or [h, w, 3]."""

CLEAR = 40
"""Alpha, of 255, under which a pixel is ground."""
LEAST_CLEAR = 0.02
"""Share of clear pixels from which the ground is what is transparent."""
RIM = 0.03
"""Of the shorter side: the rim that shows the colour of an opaque ground."""
SAME_GROUND = 10.0
"""CIEDE76 up to which a pixel is of the ground's colour: paper and JPEG are not of one value."""
PLAIN_RIM = 0.8
"""Share of the rim that has the ground's colour where the ground has one."""
LIGHT_SIDE = 48
"""Pixels of the longer side at which the light on a paper is looked at."""
LIGHT_REACH = 7
"""Of these: a pen's line is narrower."""
MOST_ON_PAPER = 0.4
"""Share of drawn pixels above which a ground that was guessed from the light is none."""
MOST_DRAWN = 0.93
"""Share of drawn pixels above which there is no ground."""


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """The drawn pixels of a picture [h, w]: where, and of what colour."""

    drawn: Mask
    colors: Image
    """[h, w, 3]; where nothing is drawn they say nothing."""
    ground: Floats | None
    """CIELAB [3] of an opaque ground, None where it is transparent or the light on it differs."""


def marks_of(image: Layer) -> Marks | None:
    """What was drawn on a transparent, white or coloured ground, or on paper in even light; None
    where there is no ground, as in most photos."""
    if image.shape[2] == 4 and np.mean(image[..., 3] < CLEAR) >= LEAST_CLEAR:
        drawn = image[..., 3] >= CLEAR
        return Marks(drawn, np.ascontiguousarray(image[..., :3]), None)
    colors = np.ascontiguousarray(image[..., :3])
    lab = rgb_to_lab(colors.reshape(-1, 3)).reshape(colors.shape)
    rim = _rim(lab)
    color = np.median(rim, 0)
    if np.mean(np.linalg.norm(rim - color, axis=1) <= SAME_GROUND) >= PLAIN_RIM:
        drawn = np.linalg.norm(lab - color, axis=2) > SAME_GROUND
        if drawn.mean() > MOST_DRAWN:
            return None
        return Marks(_without_specks(drawn), colors, color.astype(np.float32))
    drawn = _without_specks(_off_paper(lab))
    return None if drawn.mean() > MOST_ON_PAPER else Marks(drawn, colors, None)


def _rim(lab: Floats) -> Floats:
    height, width = lab.shape[:2]
    wide = max(2, round(RIM * min(height, width)))
    parts = (lab[:wide], lab[-wide:], lab[wide:-wide, :wide], lab[wide:-wide, -wide:])
    return np.concatenate([part.reshape(-1, 3) for part in parts])


def _off_paper(lab: Floats) -> Mask:
    """Pixels darker than the paper around them, or of another hue."""
    height, width = lab.shape[:2]
    scale = LIGHT_SIDE / max(height, width)
    size = (max(4, round(width * scale)), max(4, round(height * scale)))
    small = cv2.resize(lab, size, interpolation=cv2.INTER_AREA)
    reach = np.ones((LIGHT_REACH, LIGHT_REACH), np.uint8)
    light = cv2.morphologyEx(small[..., 0], cv2.MORPH_CLOSE, reach)
    hue = [cv2.medianBlur(np.ascontiguousarray(small[..., at]), 5) for at in (1, 2)]
    paper = cv2.GaussianBlur(np.dstack([light, *hue]), (0, 0), 1.5)
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    off = lab - paper
    off[..., 0] = np.minimum(off[..., 0], 0)
    return np.asarray(np.linalg.norm(off, axis=2) > SAME_GROUND)


def _without_specks(drawn: Mask) -> Mask:
    """Less single pixels: grain and the noise of JPEG."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(drawn.astype(np.uint8))
    if count <= 1:
        return drawn
    least = max(4, round(2e-5 * drawn.size))
    keep = stats[:, cv2.CC_STAT_AREA] >= least
    keep[0] = False
    return np.asarray(keep[labels])
