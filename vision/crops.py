"""From a photo to what the networks see. Training and serving use the same functions."""

import cv2
import numpy as np
import numpy.typing as npt

from vision.bundle import Ground
from vision.types import Box, Image, Mask

WHITE = 255
CLOTH_SIDE = 1.5
"""Side of the square of cloth, in radii of the largest circle inside the garment."""
MIDDLE = 0.85
"""Where the cloth reaches this share of the largest circle's radius, the middle is preferred."""
_WORK_SIDE = 128


def letterbox(image: Image, height: int, width: int, pad: int) -> tuple[Image, Box]:
    """A photo fitted into [height, width, 3] with grey bars, and where in it the photo lies."""
    rows, columns = image.shape[:2]
    scale = min(height / rows, width / columns)
    inner = max(1, round(columns * scale)), max(1, round(rows * scale))
    left, top = (width - inner[0]) // 2, (height - inner[1]) // 2
    canvas = np.full((height, width, 3), pad, np.uint8)
    canvas[top : top + inner[1], left : left + inner[0]] = resized(image, inner)
    return canvas, (left, top, left + inner[0], top + inner[1])


def square_crop(
    image: Image, box: Box, mask: Mask, *, size: int, ground: Ground, margin: float, pad: int
) -> Image:
    """The square around a garment's box, [size, size, 3]; ``mask`` is [h, w] of the box.

    ``ground`` is what stands around the garment: ``keep`` the photo itself, ``mean`` the
    garment's mean colour, ``white`` white. ``keep`` fills what lies outside the photo with the
    grey ``pad``; ``margin`` is a share of the box's longer side.
    """
    x0, y0, x1, y1 = box
    side = max(2, round(max(x1 - x0, y1 - y0) * (1 + 2 * margin)))
    left, top = (x0 + x1 - side) // 2, (y0 + y1 - side) // 2
    if ground == "keep":
        return _window(image, (left, top, side), size, pad)
    own = image[y0:y1, x0:x1]
    color = np.full(3, WHITE, np.float32) if ground == "white" else _mean(own, mask)
    cover = _window(mask.astype(np.uint8) * 255, (left - x0, top - y0, side), size, 0)
    seen = _window(image, (left, top, side), size, pad).astype(np.float32)
    share = (cover.astype(np.float32) / 255)[..., None]
    mixed: Image = np.rint(color + share * (seen - color)).astype(np.uint8)
    return mixed


def cloth_square(mask: Mask) -> tuple[int, int, int]:
    """Left, top and side of a square of the garment's own cloth, near its middle, from its mask
    [h, w]; the middle of the whole where the mask is empty."""
    depth, scale = cloth_depth(mask)
    most = float(depth.max())
    ys, xs = np.nonzero(depth >= MIDDLE * most)
    height, width = depth.shape
    at = int(np.argmin((ys - height / 2) ** 2 + (xs - width / 2) ** 2))
    side = max(2, round(CLOTH_SIDE * max(float(depth[ys[at], xs[at]]), 1.0) / scale))
    x, y = (xs[at] + 0.5) / scale, (ys[at] + 0.5) / scale
    return round(x - side / 2), round(y - side / 2), side


def cloth_depth(mask: Mask) -> tuple[npt.NDArray[np.float32], float]:
    """How far each cell of a reduced mask is from the garment's edge, in cells, and cells per
    pixel."""
    height, width = mask.shape
    scale = min(1.0, _WORK_SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(mask.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)
    if not small.any():
        small[:] = 1
    framed = cv2.copyMakeBorder(small, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    depth = cv2.distanceTransform(framed, cv2.DIST_L2, 3)[1:-1, 1:-1]
    return np.asarray(depth, np.float32), scale


def cloth_crop(image: Image, box: Box, mask: Mask, *, size: int, pad: int) -> Image:
    """The garment's cloth from close by, [size, size, 3]; ``mask`` is [h, w] of the box."""
    left, top, side = cloth_square(mask)
    return _window(image, (box[0] + left, box[1] + top, side), size, pad)


def planes(images: list[Image], *, mean: float, scale: float) -> npt.NDArray[np.float32]:
    """Network input [n, 3, h, w]: ``(rgb - mean) / scale``."""
    stacked = np.stack(images).transpose(0, 3, 1, 2)
    out = np.empty(stacked.shape, np.float32)
    np.subtract(stacked, np.float32(mean), out=out)
    out /= np.float32(scale)
    return out


def resized(image: npt.NDArray[np.uint8], size: tuple[int, int]) -> npt.NDArray[np.uint8]:
    """Resize to (width, height): by area when it shrinks, linear when it grows.

    Much larger images are halved first: OpenCV averages 2×2 pixels several times faster than it
    weighs areas of any size. An odd last row or column is dropped by that.
    """
    while image.shape[1] >= 2 * size[0] and image.shape[0] >= 2 * size[1]:
        half = image.shape[1] // 2, image.shape[0] // 2
        even = image[: 2 * half[1], : 2 * half[0]]
        image = np.asarray(cv2.resize(even, half, interpolation=cv2.INTER_AREA), np.uint8)
    if image.shape[1::-1] == size:
        return image
    shrinks = size[0] < image.shape[1] or size[1] < image.shape[0]
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(image, size, interpolation=how), np.uint8)


def _mean(own: Image, mask: Mask) -> npt.NDArray[np.float32]:
    inside = own[mask] if mask.any() else own.reshape(-1, 3)
    mean: npt.NDArray[np.float32] = inside.mean(axis=0, dtype=np.float64).astype(np.float32)
    return mean


def _window(
    image: npt.NDArray[np.uint8], square: tuple[int, int, int], size: int, fill: int
) -> npt.NDArray[np.uint8]:
    """The square (left, top, side), reaching outside the image too, resized to ``size``."""
    left, top, side = square
    rows, columns = image.shape[:2]
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(columns, left + side), min(rows, top + side)
    at = np.rint((np.array([x0 - left, y0 - top, x1 - left, y1 - top])) * size / side).astype(int)
    canvas = np.full((size, size, *image.shape[2:]), fill, np.uint8)
    inner = (max(1, at[2] - at[0]), max(1, at[3] - at[1]))
    at[:2] = np.minimum(at[:2], size - 1)
    patch = resized(np.ascontiguousarray(image[y0:y1, x0:x1]), inner)
    canvas[at[1] : at[1] + inner[1], at[0] : at[0] + inner[0]] = patch
    return canvas
