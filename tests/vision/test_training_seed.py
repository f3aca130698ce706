"""The seed project's networks, lessons, ranking and the comparison, on small made-up sets."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.support.tiny_bundle import build_tiny_bundle
from tests.support.training_sets import make_sets
from vision.training import scores
from vision.training.predictions import part_of
from vision.training.seed.compare import compare, in_our_words
from vision.training.seed.networks import (
    CATEGORY_SIDE,
    PATTERN_SIDE,
    CategoryNet,
    PatternNet,
    Phase,
    even_out,
    learn,
    parameters,
)
from vision.training.seed.photos import (
    LONG_TEE,
    allowed_category,
    category_lessons,
    middle,
    pattern_lessons,
    whole,
)
from vision.training.seed.ranking import Seen, best_pool, ranking_recall, ranking_scores
from vision.training.seed.report import BEGIN, END, filled, markdown, table
from vision.training.splits import TRAIN

MOMENT = 1 / 600


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sets(tmp_path_factory.mktemp("sets"), photos=90)


def test_the_networks_have_the_parameters_that_the_seed_project_had() -> None:
    with torch.device("meta"):
        assert round(parameters(CategoryNet(14)) / 1e6) == 198
        assert round(parameters(CategoryNet(40)) / 1e6) == 198
        assert round(parameters(PatternNet(6)) / 1e5) == 17


def test_the_networks_answer_for_photos_of_their_sizes() -> None:
    sides = ((CategoryNet(9, dense=8), CATEGORY_SIDE), (PatternNet(9), PATTERN_SIDE))
    for net, side in sides:
        assert net(torch.zeros(1, 3, side, side)).shape == (1, 9)


def test_every_evened_layer_answers_with_unit_variance() -> None:
    torch.manual_seed(0)
    layers = torch.nn.Sequential(
        torch.nn.Conv2d(3, 8, 3), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(288, 5)
    )
    x = torch.rand(16, 3, 8, 8)
    even_out(layers, x)
    with torch.no_grad():
        assert float(layers[0](x).std()) == pytest.approx(1, abs=1e-4)
        assert float(layers(x).std()) == pytest.approx(1, abs=1e-4)


def test_a_tee_of_unknown_sleeve_may_be_either_and_a_longsleeve_photo_is_no_short_one() -> None:
    classes = ["t-shirt", "sweater", LONG_TEE]
    tee = frozenset(["t-shirt"])
    phone = {"category": tee | {"sweater", "cardigan"}, "sleeve": frozenset(["long"])}
    assert allowed_category({"category": tee}, classes).tolist() == [True, False, True]
    assert allowed_category(phone, classes).tolist() == [False, True, True]
    short = {"category": tee, "sleeve": frozenset(["short"])}
    assert allowed_category(short, classes).tolist() == [True, False, False]


def test_lessons_come_from_the_training_part_and_each_photo_once_a_pass(
    data: Path, cache: Path
) -> None:
    lessons = category_lessons(data, cache, 1)
    train = sum(len(part_of(data, name, TRAIN)) for name in ("phone", "hm"))
    assert len(lessons.photos) == train
    assert lessons.allowed[np.concatenate(list(lessons.groups.values()))].any(1).all()
    patterns = pattern_lessons(data, cache, 1)
    assert set(patterns.groups) == {"solid", "denim"}
    train_hm = set(part_of(data, "hm", TRAIN).tolist())
    assert set(np.concatenate(list(patterns.groups.values())).tolist()) <= train_hm
    images, allowed = patterns(20, PATTERN_SIDE)
    assert images.shape == (20, 3, PATTERN_SIDE, PATTERN_SIDE)
    assert float(images.abs().max()) <= 1
    assert allowed.sum(1).tolist() == [1] * 20
    deck = lessons.groups["hm"]
    drawn = [next(lessons._decks["hm"]) for _ in deck]
    assert sorted(drawn) == sorted(deck.tolist())


def test_views_have_their_size_and_are_the_same_each_time_without_chance() -> None:
    photo = np.random.default_rng(0).integers(0, 255, (60, 200, 3)).astype(np.uint8)
    rng = np.random.default_rng(1)
    for view in (whole, middle):
        assert view(photo, 75, None).shape == (75, 75, 3)
        assert np.array_equal(view(photo, 75, None), view(photo, 75, None))
        assert all(view(photo, 75, rng).shape == (75, 75, 3) for _ in range(8))
    large = np.zeros((101, 201, 3), np.uint8)
    large[50, 100] = 255
    assert middle(large, 75).argmax() == (37 * 75 + 37) * 3


def test_steps_end_by_the_clock_and_lower_the_loss(data: Path, cache: Path) -> None:
    torch.manual_seed(0)
    lessons = pattern_lessons(data, cache, 1)
    net = PatternNet(len(lessons.classes))
    images, allowed = lessons(16, PATTERN_SIDE)
    even_out(net, images)

    def loss() -> float:
        inside = net(images).masked_fill(~allowed, -torch.inf).logsumexp(1)
        return float((net(images).logsumexp(1) - inside).mean().detach())

    before = loss()
    adam = torch.optim.AdamW(net.parameters())
    phase = Phase("short", 0.01, PATTERN_SIDE, 16, 1e-3)
    steps = learn(net, adam, lambda *_: (images, allowed), phase)
    assert steps >= 1
    while steps < 25:  # on a busy machine a phase may hold one step, and one alone may miss
        steps += learn(net, adam, lambda *_: (images, allowed), phase)
    assert loss() < before


def test_the_ranking_asks_colour_then_category_then_pattern() -> None:
    seen = Seen(
        np.array([[9, 0, 0], [9, 1, 0], [9, 2, 0], [9, 3, 0], [0, 0, 9]], float),
        np.array([1, 0, 1, 1, 1]),
        np.array([1, 1, 0, 1, 1]),
        np.array(["a", "b", "c", "d", "a"]),
    )

    color = ranking_scores(seen, 0.0)[0]
    assert np.argsort(-color).tolist() == [0, 1, 2, 3, 4]
    everything = ranking_scores(seen, 1.0)[0]
    assert [i for i in np.argsort(-everything).tolist() if i] == [3, 4, 2, 1]
    nearest_three = ranking_scores(seen, 0.6)[0]
    assert [i for i in np.argsort(-nearest_three).tolist() if i] == [3, 2, 1, 4]
    assert ranking_recall(everything[None].repeat(5, 0), seen.designs, (1, 4))[1] == 1.0


def test_recall_by_ranking_asks_only_designs_with_a_second_photo() -> None:
    near = np.array([[1, 0.9, 0.1], [0.9, 1, 0.2], [0.1, 0.2, 1]])
    assert ranking_recall(near, np.array(["a", "a", "b"])) == [1.0, 1.0]
    assert ranking_recall(near, np.array(["a", "b", "a"]))[0] == 0.0


def test_the_pool_that_finds_most_is_chosen() -> None:
    rng = np.random.default_rng(0)
    designs = np.arange(300) // 2
    seen = Seen(rng.uniform(0, 255, (300, 3)), designs, designs, designs.astype(str))
    assert best_pool(seen) == 1.0


def test_a_long_tee_is_a_tee_with_a_long_sleeve_and_an_all_over_print_a_print() -> None:
    said = in_our_words(LONG_TEE, "all-over")
    assert (said["category"].value, said["sleeve"].value) == ("t-shirt", "long")
    assert said["pattern"].value in scores.PATTERNS["all-over"].split()
    assert "sleeve" not in in_our_words("t-shirt", "solid")


def test_the_comparison_trains_measures_and_prints_both_sides(
    data: Path, cache: Path, tmp_path: Path
) -> None:
    bundle = build_tiny_bundle(tmp_path / "tiny")
    report = compare(
        bundle,
        data,
        cache,
        threads=1,
        minutes=MOMENT,
        pattern_minutes=MOMENT,
        batch=8,
        dense=8,
    )
    report = json.loads(json.dumps(report))
    by_name = {line["what"]: line for line in report["lines"]}
    phone = by_name["category on phone photos, 14 kinds"]
    assert phone["photos"] > 0
    assert 0 <= phone["seed"] <= 1
    assert all(
        line["seed"] > 0 and line["ours"] > 0
        for what, line in by_name.items()
        if what.startswith("images/s, all")
    )
    assert all(count > 0 for of in report["training"].values() for count in of["passes"].values())
    printed = markdown(report)
    assert printed.count("\n| ") == len(report["lines"])
    assert "same design, recall@10" in table(report)
    assert "steps" in printed
    document = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    assert filled(document, report) == f"before\n{BEGIN}\n{printed}\n{END}\nafter\n"
    with pytest.raises(ValueError, match="seed:start"):
        filled("no marks", report)
