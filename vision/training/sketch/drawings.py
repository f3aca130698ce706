"""Drawings of garments as people would make them, with what they are drawings of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from vision.sketch.compose import composed
from vision.sketch.drawing import FINE, MARGIN, PEN, SIDE, Drawing
from vision.sketch.pen import drawn_anew
from vision.sketch.thin import thinned
from vision.sketch.trace import Polyline, trace
from vision.training.progress import bar
from vision.training.sets import Pixels
from vision.training.sketch.pairs import Garments
from vision.training.sketch.strokes import Style, draw, drop, wobble

Floats = npt.NDArray[np.float32]
Rng = np.random.Generator
Source = Literal["canny-fine", "canny-coarse", "xdog"]
SOURCES: tuple[Source, ...] = ("canny-fine", "canny-coarse", "xdog")
TAUGHT: tuple[Source, ...] = ("canny-fine", "canny-coarse")
"""What networks learn from; the other is for measuring."""
PENS = {"train": (1.6, 2.6), "held-out": (1.4, 3.0)}
MOST_DABS = 5
INK_FROM = 0.5
READ_SHARE = 0.12
"""Of the drawings to learn from: those that go all the way of a picture that is read."""


@dataclass(frozen=True)
class Layers:
    """A drawing as the networks get it: lines float32 [128,128] 0..1, paint uint8 [128,128,3] and
    where it is, bool [128,128]; and `window`, the square (left, top, side) of the garment's crop,
    in its pixels, that the drawing fills."""

    lines: Floats
    paint: Pixels
    painted: npt.NDArray[np.bool_]
    window: tuple[float, float, float]

    def seen(self) -> Pixels:
        """The drawing as a person sees it, uint8 [128,128,3]."""
        return composed(self.lines, self.paint, self.painted)


class Strokes:
    """The traced strokes of every garment from one source, in pixels of its crop."""

    def __init__(self, file: Path):
        with np.load(file) as kept:
            self.points, self.counts = kept["points"].astype(np.float32), kept["counts"]
            self.strokes = np.concatenate([[0], np.cumsum(kept["strokes"])])
        self.starts = np.concatenate([[0], np.cumsum(self.counts)])

    def of(self, i: int) -> list[Polyline]:
        return [
            self.points[self.starts[k] : self.starts[k + 1]]
            for k in range(self.strokes[i], self.strokes[i + 1])
        ]


def open_strokes(garments: Garments, cache: Path, source: Source) -> Strokes:
    """The strokes of all garments from a source; the first call traces them (minutes)."""
    file = cache / f"strokes-{source}.npz"
    if not file.exists():
        every = [
            trace(lines_of(garments.crops[i], garments.masks[i], source))
            for i in bar(np.arange(len(garments.crops)), f"strokes {source}")
        ]
        flat = [line for some in every for line in some]
        np.savez(
            file,
            points=np.concatenate(flat).astype(np.float16),
            counts=np.array([len(line) for line in flat], np.int32),
            strokes=np.array([len(some) for some in every], np.int32),
        )
    return Strokes(file)


def lines_of(crop: Pixels, mask: Pixels, source: Source) -> npt.NDArray[np.bool_]:
    """The lines of a crop [128,128,3] on white: its outline, and what a source sees inside it."""
    gray = np.asarray(cv2.cvtColor(crop, cv2.COLOR_RGB2LAB)[..., 0], np.uint8)
    solid = (mask > 0).astype(np.uint8)
    outline = solid - cv2.erode(solid, np.ones((3, 3), np.uint8))
    inside = cv2.erode(solid, np.ones((5, 5), np.uint8)) > 0
    if source == "xdog":
        found = xdog(gray)
    else:
        low, sigma = (28, 0.8) if source == "canny-fine" else (60, 1.4)
        soft = cv2.GaussianBlur(gray, (0, 0), sigma)
        found = cv2.Canny(soft, low, 2.5 * low, L2gradient=True) > 0
    return (outline > 0) | (found & inside)


def xdog(gray: Pixels, sigma: float = 1.1, k: float = 1.6, tau: float = 0.98) -> npt.NDArray:
    """Lines by the extended difference of Gaussians (Winnemöller et al., 2012), bool [h,w]."""
    light = gray.astype(np.float32) / 255
    near, far = (cv2.GaussianBlur(light, (0, 0), s) for s in (sigma, sigma * k))
    return (near - tau * far) < 0.012 * far.mean()


class Drawer:
    """Draws garments, each time anew."""

    def __init__(self, garments: Garments, cache: Path):
        self.garments = garments
        self.strokes = {s: open_strokes(garments, cache, s) for s in SOURCES}

    def drawing(
        self,
        rng: Rng,
        i: int,
        *,
        style: Style = "train",
        dropped: float | None = None,
        strength: float | None = None,
        painted: float = 0.65,
        source: Source | None = None,
    ) -> Layers:
        """A drawing of garment `i`. Not given: between no and two thirds of its strokes dropped, as
        crooked as a hand may be. `painted` is the chance that there is paint."""
        if source is None:
            source = "xdog" if style == "held-out" else TAUGHT[int(rng.integers(len(TAUGHT)))]
        lines = self.strokes[source].of(i)
        share = float(rng.choice([0.0, rng.uniform(0, 0.65)], p=[0.2, 0.8]))
        lines = drop(rng, lines, share if dropped is None else dropped)
        strong = float(rng.choice([0.0, rng.uniform(0.2, 1.3)], p=[0.15, 0.85]))
        strong = strong if strength is None else strength
        lines = wobble(rng, lines, style, strong) if strong else lines
        lines = lines or self.strokes["canny-coarse"].of(i)
        dabs = self._dabs(rng, i) if rng.random() < painted else []
        return self._laid(rng, i, lines, dabs, style)

    def _dabs(self, rng: Rng, i: int) -> list[tuple[Polyline | None, Pixels, float]]:
        """Strokes of colour, each (points, colour, width); without points it fills the garment."""
        crop, mask = self.garments.crops[i], self.garments.masks[i]
        ys, xs = np.nonzero(mask)
        out: list[tuple[Polyline | None, Pixels, float]] = []
        if rng.random() < 0.35:
            out.append((None, _noisy(rng, np.median(crop[ys, xs], 0)), 0.0))
        for _ in range(int(rng.integers(0 if out else 1, MOST_DABS))):
            k = int(rng.integers(len(ys)))
            y, x = int(ys[k]), int(xs[k])
            patch = crop[max(0, y - 2) : y + 3, max(0, x - 2) : x + 3].reshape(-1, 3)
            angle, length = rng.uniform(0, np.pi), rng.uniform(4, 40)
            along = np.linspace(-0.5, 0.5, 6)[:, None] * length
            points = (x, y) + along * (np.cos(angle), np.sin(angle)) + rng.normal(0, 1, (6, 2))
            out.append(
                (points.astype(np.float32), _noisy(rng, np.median(patch, 0)), rng.uniform(3, 14))
            )
        return out

    def _laid(
        self,
        rng: Rng,
        i: int,
        lines: list[Polyline],
        dabs: list[tuple[Polyline | None, Pixels, float]],
        style: Style,
    ) -> Layers:
        """Lines and paint in the square that they fill."""
        points = np.concatenate(lines)
        low, high = points.min(0) - 1, points.max(0) + 1
        side = float((high - low).max() * (1 + 2 * MARGIN))
        left, top = (low + high) / 2 - side / 2
        scale = SIDE / side
        moved = [(line - (left, top)).astype(np.float32) * scale for line in lines]
        ink = _inked(rng, [FINE * line for line in moved], style)
        paint = np.full((SIDE, SIDE, 3), 255, np.uint8)
        where = np.zeros((SIDE, SIDE), np.uint8)
        solid = framed(self.garments.masks[i], (left, top, side), 0) if dabs else where
        for stroke, color, width in dabs:
            own = np.zeros_like(where)
            if stroke is None:
                own[solid > 127] = 1
            else:
                at = np.rint((stroke - (left, top)) * scale * 16).astype(np.int32)
                cv2.polylines(own, [at], False, 1, max(1, round(width)), cv2.LINE_8, 4)
                if rng.random() < 0.8:  # a hand keeps within the lines, mostly
                    own[solid < 128] = 0
            paint[own > 0], where[own > 0] = color, 1
        return Layers(ink, paint, where > 0, (float(left), float(top), side))


def as_drawing(layers: Layers) -> Drawing:
    """A drawing that was made, as if it had been read from a picture."""
    whole = (0, 0, SIDE, SIDE)
    return Drawing(layers.lines, layers.paint, layers.painted, whole, ())


def _inked(rng: Rng, lines: list[Polyline], style: Style) -> Floats:
    """Lines of the fine square as they are read from a picture of them, [128,128].

    Most drawings to learn from are drawn with the pen that the reading ends with; the others, and
    all that is measured with, go its whole way through a thick or thin pen, which costs ten times
    as much.
    """
    if style == "train" and rng.random() > READ_SHARE:
        fine = np.zeros((FINE * SIDE, FINE * SIDE), np.uint8)
        fixed = [np.rint((line - 0.5) * 16).astype(np.int32) for line in lines]
        cv2.polylines(fine, fixed, False, 1, 1, cv2.LINE_8, 4)
        middle = fine > 0
    else:
        width = FINE * float(rng.uniform(*PENS[style]))
        middle = thinned(draw(lines, FINE * SIDE, width, rng, style) > INK_FROM)
    ink = cv2.resize(drawn_anew(middle, PEN), (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    return np.asarray(ink, np.float32)


def framed(picture: Pixels, window: tuple[float, float, float], fill: int) -> Pixels:
    """The window (left, top, side) of a picture in its pixels, as [128,128(,3)]."""
    left, top, side = window
    scale = SIDE / side
    matrix = np.array(
        [
            [scale, 0, (0.5 - left) * scale - 0.5],
            [0, scale, (0.5 - top) * scale - 0.5],
        ]
    )
    border = (fill,) * 3
    out = cv2.warpAffine(picture, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderValue=border)
    return np.asarray(out, np.uint8)


def _noisy(rng: Rng, color: npt.NDArray[np.float64]) -> Pixels:
    """A colour as a shopper would choose it: near the true one."""
    return np.asarray(np.clip(color + rng.normal(0, 8, 3), 0, 255), np.uint8)
