"""Photos without a garment, drawn: pages of text, screens, landscapes, things, empty grounds and
faces. What the parser must leave alone."""

from __future__ import annotations

import string
from dataclasses import dataclass

import cv2
import numpy as np

from vision.training.grounds import Grounds, Rng
from vision.training.objects import thing
from vision.training.regions import classes
from vision.training.sets import Pixels

FONTS = (
    cv2.FONT_HERSHEY_SIMPLEX,
    cv2.FONT_HERSHEY_DUPLEX,
    cv2.FONT_HERSHEY_COMPLEX,
    cv2.FONT_HERSHEY_TRIPLEX,
    cv2.FONT_HERSHEY_PLAIN,
)
SKINS = ((250, 220, 196), (236, 188, 150), (198, 146, 104), (141, 92, 60), (82, 52, 36))
HAIRS = ((24, 20, 18), (70, 44, 28), (120, 78, 40), (206, 170, 104), (150, 150, 150), (150, 60, 30))


def draw(rng: Rng, grounds: Grounds, size: int) -> tuple[Pixels, Pixels]:
    """A photo uint8 [size,size,3] and its mask uint8 [size,size]: ground, and the skin and hair
    of a face."""
    kinds = (_page, _screen, _landscape, _things, _objects, _nothing, _face)
    kind = kinds[int(rng.choice(len(kinds), p=(0.2, 0.1, 0.1, 0.1, 0.24, 0.06, 0.2)))]
    return kind(rng, grounds, size)


def _clear(size: int) -> Pixels:
    return np.zeros((size, size), np.uint8)


def _rgb(rng: Rng, low: float = 0, high: float = 255) -> tuple[float, float, float]:
    r, g, b = rng.uniform(low, high, 3)
    return float(r), float(g), float(b)


def _words(rng: Rng, count: int) -> str:
    letters = np.array(list(string.ascii_letters + "      eeeaaaoit,.0123456789"))
    return "".join(rng.choice(letters, count))


def _lines(rng: Rng, page: Pixels, box: tuple[int, int, int, int]) -> None:
    """Lines of text, or the grey bars that text becomes from afar, in a box of the page."""
    x0, y0, x1, y1 = box
    ink = tuple(v * 0.4 for v in _rgb(rng)) if page.mean() > 110 else _rgb(rng, 150)
    height = float(rng.uniform(3, 16))
    font, far = int(rng.choice(FONTS)), rng.random() < 0.3
    y = y0 + height
    while y < y1:
        end = x1 if rng.random() < 0.75 else x0 + (x1 - x0) * rng.uniform(0.2, 1)
        if far:
            x = float(x0)
            while x < end:
                word = rng.uniform(2, 8) * height * 0.5
                at = (int(x), int(y - height * 0.5)), (int(min(end, x + word)), int(y))
                cv2.rectangle(page, *at, ink, -1)
                x += word + height * 0.4
        else:
            text = _words(rng, max(2, int((end - x0) / (height * 0.75))))
            place, scale = (int(x0), int(y)), height / 22
            cv2.putText(page, text, place, font, scale, ink, 1 + (height > 11), cv2.LINE_AA)
        y += height * rng.uniform(1.5, 2.1) + (rng.random() < 0.08) * height * 2


def _page(rng: Rng, grounds: Grounds, size: int) -> tuple[Pixels, Pixels]:
    """Paper with columns of text, lying a little askew on a ground, or filling the photo."""
    paper = _rgb(rng, 215) if rng.random() < 0.85 else _rgb(rng, 10, 90)
    h, w = (int(v) for v in size * rng.uniform(0.6, 1.3, 2))
    page = np.full((h, w, 3), paper, np.uint8)
    columns, edge = int(rng.choice((1, 1, 2, 3))), int(rng.uniform(0.03, 0.12) * w)
    wide = (w - edge * (columns + 1)) // columns
    for at in range(columns):
        x = edge + at * (wide + edge)
        _lines(rng, page, (x, edge, x + wide, h - edge))
    if rng.random() < 0.3:
        x, y = int(rng.uniform(0, 0.5) * w), int(rng.uniform(0, 0.6) * h)
        cv2.rectangle(page, (x, y), (x + w // 3, y + h // 5), _rgb(rng), -1)
    ground = grounds.draw(rng, size, size)
    turn, scale = rng.normal(0, 0.12), rng.uniform(0.75, 1.4)
    c, s = np.cos(turn) * scale, np.sin(turn) * scale
    matrix = np.array([[c, -s, 0], [s, c, 0]], np.float32)
    matrix[:, 2] = size * rng.uniform(0.42, 0.58, 2) - matrix[:, :2] @ np.array((w / 2, h / 2))
    cover = cv2.warpAffine(np.full((h, w), 255, np.uint8), matrix, (size, size))
    laid = cv2.warpAffine(page, matrix, (size, size))
    out = np.where(cover[..., None] > 127, laid, ground)
    return np.asarray(out, np.uint8), _clear(size)


def _screen(rng: Rng, grounds: Grounds, size: int) -> tuple[Pixels, Pixels]:
    """A screenshot: bars, tiles, buttons and text."""
    out = np.full((size, size, 3), _rgb(rng, 200) if rng.random() < 0.6 else _rgb(rng), np.uint8)
    for _ in range(int(rng.integers(3, 12))):
        x, y = (int(v) for v in rng.uniform(0, size * 0.8, 2))
        w, h = (int(v) for v in size * rng.uniform(0.05, 0.6, 2))
        if rng.random() < 0.25:
            out[y : y + h, x : x + w] = grounds.draw(rng, size, size)[y : y + h, x : x + w]
        else:
            cv2.rectangle(out, (x, y), (x + w, y + h), _rgb(rng), -1 if rng.random() < 0.8 else 1)
        if rng.random() < 0.5:
            _lines(rng, out, (x + 2, y + 2, min(size, x + w), min(size, y + h)))
    return out, _clear(size)


def _landscape(rng: Rng, grounds: Grounds, size: int) -> tuple[Pixels, Pixels]:
    """Sky, hills, trees and houses."""
    top, low = np.array(_rgb(rng, 60)), np.array(_rgb(rng, 120))
    share = np.linspace(0, 1, size)[:, None, None]
    out = (top + share * (low - top) + np.zeros((size, size, 3))).astype(np.uint8)
    xs = np.arange(size)
    for at in np.sort(rng.uniform(0.3, 0.95, int(rng.integers(1, 5)))):
        waves = rng.uniform(0.005, 0.06, 3)[:, None] * xs + rng.uniform(0, 6, 3)[:, None]
        line = size * at + (rng.uniform(2, 22, 3)[:, None] * np.sin(waves)).sum(0)
        hill = np.stack([xs, line], 1).astype(np.int32)
        edge = np.array([[size, size], [0, size]], np.int32)
        cv2.fillPoly(out, [np.concatenate([hill, edge])], _rgb(rng, 10, 170))
    for _ in range(int(rng.integers(0, 14))):
        x, y = (int(v) for v in rng.uniform(0, size, 2))
        r = int(rng.uniform(3, size * 0.12))
        color = _rgb(rng, 10, 200)
        if rng.random() < 0.5:
            cv2.rectangle(out, (x - r // 6, y), (x + r // 6, y + 2 * r), color, -1)
            cv2.circle(out, (x, y), r, _rgb(rng, 10, 150), -1)
        else:
            cv2.rectangle(out, (x, y), (x + r, y + 2 * r), color, -1)
    grain = rng.normal(0, rng.uniform(0, 12), out.shape)
    return np.clip(out + grain, 0, 255).astype(np.uint8), _clear(size)


def _things(rng: Rng, grounds: Grounds, size: int) -> tuple[Pixels, Pixels]:
    """Boxes, plates, cups and bars with a light side and a shadow, on a ground."""
    out = grounds.draw(rng, size, size)
    for _ in range(int(rng.integers(1, 7))):
        shape = _clear(size)
        x, y = (int(v) for v in rng.uniform(0.1, 0.9, 2) * size)
        a, b = (int(v) for v in size * rng.uniform(0.03, 0.32, 2))
        turn = float(rng.uniform(0, 180))
        if rng.random() < 0.5:
            cv2.ellipse(shape, (x, y), (a, b), turn, 0, 360, 255, -1, cv2.LINE_AA)
        else:
            corners = cv2.boxPoints(((x, y), (2 * a, 2 * b), turn)).astype(np.int32)
            cv2.fillPoly(shape, [corners], 255, cv2.LINE_AA)
        light = np.linspace(rng.uniform(0.6, 1), rng.uniform(0.9, 1.25), size)
        solid = np.clip(np.array(_rgb(rng)) * light[None, :, None], 0, 255)
        alpha = shape[..., None].astype(np.float32) / 255
        out = (out + alpha * (solid - out)).astype(np.uint8)
        if rng.random() < 0.4:
            cv2.ellipse(out, (x, y), (a, b), turn, 0, 360, _rgb(rng), int(rng.integers(1, 4)))
    return out, _clear(size)


def _objects(rng: Rng, grounds: Grounds, size: int) -> tuple[Pixels, Pixels]:
    """Dishes, cups, plants, wheels, devices."""
    out = grounds.draw(rng, size, size)
    for _ in range(int(rng.choice((1, 2, 3), p=(0.7, 0.2, 0.1)))):
        thing(rng, out)
    soft = cv2.GaussianBlur(out, (0, 0), float(rng.uniform(0.3, 1.2)))
    return np.asarray(soft, np.uint8), _clear(size)


def _nothing(rng: Rng, grounds: Grounds, size: int) -> tuple[Pixels, Pixels]:
    """A ground alone, or the dark with noise."""
    if rng.random() < 0.7:
        return grounds.draw(rng, size, size), _clear(size)
    dark = rng.uniform(0, 30) + rng.normal(0, rng.uniform(0.1, 8), (size, size, 3))
    return np.clip(dark, 0, 255).astype(np.uint8), _clear(size)


@dataclass(frozen=True)
class _Canvas:
    """A photo and its mask, on which ovals are painted."""

    photo: Pixels
    mask: Pixels

    def oval(
        self, at: tuple[float, float], axes: tuple[float, float], color: np.ndarray
    ) -> tuple[tuple[int, int], tuple[int, int]]:
        place = (int(at[0]), int(at[1])), (max(1, int(axes[0])), max(1, int(axes[1])))
        tone = tuple(float(v) for v in color)
        cv2.ellipse(self.photo, *place, 0, 0, 360, tone, -1, cv2.LINE_AA)
        return place

    def part(self, at: tuple[float, float], axes: tuple[float, float], color: np.ndarray) -> None:
        """An oval of skin or hair."""
        place = self.oval(at, axes, color)
        cv2.ellipse(self.mask, *place, 0, 0, 360, classes().index("skin-hair"), -1)


def _face(rng: Rng, grounds: Grounds, size: int) -> tuple[Pixels, Pixels]:
    """A head with hair, eyes, brows, nose and mouth; no clothes."""
    canvas = _Canvas(grounds.draw(rng, size, size), _clear(size))
    r = size * float(rng.uniform(0.14, 0.42))
    x, y = (float(v) for v in size * rng.uniform(0.4, 0.6, 2))
    skin = np.clip(np.array(SKINS[int(rng.integers(len(SKINS)))]) + rng.normal(0, 12, 3), 0, 255)
    hair = np.clip(np.array(HAIRS[int(rng.integers(len(HAIRS)))]) + rng.normal(0, 12, 3), 0, 255)
    tall = r * rng.uniform(1.15, 1.45)
    long = rng.random() < 0.5
    if rng.random() < 0.9:
        crown = y - 0.15 * tall + long * 0.3 * tall
        canvas.part((x, crown), (r * 1.18, tall * (1.1 + 0.2 * long)), hair)
    if rng.random() < 0.6:
        canvas.part((x, y + tall), (r * 0.45, tall * 0.7), skin * 0.94)
    canvas.part((x, y), (r, tall), skin)
    if rng.random() < 0.25:  # a beard
        canvas.part((x, y + tall * 0.55), (r * 0.8, tall * 0.5), hair)
    if rng.random() < 0.6:
        canvas.part((x, y - tall * 0.8), (r * 0.9, tall * 0.3), hair)
    white, dark = np.array((245.0,) * 3), np.array(_rgb(rng, 10, 110))
    for side in (-1, 1):
        ex, ey = x + side * r * 0.4, y - tall * 0.12
        canvas.oval((ex, ey), (r * 0.17, r * rng.uniform(0.07, 0.12)), white)
        canvas.oval((ex, ey), (r * 0.07, r * 0.07), dark)
        canvas.oval((ex, ey - r * 0.24), (r * 0.2, r * 0.04), hair)
    if rng.random() < 0.3:  # glasses
        for side in (-1, 1):
            at = (int(x + side * r * 0.4), int(y - tall * 0.12))
            axes = (int(r * rng.uniform(0.24, 0.34)), int(r * rng.uniform(0.2, 0.32)))
            frame = tuple(float(v) for v in dark)
            cv2.ellipse(canvas.photo, at, axes, 0, 0, 360, frame, max(1, int(r * 0.05)))
    canvas.oval((x, y + tall * 0.16), (r * 0.08, r * 0.12), skin * 0.86)
    lips = np.array((rng.uniform(130, 210), 70.0, 80.0))
    mouth = (r * rng.uniform(0.2, 0.4), r * rng.uniform(0.04, 0.12))
    canvas.oval((x, y + tall * 0.48), mouth, lips)
    blurred = cv2.GaussianBlur(canvas.photo, (0, 0), float(rng.uniform(0.4, 1.6)))
    return np.asarray(blurred, np.uint8), canvas.mask
