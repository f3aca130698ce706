"""The photos that benchmarks look at: drawn, so that every machine has the same."""

import io

import cv2
import numpy as np
from PIL import Image as Pillow

from vision.render import random_spec, render
from vision.types import Image

SIDE = 1000
JPEG_QUALITY = 90


def shirt_on_a_wall(width: int = SIDE, height: int = SIDE) -> Image:
    """A red T-shirt with folds on a grainy wall."""
    generator = np.random.default_rng(1)
    photo = np.full((SIDE, SIDE, 3), (214, 208, 200), np.float32)
    shirt = np.zeros((SIDE, SIDE), np.uint8)
    outline = [(390, 170), (610, 170), (760, 240), (830, 430), (730, 470), (690, 400), (690, 860)]
    outline += [(310, 860), (310, 400), (270, 470), (170, 430), (240, 240)]
    cv2.fillPoly(shirt, [np.array(outline, np.int32)], 1)
    folds = cv2.GaussianBlur(generator.normal(size=(SIDE, SIDE)).astype(np.float32), (0, 0), 25)
    light = 1 + 4.0 * folds
    photo = np.where(
        shirt[..., None] > 0, np.array([178, 28, 40], np.float32) * light[..., None], photo
    )
    fitted = cv2.resize(photo, (width, height), interpolation=cv2.INTER_CUBIC)
    grainy = fitted + generator.normal(0, 3, fitted.shape)
    return np.clip(grainy, 0, 255).astype(np.uint8)


def garments(count: int, seed: int) -> list[Image]:
    """What a shop might sell, each on its own ground."""
    generator = np.random.default_rng(seed)
    return [
        np.asarray(render(random_spec(generator), width=450, height=600).image)
        for _ in range(count)
    ]


def jpeg(photo: Image) -> bytes:
    out = io.BytesIO()
    Pillow.fromarray(photo).save(out, "JPEG", quality=JPEG_QUALITY)
    return out.getvalue()
