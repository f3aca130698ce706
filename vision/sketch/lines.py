"""From a photo to its lines, as a person would draw them."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from vision.crops import resized, square_crop
from vision.sketch.drawing import INK, MARGIN, SIDE
from vision.sketch.edges import FINE, LEVELS, Way, joined, strength
from vision.sketch.thin import thinned
from vision.sketch.trace import Polyline, trace
from vision.types import Image, Mask

Floats = npt.NDArray[np.float32]

PEN = 2.0
"""Pixels of 128 that a line is wide."""
SHORTEST = 7
"""Pixels: a piece of lines that spans less is dust."""
RIM = 4
"""Pixels: nearer to the outline than this, an edge is the outline once more."""
SMOOTH = 5
"""Points over which a stroke is averaged: traced pixels are stairs."""
LIGHT, DARK = 255, 70
"""The ground that the network sees a garment on: what stands out more from it."""
PALE = 165
"""From this lightness on a garment is pale, of 255."""


def line_art(
    image: Image,
    mask: Mask | None = None,
    *,
    side: int = SIDE,
    edges: ort.InferenceSession | None,
    way: Way | None = None,
) -> Floats:
    """The lines of a photo [h, w, 3] as a drawing of it: float32 [side, side], 1 = line.

    With the garment's mask [h, w] the drawing is of the garment alone, framed as drawings are
    (`vision.sketch.drawing`), and its outline is drawn whole; without one it is of the whole
    photo. `edges` is the network of a bundle (`Sketcher.edges`); without it, or where `way` says
    so, the lines are found by rule. An empty mask gives no lines.
    """
    chosen: Way = way or ("network" if edges is not None else "xdog")
    if mask is not None and not mask.any():
        return np.zeros((side, side), np.float32)
    middle = thin_lines(image, mask, way=chosen, level=LEVELS[chosen], edges=edges)
    return _drawn(trace(middle), side)


def thin_lines(
    image: Image,
    mask: Mask | None,
    *,
    way: Way,
    level: float,
    edges: ort.InferenceSession | None,
) -> Mask:
    """The lines of `line_art` one pixel wide, bool [128, 128]."""
    photo, cover = framed(image, mask)
    if cover is None:
        return cleaned(thinned(joined(strength(photo, way, edges), level)))
    small = cv2.resize(cover.astype(np.uint8), (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    seen = joined(strength(laid(photo, cover, way), way, edges), level)
    inside = cv2.distanceTransform(small, cv2.DIST_L2, 3) > RIM
    return cleaned(thinned((seen & inside) | outline_of(small > 0)))


def framed(image: Image, mask: Mask | None) -> tuple[Image, Mask | None]:
    """The square that is drawn, [256, 256, 3], and the mask in it: around the garment, or around
    the whole photo."""
    if mask is None:
        return _whole(image), None
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    box = int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
    own = mask[box[1] : box[3], box[0] : box[2]]
    cover = np.repeat(mask[..., None].astype(np.uint8) * 255, 3, 2)
    square = _square(cover, box, own, MARGIN, pad=0)[..., 0] > 127
    return _square(image, box, own, MARGIN), square


def outline_of(solid: Mask) -> Mask:
    """The pixels of a mask at its edge."""
    whole = solid.astype(np.uint8)
    return np.asarray((whole - cv2.erode(whole, np.ones((3, 3), np.uint8))) > 0)


def cleaned(lines: Mask) -> Mask:
    """Lines without the short ones."""
    _, pieces, stats, _ = cv2.connectedComponentsWithStats(lines.astype(np.uint8))
    spans = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    long = spans >= SHORTEST
    long[0] = False
    return np.asarray(long[pieces])


def png_of(lines: Floats) -> bytes:
    """Lines [h, w] as a PNG of ink on nothing: to draw over."""
    ink = tuple(int(INK[k : k + 2], 16) for k in (5, 3, 1))
    picture = np.empty((*lines.shape, 4), np.uint8)
    picture[..., :3] = ink
    picture[..., 3] = np.rint(np.clip(lines, 0, 1) * 255)
    done, data = cv2.imencode(".png", picture)
    if not done:
        raise RuntimeError("the PNG encoder refused a map of lines")
    return data.tobytes()


def smoothed(line: Polyline) -> Polyline:
    """A stroke without the stairs of its pixels, its ends in their places."""
    if len(line) <= SMOOTH:
        return line
    longer = np.pad(line, ((SMOOTH // 2,) * 2, (0, 0)), mode="reflect", reflect_type="odd")
    steps = np.lib.stride_tricks.sliding_window_view(longer, SMOOTH, axis=0)
    return np.asarray(steps.mean(-1), np.float32)


def _whole(image: Image) -> Image:
    """A photo in a square; its rim goes on beside it, for a plain bar would show an edge."""
    height, width = image.shape[:2]
    side = max(height, width)
    down, right = side - height, side - width
    rims = (down // 2, down - down // 2, right // 2, right - right // 2)
    square = cv2.copyMakeBorder(image, *rims, cv2.BORDER_REPLICATE)
    return resized(np.asarray(square, np.uint8), (FINE, FINE))


def _square(
    image: Image, box: tuple[int, int, int, int], own: Mask, margin: float, pad: int = 255
) -> Image:
    return square_crop(image, box, own, size=FINE, ground="keep", margin=margin, pad=pad)


def laid(photo: Image, cover: Mask, way: Way) -> Image:
    """The garment on a plain ground: for the network one that it stands out from, for the rules
    its own colour, or they would see its outline twice."""
    own = photo[cover] if cover.any() else photo.reshape(-1, 3)
    color = np.median(own, axis=0).astype(np.float32)
    ground = np.float32(DARK if color.mean() > PALE else LIGHT) if way == "network" else color
    soft = cv2.GaussianBlur(cover.astype(np.float32), (3, 3), 0)[..., None]
    return np.asarray(ground + soft * (photo - ground), np.uint8)


def _drawn(strokes: list[Polyline], side: int) -> Floats:
    """Strokes of a frame of 128 px drawn in one of `side`, at any size as fine."""
    large = 2 * side
    scale = large / SIDE
    canvas = np.zeros((large, large), np.uint8)
    fixed = [np.rint((smoothed(line) * scale - 0.5) * 16).astype(np.int32) for line in strokes]
    # OpenCV draws a line about a pixel and a half wider than it is told
    thick = max(1, round(PEN * scale - 1.5))
    cv2.polylines(canvas, fixed, False, 255, thick, cv2.LINE_AA, 4)
    small = cv2.resize(canvas, (side, side), interpolation=cv2.INTER_AREA)
    return small.astype(np.float32) / np.float32(255)
