"""Seams, stitches, cords, buttons: what is drawn on and between the pieces."""

from __future__ import annotations

import cv2
import numpy as np

from vision.render.layer import SHIFT, Layer
from vision.render.model import Dot, Stroke
from vision.render.patterns.cloth import linear


def draw_stroke(layer: Layer, stroke: Stroke, cloth: np.ndarray, *, dark: bool) -> None:
    """Draw a seam, stitches or a cord on cloth of linear colour [3]; `dark` shows the lip."""
    pixels = layer.pixels(stroke.path)
    window = layer.window(pixels, stroke.width * layer.scale + 3)
    x0, y0, x1, y1 = window
    if x1 - x0 < 2 or y1 - y0 < 2:
        return
    points = np.rint((pixels - (x0, y0)) * (1 << SHIFT)).astype(np.int32)
    mask = np.zeros((y1 - y0, x1 - x0), np.uint8)
    thick = max(1, round(stroke.width * layer.scale))
    area = layer.rgb[:, y0:y1, x0:x1]
    if stroke.kind == "stitch":
        _dash(mask, pixels - (x0, y0), thick, layer.scale)
    else:
        cv2.polylines(mask, [points], stroke.closed, 255, thick, cv2.LINE_AA, SHIFT)
    if stroke.kind == "seam":
        cut = mask.astype(np.float32) * (1 / 255)
        lip = np.zeros_like(cut)
        lip[1:, 1:] = cut[:-1, :-1]
        lip = np.maximum(lip - cut, 0)
        area *= 1 - 0.34 * cut + (0.16 if dark else 0.07) * lip
        return
    share = mask.astype(np.float32) * (1 / 255)
    color = cloth * 0.6 if stroke.color is None else linear(stroke.color)
    if stroke.kind == "stitch":
        alpha = layer.alpha[y0:y1, x0:x1]
        share *= np.minimum(alpha, 1) * 0.85
        area += share * (color[:, None, None] - area)
        return
    layer.cast(mask, window, 0.5)
    inner = np.zeros_like(mask)
    cv2.polylines(inner, [points], stroke.closed, 255, max(1, thick // 3), cv2.LINE_AA, SHIFT)
    round_light = 0.82 + 0.3 * inner.astype(np.float32) / 255
    area *= 1 - share
    area += (share * round_light) * color[:, None, None]
    alpha = layer.alpha[y0:y1, x0:x1]
    alpha *= 1 - share
    alpha += share


def _dash(mask: np.ndarray, points: np.ndarray, thick: int, scale: float) -> None:
    step = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate([[0], np.cumsum(step)])
    period = max(4.0, 0.52 * scale)
    starts = np.arange(0, along[-1], period)
    ends = np.minimum(starts + period * 0.6, along[-1])
    for a, b in zip(starts, ends, strict=True):
        p = [(np.interp(t, along, points[:, 0]), np.interp(t, along, points[:, 1])) for t in (a, b)]
        fixed = np.rint(np.array(p) * (1 << SHIFT)).astype(np.int32)
        cv2.polylines(mask, [fixed], False, 255, thick, cv2.LINE_AA, SHIFT)


def draw_dot(layer: Layer, dot: Dot) -> None:
    """Draw a button, snap, rivet or eyelet with its own small shadow."""
    center = layer.pixels(np.array([dot.at]))
    radius = dot.radius * layer.scale
    window = layer.window(center, radius * 2 + 2)
    x0, y0, x1, y1 = window
    if x1 - x0 < 2 or y1 - y0 < 2:
        return
    x = np.arange(x0, x1, dtype=np.float32)[None, :] - float(center[0, 0])
    y = np.arange(y0, y1, dtype=np.float32)[:, None] - float(center[0, 1])
    far = np.sqrt(x * x + y * y)
    cover = np.clip(radius - far + 0.5, 0, 1)
    below = np.clip(1.25 - np.hypot(x - radius * 0.25, y - radius * 0.4) / radius, 0, 0.5)
    area = layer.rgb[:, y0:y1, x0:x1]
    area *= 1 - below
    inside = far / max(radius, 1)
    shade = 1 - 0.16 * (x + y) / max(radius, 1) * inside
    shade = shade * np.where((inside > 0.62) & (inside < 0.8), 0.84, 1.0)
    if dot.kind in ("button", "eyelet"):
        gap = radius * (0.26 if dot.kind == "button" else 0.0)
        hole = radius * (0.14 if dot.kind == "button" else 0.5)
        near = np.hypot(np.abs(x) - gap, np.abs(y) - gap)
        shade = shade * (1 - 0.7 * np.clip(hole - near + 0.5, 0, 1))
    color = linear(dot.color)[:, None, None] * shade.astype(np.float32)
    if dot.kind in ("snap", "rivet", "eyelet"):
        gleam = np.exp(-(((x + radius * 0.35) ** 2 + (y + radius * 0.4) ** 2) / radius**2) * 5)
        color = color + 0.5 * gleam.astype(np.float32)
    area *= 1 - cover
    area += cover * color
    alpha = layer.alpha[y0:y1, x0:x1]
    np.maximum(alpha, cover, out=alpha)
