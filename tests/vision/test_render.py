"""The renderer's pictures agree with their labels, masks and specs."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from vision.render import BACKGROUNDS, DESIGNS, GarmentSpec, random_spec, render, render_outfit
from vision.render.labels import labels_of
from vision.render.palette import SWATCHES, family
from vision.taxonomy import taxonomy

SMALL = {"width": 180, "height": 240}
PATTERNS_OF_MOST = ("solid", "stripe-wide", "floral")
COLOR_TOLERANCE = 13.0
"""CIELAB distance allowed between a spec's colour and the median of its pixels: the light."""


def lab_of(pixels: np.ndarray) -> np.ndarray:
    """Median CIELAB of uint8 [n, 3] pixels."""
    scaled = pixels.reshape(-1, 1, 3).astype(np.float32) / 255
    return np.median(cv2.cvtColor(scaled, cv2.COLOR_RGB2LAB).reshape(-1, 3), axis=0)


def spec_of(category: str, **fixed: object) -> GarmentSpec:
    return random_spec(np.random.default_rng(7), category=category, view="studio", **fixed)


@pytest.mark.parametrize("category", sorted(DESIGNS))
def test_each_category_is_drawn_whole_in_several_patterns(category: str) -> None:
    for pattern in PATTERNS_OF_MOST:
        photo = render(spec_of(category, pattern=pattern), **SMALL)
        share = photo.mask.mean()
        x0, y0, x1, y1 = photo.box
        assert photo.image.shape == (240, 180, 3) and photo.image.dtype == np.uint8
        assert 0.02 < share < 0.62, f"{category} {pattern} covers {share:.2f} of the photo"
        assert photo.mask[y0:y1, x0:x1].sum() == photo.mask.sum()
        assert x0 > 0 and y0 > 0 and x1 < 180 and y1 < 240


@pytest.mark.parametrize("view", ["studio", "hanger", "phone"])
def test_a_spec_always_gives_the_same_pixels(view: str) -> None:
    spec = replace(spec_of("shirt"), view=view)
    one, two = render(spec, **SMALL), render(spec, **SMALL)
    assert np.array_equal(one.image, two.image) and np.array_equal(one.mask, two.mask)


def test_another_seed_is_another_design_and_another_pose_is_not() -> None:
    spec = spec_of("sweater", pattern="solid", color="#2c5fb3")
    first = render(spec, **SMALL)
    posed, redesigned = (
        render(replace(spec, **change), **SMALL)
        for change in ({"pose": 3}, {"seed": spec.seed + 1})
    )
    assert not np.array_equal(first.image, posed.image)
    assert first.labels == posed.labels
    assert not np.array_equal(first.mask, redesigned.mask)


@pytest.mark.parametrize("category", ["t-shirt", "dress", "jeans", "sneakers", "bag"])
def test_a_change_of_colour_stays_inside_the_mask(category: str) -> None:
    spec = spec_of(category, pattern="solid", color="#2c5fb3", color2="#f4f3f0")
    blue, red = render(spec, **SMALL), render(replace(spec, color="#b9242b"), **SMALL)
    assert np.array_equal(blue.mask, red.mask)
    near = cv2.dilate(blue.mask.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    changed = np.abs(blue.image.astype(int) - red.image).max(axis=-1) > 6
    assert not changed[~near].any()
    assert changed[blue.mask].mean() > 0.2


@pytest.mark.parametrize(
    "color", ["#b9242b", "#f4f3f0", "#232325", "#2c5fb3", "#d6c7ac", "#2f7b4c"]
)
@pytest.mark.parametrize("category", ["t-shirt", "coat", "trousers", "skirt"])
def test_the_cloth_has_the_colour_asked_for(category: str, color: str) -> None:
    photo = render(spec_of(category, pattern="solid", color=color, color2=None), **SMALL)
    asked = lab_of(np.array([list(bytes.fromhex(color[1:]))], np.uint8))
    assert np.linalg.norm(lab_of(photo.image[photo.mask]) - asked) < COLOR_TOLERANCE


def test_every_label_is_an_id_of_the_taxonomy() -> None:
    words = taxonomy()
    rng = np.random.default_rng(3)
    for _ in range(150):
        spec = random_spec(rng)
        labels = labels_of(spec)
        assert {"category", "pattern", "color"} <= labels.keys()
        for head, value in labels.items():
            assert value in words.allowed(head, spec.category), f"{head}={value} of {spec}"


def test_swatches_and_colour_names_agree_on_families() -> None:
    for name, swatch in SWATCHES.items():
        assert family(swatch.hex) == swatch.family, name


def test_fixed_fields_are_kept() -> None:
    spec = random_spec(np.random.default_rng(1), category="coat", pattern="check", view="phone")
    assert (spec.category, spec.pattern, spec.view) == ("coat", "check", "phone")
    assert spec.color2 is not None


@pytest.mark.parametrize("background", BACKGROUNDS)
def test_backgrounds_never_reach_into_the_garment(background: str) -> None:
    spec = replace(spec_of("sweater", pattern="solid", color="#b9242b"), background=background)
    photo = render(spec, **SMALL)
    plain = render(replace(spec, background="white"), **SMALL)
    inside = cv2.erode(photo.mask.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    assert np.array_equal(photo.mask, plain.mask)
    assert np.abs(photo.image[inside].astype(int) - plain.image[inside]).max() <= 2


def test_an_outfit_gives_each_garment_its_own_pixels() -> None:
    specs = [spec_of(c) for c in ("shirt", "trousers", "sneakers", "bag")]
    photos = render_outfit(specs, **SMALL)
    assert [p.labels["category"] for p in photos] == ["shirt", "trousers", "sneakers", "bag"]
    assert (sum(p.mask.astype(int) for p in photos) <= 1).all()
    assert all(p.image is photos[0].image and p.mask.sum() > 300 for p in photos)


@pytest.mark.parametrize(
    "change",
    [{"category": "spaceship"}, {"background": "moon"}, {"view": "x-ray"}, {"color": "red"}],
)
def test_an_unknown_word_is_refused_by_name(change: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(change.values()))):
        render(replace(spec_of("hat"), **change), **SMALL)
