"""Curves of pattern pieces, in centimetres: x to the right, y down, 0 at the neck or waist."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

CORNER = 0
_SAMPLES = 10


def spline(points: Sequence[Sequence[float]], *, closed: bool = False) -> np.ndarray:
    """Smooth line through points, float64 [n, 2]; a point given as (x, y, CORNER) stays sharp.

    Centripetal-like Catmull-Rom: tangents are scaled by the chord so long and short
    neighbours do not overshoot.
    """
    xy = np.array([p[:2] for p in points], float)
    sharp = np.array([len(p) > 2 for p in points])
    count = len(xy)
    before = np.roll(xy, 1, axis=0)
    after = np.roll(xy, -1, axis=0)
    if not closed:
        before[0], after[-1] = xy[0], xy[-1]
        sharp[0] = sharp[-1] = True
    span_in = np.linalg.norm(xy - before, axis=1, keepdims=True)
    span_out = np.linalg.norm(after - xy, axis=1, keepdims=True)
    direction = (after - before) / np.maximum(span_in + span_out, 1e-9)
    direction[sharp] = 0
    t = np.linspace(0, 1, _SAMPLES, endpoint=False)[:, None]
    h00, h10 = 2 * t**3 - 3 * t**2 + 1, t**3 - 2 * t**2 + t
    h01, h11 = -2 * t**3 + 3 * t**2, t**3 - t**2
    pieces = []
    for i in range(count if closed else count - 1):
        j = (i + 1) % count
        if sharp[i] and sharp[j]:
            pieces.append(xy[i : i + 1])
            continue
        chord = span_out[i]
        pieces.append(
            h00 * xy[i] + h10 * chord * direction[i] + h01 * xy[j] + h11 * chord * direction[j]
        )
    if not closed:
        pieces.append(xy[-1:])
    return np.concatenate(pieces)


def shape(*points: Sequence[float]) -> np.ndarray:
    """Closed smooth outline through the points."""
    return spline(points, closed=True)


def line(*points: Sequence[float]) -> np.ndarray:
    """Open smooth line through the points."""
    return spline(points)


def mirrored(points: np.ndarray) -> np.ndarray:
    """The same points on the other side of the middle line x = 0."""
    return np.asarray(points, float) * (-1, 1)


def both_sides(*half: Sequence[float]) -> np.ndarray:
    """Symmetric closed outline from its right half, given from the top middle to the bottom."""
    right = spline(half)
    return np.concatenate([right, mirrored(right)[::-1]])


def tube(axis: Sequence[Sequence[float]], widths: Sequence[float]) -> np.ndarray:
    """Closed outline around an axis, `widths` cm wide at each of its points."""
    center = spline(axis)
    along = np.linspace(0, 1, len(center))
    width = np.interp(along, np.linspace(0, 1, len(widths)), widths)[:, None]
    step = np.gradient(center, axis=0)
    normal = np.stack([-step[:, 1], step[:, 0]], axis=1)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
    return np.concatenate([center + normal * width / 2, (center - normal * width / 2)[::-1]])


def ellipse(x: float, y: float, rx: float, ry: float, degrees: float = 0) -> np.ndarray:
    """Closed outline of an ellipse."""
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    points = np.stack([rx * np.cos(angle), ry * np.sin(angle)], axis=1)
    return rotated(points, degrees) + (x, y)


def rotated(points: np.ndarray, degrees: float, center: Sequence[float] = (0, 0)) -> np.ndarray:
    """Points turned clockwise (y is down) about a center."""
    a = np.deg2rad(degrees)
    turn = np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    return (np.asarray(points, float) - center) @ turn + center


def polar(origin: Sequence[float], degrees: float, distance: float) -> tuple[float, float]:
    """The point `distance` cm from origin; 0 degrees is down, positive turns to the right."""
    a = np.deg2rad(degrees)
    return origin[0] + distance * float(np.sin(a)), origin[1] + distance * float(np.cos(a))


def between(a: Sequence[float], b: Sequence[float], share: float) -> tuple[float, float]:
    """The point `share` of the way from a to b."""
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
