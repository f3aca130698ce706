"""A picture of how lines are found: drawn garments, their true lines, and each way's."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import onnxruntime as ort

from vision.crops import resized
from vision.sketch.drawing import SIDE
from vision.sketch.edges import Way
from vision.sketch.lines import line_art
from vision.training.sets import Pixels
from vision.training.sketch.edge_data import open_drawn_lines

WAYS: tuple[Way, ...] = ("canny", "xdog", "network")
GAP = 6


def lines_sheet(
    cache: Path, session: ort.InferenceSession | None, shown: list[int], columns: int = 2
) -> Pixels:
    """Rows of photo, true lines, and the lines of each way, of held-out drawn garments."""
    lined = open_drawn_lines(cache, "test")
    ways = [way for way in WAYS if session or way != "network"]
    rows = []
    for i in shown:
        photo, mask = lined.photos[i], lined.masks[i] > 0
        true = 255 - resized(lined.lines[i], (SIDE, SIDE))
        cells = [resized(photo, (SIDE, SIDE)), _gray(true)]
        for way in ways:
            lines = line_art(photo, mask, edges=session, way=way)
            cells.append(_gray(np.rint(255 * (1 - lines)).astype(np.uint8)))
        rows.append(np.hstack([_framed(cell) for cell in cells]))
    deep = -(-len(rows) // columns)
    rows += [np.full_like(rows[0], 255)] * (deep * columns - len(rows))
    return np.hstack([np.vstack(rows[k * deep : (k + 1) * deep]) for k in range(columns)])


def _gray(picture: Pixels) -> Pixels:
    return np.repeat(picture[..., None], 3, 2)


def _framed(cell: Pixels) -> Pixels:
    border = (GAP // 2,) * 4
    return np.asarray(
        cv2.copyMakeBorder(cell, *border, cv2.BORDER_CONSTANT, value=(255, 255, 255)), np.uint8
    )
