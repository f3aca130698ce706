"""Letterbox and square crops: what the networks are shown."""

import numpy as np
import pytest

from vision.crops import letterbox, planes, square_crop

RED, BLUE = (200, 0, 0), (0, 0, 200)


@pytest.fixture
def photo() -> np.ndarray:
    """Blue, with a red garment of 40×80 at (100, 60)."""
    image = np.full((200, 300, 3), BLUE, np.uint8)
    image[60:140, 100:140] = RED
    return image


def crop(photo: np.ndarray, ground: str, **options: object) -> np.ndarray:
    given = {"box": (100, 60, 140, 140), "mask": np.ones((80, 40), bool), "size": 64}
    given |= {"ground": ground, "margin": 0.0, "pad": 114} | options
    return square_crop(photo, **given)


def test_a_letterbox_keeps_the_proportions_and_says_where_the_photo_lies(photo: np.ndarray) -> None:
    canvas, inside = letterbox(photo, 128, 128, pad=114)
    assert canvas.shape == (128, 128, 3)
    assert inside == (0, 21, 128, 106)
    assert (canvas[:21] == 114).all() and (canvas[106:] == 114).all()
    assert tuple(canvas[22, 0]) == BLUE


def test_keep_shows_what_stands_around_the_garment(photo: np.ndarray) -> None:
    seen = crop(photo, "keep")
    assert tuple(seen[32, 32]) == RED and tuple(seen[32, 5]) == BLUE
    assert tuple(seen[1, 32]) == RED


def test_mean_and_white_replace_the_ground_even_under_part_of_the_mask(photo: np.ndarray) -> None:
    mask = np.ones((80, 40), bool)
    mask[:, :20] = False
    assert tuple(crop(photo, "mean", mask=mask)[32, 3]) == RED
    white = crop(photo, "white", mask=mask)
    assert tuple(white[32, 3]) == (255, 255, 255) and tuple(white[32, 24]) == (255, 255, 255)
    assert tuple(white[32, 40]) == RED


def test_the_margin_widens_the_crop(photo: np.ndarray) -> None:
    seen = crop(photo, "keep", margin=0.25)
    assert tuple(seen[2, 32]) == BLUE and tuple(seen[32, 32]) == RED


def test_what_lies_outside_the_photo_is_grey(photo: np.ndarray) -> None:
    photo[:80, :40] = RED
    seen = crop(photo, "keep", box=(0, 0, 40, 80))
    assert tuple(seen[32, 4]) == (114, 114, 114) and tuple(seen[32, 24]) == RED


@pytest.mark.parametrize("box", [(0, 0, 1, 1), (299, 199, 300, 200), (0, 0, 300, 200)])
@pytest.mark.parametrize("ground", ["keep", "mean", "white"])
def test_every_box_gives_a_whole_crop(photo: np.ndarray, box: tuple, ground: str) -> None:
    mask = np.ones((box[3] - box[1], box[2] - box[0]), bool)
    assert crop(photo, ground, box=box, mask=mask, margin=0.1).shape == (64, 64, 3)


def test_planes_scale_to_minus_one_to_one() -> None:
    image = np.zeros((4, 4, 3), np.uint8)
    image[..., 0] = 255
    out = planes([image], mean=127.5, scale=127.5)
    assert out.shape == (1, 3, 4, 4) and out.dtype == np.float32
    assert (out[0, 0] == 1).all() and (out[0, 1] == -1).all()
