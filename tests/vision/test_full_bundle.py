"""The bundle that comes with LookUs, on drawn photos and on photos without a garment."""

import cv2
import numpy as np
import pytest

from vision.analyzer import Analyzer, get_analyzer
from vision.decode import decode_image
from vision.render import GarmentSpec, render
from vision.taxonomy import taxonomy


@pytest.fixture(scope="module")
def full() -> Analyzer:
    return get_analyzer("full")


def drawn(category: str, color: str, **options: object) -> tuple[np.ndarray, np.ndarray]:
    made = render(GarmentSpec(category, "solid", color, seed=5, **options), width=450, height=600)
    return made.image, made.mask


def overlap(one: np.ndarray, other: np.ndarray) -> float:
    return np.count_nonzero(one & other) / np.count_nonzero(one | other)


@pytest.mark.parametrize(
    ("category", "color", "family", "region"),
    [
        ("dress", "#b3202e", "red", "full-body"),
        ("t-shirt", "#1d2b50", "navy", "upper"),
        ("jeans", "#4a6f96", "blue", "lower"),
        ("skirt", "#1f7a44", "green", "lower"),
    ],
)
def test_a_laid_garment_is_found_once_and_in_its_colour(
    full: Analyzer, category: str, color: str, family: str, region: str
) -> None:
    image, mask = drawn(category, color)
    analysis = full.analyze(image)
    assert [garment.region for garment in analysis.garments] == [region]
    assert analysis.main.palette[0].family == family
    assert analysis.main.palette[0].share > 0.8
    assert overlap(analysis.mask, mask) > 0.85


def test_a_red_dress_on_a_white_wall_is_red(full: Analyzer) -> None:
    image, mask = drawn("dress", "#b3202e")
    wall = np.where(mask[..., None], image, np.uint8(246))
    families = {color.family for color in full.analyze(wall).main.palette if color.share > 0.05}
    assert families == {"red"}


def test_a_phones_photo_of_a_garment_on_a_floor_gives_that_garment(full: Analyzer) -> None:
    image, mask = drawn("shirt", "#2f6fb5", view="phone", background="wood")
    analysis = full.analyze(image)
    assert analysis.main.palette[0].family in ("blue", "sky")
    assert overlap(analysis.mask, mask) > 0.75


def test_heads_answer_what_they_can_of_the_category(full: Analyzer) -> None:
    tags = full.analyze(drawn("dress", "#b3202e")[0]).main.tags
    for head, said in tags.items():
        assert said.value in taxonomy().allowed(head, tags["category"].value)
        assert said.top[0] == (said.value, said.probability)
        assert 0 < said.probability <= 1


def test_two_photos_of_one_design_are_nearer_than_another_design(full: Analyzer) -> None:
    clean = full.analyze(drawn("dress", "#b3202e")[0]).main.embedding
    messy = drawn("dress", "#b3202e", view="phone", background="wood", pose=2)[0]
    other = full.analyze(drawn("jeans", "#4a6f96")[0]).main.embedding
    assert clean @ full.analyze(messy).main.embedding > clean @ other


def noise(side: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (side, side, 3), np.uint8)


def sky_over_grass() -> np.ndarray:
    photo = np.full((500, 800, 3), (120, 170, 230), np.uint8)
    photo[250:] = (70, 130, 60)
    return photo


def tiles() -> np.ndarray:
    y, x = np.indices((600, 600)) // 60
    return np.where(((x + y) % 2)[..., None], np.uint8((230, 230, 220)), np.uint8((60, 70, 80)))


@pytest.mark.parametrize(
    "photo",
    [
        np.zeros((600, 500, 3), np.uint8),
        np.full((600, 500, 3), 255, np.uint8),
        np.full((600, 500, 3), 120, np.uint8),
        noise(500),
        noise(32),
        sky_over_grass(),
        tiles(),
    ],
    ids=["black", "white", "grey", "noise", "noise-32px", "landscape", "tiles"],
)
def test_a_photo_without_a_garment_has_none_and_no_sure_word(
    full: Analyzer, photo: np.ndarray
) -> None:
    analysis = full.analyze(photo)
    assert not analysis.found
    assert len(analysis.garments) == 1
    assert set(analysis.main.unsure) == set(analysis.main.tags)


def test_a_jpegs_losses_change_little(full: Analyzer) -> None:
    image, _ = drawn("t-shirt", "#1d2b50")
    ok, data = cv2.imencode(".jpg", image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 75])
    assert ok
    plain, lossy = full.analyze(image).main, full.analyze(decode_image(data.tobytes())).main
    assert plain.embedding @ lossy.embedding > 0.9
    assert np.allclose(plain.box, lossy.box, atol=12)
