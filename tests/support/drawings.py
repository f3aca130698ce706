"""Drawings as a pad makes them: lines and strokes of colour on a clear or an opaque ground."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from PIL import Image as Pillow

Point = tuple[float, float]

INK = (26, 26, 26)
T_SHIRT: list[list[Point]] = [
    [(.36, .14), (.16, .24), (.06, .46), (.2, .52), (.28, .4), (.28, .9), (.72, .9), (.72, .4),
     (.8, .52), (.94, .46), (.84, .24), (.64, .14)],
    [(.36, .14), (.43, .22), (.57, .22), (.64, .14)],
    [(.28, .4), (.28, .3)], [(.72, .4), (.72, .3)],
]  # fmt: skip
SKIRT: list[list[Point]] = [
    [(.36, .12), (.64, .12), (.88, .9), (.12, .9), (.36, .12)],
    [(.35, .18), (.65, .18)], [(.45, .3), (.38, .86)], [(.55, .3), (.62, .86)],
]  # fmt: skip
CAT: list[list[Point]] = [
    [(.3, .3), (.26, .1), (.38, .2), (.52, .2), (.64, .1), (.6, .3), (.56, .4), (.45, .46),
     (.34, .4), (.3, .3)],
    [(.36, .42), (.28, .62), (.3, .88), (.6, .88), (.62, .62), (.54, .42)],
    [(.6, .84), (.8, .8), (.86, .6), (.8, .5)],
    [(.38, .28), (.4, .28)], [(.5, .28), (.52, .28)], [(.43, .36), (.47, .36)],
    [(.2, .32), (.38, .35)], [(.2, .4), (.38, .37)], [(.7, .32), (.52, .35)],
    [(.38, .88), (.38, .7)], [(.52, .88), (.52, .7)],
]  # fmt: skip


@dataclass
class Pad:
    """A pad of `size` = (width, height); points are shares of its shorter side, from `at`."""

    size: tuple[int, int] = (640, 640)
    ground: tuple[int, int, int] | None = None
    at: Point = (0.0, 0.0)
    scale: float = 1.0
    layer: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        width, height = self.size
        self.layer = np.zeros((height, width, 4), np.uint8)
        if self.ground is not None:
            self.layer[:] = (*self.ground, 255)

    def lines(
        self,
        strokes: Sequence[Sequence[Point]],
        *,
        pen: float = 0.008,
        color: tuple[int, int, int] = INK,
    ) -> "Pad":
        """Strokes with a pen as wide as this share of the pad's shorter side."""
        wide = max(1, round(pen * min(self.size)))
        cover = np.zeros(self.layer.shape[:2], np.uint8)
        for stroke in strokes:
            cv2.polylines(cover, [self._pixels(stroke)], False, 255, wide, cv2.LINE_AA)
        return self._covered(cover, color)

    def fill(self, shape: Sequence[Point], color: tuple[int, int, int]) -> "Pad":
        cover = np.zeros(self.layer.shape[:2], np.uint8)
        cv2.fillPoly(cover, [self._pixels(shape)], 255, cv2.LINE_AA)
        return self._covered(cover, color)

    @property
    def rgb(self) -> np.ndarray:
        """The same on white."""
        alpha = self.layer[..., 3:] / 255
        return np.rint(self.layer[..., :3] * alpha + 255 * (1 - alpha)).astype(np.uint8)

    def png(self, *, opaque: bool = False) -> bytes:
        out = io.BytesIO()
        Pillow.fromarray(self.rgb if opaque else self.layer).save(out, "PNG")
        return out.getvalue()

    def _pixels(self, stroke: Sequence[Point]) -> np.ndarray:
        points = np.array(stroke) * self.scale + self.at
        return np.rint(points * min(self.size)).astype(np.int32)

    def _covered(self, cover: np.ndarray, color: tuple[int, int, int]) -> "Pad":
        """Source over destination, as a canvas does it."""
        alpha = cover[..., None] / 255.0
        below = self.layer[..., 3:] / 255.0
        whole = alpha + below * (1 - alpha)
        mixed = np.array(color) * alpha + self.layer[..., :3] * below * (1 - alpha)
        self.layer[..., :3] = np.rint(mixed / np.maximum(whole, 1e-6))
        self.layer[..., 3:] = np.rint(255 * whole)
        return self


def scribble(turns: int = 400, seed: int = 1) -> list[list[Point]]:
    """One stroke back and forth over itself."""
    generator = np.random.default_rng(seed)
    points = generator.uniform(0.15, 0.85, (turns, 2))
    return [[(float(x), float(y)) for x, y in points]]
