"""Things that are no garment, drawn by chance: dishes, vessels, plants, wheels, devices."""

from __future__ import annotations

import cv2
import numpy as np

from vision.training.grounds import Rng
from vision.training.sets import Pixels

Point = tuple[float, float]


def _ink(rng: Rng, low: float = 0, high: float = 255) -> tuple[float, float, float]:
    r, g, b = rng.uniform(low, high, 3)
    return float(r), float(g), float(b)


def _oval(out: Pixels, at: Point, axes: Point, color: tuple[float, ...], width: int = -1) -> None:
    place, size = (int(at[0]), int(at[1])), (max(1, int(axes[0])), max(1, int(axes[1])))
    cv2.ellipse(out, place, size, 0, 0, 360, color, width, cv2.LINE_AA)


def dish(rng: Rng, out: Pixels, at: Point, r: float) -> None:
    """A plate or a bowl from above, with many small pieces or strings in it."""
    flat = float(rng.uniform(0.6, 1))
    rim = _ink(rng, 120)
    _oval(out, at, (r, r * flat), rim)
    _oval(out, at, (r * 0.86, r * 0.86 * flat), tuple(v * 0.93 for v in rim))
    inner = r * float(rng.uniform(0.6, 0.8))
    _oval(out, at, (inner, inner * flat), _ink(rng))
    inks = [_ink(rng) for _ in range(4)]
    for _ in range(int(rng.integers(20, 160))):
        turn, far = rng.uniform(0, 2 * np.pi), inner * rng.random() ** 0.5 * 0.92
        place = (int(at[0] + far * np.cos(turn)), int(at[1] + far * np.sin(turn) * flat))
        size = (max(1, int(r * rng.uniform(0.02, 0.2))), max(1, int(r * rng.uniform(0.02, 0.07))))
        ink, start = inks[int(rng.integers(4))], int(rng.integers(360))
        if rng.random() < 0.5:
            cv2.ellipse(out, place, size, start, 0, 360, ink, -1, cv2.LINE_AA)
        else:
            end, width = start + int(rng.integers(60, 300)), max(1, int(r * 0.02))
            cv2.ellipse(out, place, size, float(rng.uniform(0, 180)), start, end, ink, width)


def vessel(rng: Rng, out: Pixels, at: Point, r: float) -> None:
    """A cup, a jar or a bottle from the side, with an opening, mostly with a handle, and bands."""
    x, y = at
    wide, tall = r * float(rng.uniform(0.4, 0.9)), r * float(rng.uniform(0.5, 1.2))
    narrow = wide * float(rng.uniform(0.6, 1.1))
    body = np.array(_ink(rng))
    if rng.random() < 0.6:
        side = x + (wide if rng.random() < 0.5 else -wide)
        axes = (wide * float(rng.uniform(0.25, 0.5)), tall * float(rng.uniform(0.3, 0.6)))
        _oval(out, (side, y), axes, tuple(body * 0.9), max(2, int(r * 0.1)))
    _oval(out, (x, y + tall), (narrow, narrow * 0.25), tuple(body * 0.85))
    sides = [(x - wide, y - tall), (x + wide, y - tall), (x + narrow, y + tall)]
    corners = np.array([*sides, (x - narrow, y + tall)], np.int32)
    cv2.fillPoly(out, [corners], tuple(body), cv2.LINE_AA)
    for band in rng.uniform(-0.8, 0.8, int(rng.integers(0, 3))):
        at_y = int(y + band * tall)
        reach = int(min(wide, narrow) * 0.98)
        cv2.line(out, (int(x) - reach, at_y), (int(x) + reach, at_y), _ink(rng), int(r * 0.06) + 1)
    _oval(out, (x, y - tall), (wide, wide * 0.28), tuple(np.minimum(body * 1.15 + 10, 255)))
    _oval(out, (x, y - tall), (wide * 0.85, wide * 0.22), _ink(rng, 0, 140))


def plant(rng: Rng, out: Pixels, at: Point, r: float) -> None:
    """A fan of leaves, mostly in a pot."""
    x, y = at
    green = np.array((rng.uniform(10, 150), rng.uniform(60, 200), rng.uniform(10, 120)))
    for _ in range(int(rng.integers(6, 60))):
        turn, long = rng.uniform(np.pi, 2 * np.pi), r * rng.uniform(0.4, 1.1)
        tip = np.array((np.cos(turn), np.sin(turn))) * long
        middle = (int(x + tip[0] / 2), int(y + tip[1] / 2))
        leaf = (max(1, int(long / 2)), max(1, int(long * rng.uniform(0.05, 0.22))))
        tone = tuple(np.clip(green * rng.uniform(0.6, 1.3), 0, 255))
        cv2.ellipse(out, middle, leaf, float(np.degrees(turn)), 0, 360, tone, -1, cv2.LINE_AA)
    if rng.random() < 0.7:
        top, low, tall = r * 0.45, r * float(rng.uniform(0.25, 0.45)), r * 0.6
        sides = [(x - top, y), (x + top, y), (x + low, y + tall), (x - low, y + tall)]
        cv2.fillPoly(out, [np.array(sides, np.int32)], _ink(rng), cv2.LINE_AA)


def wheels(rng: Rng, out: Pixels, at: Point, r: float) -> None:
    """A thing on wheels: a frame of bars or a body, with rims and spokes."""
    x, y = at
    size = r * float(rng.uniform(0.25, 0.5))
    ink, frame = _ink(rng, 0, 90), _ink(rng)
    axles = [(int(x - r * 0.65), int(y + r * 0.3)), (int(x + r * 0.65), int(y + r * 0.3))]
    if rng.random() < 0.5:
        low, high = int(y + r * 0.3), int(y - r * float(rng.uniform(0.1, 0.4)))
        cv2.rectangle(out, (int(x - r), high), (int(x + r), low), frame, -1)
    else:
        joints = [*axles, (int(x), int(y - r * 0.4)), (int(x + r * 0.3), int(y - r * 0.5))]
        for one in joints:
            for other in joints:
                if rng.random() < 0.6:
                    cv2.line(out, one, other, frame, max(2, int(r * 0.04)), cv2.LINE_AA)
    for axle in axles:
        _oval(out, axle, (size, size), ink, -1 if rng.random() < 0.3 else max(2, int(r * 0.06)))
        for turn in np.linspace(0, np.pi, int(rng.integers(2, 14)), endpoint=False):
            reach = np.array((np.cos(turn), np.sin(turn))) * size
            ends = np.rint([np.array(axle) - reach, np.array(axle) + reach]).astype(int).tolist()
            cv2.line(out, ends[0], ends[1], _ink(rng, 60, 200), 1, cv2.LINE_AA)


def device(rng: Rng, out: Pixels, at: Point, r: float) -> None:
    """A box with rows of keys, dots or holes: a socket, a remote control, a keyboard, a window."""
    x, y = at
    w, h = r * float(rng.uniform(0.2, 1)), r * float(rng.uniform(0.2, 1))
    body, key = _ink(rng), _ink(rng)
    cv2.rectangle(out, (int(x - w), int(y - h)), (int(x + w), int(y + h)), body, -1)
    columns, rows = int(rng.integers(1, 9)), int(rng.integers(1, 7))
    for i in range(columns):
        for j in range(rows):
            place = (x - w + 2 * w * (i + 0.5) / columns, y - h + 2 * h * (j + 0.5) / rows)
            _oval(out, place, (w / columns * 0.6, h / rows * 0.6), key)


KINDS = (dish, vessel, plant, wheels, device)


def thing(rng: Rng, out: Pixels) -> None:
    """One of them, somewhere on the photo [h,w,3]."""
    size = min(out.shape[:2])
    at = (float(rng.uniform(0.3, 0.7) * size), float(rng.uniform(0.3, 0.7) * size))
    KINDS[int(rng.integers(len(KINDS)))](rng, out, at, size * float(rng.uniform(0.12, 0.48)))
