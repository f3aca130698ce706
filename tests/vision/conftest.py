"""The tiny bundle and photos drawn in its paints."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.support.tiny_bundle import PAINT
from vision.analyzer import Analyzer
from vision.bundle import load_bundle

Spot = tuple[str, tuple[int, int, int, int]]


@pytest.fixture(scope="session")
def analyzer(tiny_bundle: Path) -> Analyzer:
    return Analyzer(load_bundle(tiny_bundle))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a module's trainings keep decoded photos."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def draw() -> Callable[..., np.ndarray]:
    def painted(*spots: Spot, width: int = 400, height: int = 500) -> np.ndarray:
        """A white wall with one rectangle a garment, in the paint of its parser class."""
        photo = np.full((height, width, 3), 255, np.uint8)
        for region, (x0, y0, x1, y1) in spots:
            cv2.rectangle(photo, (x0, y0), (x1 - 1, y1 - 1), PAINT[region], -1)
        return photo

    return painted
