"""Small photos of many products in one picture: a request for two dozen, not one for each."""

import io
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from vision.decode import decode_image
from vision.errors import ImageRejected

WIDTH, HEIGHT = 72, 96
MOST = 24
"""Photos of one sheet."""
QUALITY, METHOD = 80, 2
KEPT = 4096
"""Small photos in a process's memory, 20 KB each; found again by name, and names by content."""
EMPTY = 236

Pixels = npt.NDArray[np.uint8]


def sheet(names: Sequence[str]) -> bytes:
    """A WebP with the stored photos beside each other, each WIDTH × HEIGHT; grey where there is
    none or it cannot be read."""
    tiles = [_tile(name) if name else _grey() for name in names]
    out = io.BytesIO()
    Image.fromarray(np.concatenate(tiles, axis=1)).save(out, "WEBP", quality=QUALITY, method=METHOD)
    return out.getvalue()


@lru_cache(maxsize=KEPT)
def _tile(name: str) -> Pixels:
    try:
        with default_storage.open(name) as file:
            pixels = decode_image(file.read(), max_side=4 * HEIGHT)
    except (OSError, ImageRejected):
        return _grey()
    return np.asarray(ImageOps.fit(Image.fromarray(pixels), (WIDTH, HEIGHT)))


def _grey() -> Pixels:
    return np.full((HEIGHT, WIDTH, 3), EMPTY, np.uint8)
