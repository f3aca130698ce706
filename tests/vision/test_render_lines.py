"""The lines of drawn garments: where their photos show them, and no others."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from vision.render import DESIGNS, random_spec, render, render_lines
from vision.render.compose import studio_lines

SMALL = {"width": 180, "height": 240}
NEAR = np.ones((5, 5), np.uint8)


def edge_of(mask: np.ndarray) -> np.ndarray:
    """The pixels of a mask bool [h, w] at its edge."""
    solid = mask.astype(np.uint8)
    return (solid - cv2.erode(solid, np.ones((3, 3), np.uint8))) > 0


@pytest.mark.parametrize("category", sorted(DESIGNS))
def test_every_garments_lines_follow_its_outline_and_stay_within_it(category: str) -> None:
    spec = random_spec(np.random.default_rng(4), category=category, view="studio")
    photo, lines = render_lines(spec, **SMALL)
    drawn = lines > 0.4
    assert lines.dtype == np.float32 and lines.shape == photo.mask.shape
    near = cv2.dilate(drawn.astype(np.uint8), NEAR) > 0
    assert near[edge_of(photo.mask)].mean() > 0.93
    within = cv2.dilate(photo.mask.astype(np.uint8), NEAR) > 0
    assert within[drawn].mean() > 0.99
    assert drawn.sum() < 0.75 * photo.mask.sum()


@pytest.mark.parametrize("view", ["studio", "hanger", "phone"])
def test_the_photo_is_the_same_with_and_without_its_lines(view: str) -> None:
    spec = random_spec(np.random.default_rng(5), category="jacket", view=view)
    photo, lines = render_lines(spec, **SMALL)
    assert np.array_equal(photo.image, render(spec, **SMALL).image)
    near = cv2.dilate((lines > 0.3).astype(np.uint8), NEAR) > 0
    whole = photo.box[0] > 0 and photo.box[1] > 0 and photo.box[2] < 180 and photo.box[3] < 240
    assert near[edge_of(photo.mask)].mean() > (0.85 if whole else 0.6)


def test_neither_colors_nor_patterns_change_the_lines() -> None:
    plain = random_spec(
        np.random.default_rng(6), category="shirt", view="studio", pattern="solid", color="#335577"
    )
    striped = replace(plain, pattern="stripe-wide", color="#aa3322", color2="#f4f0e8")
    assert np.array_equal(render_lines(plain, **SMALL)[1], render_lines(striped, **SMALL)[1])


def test_lines_of_a_studio_photo_can_be_had_without_painting_it() -> None:
    spec = random_spec(np.random.default_rng(6), category="boots", view="studio")
    assert np.array_equal(studio_lines(spec, **SMALL), render_lines(spec, **SMALL)[1])
    with pytest.raises(ValueError, match="studio"):
        studio_lines(replace(spec, view="phone"), **SMALL)
