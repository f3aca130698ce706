"""Plain garments dressed anew: drawn stripes, checks, dots and prints on a photographed garment,
with its own folds and light. Any number of photos whose pattern is known."""

from __future__ import annotations

import cv2
import numpy as np

from vision.render.palette import SWATCHES, lab
from vision.render.patterns.cloth import Cloth, Place
from vision.render.spec import GarmentSpec
from vision.training.grounds import Rng
from vision.training.sets import Pixels

PATTERNS = (
    *("stripe-wide", "stripe-fine", "stripe-vertical", "check"),
    *("dot", "floral", "animal", "print"),
)
CHANCES = (0.16, 0.16, 0.12, 0.18, 0.18, 0.12, 0.03, 0.05)
# least CIELAB distance of the two dyes; centimetres that a garment is wide
LEAST_CONTRAST, WIDE = 24.0, (38.0, 75.0)
# a garment darker than this (0..255) hides its folds
DARKEST = 28.0
FOLDS = 0.9


def redress(rng: Rng, photo: Pixels, mask: Pixels) -> tuple[Pixels, str] | None:
    """The photo [h,w,3] with the garment under `mask` [h,w] (0..255) in a drawn pattern, and the
    pattern's id; None where the garment is too dark or too small to carry one."""
    x, y, w, h = cv2.boundingRect((mask > 127).astype(np.uint8))
    if min(w, h) < 24:
        return None
    part = photo[y : y + h, x : x + w].astype(np.float32) / 255
    cover = mask[y : y + h, x : x + w].astype(np.float32) / 255
    light = (part**2).mean(2)
    middle = float(np.median(light[cover > 0.5]))
    if middle < (DARKEST / 255) ** 2:
        return None
    pattern = str(rng.choice(PATTERNS, p=CHANCES))
    shade = np.clip(light / middle, 0.12, 2.2) ** float(rng.uniform(0.8, 1.1))
    place = _place(rng, shade, w, h)
    cloth = Cloth(_spec(rng, pattern), float(h) * place.px)
    dyed = cloth.dyed(place, cloth.main, cloth.second).transpose(1, 2, 0)
    new = np.sqrt(np.clip(dyed * shade[..., None], 0, 1))
    out = photo.copy()
    mixed = part + cover[..., None] * (new - part)
    out[y : y + h, x : x + w] = np.clip(mixed * 255, 0, 255).astype(np.uint8)
    return out, pattern


def _spec(rng: Rng, pattern: str) -> GarmentSpec:
    """Two dyes that differ clearly."""
    inks = [s.hex for s in SWATCHES.values() if s.family not in ("gold", "silver")]
    while True:
        one, other = (str(ink) for ink in rng.choice(inks, 2))
        if np.linalg.norm(lab(one) - lab(other)) > LEAST_CONTRAST:
            seed = int(rng.integers(1 << 30))
            return GarmentSpec("t-shirt", pattern, one, color2=other, seed=seed)


def _place(rng: Rng, shade: np.ndarray, w: int, h: int) -> Place:
    """Where each pixel lies on the cloth, in centimetres: turned a little and bent by the folds."""
    px = float(rng.uniform(*WIDE)) / w
    folds = cv2.GaussianBlur(shade.astype(np.float32), (0, 0), max(1.0, w / 40))
    slope_x = cv2.Sobel(folds, cv2.CV_32F, 1, 0) * FOLDS
    slope_y = cv2.Sobel(folds, cv2.CV_32F, 0, 1) * FOLDS
    ys, xs = np.mgrid[0:h, 0:w].astype(np.float32) * np.float32(px)
    bent_x, bent_y = xs + slope_x, ys + slope_y
    turn = rng.normal(0, 0.08) + (rng.random() < 0.04) * np.pi / 4
    c, s = np.float32(np.cos(turn)), np.float32(np.sin(turn))
    return Place(bent_x * c - bent_y * s, bent_x * s + bent_y * c, bent_x, bent_y, px)
