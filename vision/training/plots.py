"""Lines on a frame, drawn with Pillow: the little plotting that training needs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

Color = tuple[int, int, int]
Point = tuple[float, float]

INK, SOFT, PAPER = (34, 34, 40), (208, 208, 214), (255, 255, 255)
# Okabe and Ito's colours, told apart by most colour-blind people
LINES: tuple[Color, ...] = (
    *((0, 114, 178), (213, 94, 0), (0, 158, 115), (204, 121, 167)),
    *((86, 180, 233), (230, 159, 0), (110, 110, 118), (150, 60, 40)),
)
# pictures are drawn this much larger and reduced, which smooths their lines
FINE = 2
TEXT = 11


@cache
def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def text(
    draw: ImageDraw.ImageDraw, at: Point, words: str, *, anchor: str = "la", size: int = TEXT
) -> None:
    """Words in the picture's own pixels; `anchor` as in Pillow."""
    draw.text(at, words, INK, font(size), anchor)


def width_of(words: str, size: int = TEXT) -> float:
    return float(font(size).getlength(words))


def upright(words: str, size: int = TEXT) -> Image.Image:
    """Words that are read from below."""
    box = Image.new("RGB", (math.ceil(width_of(words, size)) + 2, size + 5), PAPER)
    ImageDraw.Draw(box).text((1, 1), words, INK, font(size))
    return box.rotate(90, expand=True)


def smoothed(values: Sequence[float], over: int) -> list[float]:
    """A running mean over `over` values, shorter at the ends."""
    line = np.asarray(values, float)
    half = max(0, over // 2)
    return [float(np.mean(line[max(0, i - half) : i + half + 1])) for i in range(len(line))]


@dataclass(frozen=True)
class Frame:
    """A part of a picture with axes: its box in pixels (at once the data's) and the data's ends."""

    picture: Image.Image
    box: tuple[int, int, int, int]
    x: tuple[float, float]
    y: tuple[float, float]

    @property
    def _draw(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.picture)

    def place(self, x: float, y: float) -> Point:
        """Where a value stands, in pixels; values outside stand on the border."""
        x0, y0, x1, y1 = self.box
        across = (x - self.x[0]) / ((self.x[1] - self.x[0]) or 1)
        up = (y - self.y[0]) / ((self.y[1] - self.y[0]) or 1)
        return (
            x0 + min(1.0, max(0.0, across)) * (x1 - x0),
            y1 - min(1.0, max(0.0, up)) * (y1 - y0),
        )

    def axes(self, title: str, *, below: str = "") -> None:
        """The frame with its title, ticks and faint lines; `below` names what runs across."""
        x0, y0, x1, y1 = self.box
        size = TEXT * FINE
        for at in ticks(*self.y):
            y = self.place(self.x[0], at)[1]
            self._draw.line([(x0, y), (x1, y)], SOFT, FINE)
            text(self._draw, (x0 - 4 * FINE, y), f"{at:g}", anchor="rm", size=size)
        for at in ticks(*self.x):
            x = self.place(at, self.y[0])[0]
            self._draw.line([(x, y1), (x, y1 + 3 * FINE)], INK, FINE)
            text(self._draw, (x, y1 + 5 * FINE), f"{at:g}", anchor="ma", size=size)
        self._draw.rectangle(self.box, outline=INK, width=FINE)
        text(self._draw, (x0, y0 - 5 * FINE), title, anchor="ls", size=size + 2 * FINE)
        text(self._draw, (x1, y1 + 19 * FINE), below, anchor="ra", size=size)

    def line(self, points: Iterable[Point], color: Color, width: float = 1.5) -> None:
        places = [self.place(x, y) for x, y in points if math.isfinite(y)]
        if len(places) > 1:
            self._draw.line(places, color, round(width * FINE), "curve")

    def dot(self, x: float, y: float, color: Color, radius: float) -> None:
        across, down = self.place(x, y)
        r = radius * FINE
        self._draw.ellipse((across - r, down - r, across + r, down + r), color)

    def note(self, x: float, words: str) -> None:
        """Words at the top of the frame, right of a value."""
        across, down = self.place(x, self.y[1])
        text(self._draw, (across + 4 * FINE, down + 4 * FINE), words, size=TEXT * FINE)

    def legend(self, names: Sequence[str], colors: Sequence[Color]) -> None:
        """Names in their colours, right of the frame."""
        _, y0, x1, _ = self.box
        for i, (name, color) in enumerate(zip(names, colors, strict=True)):
            y = y0 + (10 + 16 * i) * FINE
            ends = [(x1 + 10 * FINE, y), (x1 + 26 * FINE, y)]
            self._draw.line(ends, color, 3 * FINE)
            text(self._draw, (x1 + 31 * FINE, y), name, anchor="lm", size=TEXT * FINE)


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round numbers between two ends."""
    if not high > low:
        return [low]
    rough = (high - low) / about
    step = 10 ** math.floor(math.log10(rough))
    step *= next(m for m in (1, 2, 5, 10) if m * step >= rough)
    first = math.ceil(low / step - 1e-9)
    return [round(i * step, 12) for i in range(first, math.floor(high / step + 1e-9) + 1)]


def canvas(width: int, height: int) -> Image.Image:
    """A white picture, FINE times as large as it will be."""
    return Image.new("RGB", (width * FINE, height * FINE), PAPER)


def reduced(picture: Image.Image) -> Image.Image:
    """A picture drawn on `canvas`, at its own size."""
    return picture.reduce(FINE)


def box(x: int, y: int, width: int, height: int) -> tuple[int, int, int, int]:
    """A frame's box for `canvas`, from pixels of the finished picture."""
    return x * FINE, y * FINE, (x + width) * FINE, (y + height) * FINE
