"""What the networks are shown in training: garments dressed anew, cloth, photos of nothing."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from vision.crops import cloth_crop, cloth_square
from vision.render import GarmentSpec, render
from vision.training import negatives, shades
from vision.training.crops import Seen, disturbed_cloth
from vision.training.grounds import Grounds
from vision.training.redress import PATTERNS, redress
from vision.training.sets import Store, write_store


@pytest.fixture(scope="module")
def shirt() -> tuple[np.ndarray, np.ndarray]:
    made = render(GarmentSpec("t-shirt", "solid", "#c9b79a", seed=3), width=225, height=300)
    return made.image, made.mask.astype(np.uint8) * 255


def test_a_plain_garment_is_dressed_anew_and_nothing_else_is_touched(
    shirt: tuple[np.ndarray, np.ndarray],
) -> None:
    photo, mask = shirt
    seen = set()
    for seed in range(40):
        made = redress(np.random.default_rng(seed), photo, mask)
        assert made is not None
        fresh, pattern = made
        seen.add(pattern)
        assert np.array_equal(fresh[mask == 0], photo[mask == 0])
        changed = np.abs(fresh.astype(int) - photo)[mask > 0].max(1) > 12
        assert changed.mean() > 0.2
    assert seen == set(PATTERNS)


def test_stripes_run_as_they_are_called(shirt: tuple[np.ndarray, np.ndarray]) -> None:
    photo, mask = shirt
    ratios: dict[str, list[float]] = {"stripe-vertical": [], "stripe-wide": []}
    for seed in range(60):
        made = redress(np.random.default_rng(seed), photo, mask)
        if made and made[1] in ratios:
            middle = cv2.cvtColor(made[0], cv2.COLOR_RGB2LAB)[120:220, 80:145].astype(np.float32)
            across = np.abs(np.diff(middle, axis=1)).mean()
            ratios[made[1]].append(float(across / np.abs(np.diff(middle, axis=0)).mean()))
    assert np.median(ratios["stripe-vertical"]) > 1.3
    assert np.median(ratios["stripe-wide"]) < 0.77


def test_a_black_garment_has_no_folds_to_dress(shirt: tuple[np.ndarray, np.ndarray]) -> None:
    photo, mask = shirt
    assert redress(np.random.default_rng(0), np.zeros_like(photo), mask) is None
    assert redress(np.random.default_rng(0), photo[:20], mask[:20]) is None


def test_the_cloth_is_the_garments_own() -> None:
    mask = np.zeros((300, 200), bool)
    mask[40:280, 60:150] = True
    left, top, side = cloth_square(mask)
    assert 40 < side < 90
    assert mask[top : top + side, left : left + side].mean() > 0.97
    photo = np.where(mask[..., None], np.uint8(200), np.uint8(10)).repeat(3, axis=2)
    crop = cloth_crop(photo, (0, 0, 200, 300), mask, size=64, pad=114)
    assert crop.shape == (64, 64, 3)
    assert (crop == 200).mean() > 0.97


def test_the_cloth_of_a_photo_without_a_mask_is_its_middle() -> None:
    left, top, side = cloth_square(np.zeros((100, 100), bool))
    assert left > 0
    assert left + side < 100
    assert abs((top + side / 2) - 50) < 10


def test_training_takes_cloth_from_within_the_mask(shirt: tuple[np.ndarray, np.ndarray]) -> None:
    photo, mask = shirt
    marked = np.where(mask[..., None] > 0, photo, np.array([0, 255, 0], np.uint8))
    ys, xs = np.nonzero(mask)
    box = (float(xs.min()), float(ys.min()), float(xs.max() + 1), float(ys.max() + 1))
    green = []
    for seed in range(20):
        crop = disturbed_cloth(np.random.default_rng(seed), Seen(marked, box, mask), 64)
        assert crop is not None
        green.append(float((crop[..., 1].astype(int) - crop[..., 0] > 90).mean()))
    assert np.median(green) < 0.05
    assert disturbed_cloth(np.random.default_rng(0), Seen(photo, box, None), 64) is None


def test_photos_of_nothing_hold_no_garment(tmp_path_factory: pytest.TempPathFactory) -> None:
    rng = np.random.default_rng(0)
    floor = rng.integers(90, 160, (60, 60, 3)).astype(np.uint8)
    store: Store = write_store(tmp_path_factory.mktemp("ground") / "floor", [("a", floor)])
    grounds = Grounds((store, np.array([0])), None, None)
    values = set()
    for _ in range(60):
        photo, mask = negatives.draw(rng, grounds, 96)
        assert photo.shape == (96, 96, 3)
        assert photo.dtype == mask.dtype == np.uint8
        values |= set(np.unique(mask).tolist())
    assert values == {0, 1}


@pytest.mark.parametrize(
    ("master", "group", "kinds", "families"),
    [
        ("Blue", "Dark Blue", {"jeans"}, {"navy"}),
        ("Blue", "Light Blue", {"shirt"}, {"sky"}),
        ("Khaki green", "Dark Green", {"coat"}, {"khaki", "green"}),
        ("Metal", "Gold", {"accessory"}, {"gold"}),
        ("Metal", "Gold", {"dress"}, set()),
        ("Unknown", "White", {"dress"}, set()),
    ],
)
def test_a_shops_colour_is_a_family(
    master: str, group: str, kinds: set[str], families: set[str]
) -> None:
    row = {"perceived_colour_master_name": master, "colour_group_name": group}
    assert shades.hm(row, frozenset(kinds)) == families
