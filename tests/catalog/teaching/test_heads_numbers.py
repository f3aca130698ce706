"""The arithmetic of a shop's own head: a signal is found, noise is not taken for one."""

import numpy as np
import pytest

from catalog.teaching.head import Examples, answer, learn, stock_logs
from catalog.teaching.judging import Paired, folds, paired
from catalog.teaching.softmax import fit, log_softmax

VALUES = ["solid", "floral", "stripe", "check"]
SIZE = 256


def people_and_anchors(*, seed: int, signal: bool, people: int = 120, anchors: int = 200):
    """Of what the stock calls floral a half is stripe, which a direction of the embedding tells;
    without `signal` nothing does."""
    rng = np.random.default_rng(seed)
    planted = rng.normal(size=SIZE) / np.sqrt(SIZE)
    rows = people + anchors
    labels = rng.integers(0, len(VALUES), rows)
    said = labels.copy()
    wrong = np.zeros(rows, bool)
    wrong[:people] = rng.random(people) < 0.5
    labels[wrong], said[wrong] = 2, 1
    vectors = rng.normal(size=(rows, SIZE)) / np.sqrt(SIZE)
    if signal:
        vectors += np.outer(wrong, planted) * 2.0
    else:
        labels[:people] = rng.integers(0, len(VALUES), people)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    stock = np.array([stock_logs(VALUES, [[VALUES[one], 0.8]], VALUES[one]) for one in said])
    return Examples(
        vectors=vectors.astype(np.float32),
        stock=stock,
        said=said,
        labels=labels,
        groups=np.arange(rows),
        people=np.arange(rows) < people,
        asked_only=np.zeros(rows, bool),
    )


def test_a_planted_correction_makes_the_own_head_better():
    learned = learn(people_and_anchors(seed=1, signal=True))
    assert learned.paired.better
    assert learned.paired.own_right > learned.paired.stock_right + 20
    assert learned.paired.interval[0] > 0.1
    assert learned.flipped < 0.05


@pytest.mark.parametrize("seed", range(6))
def test_noise_is_not_taken_into_use(seed):
    assert not learn(people_and_anchors(seed=seed, signal=False)).paired.better


def test_what_the_shop_measures_by_is_never_learned_from():
    examples = people_and_anchors(seed=1, signal=True)
    only_asked = Examples(
        **{name: getattr(examples, name) for name in Examples.__slots__ if name != "asked_only"},
        asked_only=examples.people,
    )
    learned = learn(only_asked).paired
    assert learned.asked == 120
    assert learned.own_right == learned.stock_right


def test_probabilities_are_calibrated_and_sure_answers_are_mostly_right():
    examples = people_and_anchors(seed=3, signal=True, people=400, anchors=400)
    learned = learn(examples)
    fresh = people_and_anchors(seed=3, signal=True, people=400, anchors=400)
    shares = answer(
        learned.weights,
        learned.temperature,
        vectors=fresh.vectors,
        stock=fresh.stock,
        said=fresh.said,
    )
    assert np.allclose(shares.sum(axis=1), 1)
    sure = shares.max(axis=1) >= learned.threshold
    assert (shares.argmax(axis=1) == fresh.labels)[sure].mean() > 0.9


def test_without_weights_the_stock_answers():
    stock = np.array([stock_logs(VALUES, [["floral", 0.5], ["stripe", 0.45]], "stripe")])
    shares = answer(
        np.zeros((SIZE + len(VALUES) + 1, len(VALUES)), np.float32),
        1.0,
        vectors=np.zeros((1, SIZE), np.float32),
        stock=stock,
        said=np.array([2]),
    )
    # It decides among kin first: what it answered stands before what is likelier.
    assert VALUES[int(shares.argmax())] == "stripe"


def test_one_design_is_never_on_both_sides():
    groups = np.repeat(np.arange(40), 3)
    fold = folds(groups, 5, seed=1)
    assert all(len(set(fold[groups == one])) == 1 for one in range(40))
    assert np.bincount(fold).max() - np.bincount(fold).min() <= 3


@pytest.mark.parametrize(
    ("gains", "losses", "better"), [(6, 0, True), (5, 0, False), (9, 1, True), (7, 2, False)]
)
def test_the_rule_of_gains_and_losses(gains, losses, better):
    assert Paired(100, 100, 50, 50 + gains - losses, gains, losses).better is better


def test_variants_of_one_design_count_once():
    stock = np.zeros(30, bool)
    own = np.ones(30, bool)
    told = paired(stock, own, np.repeat(np.arange(5), 6))
    assert (told.asked, told.designs, told.gains) == (30, 5, 5)
    assert not told.better


def test_the_regression_is_at_its_least():
    """Its gradient is nothing, and a step in any direction is worse."""
    rng = np.random.default_rng(0)
    features, labels = rng.normal(size=(60, 5)), rng.integers(0, 3, 60)
    offset, weights = rng.normal(size=(60, 3)), rng.random(60) + 0.5

    def loss(matrix):
        logs = log_softmax(offset + features @ matrix)[np.arange(60), labels]
        return -(weights @ logs) / weights.sum() + (matrix**2).sum() / (2 * 4.0 * weights.sum())

    found = fit(features, labels, offset=offset, weights=weights, deviation=2.0)
    steps = [rng.normal(size=found.shape) * 0.01 for _ in range(20)]
    assert all(loss(found + step) > loss(found) for step in steps)
