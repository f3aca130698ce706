"""From class maps to garments: joining, settling, dropping and ordering."""

import numpy as np
import pytest

from vision.regions import Parsed, read_logits, to_photo
from vision.taxonomy import taxonomy

CLASSES = taxonomy().regions
SIDE = 100
Spots = dict[str, list[tuple[int, int, int, int]]]


def parsed(
    spots: list[tuple[str, tuple[int, int, int, int]]],
    grid: tuple[int, int] = (SIDE, SIDE),
    photo: np.ndarray | None = None,
) -> Parsed:
    """Logits that are sure of one class in each rectangle (x0, y0, x1, y1), later ones on top."""
    labels = np.zeros(grid, int)
    for name, (x0, y0, x1, y1) in spots:
        labels[y0:y1, x0:x1] = CLASSES.index(name)
    logits = np.stack([np.where(labels == at, 8.0, 0.0) for at in range(len(CLASSES))])
    inside = (0, 0, grid[1], grid[0])
    return read_logits(logits.astype(np.float32), inside, grid, CLASSES, photo)


def names(found: Parsed) -> list[str]:
    return [region.name for region in found.regions]


def test_an_outfit_gives_each_garment_the_main_one_first() -> None:
    found = parsed(
        [
            ("skin-hair", (42, 2, 58, 14)),
            ("upper", (30, 14, 70, 45)),
            ("lower", (34, 45, 66, 88)),
            ("footwear", (34, 90, 46, 97)),
            ("footwear", (54, 90, 66, 97)),
            ("headwear", (44, 0, 56, 4)),
        ]
    )
    assert set(names(found)) == {"upper", "lower", "footwear", "headwear"}
    assert names(found)[0] in ("upper", "lower")
    assert names(found)[-1] == "headwear"


def test_a_pair_of_shoes_is_one_garment() -> None:
    found = parsed([("footwear", (20, 60, 40, 72)), ("footwear", (60, 60, 80, 72))])
    assert names(found) == ["footwear"]
    assert to_photo(found.regions[0], SIDE, SIDE)[0] == (20, 60, 80, 72)


def test_an_open_jacket_is_one_garment_around_the_shirt() -> None:
    found = parsed(
        [("outer", (22, 20, 42, 70)), ("upper", (42, 22, 58, 66)), ("outer", (58, 20, 78, 70))]
    )
    assert sorted(names(found)) == ["outer", "upper"]
    outer = next(region for region in found.regions if region.name == "outer")
    assert to_photo(outer, SIDE, SIDE)[0] == (22, 20, 78, 70)


def test_two_shirts_far_apart_are_two_garments() -> None:
    found = parsed([("upper", (5, 20, 35, 60)), ("upper", (62, 20, 95, 60))])
    assert names(found) == ["upper", "upper"]


def test_a_dress_that_the_parser_split_becomes_one() -> None:
    found = parsed(
        [("full-body", (35, 20, 65, 80)), ("upper", (35, 20, 65, 34)), ("lower", (35, 70, 65, 80))]
    )
    assert names(found) == ["full-body"]
    assert to_photo(found.regions[0], SIDE, SIDE)[0] == (35, 20, 65, 80)


def test_a_patch_of_full_body_on_an_outfit_is_given_to_the_garments() -> None:
    found = parsed(
        [("upper", (30, 15, 70, 50)), ("full-body", (40, 44, 60, 50)), ("lower", (34, 50, 66, 80))]
    )
    assert set(names(found)) == {"upper", "lower"}


def test_a_sleeve_taken_for_outer_belongs_to_the_shirt() -> None:
    found = parsed([("upper", (25, 20, 75, 70)), ("outer", (25, 25, 33, 50))])
    assert names(found) == ["upper"]


def test_specks_are_no_garments() -> None:
    assert names(parsed([("upper", (10, 10, 15, 15)), ("bag", (50, 50, 53, 53))])) == []
    with_speck = parsed([("upper", (30, 20, 70, 70)), ("upper", (95, 95, 98, 98))])
    assert to_photo(with_speck.regions[0], SIDE, SIDE)[0] == (30, 20, 70, 70)


@pytest.mark.parametrize("wide", [36, 40])
def test_the_middle_outweighs_a_somewhat_larger_garment_at_the_edge(wide: int) -> None:
    found = parsed([("bag", (0, 0, wide, 30)), ("upper", (35, 35, 65, 65))])
    assert names(found)[0] == "upper"


def test_at_most_six_garments_are_kept() -> None:
    spots = [("upper", (x, y, x + 18, y + 18)) for x in (2, 41, 80) for y in (2, 41, 80)]
    assert len(parsed(spots).regions) == 6


def test_boxes_and_masks_are_scaled_to_the_photo_without_the_letterbox_bars() -> None:
    labels = np.full((50, 50), CLASSES.index("background"))
    labels[10:40, 20:30] = CLASSES.index("upper")
    logits = np.stack([np.where(labels == at, 8.0, 0.0) for at in range(len(CLASSES))])
    inside = (24, 0, 76, 100)
    found = read_logits(logits.astype(np.float32), inside, (100, 100), CLASSES)
    box, mask = to_photo(found.regions[0], 1000, 520)
    assert np.allclose(box, (160, 200, 360, 800), atol=12)
    assert mask.shape == (box[3] - box[1], box[2] - box[0])
    assert mask.mean() > 0.95


def test_foreground_is_garments_without_skin() -> None:
    found = parsed([("upper", (30, 30, 70, 70)), ("skin-hair", (30, 70, 70, 90))])
    assert found.foreground[50, 50] > 0.9
    assert found.foreground[80, 50] < 0.1
    assert found.foreground[5, 5] < 0.1


def test_patches_of_other_classes_in_a_laid_garment_are_mistakes() -> None:
    found = parsed(
        [
            ("lower", (20, 20, 80, 80)),
            ("bag", (24, 24, 36, 36)),
            ("upper", (50, 60, 66, 76)),
            ("bag", (60, 30, 72, 40)),
        ]
    )
    assert names(found) == ["lower"]


def canvas(spots: list[tuple[tuple[int, int, int], tuple[int, int, int, int]]]) -> np.ndarray:
    """A white photo of the grid's size with coloured rectangles."""
    photo = np.full((SIDE, SIDE, 3), 255, np.uint8)
    for color, (x0, y0, x1, y1) in spots:
        photo[y0:y1, x0:x1] = color
    return photo


RED, BLUE, NAVY = (190, 30, 40), (40, 80, 200), (30, 40, 80)
WEARER = ("skin-hair", (40, 2, 60, 15))
TORN_SHIRT = [
    WEARER,
    ("upper", (30, 15, 52, 55)),
    ("outer", (52, 15, 70, 55)),
    ("lower", (34, 55, 66, 90)),
]


def test_a_shirt_torn_in_upper_and_outer_is_one_garment_by_its_colour() -> None:
    photo = canvas([(RED, (30, 15, 70, 55)), (NAVY, (34, 55, 66, 90))])
    assert sorted(names(parsed(TORN_SHIRT, photo=photo))) == ["lower", "upper"]


def test_a_jacket_of_another_colour_over_the_shirt_stays_a_garment() -> None:
    photo = canvas([(RED, (30, 15, 52, 55)), (BLUE, (52, 15, 70, 55)), (NAVY, (34, 55, 66, 90))])
    assert sorted(names(parsed(TORN_SHIRT, photo=photo))) == ["lower", "outer", "upper"]


def test_a_shirt_and_trousers_of_one_colour_stay_two_garments() -> None:
    photo = canvas([(NAVY, (30, 15, 70, 90))])
    spots = [WEARER, ("upper", (30, 15, 70, 55)), ("lower", (34, 55, 66, 90))]
    assert sorted(names(parsed(spots, photo=photo))) == ["lower", "upper"]


def test_a_laid_garment_torn_in_classes_of_one_colour_is_one() -> None:
    spots = [("upper", (20, 20, 80, 60)), ("bag", (20, 60, 80, 85))]
    assert names(parsed(spots, photo=canvas([(RED, (20, 20, 80, 85))]))) == ["upper"]


def test_two_laid_garments_that_touch_stay_two_by_their_colour() -> None:
    spots = [("upper", (20, 20, 80, 55)), ("lower", (25, 55, 75, 90))]
    photo = canvas([(RED, (20, 20, 80, 55)), (NAVY, (25, 55, 75, 90))])
    assert sorted(names(parsed(spots, photo=photo))) == ["lower", "upper"]
