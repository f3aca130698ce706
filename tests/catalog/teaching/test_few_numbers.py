"""The arithmetic of a class of a few examples: found among many, and told with honest odds."""

import numpy as np
import pytest

from catalog.teaching.few import calibration, class_share, direction

SIZE, CATALOGUE, MEMBERS = 256, 3000, 90


@pytest.fixture(scope="module")
def world():
    """A catalogue of ten kinds on top of each other; the last one is the class."""
    return made(near=False)


def made(*, near):
    """With `near`, the kind before the last looks much like it."""
    rng = np.random.default_rng(4)
    centres = rng.normal(size=(10, SIZE))
    if near:
        centres[8] = 0.97 * centres[9] + 0.24 * centres[8]
    kinds = rng.integers(0, 9, CATALOGUE)
    kinds[:MEMBERS] = 9
    vectors = centres[kinds] * 0.35 + rng.normal(size=(CATALOGUE, SIZE)) * 0.6
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32), kinds == (8 if near else 9)


def test_counter_examples_lower_what_is_like_them():
    vectors, alike = made(near=True)
    shown, wrong = np.arange(10), np.flatnonzero(alike)[:12]
    way = direction(vectors[shown], vectors[:0], vectors, np.arange(10))
    scores = vectors @ way.weights
    before = calibration(way.left_out, scores).probabilities(scores)
    way = direction(vectors[shown], vectors[wrong], vectors, np.arange(22))
    answers = way.left_out_counter, np.zeros(len(wrong), bool)
    scores = vectors @ way.weights
    after = calibration(way.left_out, scores, answers).probabilities(scores)
    others = np.setdiff1d(np.flatnonzero(alike), wrong)
    assert before[others].mean() > 0.05
    assert after[others].mean() < 0.7 * before[others].mean()
    members = np.arange(10, MEMBERS)
    assert after[members].mean() > 1.5 * after[others].mean()


def learned(vectors, member, shown):
    groups = np.arange(len(shown))
    way = direction(vectors[shown], vectors[:0], vectors, groups)
    scores = vectors @ way.weights
    return way, scores, calibration(way.left_out, scores)


def test_ten_examples_find_the_others(world):
    vectors, member = world
    shown = np.flatnonzero(member)[:10]
    _, scores, calibrated = learned(vectors, member, shown)
    rest = np.setdiff1d(np.arange(CATALOGUE), shown)
    likely = calibrated.probabilities(scores)[rest]
    found = likely >= 0.5
    assert member[rest][found].mean() > 0.9
    assert found[member[rest]].mean() > 0.6
    # Sure of what is sure, and of no more of the catalogue than there is.
    assert abs(likely.mean() - member.mean()) < 0.02


def test_examples_that_are_nothing_in_common_are_not_sure_of_anything(world):
    vectors, member = world
    shown = np.random.default_rng(1).choice(np.flatnonzero(~member), 10, replace=False)
    way, _, calibrated = learned(vectors, member, shown)
    assert calibrated.probabilities(way.left_out).max() < 0.55


def test_left_out_examples_are_scored_by_models_that_did_not_see_them(world):
    """Ten times the same photo is one design: nothing is left to find it by."""
    vectors, member = world
    shown = np.flatnonzero(member)[:10]
    alone = direction(vectors[shown], vectors[:0], vectors, np.arange(10)).left_out
    together = direction(vectors[shown], vectors[:0], vectors, np.repeat(np.arange(2), 5)).left_out
    seen = vectors[shown] @ direction(vectors[shown], vectors[:0], vectors, np.arange(10)).weights
    assert alone.mean() < seen.mean()
    assert together.mean() < alone.mean()


def test_the_share_is_read_from_where_the_class_is():
    rng = np.random.default_rng(2)
    everything = np.concatenate([rng.normal(0, 1, 9500), rng.normal(5, 1, 500)])
    assert class_share(rng.normal(5, 1, 40), everything) == pytest.approx(0.05, abs=0.015)


def test_probabilities_are_as_often_right_as_they_say():
    rng = np.random.default_rng(3)
    member = rng.random(40_000) < 0.04
    scores = rng.normal(size=40_000) + 2.5 * member
    likely = calibration(rng.normal(2.5, 1, 40), scores).probabilities(scores)
    for low, high in ((0.1, 0.4), (0.4, 0.7), (0.7, 1.0)):
        between = (likely >= low) & (likely < high)
        assert abs(member[between].mean() - likely[between].mean()) < 0.2
