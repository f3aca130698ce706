"""The edge of a garment's mask in few points."""

import cv2
import numpy as np
import pytest

from vision.outline import MOST_POINTS, MOST_RINGS, Ring, outline
from vision.types import Box, Mask


def filled(rings: tuple[Ring, ...], box: Box) -> Mask:
    """The mask [h, w] of the box that the rings enclose."""
    x0, y0, x1, y1 = box
    canvas = np.zeros((y1 - y0, x1 - x0), np.uint8)
    for ring in rings:
        cv2.fillPoly(canvas, [np.array(ring, np.int32) - (x0, y0)], 1)
    return canvas.astype(bool)


def overlap(one: Mask, other: Mask) -> float:
    return float(np.count_nonzero(one & other) / np.count_nonzero(one | other))


def garment(height: int, width: int) -> Mask:
    """A dress with a waist, sleeves and a scalloped hem."""
    down = np.linspace(0, 1, height)[:, None]
    across = np.abs(np.linspace(-1, 1, width))[None, :]
    half = 0.35 + 0.5 * down**2 - 0.15 * np.exp(-(((down - 0.35) / 0.1) ** 2))
    hem = 0.96 + 0.04 * np.sin(across * 60)
    sleeves = (down < 0.4) & (across < 0.9) & (across > down)
    return np.asarray(((across < half) | sleeves) & (down < hem))


@pytest.mark.parametrize("size", [(120, 90), (400, 300), (1280, 900)])
def test_few_points_enclose_what_the_mask_covers(size: tuple[int, int]) -> None:
    mask = garment(*size)
    box = (50, 20, 50 + size[1], 20 + size[0])
    rings = outline(mask, box)
    assert len(rings) == 1
    assert 8 < len(rings[0]) <= MOST_POINTS
    assert overlap(filled(rings, box), mask) > 0.93


def test_a_mask_that_fills_its_box_is_a_rectangle_in_the_photos_pixels() -> None:
    (ring,) = outline(np.ones((200, 100), bool), (30, 40, 130, 240))
    xs, ys = zip(*ring, strict=True)
    assert len(ring) == 4
    assert (min(xs), min(ys)) == (30, 40)
    assert max(xs) >= 128 and max(ys) >= 238


def test_a_pair_has_two_rings_the_larger_first_and_specks_none() -> None:
    mask = np.zeros((100, 300), bool)
    mask[20:80, 10:90] = True
    mask[10:90, 180:290] = True
    mask[0:3, 130:134] = True
    left, right = sorted(outline(mask, (0, 0, 300, 100)), key=lambda ring: ring[0][0])
    assert max(x for x, _ in left) < 95 and min(x for x, _ in right) > 175
    assert outline(mask, (0, 0, 300, 100))[0] == right


def test_a_ragged_mask_of_many_pieces_stays_few_points() -> None:
    noise = np.random.default_rng(5).random((300, 300))
    mask = cv2.GaussianBlur(noise, (0, 0), 6) > 0.5
    rings = outline(mask, (0, 0, 300, 300))
    assert 0 < len(rings) <= MOST_RINGS
    assert sum(map(len, rings)) <= MOST_POINTS


def test_nothing_and_a_hair_have_no_outline() -> None:
    assert outline(np.zeros((50, 50), bool), (0, 0, 50, 50)) == ()
    hair = np.zeros((900, 900), bool)
    hair[:, 450] = True
    assert outline(hair, (0, 0, 900, 900)) == ()


def test_the_same_mask_has_the_same_outline() -> None:
    mask = garment(500, 400)
    assert outline(mask, (0, 0, 400, 500)) == outline(mask.copy(), (0, 0, 400, 500))
