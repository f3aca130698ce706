"""Decoders of JPEG beside each other: Pillow in full and in draft mode, OpenCV."""

import io
from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image as Pillow

from vision.bench.photos import jpeg, shirt_on_a_wall
from vision.bench.speed import fastest
from vision.decode import decode_image
from vision.types import Image

PHONE = 3000, 4000
"""A phone's photo of 12 megapixels."""
WORK_SIDE = 1600
_RGB = cv2.IMREAD_COLOR_RGB | cv2.IMREAD_IGNORE_ORIENTATION
_HALF = cv2.IMREAD_REDUCED_COLOR_2 | cv2.IMREAD_IGNORE_ORIENTATION
"""Half as many pixels a side, which is the least that gives 1600; in OpenCV's order of channels."""


def jpeg_figures() -> dict[str, float]:
    """Milliseconds from a JPEG's bytes to RGB pixels.

    ``small``: a photo of 1000×1000 as it is. ``phone``: 12 megapixels to 1600 on the longer side.
    ``ours`` is what serves: ``vision.decode``, with its checks, by Pillow's draft mode.
    """
    small, phone = jpeg(shirt_on_a_wall()), jpeg(shirt_on_a_wall(*PHONE))
    ways: dict[str, Callable[[], object]] = {
        "jpeg_small_ours_ms": lambda: decode_image(small),
        "jpeg_small_opencv_ms": lambda: _by_opencv(small, _RGB),
        "jpeg_phone_ours_ms": lambda: decode_image(phone, max_side=WORK_SIDE),
        "jpeg_phone_full_ms": lambda: _in_full(phone),
        "jpeg_phone_opencv_ms": lambda: _fitted(_by_opencv(phone, _RGB)),
        "jpeg_phone_opencv_reduced_ms": lambda: _fitted(_by_opencv(phone, _HALF)),
    }
    seconds = fastest(*ways.values())
    return {name: 1000 * spent for name, spent in zip(ways, seconds, strict=True)}


def _by_opencv(data: bytes, how: int) -> Image:
    return np.asarray(cv2.imdecode(np.frombuffer(data, np.uint8), how), np.uint8)


def _fitted(photo: Image) -> Image:
    scale = WORK_SIDE / max(photo.shape)
    size = round(photo.shape[1] * scale), round(photo.shape[0] * scale)
    return np.asarray(cv2.resize(photo, size, interpolation=cv2.INTER_AREA), np.uint8)


def _in_full(data: bytes) -> Image:
    with Pillow.open(io.BytesIO(data)) as photo:
        size = tuple(side * WORK_SIDE // max(PHONE) for side in PHONE)
        return np.asarray(photo.resize((size[0], size[1]), Pillow.Resampling.BOX))
