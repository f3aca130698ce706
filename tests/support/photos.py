"""Photos that the tiny bundle's parser understands: blocks of its own paints on white."""

import io

import numpy as np
from PIL import Image

from tests.support.tiny_bundle import PAINT

SIZES = {"upper": (30, 20, 130, 110), "lower": (40, 115, 120, 205), "full-body": (30, 20, 130, 210)}


def painted(*regions: str, size: tuple[int, int] = (160, 220), shade: int = 0) -> np.ndarray:
    """Pixels with a block for each region; `shade` makes another photo of the same."""
    width, height = size
    pixels = np.full((height, width, 3), 255, np.uint8)
    for region in regions:
        x0, y0, x1, y1 = SIZES[region]
        pixels[y0:y1, x0:x1] = np.clip(np.array(PAINT[region]) + shade, 0, 255)
    return pixels


def painted_png(*regions: str, shade: int = 0) -> bytes:
    out = io.BytesIO()
    Image.fromarray(painted(*regions, shade=shade)).save(out, "PNG")
    return out.getvalue()
