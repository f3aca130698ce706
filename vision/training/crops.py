"""The tagger's square crop, disturbed for training; `vision.crops` makes the served one."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from vision.crops import CLOTH_SIDE, cloth_depth
from vision.training.composites import camera
from vision.training.grounds import Rng
from vision.training.sets import Pixels

Box = tuple[float, float, float, float]
# of the box's longer side, added on every side, and the grey outside the photo: what the bundle's
# config tells the analyzer too
MARGIN, PAD = 0.04, 114
# the strength from which on everything is disturbed fully
ROUGH = 0.5
KEEP, MEAN, WHITE = "keep", "mean", "white"


@dataclass(frozen=True)
class Seen:
    """A photo [h,w,3] with the garment's box in pixels and, where known, its mask [h,w]."""

    photo: Pixels
    box: Box
    mask: Pixels | None = None


def box_of(mask: Pixels) -> Box:
    """The box of a mask's pixels over 127; the whole picture when there are none."""
    x, y, w, h = cv2.boundingRect((mask > 127).astype(np.uint8))
    if w == 0:
        return (0.0, 0.0, float(mask.shape[1]), float(mask.shape[0]))
    return (float(x), float(y), float(x + w), float(y + h))


def disturbed_cloth(rng: Rng, seen: Seen, size: int) -> Pixels | None:
    """A piece of the garment's cloth from close by, as `vision.crops.cloth_crop` gives it, moved,
    turned and recoloured; None where no mask says which pixels are cloth."""
    if seen.mask is None or not seen.mask.any():
        return None
    x0, y0, x1, y1 = (round(v) for v in seen.box)
    depth, scale = cloth_depth(seen.mask[y0:y1, x0:x1] > 127)
    ys, xs = np.nonzero(depth >= depth.max() * rng.uniform(0.55, 1))
    at = int(rng.integers(len(ys)))
    side = CLOTH_SIDE * max(1.0, float(depth[ys[at], xs[at]])) / scale
    zoom = size / max(6.0, side * float(np.exp(rng.uniform(-0.3, 0.35))))
    turn = rng.normal(0, 0.1)
    c, s = np.cos(turn) * zoom, np.sin(turn) * zoom
    m = np.array([[c, -s], [s, c]]) * np.array([-1.0 if rng.random() < 0.5 else 1.0, 1.0])
    center = np.array((x0 + xs[at] / scale, y0 + ys[at] / scale))
    matrix = np.concatenate([m, (size / 2 - m @ center)[:, None]], 1)
    return camera(rng, _warped(seen, matrix, size, KEEP), 0.6)


def disturbed_crop(
    rng: Rng, seen: Seen, size: int, grounds: tuple[float, float, float], strength: float = 0.8
) -> Pixels:
    """A crop as a shopper's photo or an inexact parser might give it: moved, turned, stretched,
    mirrored, recoloured by a camera, all the more the higher its `strength`; `grounds` are the
    shares of keep, mean and white."""
    rough = min(1.0, strength / ROUGH)
    x0, y0, x1, y1 = seen.box
    side = max(x1 - x0, y1 - y0, 1.0) * (1 + 2 * MARGIN) * np.exp(rough * rng.uniform(-0.13, 0.2))
    scale = size / side
    turned = rng.random() < 0.05 * rough**2
    turn = rng.uniform(-np.pi, np.pi) if turned else rng.normal(0, 0.12 * rough)
    stretch = np.exp(rng.normal(0, 0.05 * rough))
    flip = -1.0 if rng.random() < 0.5 else 1.0
    c, s = np.cos(turn) * scale, np.sin(turn) * scale
    m = np.array([[c * flip * stretch, -s / stretch], [s * flip * stretch, c / stretch]])
    center = np.array(((x0 + x1) / 2, (y0 + y1) / 2)) + rng.normal(0, 0.03 * rough, 2) * side
    matrix = np.concatenate([m, (size / 2 - m @ center)[:, None]], 1)
    ground = (KEEP, MEAN, WHITE)[int(rng.choice(3, p=grounds))]
    out = camera(rng, _warped(seen, matrix, size, ground), strength)
    if rng.random() < 0.25 * rough**2:
        _erase(rng, out)
    return out


def _warped(seen: Seen, matrix: np.ndarray, size: int, ground: str) -> Pixels:
    matrix = matrix.astype(np.float32)
    out = _shrunk_and_warped(seen.photo, matrix, size)
    if ground == KEEP or seen.mask is None or not seen.mask.any():
        return out
    cover = cv2.warpAffine(seen.mask, matrix, (size, size)).astype(np.float32)
    alpha = cover[..., None] / 255
    color = np.full(3, 255, np.float32)
    if ground == MEAN:
        color = (out * alpha).sum((0, 1)) / max(1.0, float(alpha.sum()))
    mixed: Pixels = (color + alpha * (out - color)).astype(np.uint8)
    return mixed


def _shrunk_and_warped(photo: Pixels, matrix: np.ndarray, size: int) -> Pixels:
    """The photo warped to a square; warpAffine does not average, so a photo that gets much smaller
    is halved first."""
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))
    if scale < 0.5:
        shrink = 2 ** int(np.floor(np.log2(1 / scale)))
        small = (max(1, photo.shape[1] // shrink), max(1, photo.shape[0] // shrink))
        photo = np.asarray(cv2.resize(photo, small, interpolation=cv2.INTER_AREA), np.uint8)
        matrix = matrix.copy()
        matrix[:, :2] *= shrink
    out = cv2.warpAffine(photo, matrix, (size, size), borderValue=(PAD,) * 3)
    return np.asarray(out, np.uint8)


def _erase(rng: Rng, picture: Pixels) -> None:
    """A rectangle of noise over up to a sixth of the picture: a hand, a fold, a label."""
    size = picture.shape[0]
    w, h = (rng.uniform(0.08, 0.4, 2) * size).astype(int)
    x, y = int(rng.integers(0, size - w)), int(rng.integers(0, size - h))
    picture[y : y + h, x : x + w] = rng.integers(0, 256, 3, dtype=np.uint8)
