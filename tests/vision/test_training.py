"""Training on small made-up sets: labels, splits, masks, steps, resuming, export, measuring."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from tests.support.kfashion_folder import make_kfashion
from tests.support.training_sets import drawn, make_sets
from vision.bundle import load_bundle
from vision.taxonomy import taxonomy
from vision.training import calibrate, tagger_sets
from vision.training.bundling import BundlePlan, make_bundle
from vision.training.cutouts import cut_out
from vision.training.embedding import train_embedding
from vision.training.evaluate import evaluate, table
from vision.training.export import Looks, _Ordered, difference, load_tagger
from vision.training.networks import Parser, Tagger, load_backbone, mobilenet_features
from vision.training.parser import ParserConfig, draw_batch, parser_loss, train_parser
from vision.training.parser_data import ParserPhotos
from vision.training.regions import IGNORE, NOT_GROUND, classes
from vision.training.runs import Learner, Run, Schedule
from vision.training.scores import design_recall
from vision.training.sightings import sight_all
from vision.training.tagger import (
    Memory,
    TaggerConfig,
    contrast_losses,
    masked_loss,
    train_tagger,
)
from vision.training.tagger_sets import FREE_SETS, SETS
from vision.training.warm import load_network

SHORT = Schedule(steps=6, minutes=5, sizes=(64,), until=(1.0,), batch=12, peak_rate=1e-3)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sets(tmp_path_factory.mktemp("sets"))


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backbone with random weights in the layout of the pretrained file."""
    torch.manual_seed(0)
    state = mobilenet_features().state_dict()
    path = tmp_path_factory.mktemp("weights") / "backbone.npz"
    np.savez(path, **{f"features.{k}": v.numpy() for k, v in state.items()})
    return path


@pytest.fixture(scope="module")
def parser(
    data: Path, cache: Path, weights: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    config = ParserConfig(data, cache, weights, drawn_designs=8, schedule=SHORT, save_every=2)
    return train_parser(config, tmp_path_factory.mktemp("parser"))


@pytest.fixture(scope="module")
def tagger(
    data: Path, cache: Path, weights: Path, parser: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    sight_all(parser, data, cache, threads=1, names=SETS)
    config = TaggerConfig(data, cache, weights, schedule=SHORT, drawn_designs=8, save_every=2)
    return train_tagger(config, tmp_path_factory.mktemp("tagger"))


def test_a_garment_on_a_plain_ground_is_cut_out_to_two_pixels() -> None:
    photo, truth = drawn("T-shirt", (40, 60, 150))
    cut = cut_out(photo)
    assert cut is not None
    assert cut.safe
    square = np.ones((5, 5), np.uint8)
    assert (cv2.erode(truth, square) <= cut.mask).all()
    assert (cut.mask <= cv2.dilate(truth, square)).all()


def test_white_on_white_is_never_called_safe() -> None:
    photo, _ = drawn("T-shirt", (236, 236, 236))
    cut = cut_out(photo)
    assert cut is None or not cut.safe


def test_a_busy_ground_gives_no_cut_out() -> None:
    photo = np.random.default_rng(0).integers(0, 255, (140, 110, 3)).astype(np.uint8)
    assert cut_out(photo) is None


def test_unknown_pixels_teach_nothing_and_worn_ones_only_that_they_are_no_ground() -> None:
    logits = torch.zeros(1, 9, 4, 4, requires_grad=True)
    parser_loss(logits, torch.full((1, 8, 8), IGNORE)).backward()
    assert logits.grad is not None
    assert float(logits.grad.abs().max()) == 0
    logits = torch.zeros(1, 9, 4, 4, requires_grad=True)
    parser_loss(logits, torch.full((1, 8, 8), NOT_GROUND)).backward()
    assert logits.grad is not None
    classes = logits.grad[0, 1:]
    assert float(logits.grad[0, 0].min()) > 0
    assert torch.allclose(classes, classes[:1].expand_as(classes), atol=1e-7)


def test_a_label_that_allows_two_values_is_content_with_either() -> None:
    allowed = torch.tensor([[True, True, False], [False, False, False]])
    sure = masked_loss(torch.tensor([[9.0, -9.0, -9.0], [0.0, 0.0, 0.0]]), allowed)
    other = masked_loss(torch.tensor([[-9.0, 9.0, -9.0], [0.0, 0.0, 0.0]]), allowed)
    wrong = masked_loss(torch.tensor([[-9.0, -9.0, 9.0], [0.0, 0.0, 0.0]]), allowed)
    assert float(sure) < 1e-3
    assert float(other) < 1e-3
    assert float(wrong) > 5
    assert float(masked_loss(torch.zeros(2, 3), torch.zeros(2, 3, dtype=torch.bool))) == 0


def test_photos_of_a_design_come_together_and_crops_of_one_photo_nearer_still() -> None:
    designs, photos = torch.tensor([1, 1, 2, 2]), torch.tensor([10, 10, 20, 21])
    together, apart = torch.eye(4, 256)[[0, 0, 1, 1]], torch.eye(4, 256)
    memory = Memory(16)
    near, far = (contrast_losses(v, designs, photos, memory) for v in (together, apart))
    assert float(near[0]) < float(far[0])
    assert float(near[1]) < float(far[1])
    memory.add(together, designs, photos)
    alone = torch.eye(1, 256)
    same, _ = contrast_losses(alone, designs[:1], photos[:1], memory)
    other, _ = contrast_losses(alone, designs[2:3], photos[2:3], memory)
    assert float(same) < float(other)
    # a colourway of the same design is an error for the photo, a success for the design
    _, own = contrast_losses(alone, designs[:1], photos[:1], memory)
    _, colourway = contrast_losses(alone, designs[:1], torch.tensor([21]), memory)
    assert float(own) < float(colourway)


def test_steps_on_a_batch_lower_its_loss(data: Path, cache: Path, weights: Path) -> None:
    torch.manual_seed(0)
    net = Parser(len(classes()))
    load_backbone(net.features, weights)
    learner = Learner(net, net.features, SHORT)
    image, truth = draw_batch(ParserPhotos(data, cache, 8, self_training=False), (1, 0), 8, 64)
    found = [learner.learn(parser_loss(net(image), truth), 1e-3, 2.0) for _ in range(6)]
    assert found[-1] < 0.8 * found[0]


def test_the_tagger_learns_every_head_that_has_labels(tagger: Path) -> None:
    _, heads = load_tagger(tagger)
    assert {"category", "style", "gender", "season"} <= set(heads)
    rows = torch.load(tagger.parent / "checkpoint.pt", weights_only=False)["history"]
    assert len(rows) == SHORT.steps
    assert np.isfinite(rows).all()


def test_a_stopped_run_goes_on_where_it_was(
    data: Path, cache: Path, weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = ParserConfig(data, cache, weights, drawn_designs=8, schedule=SHORT, save_every=2)
    save = Run.save

    def dies(run: Run, learner: Learner) -> None:
        save(run, learner)
        if run.step == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr(Run, "save", dies)
    with pytest.raises(KeyboardInterrupt):
        train_parser(config, tmp_path)
    monkeypatch.setattr(Run, "save", save)
    train_parser(config, tmp_path)
    state = torch.load(tmp_path / "checkpoint.pt", weights_only=False)
    assert state["step"] == SHORT.steps
    assert len(state["history"]) == SHORT.steps


def test_one_folder_is_one_recipe(data: Path, cache: Path, weights: Path, parser: Path) -> None:
    other = ParserConfig(data, cache, weights, seed=9, drawn_designs=8, schedule=SHORT)
    with pytest.raises(ValueError, match="another recipe"):
        train_parser(other, parser.parent)


def test_a_bundle_answers_as_torch_does_and_its_measurement_prints(
    data: Path, cache: Path, tagger: Path, bundle: Path
) -> None:
    made = load_bundle(bundle)
    net, heads = load_tagger(tagger)
    names = ["embedding", "fabric", *heads]
    sample = torch.rand(2, 3, 64, 64) * 2 - 1
    assert difference(_Ordered(net, names), names, sample, made.tagger.file) < 1e-3
    text = table(evaluate(bundle, data, cache, threads=1))
    assert "foreground IoU on flat-lays" in text
    assert "same design, recall@1" in text


@pytest.fixture(scope="module")
def bundle(
    data: Path, cache: Path, parser: Path, tagger: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    out = tmp_path_factory.mktemp("bundle") / "tiny"
    plan = BundlePlan("tiny", parser, tagger, out, Looks(parser_side=64, tagger_side=64))
    make_bundle(plan, data, cache, threads=1, with_scores=False)
    return out


def test_a_bundles_network_comes_back_into_torch_as_it_was(bundle: Path, parser: Path) -> None:
    sample = torch.rand(4, 3, 64, 64) * 2 - 1
    net = Parser(len(classes()))
    assert load_network(net, bundle / "parser.onnx", sample) == []
    assert difference(net.eval(), ["logits"], sample, bundle / "parser.onnx") < 1e-3
    trained = torch.load(parser, map_location="cpu")
    assert not torch.allclose(net.features[0][1].running_var, torch.ones(32))
    assert set(net.state_dict()) == set(trained)


def test_training_goes_on_from_a_bundle(
    data: Path, cache: Path, weights: Path, bundle: Path, tmp_path: Path
) -> None:
    short = dataclasses.replace(SHORT, steps=2, batch=8)
    parser = ParserConfig(data, cache, weights, drawn_designs=8, schedule=short, start=bundle)
    assert train_parser(parser, tmp_path / "parser").exists()
    tagger = TaggerConfig(data, cache, weights, drawn_designs=8, schedule=short, start=bundle)
    again, heads = load_tagger(train_tagger(tagger, tmp_path / "tagger"))
    before = load_bundle(bundle).tagger.heads
    assert list(heads["category"]) == list(before["category"].labels)
    sample = torch.rand(3, 3, 64, 64) * 2 - 1
    names = ["embedding", "fabric", *heads]
    # two small steps away from where it began, not from the backbone
    assert difference(_Ordered(again, names), names, sample, bundle / "tagger.onnx") < 3


def test_frozen_blocks_stay_as_they_were_and_the_others_learn(
    data: Path, cache: Path, weights: Path, parser: Path, tagger: Path, tmp_path: Path
) -> None:
    short = dataclasses.replace(SHORT, steps=2, batch=8)
    for start, config, train in (
        (parser, ParserConfig, train_parser),
        (tagger, TaggerConfig, train_tagger),
    ):
        made = config(data, cache, weights, drawn_designs=8, schedule=short, start=start, frozen=7)
        after = torch.load(train(made, tmp_path / start.stem), map_location="cpu")
        before = torch.load(start, map_location="cpu")
        moved = {
            name.split(".")[1]
            for name, value in before.items()
            if name.startswith("features") and not torch.equal(value, after[name])
        }
        assert moved == {str(block) for block in range(7, 18 if start is parser else 19)}


def test_the_embedding_alone_is_trained_further(
    data: Path, cache: Path, weights: Path, tagger: Path, tmp_path: Path
) -> None:
    config = TaggerConfig(data, cache, weights, schedule=SHORT, drawn_designs=8)
    out = train_embedding(config, tagger, tmp_path / "embedding", steps=3)
    before, after = (torch.load(path, map_location="cpu") for path in (tagger, out))
    moved = {key for key in after if not torch.equal(before[key], after[key])}
    assert moved == {"embed.weight", "embed.bias"}


def test_the_open_bundle_learns_from_free_photos_only(
    data: Path, weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tagger_sets, "FEWEST", 2)
    only = tmp_path / "only"
    only.mkdir()
    for kind in ("zip", "csv"):
        (only / f"phone.{kind}").write_bytes((data / f"phone.{kind}").read_bytes())
    cache = tmp_path / "cache"
    config = ParserConfig(
        only, cache, weights, drawn_designs=8, schedule=SHORT, save_every=2, free_only=True
    )
    parser = train_parser(config, tmp_path / "parser")
    sight_all(parser, only, cache, threads=1, names=FREE_SETS)
    config = dataclasses.replace(config, start=parser, self_training=True)
    train_parser(config, tmp_path / "again")
    tags = TaggerConfig(only, cache, weights, schedule=SHORT, drawn_designs=40, free_only=True)
    tagger = train_tagger(tags, tmp_path / "tagger")
    looks = Looks(parser_side=64, tagger_side=64)
    plan = BundlePlan("open", parser, tagger, tmp_path / "open", looks, free_only=True)
    make_bundle(plan, only, cache, threads=1, with_scores=False)
    heads = load_bundle(plan.out).tagger.heads
    assert {"category", "pattern", "style"} <= set(heads)
    assert heads["pattern"].threshold == 1.0


def test_kfashion_teaches_parser_and_tagger(
    data: Path, cache: Path, weights: Path, parser: Path, bundle: Path, tmp_path: Path
) -> None:
    folder = make_kfashion(tmp_path / "K-Fashion", photos=90)
    short = dataclasses.replace(SHORT, steps=2)
    train_parser(
        ParserConfig(data, cache, weights, drawn_designs=8, schedule=short, kfashion=folder),
        tmp_path / "parser",
    )
    config = TaggerConfig(data, cache, weights, schedule=short, drawn_designs=8, kfashion=folder)
    tagger = train_tagger(config, tmp_path / "tagger")
    looks = Looks(parser_side=64, tagger_side=64)
    plan = BundlePlan("korean", parser, tagger, tmp_path / "korean", looks, kfashion=folder)
    make_bundle(plan, data, cache, threads=1, with_scores=False)
    labels = load_bundle(plan.out).tagger.heads["kfashion-style"].labels
    assert len(labels) >= 2
    assert set(labels) <= set(taxonomy().ids("kfashion-style"))


def test_embeddings_are_unit_vectors() -> None:
    net = Tagger({"pattern": ["solid", "dot"]}).eval()
    with torch.no_grad():
        out = net(torch.rand(2, 3, 64, 64))
    assert torch.allclose(out["embedding"].norm(dim=1), torch.ones(2), atol=1e-5)


def test_the_schedule_ends_by_the_clock_too() -> None:
    run = Run(Path(), dataclasses.replace(SHORT, minutes=1), step=1, used=45)
    assert 0.7 < run.progress < 0.9


def test_recall_counts_a_design_once_it_is_among_the_nearest() -> None:
    vectors = np.array([[1, 0], [0.9, 0.1], [0, 1], [0.95, 0.05]], np.float32)
    groups = np.array(["a", "b", "c", "a"])
    at1, at2 = design_recall(vectors, groups, (1, 2))
    assert (at1, at2) == (1.0, 1.0)
    at1, _ = design_recall(vectors, np.array(["a", "b", "a", "c"]), (1, 2))
    assert at1 == 0.0


def test_temperature_cools_an_overconfident_head_and_the_threshold_keeps_its_promise() -> None:
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 4, 4000)
    logits = rng.normal(0, 1, (4000, 4))
    logits[np.arange(4000), truth] += 1.5
    allowed = np.eye(4, dtype=bool)[truth]
    heat = calibrate.temperature(logits * 5, allowed)
    confidence, right = calibrate.answers(logits * 5, allowed, heat)
    assert heat > 2
    assert calibrate.calibration_error(confidence, right) < 0.04
    least = calibrate.threshold(confidence, right)
    assert right[confidence >= least].mean() >= calibrate.WANTED_PRECISION
    assert calibrate.threshold(confidence, np.zeros(4000, bool)) == 1.0
