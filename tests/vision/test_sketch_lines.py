"""Photos as lines: of the garment alone, thin, at any size, the same lines in every colour."""

from dataclasses import replace
from io import BytesIO

import cv2
import numpy as np
import pytest
from PIL import Image

from vision.bundle import find_bundle
from vision.networks import open_session
from vision.render import GarmentSpec, Rendered, render_lines
from vision.sketch.drawing import MARGIN, read_drawing
from vision.sketch.edges import strength
from vision.sketch.lines import line_art, png_of
from vision.training.sketch.lines_scores import matched

SPEC = GarmentSpec(
    "shirt", "solid", "#3f6fb0", sleeve="long", neckline="collar", closure="buttons", seed=3
)
WAYS = ("canny", "xdog", "network")


@pytest.fixture(scope="module")
def edges():
    return open_session(find_bundle("full") / "sketch" / "edges.onnx", 1)


@pytest.fixture(scope="module")
def shirt() -> Rendered:
    return render_lines(SPEC, width=300, height=400)[0]


def outline(mask: np.ndarray) -> np.ndarray:
    solid = mask.astype(np.uint8)
    return (solid - cv2.erode(solid, np.ones((3, 3), np.uint8))) > 0


@pytest.mark.parametrize("way", WAYS)
def test_a_garments_outline_is_drawn_whole_and_nothing_outside_it(way, shirt, edges) -> None:
    lines = line_art(shirt.image, shirt.mask, edges=edges, way=way)
    assert lines.dtype == np.float32 and lines.shape == (128, 128)
    whole = line_art(shirt.mask[..., None].repeat(3, 2) * np.uint8(255), shirt.mask, edges=edges)
    solid = cv2.dilate((whole > 0.5).astype(np.uint8), np.ones((3, 3)))
    rings, _ = cv2.findContours(solid, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    cover = cv2.drawContours(np.zeros((128, 128), np.uint8), rings, -1, 1, -1)
    assert not ((lines > 0.5) & (cover == 0)).any()
    assert matched(outline(cover > 0), lines > 0.5)[0] > 0.95
    assert 0.02 < (lines > 0.5).mean() < 0.3


def seams(spec: GarmentSpec, way: str, edges) -> tuple[float, float]:
    """The share of a garment's true inner lines that a way draws, and of its lines that are
    true."""
    photo, true = render_lines(spec, width=300, height=400)
    x0, y0, x1, y1 = photo.box
    side = max(x1 - x0, y1 - y0) * (1 + 2 * MARGIN)
    at = np.argwhere(line_art(photo.image, photo.mask, edges=edges, way=way) > 0.5) - 63.5
    y, x = np.rint(at * side / 128 + ((y0 + y1) / 2, (x0 + x1) / 2)).astype(int).T
    drawn = np.zeros(true.shape, bool)
    drawn[y.clip(0, 399), x.clip(0, 299)] = True
    inside = cv2.erode(photo.mask.astype(np.uint8), np.ones((25, 25))) > 0
    near, close = (
        cv2.dilate(m.astype(np.uint8), np.ones((11, 11))) > 0 for m in (drawn, true > 0.4)
    )
    return near[(true > 0.5) & inside].mean(), close[drawn & inside].mean()


def test_the_network_draws_a_shirts_seams(edges) -> None:
    there, right = seams(SPEC, "network", edges)
    assert there > 0.6 and right > 0.5


def test_the_network_draws_less_of_a_fine_check_than_the_rule_does(edges) -> None:
    checked = replace(SPEC, pattern="check", color="#b23a2e", color2="#f3efe6")
    photo = render_lines(checked, width=300, height=400)[0]
    ink = {
        way: (line_art(photo.image, photo.mask, edges=edges, way=way) > 0.5).sum()
        for way in ("canny", "network")
    }
    assert ink["network"] < 0.75 * ink["canny"]


def test_lines_are_as_fine_at_any_size(shirt, edges) -> None:
    small = line_art(shirt.image, shirt.mask, edges=edges)
    large = line_art(shirt.image, shirt.mask, side=512, edges=edges)
    again = cv2.resize(large, (128, 128), interpolation=cv2.INTER_AREA)
    assert large.shape == (512, 512)
    assert np.abs(again - small).mean() < 0.03


def test_a_photo_without_a_mask_is_drawn_whole(shirt) -> None:
    lines = line_art(shirt.image, edges=None)
    ys, xs = np.nonzero(lines > 0.5)
    assert len(ys) > 100
    # the whole photo stands in the square, three quarters as wide as it is high
    assert xs.min() >= 14 and xs.max() <= 113


def test_an_empty_mask_gives_no_lines(shirt, edges) -> None:
    assert line_art(shirt.image, np.zeros_like(shirt.mask), edges=edges).max() == 0


def test_plain_grounds_have_no_lines(edges) -> None:
    assert line_art(np.full((90, 60, 3), 120, np.uint8), edges=None).max() == 0
    one = np.zeros((9, 9), bool)
    one[4, 4] = True
    assert line_art(np.zeros((9, 9, 3), np.uint8), one, edges=edges).shape == (128, 128)


def test_the_png_is_ink_on_nothing_and_can_be_read_as_a_drawing(shirt, edges) -> None:
    lines = line_art(shirt.image, shirt.mask, side=256, edges=edges)
    with Image.open(BytesIO(png_of(lines))) as picture:
        pixels = np.asarray(picture)
    assert pixels.shape == (256, 256, 4)
    assert (pixels[..., :3] == 0x1A).all()
    assert np.abs(pixels[..., 3] / 255 - lines).max() < 0.01
    drawn = read_drawing(pixels)
    assert matched(drawn.lines > 0.5, line_art(shirt.image, shirt.mask, edges=edges) > 0.5)[0] > 0.9


def test_the_network_must_be_there_where_it_is_asked_for(shirt) -> None:
    with pytest.raises(ValueError, match="edge network"):
        strength(np.zeros((256, 256, 3), np.uint8), "network", None)
