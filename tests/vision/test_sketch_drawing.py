"""Reading a drawing: lines of one width, paint told from ink and ground, and what is no drawing."""

import cv2
import numpy as np
import pytest

from tests.support.drawings import CAT, SKIRT, T_SHIRT, Pad, scribble
from vision.bench.photos import garments, shirt_on_a_wall
from vision.sketch.drawing import MARGIN, SIDE, Drawing, DrawingRejected, read_drawing
from vision.sketch.thin import crossings, neighbours, thinned

RED, NAVY, WHITE, BLACK = (200, 30, 40), (20, 40, 110), (255, 255, 255), (0, 0, 0)
BEIGE, SKY = (226, 205, 170), (60, 90, 200)


def hexed(color: tuple[int, int, int]) -> str:
    return "#" + bytes(color).hex()


def refused(picture: np.ndarray, colors: tuple[str, ...] = ()) -> str:
    with pytest.raises(DrawingRejected) as caught:
        read_drawing(picture, colors)
    assert str(caught.value) == caught.value.message
    return caught.value.code


def alike(one: Drawing, other: Drawing) -> float:
    """Share of each one's lines that lie within a pixel of the other's."""
    near = [
        cv2.dilate((drawing.lines > 0.5).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        for drawing in (one, other)
    ]
    return float(min(near[1][one.lines > 0.5].mean(), near[0][other.lines > 0.5].mean()))


@pytest.fixture(scope="module")
def plain() -> Drawing:
    return read_drawing(Pad().lines(T_SHIRT).layer)


def test_the_drawn_part_fills_the_square(plain: Drawing) -> None:
    small = Pad(at=(0.7, 0.7), scale=0.2).lines(T_SHIRT, pen=0.002)
    far = read_drawing(small.layer)
    x0, y0, x1, y1 = far.box
    assert x0 >= 0.7 * 640 and y0 >= 0.7 * 640 and 100 < x1 - x0 < 130 and x1 - x0 > y1 - y0
    assert alike(far, plain) > 0.9
    columns = np.flatnonzero((plain.lines > 0.5).any(0))
    margin = MARGIN * SIDE / (1 + 2 * MARGIN)
    assert columns[0] == pytest.approx(margin, abs=2)
    assert columns[-1] == pytest.approx(SIDE - 1 - margin, abs=2)
    assert plain.lines.shape == plain.painted.shape == (SIDE, SIDE)
    assert plain.lines.dtype == np.float32 and plain.lines.max() == 1.0
    assert not plain.painted.any() and plain.palette == () and (plain.paint == 255).all()


@pytest.mark.parametrize("pen", [0.002, 0.004, 0.02, 0.035])
def test_a_thin_and_a_thick_pen_give_the_same_lines(plain: Drawing, pen: float) -> None:
    other = read_drawing(Pad().lines(T_SHIRT, pen=pen).layer)
    assert other.lines.mean() == pytest.approx(plain.lines.mean(), rel=0.15)
    assert alike(other, plain) > 0.8
    assert not other.painted.any()


def test_lines_are_two_pixels_wide(plain: Drawing) -> None:
    row = plain.lines[SIDE * 3 // 4]
    assert row.sum() == pytest.approx(2 * 2, abs=1), "two sides of the shirt"


@pytest.mark.parametrize("ground", [None, WHITE, BEIGE, SKY, (30, 60, 40)])
def test_the_ground_may_have_any_colour(
    plain: Drawing, ground: tuple[int, int, int] | None
) -> None:
    chalk = (240, 240, 235) if ground == (30, 60, 40) else (26, 26, 26)
    pad = Pad(ground=ground).lines(T_SHIRT, color=chalk)
    drawing = read_drawing(pad.layer if ground is None else pad.rgb)
    assert alike(drawing, plain) > 0.9
    assert not drawing.painted.any()


def test_a_large_picture_is_read_as_a_small_one(plain: Drawing) -> None:
    pad = Pad(size=(1500, 1200)).lines(T_SHIRT, pen=0.001)
    drawing = read_drawing(pad.layer)
    assert alike(drawing, plain) > 0.9
    assert drawing.box[2] == pytest.approx(0.94 * 1200, abs=6)


@pytest.mark.parametrize("opaque", [False, True])
@pytest.mark.parametrize("told", [True, False])
def test_a_fill_of_colour(plain: Drawing, told: bool, opaque: bool) -> None:
    pad = Pad().fill(T_SHIRT[0], RED).lines(T_SHIRT)
    colors = (hexed(RED), "#808080", "#c0c0c0") if told else ()
    drawing = read_drawing(pad.rgb if opaque else pad.layer, colors)
    assert alike(drawing, plain) > 0.85
    assert drawing.painted.mean() == pytest.approx(0.40, abs=0.04)
    (color,) = drawing.palette
    assert color.family == "red" and color.share == 1.0
    assert color.hex == hexed(RED) or not told
    middle = drawing.paint[SIDE // 2, SIDE // 2].astype(int)
    assert np.abs(middle - RED).max() <= (0 if told else 8)


def test_strokes_of_colour_come_with_their_shares() -> None:
    pad = Pad().lines(T_SHIRT)
    pad.lines([[(0.35, 0.5), (0.65, 0.5)]], pen=0.06, color=NAVY)
    pad.lines([[(0.35, 0.7), (0.65, 0.7)]], pen=0.03, color=(240, 200, 20))
    for colors in ((), (hexed(NAVY), "#f0c814")):
        drawing = read_drawing(pad.layer, colors)
        assert [one.family for one in drawing.palette] == ["navy", "yellow"]
        assert sum(one.share for one in drawing.palette) == pytest.approx(1, abs=1e-3)
        assert drawing.palette[0].share == pytest.approx(0.67, abs=0.06)


@pytest.mark.parametrize("color", [BLACK, WHITE])
@pytest.mark.parametrize("told", [True, False])
def test_black_and_white_paint_are_told_from_ink_and_ground(
    plain: Drawing, color: tuple[int, int, int], told: bool
) -> None:
    pad = Pad().fill(T_SHIRT[0], color).lines(T_SHIRT)
    drawing = read_drawing(pad.layer, (hexed(color),) if told else ())
    assert [one.hex for one in drawing.palette] == [hexed(color)]
    assert drawing.painted.mean() > 0.35
    if told or color == WHITE:
        assert alike(drawing, plain) > 0.85, "the ink on it is still seen"


def test_a_shape_of_paint_alone_is_drawn_by_its_edge(plain: Drawing) -> None:
    drawing = read_drawing(Pad().fill(T_SHIRT[0], RED).layer)
    edge = read_drawing(Pad().lines([[*T_SHIRT[0], T_SHIRT[0][0]]]).layer)
    assert alike(drawing, edge) > 0.9


def test_lines_with_a_coloured_pen_are_lines(plain: Drawing) -> None:
    for colors in ((), (hexed(SKY),)):
        drawing = read_drawing(Pad().lines(T_SHIRT, color=SKY).layer, colors)
        assert alike(drawing, plain) > 0.9
        assert drawing.palette[0].family == "blue"


@pytest.mark.parametrize("jpeg", [False, True])
def test_a_pencil_on_paper_in_even_light(plain: Drawing, jpeg: bool) -> None:
    generator = np.random.default_rng(1)
    light = np.linspace(1, 0.8, 640)[None, :, None]
    paper = np.full((640, 640, 3), (222, 216, 205)) * light + generator.normal(
        0, 2.5, (640, 640, 3)
    )
    cover = Pad().lines(T_SHIRT, pen=0.006).layer[..., 3:] / 255 * 0.55
    photo = np.clip(paper * (1 - cover) + 90 * cover, 0, 255).astype(np.uint8)
    if jpeg:
        _, data = cv2.imencode(".jpg", photo, [cv2.IMWRITE_JPEG_QUALITY, 85])
        photo = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    drawing = read_drawing(photo)
    assert alike(drawing, plain) > 0.85
    assert not drawing.painted.any()


@pytest.mark.parametrize("channels", [3, 4])
@pytest.mark.parametrize("value", [0, 255, 128])
def test_an_empty_pad(channels: int, value: int) -> None:
    assert refused(np.full((300, 400, channels), value, np.uint8)) == "sketch_empty"


def test_a_dot_and_a_short_line() -> None:
    assert refused(Pad().lines([[(0.5, 0.5), (0.504, 0.5)]], pen=0.02).layer) == "sketch_too_little"
    assert refused(Pad().lines([[(0.3, 0.5), (0.7, 0.52)]]).layer) == "sketch_too_little"
    assert refused(Pad().lines([[(0.3, 0.3), (0.4, 0.45)]]).layer) == "sketch_too_little"


@pytest.mark.parametrize("pen", [0.004, 0.008, 0.02])
@pytest.mark.parametrize("turns", [80, 400, 5000])
def test_a_scribble(turns: int, pen: float) -> None:
    assert refused(Pad().lines(scribble(turns), pen=pen).layer) == "sketch_scribble"


def test_back_and_forth_until_all_is_ink() -> None:
    zigzag = [(0.2 + 0.6 * (at % 2), 0.15 + 0.7 * at / 90) for at in range(90)]
    assert refused(Pad().lines([zigzag]).layer) == "sketch_scribble"


def test_checks_drawn_by_hand_are_no_scribble() -> None:
    rows = [[(0.28, y), (0.72, y)] for y in np.arange(0.3, 0.9, 0.06)]
    columns = [[(x, 0.3), (x, 0.9)] for x in np.arange(0.3, 0.72, 0.06)]
    assert read_drawing(Pad().lines([*T_SHIRT, *rows, *columns]).layer).lines.mean() > 0.1


def test_a_photo_given_as_a_drawing() -> None:
    assert {refused(photo) for photo in garments(4, seed=5)} == {"sketch_is_photo"}


def test_a_photo_without_ground_and_one_that_is_cut_out() -> None:
    wall = shirt_on_a_wall(500, 500)
    assert refused(wall) == "sketch_is_photo"
    assert refused(np.random.default_rng(0).integers(0, 256, (300, 300, 3), np.uint8)) == (
        "sketch_is_photo"
    )
    cover = Pad(size=(500, 500)).fill(T_SHIRT[0], BLACK).layer[..., 3:]
    assert refused(np.dstack([wall, cover])) == "sketch_is_photo"


def test_a_cat_is_a_drawing() -> None:
    assert 0.03 < read_drawing(Pad().lines(CAT).layer).lines.mean() < 0.15


def test_another_garment_gives_other_lines(plain: Drawing) -> None:
    assert alike(read_drawing(Pad().lines(SKIRT).layer), plain) < 0.5


def test_thinned_lines_are_one_pixel_wide_and_as_connected() -> None:
    thick = Pad(size=(300, 300)).lines([*SKIRT, *CAT], pen=0.03).layer[..., 3] > 127
    middle = thinned(thick)
    assert not (middle & ~thick).any()
    pieces = [cv2.connectedComponents(one.astype(np.uint8))[0] for one in (thick, middle)]
    assert pieces[0] == pieces[1]
    assert neighbours(middle)[middle].mean() < 2.5
    cross = np.zeros((9, 9), bool)
    cross[4], cross[:, 4] = True, True
    assert crossings(cross).sum() == 1
