"""The lines that a person would draw of a garment: edges, seams, buttons; no folds, no prints."""

from __future__ import annotations

import cv2
import numpy as np

from vision.render.layer import SHIFT, Layer
from vision.render.model import Dot, Piece, Stroke
from vision.render.paint import Painter

NEAR = 0.02
"""Of the garment's longer side: a seam that runs so near another line is not drawn again."""
CROSSING = 3.0
"""Times `NEAR`: a shorter stretch beside another line is where two lines cross or meet."""
SPECK = 0.022
"""Of the longer side: what is smaller is no line but a point, or nothing."""
LABEL = 5
"""Times `SPECK`: a maker's woven label is smaller than this, and nobody draws it."""
THICK = 2
"""OpenCV's thickness, which is about three pixels of the layer."""


def line_layer(painter: Painter) -> Layer:
    """The lines of the painter's garment on the painter's sheet, in `alpha`; `rgb` is unused.

    Pieces hide the lines below them. Nothing random is drawn: the painter's photo is the same
    with and without.
    """
    sheet = painter.sheet
    height, width = sheet.alpha.shape
    lines = np.zeros((height, width), np.uint8)
    longer = max(height, width)
    for item in painter.garment.items:
        if isinstance(item, Piece):
            _piece(painter, item, lines, SPECK * longer)
        elif isinstance(item, Stroke):
            _stroke(sheet.pixels(_closed(item)), lines, NEAR * longer)
        else:
            _dot(sheet, item, lines)
    alpha = lines.astype(np.float32) / 255
    return Layer(np.zeros((3, *alpha.shape), np.float32), alpha, sheet.origin, sheet.scale)


def _piece(painter: Painter, piece: Piece, lines: np.ndarray, least: float) -> None:
    window = painter.sheet.window(painter.sheet.pixels(piece.outline), THICK)
    x0, y0, x1, y1 = window
    if min(x1 - x0, y1 - y0) < 4:
        return
    mask = painter.mask(piece, window)
    area = lines[y0:y1, x0:x1]
    if piece.sheer > 0.5:
        area[mask > 127] = 0
    span = max(x1 - x0, y1 - y0)
    if span < (LABEL if piece.weave == "satin" else 2) * least:
        return
    if piece.quilt:
        np.maximum(area, _rows(painter, piece, window) & mask, out=area)
    rings, _ = cv2.findContours(
        cv2.copyMakeBorder((mask > 127).astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0),
        cv2.RETR_CCOMP,
        cv2.CHAIN_APPROX_NONE,
    )
    shifted = [ring - 1 for ring in rings if len(ring) > least]
    area = np.ascontiguousarray(area)
    cv2.polylines(area, shifted, True, 255, THICK, cv2.LINE_AA)
    lines[y0:y1, x0:x1] = area


def _rows(painter: Painter, piece: Piece, window: tuple[int, int, int, int]) -> np.ndarray:
    """The seams between down-filled rows, uint8 of the window; as `light` shades them."""
    x0, y0, x1, y1 = window
    scale, origin = painter.sheet.scale, painter.sheet.origin
    y, x = np.mgrid[y0:y1, x0:x1].astype(np.float32) / scale
    angle = np.deg2rad(piece.grain)
    down = (x + origin[0]) * np.sin(angle) + (y + origin[1]) * np.cos(angle)
    off = np.abs((down / piece.quilt + 0.5) % 1.0 - 0.5) * piece.quilt * scale
    return np.asarray(np.where(off < THICK * 0.75, 255, 0), np.uint8)


def _closed(stroke: Stroke) -> np.ndarray:
    path = np.asarray(stroke.path, float)
    return np.concatenate([path, path[:1]]) if stroke.closed else path


def _stroke(path: np.ndarray, lines: np.ndarray, near: float) -> None:
    """A seam, but for where it runs along a line that is there."""
    step = np.hypot(*np.diff(path, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(step)])
    count = int(along[-1]) + 1
    if count < near:
        return
    at = np.linspace(0, along[-1], count)
    points = np.stack([np.interp(at, along, path[:, axis]) for axis in (0, 1)], 1)
    away = cv2.distanceTransform((lines < 96).astype(np.uint8), cv2.DIST_L2, 3)
    inside = np.clip(np.rint(points).astype(int), 0, np.array(lines.shape)[::-1] - 1)
    beside = away[inside[:, 1], inside[:, 0]] < near
    for start, end in _runs(beside):
        if end - start < CROSSING * near:
            beside[start:end] = False
    for start, end in _runs(~beside):
        fixed = np.rint(points[start:end] * (1 << SHIFT)).astype(np.int32)
        cv2.polylines(lines, [fixed], False, 255, THICK, cv2.LINE_AA, SHIFT)


def _runs(flags: np.ndarray) -> list[tuple[int, int]]:
    """Where flags are set, as (start, end)."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _dot(sheet: Layer, dot: Dot, lines: np.ndarray) -> None:
    """A ring, with nothing else inside it."""
    center = tuple(np.rint(sheet.pixels(np.array([dot.at]))[0] * (1 << SHIFT)).astype(int).tolist())
    radius = round(max(dot.radius * sheet.scale, 2.5) * (1 << SHIFT))
    cv2.circle(lines, center, radius, 0, -1, cv2.LINE_AA, SHIFT)
    cv2.circle(lines, center, radius, 255, THICK - 1, cv2.LINE_AA, SHIFT)
