"""The outlines to draw from: as the renderer gives them, small, and garments all."""

import json

import numpy as np
import pytest

from vision.sketch.outlines import CUTS, FILE, outlines
from vision.taxonomy import taxonomy

MOST_BYTES = 12 * 1024


def test_the_file_is_what_the_renderer_gives() -> None:
    kept, made = json.loads(FILE.read_text()), outlines()
    assert list(kept) == list(made) == list(CUTS)
    for category, strokes in made.items():
        for stroke, own in zip(kept[category], strokes, strict=True):
            assert stroke == pytest.approx(own, abs=0.5), f"{category}: run {outlines.__module__}"


def test_the_file_is_small_and_every_outline_fills_its_box() -> None:
    assert FILE.stat().st_size <= MOST_BYTES
    for category, strokes in json.loads(FILE.read_text()).items():
        assert category in taxonomy().categories
        points = np.concatenate([np.array(stroke).reshape(-1, 2) for stroke in strokes])
        assert points.min() >= 0 and points.max() <= 100
        assert np.ptp(points, axis=0).max() == pytest.approx(100, abs=1)
        assert 4 <= len(strokes) <= 40
