"""Static is told from photos, drawn ones and tiny ones too."""

import cv2
import numpy as np
import pytest

from vision.render import GarmentSpec, render
from vision.static import is_static


@pytest.mark.parametrize("side", [32, 64, 200, 500])
def test_noise_is_static(side: int) -> None:
    assert is_static(np.random.default_rng(side).integers(0, 256, (side, side, 3), np.uint8))


@pytest.mark.parametrize("pattern", ["solid", "check", "dot", "stripe-fine"])
@pytest.mark.parametrize("width", [32, 300])
def test_a_garment_is_not(pattern: str, width: int) -> None:
    spec = GarmentSpec("shirt", pattern, "#b3202e", color2="#ffffff", seed=3, view="phone")
    photo = render(spec, width=300, height=400).image
    small = cv2.resize(photo, (width, width * 4 // 3), interpolation=cv2.INTER_AREA)
    assert not is_static(small)


def test_one_plain_colour_is_not() -> None:
    assert not is_static(np.full((100, 100, 3), 127, np.uint8))
