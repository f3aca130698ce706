"""The outlines that a shopper may start a drawing from, made from the renderer's own cuts.

`python -m vision.sketch.outlines` writes frontend/widget/src/sketch/outlines.json anew.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from vision.render.garments import make
from vision.render.lines import line_layer
from vision.render.model import Dot
from vision.render.paint import Painter
from vision.render.spec import GarmentSpec
from vision.sketch.trace import Polyline, trace

FILE = Path(__file__).parents[2] / "frontend/widget/src/sketch/outlines.json"
BOX = 100.0
FINE = 8.0
"""Pixels a unit of the box, while lines are traced."""
MERGED = 5
"""Pixels: lines so near one another are one."""
SLACK = 0.4
"""Units that a line may lose by having fewer points."""
LEAST = 4.0
"""Units: what is shorter is left out, as buttons are: a shopper sets them."""

CUTS: dict[str, dict[str, str | int]] = {
    "t-shirt": {"neckline": "crew", "sleeve": "short"},
    "shirt": {"neckline": "collar", "sleeve": "long", "closure": "buttons"},
    "blouse": {"neckline": "v", "sleeve": "long"},
    "tank-top": {"neckline": "crew", "sleeve": "sleeveless"},
    "sweater": {"neckline": "crew", "sleeve": "long"},
    "hoodie": {"neckline": "hood", "sleeve": "long"},
    "jacket": {"cut": "trucker", "neckline": "collar", "sleeve": "long"},
    "coat": {"cut": "wool", "sleeve": "long"},
    "dress": {"neckline": "crew", "sleeve": "short", "seed": 8},
    "skirt": {"cut": "a-line", "seed": 2},
    "jeans": {},
    "trousers": {},
    "shorts": {},
    "hat": {"cut": "cap"},
    "bag": {"cut": "tote"},
    "sneakers": {"cut": "court", "seed": 2},
    "boots": {"cut": "lace-up"},
    "heels": {"seed": 1},
}
"""By category, the cut that stands for it; what is not named is the maker's own choice."""
PAIRS = ("sneakers", "boots", "heels")
"""Drawn as one shoe."""

Outlines = dict[str, list[list[float]]]


def outlines() -> Outlines:
    """By category, strokes as rows of x, y, x, y, … in a box of 100 × 100."""
    return {category: _outline(_spec(category)) for category in CUTS}


def written(found: Outlines) -> str:
    """The file's text: a line a category."""
    rows = [f"{json.dumps(k)}:{json.dumps(v, separators=(',', ':'))}" for k, v in found.items()]
    return "{\n" + ",\n".join(rows) + "\n}\n"


def _spec(category: str) -> GarmentSpec:
    fixed = {"length": "regular", "fit": "regular", **CUTS[category]}
    return GarmentSpec(category, "solid", "#888888", **fixed)  # type: ignore[arg-type]


def _outline(spec: GarmentSpec) -> list[list[float]]:
    garment = make(spec)
    items = garment.items
    if spec.category in PAIRS:  # the fellow comes first, behind
        items = items[len(items) // 2 :]
    garment = replace(garment, items=[item for item in items if not isinstance(item, Dot)])
    x0, y0, x1, y1 = garment.extent()
    scale = BOX * FINE / max(x1 - x0, y1 - y0)
    sheet = line_layer(Painter(garment, spec, scale))
    merged = cv2.morphologyEx(sheet.alpha, cv2.MORPH_CLOSE, np.ones((MERGED, MERGED)))
    strokes = [_few(stroke / FINE) for stroke in trace(np.asarray(merged, np.float32))]
    strokes = [stroke for stroke in strokes if np.ptp(stroke, axis=0).max() > LEAST]
    every = np.concatenate(strokes)
    low, high = every.min(0), every.max(0)
    grow = BOX / float((high - low).max())
    middle = BOX / 2 - (low + high) / 2 * grow
    placed = [(s * grow + middle).astype(float).ravel() for s in strokes]
    return [[_short(value) for value in stroke.tolist()] for stroke in placed]


def _short(value: float) -> float:
    """To half a unit, whole where it can be: the file stays small."""
    half = round(2 * value) / 2
    return int(half) if half == int(half) else half


def _few(stroke: Polyline) -> Polyline:
    return np.asarray(cv2.approxPolyDP(stroke[:, None], SLACK, False)[:, 0], np.float32)


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(written(outlines()), encoding="utf-8")
