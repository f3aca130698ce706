"""The surface that garments are painted on."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

SHIFT = 4
"""Fractional bits of the points given to OpenCV."""

Window = tuple[int, int, int, int]
"""x0, y0, x1, y1 of a part of a layer, pixels."""


@dataclass
class Layer:
    """A painted garment: rgb float32 [3, h, w] in linear light, premultiplied by `alpha`.

    origin: where (cm) the first pixel lies; scale: pixels per cm.
    """

    rgb: np.ndarray
    alpha: np.ndarray
    origin: tuple[float, float]
    scale: float

    @classmethod
    def empty(cls, extent: tuple[float, float, float, float], scale: float) -> Layer:
        """Nothing painted yet on x0, y0, x1, y1 cm."""
        x0, y0, x1, y1 = extent
        width, height = int(np.ceil((x1 - x0) * scale)), int(np.ceil((y1 - y0) * scale))
        rgb, alpha = np.zeros((3, height, width), np.float32), np.zeros((height, width), np.float32)
        return cls(rgb, alpha, (x0, y0), scale)

    def pixels(self, points: np.ndarray) -> np.ndarray:
        """Points in cm as pixels, float."""
        return (np.asarray(points) - self.origin) * self.scale

    def window(self, points: np.ndarray, pad: float) -> Window:
        """The part of the layer around points in pixels, `pad` px wider."""
        low, high = points.min(axis=0) - pad, points.max(axis=0) + pad
        height, width = self.alpha.shape
        x0, y0 = max(int(low[0]), 0), max(int(low[1]), 0)
        return x0, y0, min(int(high[0]) + 2, width), min(int(high[1]) + 2, height)

    def cast(self, mask: np.ndarray, window: Window, strength: float) -> None:
        """Darken what lies under and beside a piece, toward the lower right."""
        x0, y0, x1, y1 = window
        reach = 0.9 * self.scale
        size = max(3, int(reach) // 2 * 2 + 1)
        small = cv2.resize(mask, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        near = cv2.GaussianBlur(small, (size // 2 // 2 * 2 + 1,) * 2, 0)
        shift = np.array([[1, 0, reach * 0.16], [0, 1, reach * 0.3]], np.float32)
        near = cv2.warpAffine(near, shift, (small.shape[1], small.shape[0]))
        shadow = cv2.resize(near, (x1 - x0, y1 - y0)).astype(np.float32) * (strength / 255)
        self.rgb[:, y0:y1, x0:x1] *= 1 - shadow
