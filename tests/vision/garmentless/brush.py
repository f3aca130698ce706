"""Soft-edged shapes in shares of the picture, and what a camera adds to them."""

from collections.abc import Sequence

import cv2
import numpy as np

RGB = tuple[int, int, int]
Point = tuple[float, float]
_SUBPIXEL = 4
"""Bits of a pixel's fraction that OpenCV's drawing takes."""


class Picture:
    """A picture in the making; places and sizes are shares of its width and height."""

    def __init__(self, width: int, height: int, color: RGB, seed: int = 0) -> None:
        self.width, self.height = width, height
        self.rng = np.random.default_rng(seed)
        self.pixels = np.full((height, width, 3), color, np.float32)

    def ellipse(
        self,
        middle: Point,
        radii: Point,
        color: RGB,
        *,
        angle: float = 0,
        arc: Point = (0, 360),
        soft: float = 0,
        opacity: float = 1,
    ) -> None:
        """A filled ellipse or slice of one; both radii are shares of the width."""
        mask = self._empty()
        axes = self._fixed([(radii[0], radii[1] * self.width / self.height)])[0]
        spot = self._fixed([middle])[0]
        cv2.ellipse(mask, spot, axes, angle, *arc, 255, -1, cv2.LINE_AA, _SUBPIXEL)
        self._blend(mask, color, soft, opacity)

    def polygon(
        self, points: Sequence[Point], color: RGB, *, soft: float = 0, opacity: float = 1
    ) -> None:
        mask = self._empty()
        cv2.fillPoly(mask, [np.array(self._fixed(points))], 255, cv2.LINE_AA, _SUBPIXEL)
        self._blend(mask, color, soft, opacity)

    def rectangle(
        self, box: tuple[float, float, float, float], color: RGB, *, soft: float = 0
    ) -> None:
        x0, y0, x1, y1 = box
        self.polygon([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], color, soft=soft)

    def line(
        self,
        points: Sequence[Point],
        color: RGB,
        *,
        width: float,
        soft: float = 0,
        opacity: float = 1,
    ) -> None:
        mask = self._empty()
        thick = max(1, round(width * self.width))
        way = [np.array(self._fixed(points))]
        cv2.polylines(mask, way, False, 255, thick, cv2.LINE_AA, _SUBPIXEL)
        self._blend(mask, color, soft, opacity)

    def stroke(self, start: Point, end: Point, color: RGB) -> None:
        """A hair or blade of grass, one pixel wide."""
        ends = [(round(x * self.width), round(y * self.height)) for x, y in (start, end)]
        cv2.line(self.pixels, *ends, color, 1, cv2.LINE_AA)

    def fade(self, top: RGB, bottom: RGB, rows: Point = (0, 1)) -> None:
        """From one colour to another, downwards between two heights."""
        first, last = (round(share * self.height) for share in rows)
        way = np.linspace(0, 1, max(2, last - first), dtype=np.float32)[:, None, None]
        strip = np.float32(top) * (1 - way) + np.float32(bottom) * way
        self.pixels[first : first + len(strip)] = strip[: self.height - first]

    def mottle(self, strength: float, size: float, stretch: Point = (1, 1)) -> None:
        """Blotches of light and dark; `size` is a share of the width."""
        noise = self.rng.normal(size=(self.height, self.width)).astype(np.float32)
        wide = size * self.width
        noise = cv2.GaussianBlur(noise, (0, 0), wide * stretch[0], sigmaY=wide * stretch[1])
        self.pixels *= (1 + strength * noise / noise.std())[..., None]

    def photographed(
        self, *, blur: float = 0.8, grain: float = 3, shade: float = 0.15
    ) -> np.ndarray:
        """The pixels as a phone would give them: lens, light from one side, sensor."""
        x, y = np.meshgrid(np.linspace(-1, 1, self.width), np.linspace(-1, 1, self.height))
        light = 1 + shade * (0.6 * x - 0.4 * y) - 0.5 * shade * (x**2 + y**2)
        seen = cv2.GaussianBlur(self.pixels * light[..., None].astype(np.float32), (0, 0), blur)
        seen += self.rng.normal(0, grain, seen.shape)
        return np.clip(seen, 0, 255).astype(np.uint8)

    def _empty(self) -> np.ndarray:
        return np.zeros((self.height, self.width), np.uint8)

    def _fixed(self, points: Sequence[Point]) -> list[tuple[int, int]]:
        fine = 1 << _SUBPIXEL
        return [(round(x * self.width * fine), round(y * self.height * fine)) for x, y in points]

    def _blend(self, mask: np.ndarray, color: RGB, soft: float, opacity: float) -> None:
        cover = mask.astype(np.float32) * (opacity / 255)
        if soft:
            cover = cv2.GaussianBlur(cover, (0, 0), soft * self.width)
        self.pixels += cover[..., None] * (np.float32(color) - self.pixels)
