"""Lines as strokes, and strokes as people draw them."""

import cv2
import numpy as np
import pytest

from vision.training.sketch.strokes import draw, drop, simplify, trace, wobble


@pytest.fixture
def lines() -> np.ndarray:
    """A frame with a bar across and a small circle apart; OpenCV draws them five pixels wide."""
    canvas = np.zeros((128, 128), np.uint8)
    cv2.rectangle(canvas, (20, 20), (100, 100), 1, 3)
    cv2.line(canvas, (20, 60), (100, 60), 1, 3)
    cv2.circle(canvas, (60, 40), 6, 1, 3)
    return canvas.astype(np.float32)


def test_traced_strokes_lie_on_the_lines_and_cover_them(lines):
    strokes = trace(lines)
    drawn = draw(strokes, 128, 5, np.random.default_rng(0)) > 0.5
    near = cv2.dilate(lines, np.ones((3, 3))) > 0
    assert not (drawn & ~near).any()
    assert (drawn & (lines > 0)).sum() > 0.95 * (lines > 0).sum()


def test_strokes_are_cut_at_corners_and_go_straight_on_at_crossings(lines):
    spans = sorted(float(np.ptp(stroke, axis=0).max()) for stroke in trace(lines))
    assert 5 <= len(spans) <= 9
    assert sum(span > 70 for span in spans) >= 4


def test_simplified_strokes_keep_to_their_slack(lines):
    for full, few in zip(trace(lines), simplify(trace(lines), 1.5), strict=True):
        assert len(few) <= len(full)
        canvas = np.zeros((128, 128), np.uint8)
        cv2.polylines(canvas, [np.rint((few - 0.5) * 16).astype(np.int32)], False, 1, 1, 8, 4)
        away = cv2.distanceTransform(1 - canvas, cv2.DIST_L2, 5)
        assert away[full[:, 1].astype(int), full[:, 0].astype(int)].max() < 2.6


def test_a_share_of_the_strokes_goes_and_the_short_ones_first(lines):
    strokes = trace(lines)
    shortest = min(range(len(strokes)), key=lambda k: len(strokes[k]))
    gone = 0
    for seed in range(200):
        kept = drop(np.random.default_rng(seed), strokes, 0.3)
        assert len(kept) == len(strokes) - round(0.3 * len(strokes))
        gone += not any(line is strokes[shortest] for line in kept)
    assert 120 < gone < 200
    assert len(drop(np.random.default_rng(0), strokes, 1.0)) == 1


@pytest.mark.parametrize("style", ["train", "held-out"])
def test_a_hand_goes_off_the_lines_but_not_far(lines, style):
    rng = np.random.default_rng(3)
    middle = draw(trace(lines), 128, 1, rng) > 0.4
    away = cv2.distanceTransform(1 - middle.astype(np.uint8), cv2.DIST_L2, 5)
    drawn = draw(wobble(rng, trace(lines), style), 128, 2, rng, style)
    assert drawn.dtype == np.float32
    assert drawn.shape == (128, 128)
    off = away[drawn > 0.5]
    assert 0.7 < off.mean() < 5
    again = draw(wobble(rng, trace(lines), style), 128, 2, rng, style)
    assert np.abs(again - drawn).sum() > 100


def test_no_strokes_give_an_empty_drawing():
    rng = np.random.default_rng(0)
    assert trace(np.zeros((64, 64), np.float32)) == []
    for style in ("train", "held-out"):
        assert draw(wobble(rng, drop(rng, [], 0.3), style), 64, 2, rng, style).max() == 0


@pytest.mark.parametrize("width", [1.0, 1.5, 2.0, 3.0])
def test_a_line_is_as_wide_as_it_was_asked_to_be(width):
    line = np.array([[20, 30], [100, 70]], np.float32)
    for style in ("train", "held-out"):
        rng = np.random.default_rng(0)
        drawn = [draw([line], 128, width, rng, style).sum() for _ in range(20)]
        assert np.mean(drawn) / np.hypot(80, 40) == pytest.approx(width, rel=0.25)
