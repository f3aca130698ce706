"""Decoders of JPEG beside each other: Pillow in full and in draft mode, OpenCV."""

import io
import time
from collections.abc import Callable
from functools import partial

import cv2
import numpy as np
from PIL import Image as Pillow

from vision.bench.photos import jpeg, shirt_on_a_wall
from vision.bench.speed import fastest
from vision.decode import DEFAULT_LIMITS, decode_image
from vision.decode.pixels import opened
from vision.types import Image

PHONE = 3000, 4000
"""A phone's photo of 12 megapixels."""
PRODUCT = 800, 600
"""A shop's own photo of a product: 600 wide."""
WORK_SIDE = 1600
_RGB = cv2.IMREAD_COLOR_RGB | cv2.IMREAD_IGNORE_ORIENTATION
_HALF = cv2.IMREAD_REDUCED_COLOR_2 | cv2.IMREAD_IGNORE_ORIENTATION
"""Half as many pixels a side, which is the least that gives 1600; in OpenCV's order of channels."""


def jpeg_figures() -> dict[str, float]:
    """Milliseconds from a JPEG's bytes to RGB pixels.

    ``small``: a photo of 1000×1000 as it is. ``phone``: 12 megapixels to 1600 on the longer side.
    ``ours`` is what serves, with its checks, by Pillow's draft mode, opened in this process:
    the processor's time is counted here, and that of another process is not.
    """
    small, phone = jpeg(shirt_on_a_wall()), jpeg(shirt_on_a_wall(*PHONE))
    ways: dict[str, Callable[[], object]] = {
        "jpeg_small_ours_ms": lambda: opened(small, DEFAULT_LIMITS, None, False),
        "jpeg_small_opencv_ms": lambda: _by_opencv(small, _RGB),
        "jpeg_phone_ours_ms": lambda: opened(phone, DEFAULT_LIMITS, WORK_SIDE, False),
        "jpeg_phone_full_ms": lambda: _in_full(phone),
        "jpeg_phone_opencv_ms": lambda: _fitted(_by_opencv(phone, _RGB)),
        "jpeg_phone_opencv_reduced_ms": lambda: _fitted(_by_opencv(phone, _HALF)),
    }
    seconds = fastest(*ways.values())
    figures = {name: 1000 * spent for name, spent in zip(ways, seconds, strict=True)}
    return figures | _child_figures(jpeg(shirt_on_a_wall(*PRODUCT)), phone)


def _child_figures(product: bytes, phone: bytes) -> dict[str, float]:
    """Waiting for the process that opens photos, and opening them here: the fastest of each, in
    turns, by the clock on the wall, for the other process' time is none of ours."""
    figures: dict[str, float] = {}
    for name, data, rounds in (("product", product, 200), ("phone", phone, 20)):
        there, here = [], []
        for _ in range(rounds):
            there.append(_wall(partial(decode_image, data, max_side=WORK_SIDE)))
            here.append(_wall(partial(opened, data, DEFAULT_LIMITS, WORK_SIDE, False)))
        figures[f"decode_{name}_there_ms"] = 1000 * min(there)
        figures[f"decode_{name}_here_ms"] = 1000 * min(here)
        figures[f"decode_{name}_there_of_here"] = min(there) / min(here)
    return figures


def _wall(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


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
