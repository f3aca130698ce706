"""Palettes of drawn fabrics: dyes are told apart, folds and walls are not dyes."""

import cv2
import numpy as np
import pytest

from vision.color import palette
from vision.color_names import table
from vision.colorspace import hex_to_lab
from vision.taxonomy import taxonomy

SIDE = 200
INSIDE = np.zeros((SIDE, SIDE), bool)
INSIDE[20:180, 40:160] = True


def cloth(color: str, *, folds: float = 0.0, wall: str = "#ffffff") -> np.ndarray:
    """A plain garment under INSIDE; ``folds`` is how much of its light soft folds take away."""
    photo = np.empty((SIDE, SIDE, 3), np.float32)
    photo[:] = rgb(wall)
    photo[INSIDE] = rgb(color)
    if folds:
        generator = np.random.default_rng(4)
        field = cv2.GaussianBlur(generator.normal(size=(SIDE, SIDE)).astype(np.float32), (0, 0), 9)
        light = 1 - folds * np.clip(field / field.std() / 2 + 0.4, 0, 1)
        photo[INSIDE] *= light[INSIDE][:, None]
    photo += np.random.default_rng(5).normal(0, 2, photo.shape)
    return np.clip(photo, 0, 255).astype(np.uint8)


def rgb(text: str) -> np.ndarray:
    return np.frombuffer(bytes.fromhex(text[1:]), np.uint8).astype(np.float32)


def families(photo: np.ndarray, least: float = 0.1) -> list[str]:
    return [color.family for color in palette(photo, INSIDE) if color.share >= least]


@pytest.mark.parametrize(
    ("color", "family"),
    [
        ("#101010", "black"),
        ("#f4f4f4", "white"),
        ("#808285", "grey"),
        ("#d8c4a4", "beige"),
        ("#6b4423", "brown"),
        ("#c41e2c", "red"),
        ("#f0a0b4", "pink"),
        ("#f07020", "orange"),
        ("#f4d430", "yellow"),
        ("#2a8a40", "green"),
        ("#6a6a40", "khaki"),
        ("#9ee0c8", "mint"),
        ("#2050c0", "blue"),
        ("#16213e", "navy"),
        ("#a4cdf0", "sky"),
        ("#7030a0", "purple"),
    ],
)
def test_a_plain_garment_is_of_its_family_whatever_its_folds_and_wall(
    color: str, family: str
) -> None:
    wall = "#202020" if family == "white" else "#ffffff"
    for folds in (0.0, 0.35):
        found = palette(cloth(color, folds=folds, wall=wall), INSIDE)
        assert found[0].family == family, (folds, found)
        assert found[0].share > 0.85


def test_a_red_dress_on_a_white_wall_has_nothing_white() -> None:
    found = palette(cloth("#c41e2c", folds=0.3), INSIDE)
    assert [color.family for color in found] == ["red"]


def test_shares_add_up_and_the_largest_comes_first() -> None:
    photo = cloth("#c41e2c")
    photo[140:180] = rgb("#2050c0")
    found = palette(photo, INSIDE)
    assert sum(color.share for color in found) == pytest.approx(1, abs=1e-3)
    assert [color.family for color in found] == ["red", "blue"]
    assert found[0].share == pytest.approx(0.75, abs=0.03)


@pytest.mark.parametrize("width", [3, 12])
def test_the_two_dyes_of_stripes_stay_two(width: int) -> None:
    photo = cloth("#f4f4f4", folds=0.2)
    for y in range(20, 180, 2 * width):
        photo[y : y + width, 40:160] = rgb("#16213e")
    assert set(families(photo)) == {"white", "navy"}


def test_black_and_white_checks_are_black_and_white() -> None:
    photo = cloth("#f4f4f4")
    y, x = np.indices((SIDE, SIDE))
    photo[INSIDE & ((y // 16 + x // 16) % 2 == 0)] = rgb("#121212")
    assert set(families(photo)) == {"white", "black"}


def test_many_families_and_none_large_is_multicolour() -> None:
    photo = cloth("#c41e2c")
    for at, color in enumerate(["#2050c0", "#f4d430", "#2a8a40", "#f4f4f4"]):
        photo[52 + 32 * at : 84 + 32 * at, 40:160] = rgb(color)
    assert palette(photo, INSIDE)[0].family == "multicolour"


def test_a_ground_with_small_motifs_is_of_the_grounds_family() -> None:
    photo = cloth("#16213e")
    generator = np.random.default_rng(8)
    for color in ("#c41e2c", "#f4d430", "#2a8a40"):
        for x, y in generator.integers(50, 150, (6, 2)):
            cv2.circle(photo, (int(x), int(y)), 5, tuple(int(v) for v in rgb(color)), -1)
    assert families(photo)[0] == "navy"


def test_the_same_pixels_give_the_same_palette() -> None:
    photo = cloth("#f0a0b4", folds=0.4)
    assert palette(photo, INSIDE) == palette(photo.copy(), INSIDE.copy())


def test_an_empty_mask_counts_as_the_whole_image() -> None:
    found = palette(cloth("#c41e2c"), np.zeros((SIDE, SIDE), bool))
    assert {color.family for color in found} == {"white", "red"}


@pytest.mark.parametrize("shape", [(1, 1), (2, 300), (1500, 900)])
def test_any_size_is_answered(shape: tuple[int, int]) -> None:
    photo = np.full((*shape, 3), (196, 30, 44), np.uint8)
    (color,) = palette(photo, np.ones(shape, bool))
    assert color.family == "red" and color.share == 1
    assert color.hex == "#c41e2c"


def test_the_fine_name_is_in_both_languages_and_fits_its_hex() -> None:
    (color,) = palette(cloth("#0b1f4b"), INSIDE)
    assert (color.name, color.name_ko, color.family) == ("Navy", "네이비", "navy")
    assert np.allclose(hex_to_lab(color.hex), color.lab, atol=0.6)


def test_the_table_covers_every_family_with_several_anchors() -> None:
    named, anchors = table()
    count = {family: 0 for family in taxonomy().ids("color") if family != "multicolour"}
    for color in named:
        count[color.family] += 1
        assert color.en and any("가" <= char <= "힣" for char in color.ko)
    assert len(named) >= 100 and anchors.shape == (len(named), 3)
    assert min(count.values()) >= 3
    assert len({color.en for color in named}) == len(named)


@pytest.mark.parametrize("family", ["black", "navy", "grey"])
def test_a_tagger_decides_what_the_pixels_leave_open(family: str) -> None:
    ink = cloth("#1e2029", folds=0.2)
    found = palette(ink, INSIDE, prior={family: 0.98, "white": 0.02})[0]
    assert found.family == family and found.name in names(family)


def test_a_shade_is_listed_as_the_runner_up_only_where_a_tagger_is_in_doubt() -> None:
    ink = cloth("#1e2029", folds=0.35)
    assert len({color.family for color in palette(ink, INSIDE)}) == 1
    found = palette(ink, INSIDE, prior={"navy": 0.55, "black": 0.45})
    assert {color.family for color in found[:2]} == {"navy", "black"}
    assert sum(color.share for color in found) == pytest.approx(1, abs=1e-3)
    sure = palette(ink, INSIDE, prior={"navy": 1.0})
    assert [color.family for color in sure] == ["navy"]


def test_a_tagger_cannot_call_red_pixels_green() -> None:
    prior = {"green": 0.6, "red": 0.1, "blue": 0.3}
    assert palette(cloth("#c41e2c"), INSIDE, prior=prior)[0].family == "red"


def test_a_tagger_picks_the_colour_of_the_print_or_of_the_ground() -> None:
    photo = cloth("#f4f4f4")
    photo[60:140, 60:140] = rgb("#c41e2c")
    for family, other in (("red", "white"), ("white", "red")):
        found = palette(photo, INSIDE, prior={family: 0.95, other: 0.05})
        assert [color.family for color in found[:2]] == [family, other]


def test_metals_are_of_metal_ware_or_said_by_a_tagger() -> None:
    brass = cloth("#c9a24a")
    assert palette(brass, INSIDE)[0].family not in ("gold", "silver")
    assert palette(brass, INSIDE, prior={"gold": 0.9, "yellow": 0.1})[0].family == "gold"


def test_every_colour_is_named_within_its_family() -> None:
    generator = np.random.default_rng(11)
    for pixel in generator.integers(0, 256, (40, 3)):
        photo = np.full((40, 40, 3), pixel, np.uint8)
        photo[:12] = 255 - pixel
        for color in palette(photo, np.ones((40, 40), bool)):
            assert color.family == "multicolour" or color.name in names(color.family)


def test_a_tagger_that_sees_one_colour_overrules_many() -> None:
    photo = cloth("#c41e2c")
    for at, color in enumerate(["#2050c0", "#f4d430", "#2a8a40", "#f4f4f4"]):
        photo[52 + 32 * at : 84 + 32 * at, 40:160] = rgb(color)
    assert palette(photo, INSIDE, prior={"red": 1.0})[0].family == "red"
    said = {"multicolour": 0.5, "red": 0.5}
    assert palette(photo, INSIDE, prior=said)[0].family == "multicolour"


def names(family: str) -> set[str]:
    return {color.en for color in table()[0] if color.family == family}
