"""The drawing networks on small made-up sets: drawings, steps, resuming, export, measuring."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper

from tests.support.tiny_bundle import build_tiny_bundle
from tests.support.training_sets import make_sets
from vision.analyzer import Analyzer
from vision.bundle import load_bundle
from vision.errors import BundleError
from vision.sketch.drawing import SIDE
from vision.sketch.kinds import KINDS, kind_of
from vision.sketch.networks import FOLDER, load_config
from vision.sketch.sketcher import get_sketcher
from vision.training.networks import Tagger
from vision.training.runs import Schedule
from vision.training.sketch.colorist import (
    Batch,
    ColoristConfig,
    Pair,
    colorless,
    similar,
    train_colorist,
)
from vision.training.sketch.drawings import Drawer, as_drawing, framed
from vision.training.sketch.evaluate import evaluate_sketch, table
from vision.training.sketch.export import SketchPlan, export_sketch
from vision.training.sketch.models import compare
from vision.training.sketch.models import table as models_table
from vision.training.sketch.pairs import Garments, open_garments
from vision.training.sketch.reader import ReaderConfig, even, train_reader
from vision.training.sketch.scores import drawn as drawings_of
from vision.training.sketch.scores import found, pool_of, ssim
from vision.training.sketch.settle import settle

SHORT = Schedule(steps=4, minutes=5, sizes=(SIDE,), until=(1.0,), batch=6, peak_rate=1e-3)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sets(tmp_path_factory.mktemp("sets"))


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny bundle, which this module adds drawing networks to."""
    return build_tiny_bundle(tmp_path_factory.mktemp("bundle") / "drawing", seed=4)


@pytest.fixture(scope="module")
def garments(data: Path, cache: Path, bundle: Path) -> Garments:
    return open_garments(Analyzer(load_bundle(bundle)), data, cache)


@pytest.fixture(scope="module")
def drawer(garments: Garments, cache: Path) -> Drawer:
    return Drawer(garments, cache)


@pytest.fixture(scope="module")
def tagger(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Random weights of a tagger beside its heads."""
    folder = tmp_path_factory.mktemp("tagger")
    heads = {name: list(head.labels) for name, head in load_bundle(bundle).tagger.heads.items()}
    (folder / "heads.json").write_text(json.dumps(heads))
    torch.manual_seed(0)
    torch.save(Tagger(heads).state_dict(), folder / "tagger.pt")
    return folder / "tagger.pt"


@pytest.fixture(scope="module")
def reader(
    data: Path, cache: Path, bundle: Path, tagger: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    config = ReaderConfig(data, cache, bundle, tagger, threads=1, schedule=SHORT, save_every=2)
    return train_reader(config, tmp_path_factory.mktemp("reader"))


@pytest.fixture(scope="module")
def colorist(
    data: Path, cache: Path, bundle: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    config = ColoristConfig(data, cache, bundle, threads=1, schedule=SHORT, save_every=2)
    return train_colorist(config, tmp_path_factory.mktemp("colorist"))


@pytest.fixture(scope="module")
def drawing_bundle(
    bundle: Path, reader: Path, colorist: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    edges = tmp_path_factory.mktemp("edges") / "edges.onnx"
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, ["n", 3, SIDE, SIDE])
    out = helper.make_tensor_value_info("lines", TensorProto.FLOAT, ["n", 3, SIDE, SIDE])
    node = helper.make_node("Identity", ["image"], ["lines"])
    graph = helper.make_graph([node], "edges", [image], [out])
    opset = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=9), edges)
    export_sketch(SketchPlan(reader, colorist, edges, bundle), bundle / FOLDER)
    return bundle


def test_garments_are_cut_out_on_white_with_their_designs_and_vectors(garments: Garments) -> None:
    crop, mask = garments.crops[0], garments.masks[0]
    assert crop.shape == (SIDE, SIDE, 3)
    assert (crop[mask == 0] > 235).mean() > 0.95
    assert 0.1 < (mask > 0).mean() < 0.9
    assert np.allclose(np.linalg.norm(garments.vectors, axis=1), 1, atol=2e-3)
    assert len(set(garments.designs.tolist())) < len(garments.designs)
    assert {"train", "test"} <= set(garments.parts.tolist())


def test_a_drawing_fills_its_square_and_says_which_part_of_the_photo_it_is(drawer: Drawer) -> None:
    rng = np.random.default_rng(0)
    one = drawer.drawing(rng, 0, dropped=0.0, strength=0.0, painted=0.0, source="canny-coarse")
    assert not one.painted.any()
    rows, columns = np.nonzero(one.lines > 0.5)
    span = max(np.ptp(rows), np.ptp(columns)) / SIDE
    assert span == pytest.approx(1 / 1.12, abs=0.04)
    window = framed(drawer.garments.masks[0], one.window, 0) > 127
    edge = window ^ (np.roll(window, 2, 0) & np.roll(window, 2, 1) & window)
    near = one.lines > 0.3
    for shift in (-2, -1, 1, 2):
        near = near | (np.roll(one.lines, shift, 0) > 0.3) | (np.roll(one.lines, shift, 1) > 0.3)
    assert near[edge].mean() > 0.8


def test_strokes_are_lost_and_paint_is_the_garments_own(drawer: Drawer) -> None:
    rng = np.random.default_rng(1)
    whole = [drawer.drawing(rng, i, dropped=0.0, painted=0.0).lines.sum() for i in range(8)]
    fewer = [drawer.drawing(rng, i, dropped=0.6, painted=1.0) for i in range(8)]
    assert sum(d.lines.sum() for d in fewer) < 0.8 * sum(whole)
    for i, one in enumerate(fewer):
        assert one.painted.any()
        crop, mask = drawer.garments.crops[i], drawer.garments.masks[i]
        middle = np.median(crop[mask > 0], 0)
        assert np.abs(np.median(one.paint[one.painted], 0) - middle).max() < 40


def test_rare_kinds_are_drawn_more_often_than_they_are_there() -> None:
    chances = even(["a"] * 9 + ["b"], np.ones(10, bool))
    assert chances.sum() == pytest.approx(1)
    assert chances[9] == pytest.approx(0.25)
    assert even(["a", "b"], np.array([True, False]))[1] == 0


def test_every_category_has_a_kind() -> None:
    assert kind_of("skirt") == "skirt"
    assert kind_of("jeans") == "trousers"
    assert kind_of("hat") == "headwear"
    assert kind_of("underwear") == kind_of("") == "other"
    assert {kind_of(c) for c in ("coat", "dress", "boots", "bag", "t-shirt")} < set(KINDS)


def test_ssim_is_one_for_the_same_and_less_for_less_alike() -> None:
    rng = np.random.default_rng(0)
    picture = rng.integers(0, 255, (64, 64, 3)).astype(np.uint8)
    near = np.clip(picture + rng.normal(0, 20, picture.shape), 0, 255).astype(np.uint8)
    assert ssim(picture, picture) == pytest.approx(1)
    assert ssim(picture, near) > ssim(picture, 255 - picture)
    a, b = (torch.from_numpy(p.copy()).permute(2, 0, 1)[None] / 127.5 - 1 for p in (picture, near))
    grey = [x.mean(1, keepdim=True) for x in (a, b)]
    assert float(similar(*grey)) == pytest.approx(ssim(picture, near), abs=0.12)


def test_recall_counts_the_own_product_and_its_design(
    drawer: Drawer, data: Path, cache: Path, bundle: Path
) -> None:
    pool = pool_of(Analyzer(load_bundle(bundle)), drawer.garments, data, cache)
    asked = drawings_of(drawer, pool, painted=True)
    assert len(asked.drawings) == len(pool.asked)
    # told apart by something of each, for two made-up photos may have one vector
    rng = np.random.default_rng(0)
    pool.vectors[:] = rng.normal(size=pool.vectors.shape)
    pool.vectors[:] /= np.linalg.norm(pool.vectors, axis=1, keepdims=True)
    right = found(asked, pool.vectors[pool.places])
    assert right["recall@1"] == right["design@1"] == 1
    wrong = found(asked, -pool.vectors[pool.places])
    assert wrong["recall@1"] == 0


def test_a_stopped_run_goes_on_where_it_was(
    data: Path, cache: Path, bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = ColoristConfig(data, cache, bundle, threads=1, schedule=SHORT, save_every=2)
    steps: list[int] = []
    step = Pair.step

    def dies(self: Pair, batch: Batch, size: int, rate: float, *, judged: bool) -> dict[str, float]:
        if len(steps) == 2:
            raise KeyboardInterrupt
        steps.append(len(steps))
        return step(self, batch, size, rate, judged=judged)

    monkeypatch.setattr(Pair, "step", dies)
    with pytest.raises(KeyboardInterrupt):
        train_colorist(config, tmp_path)
    monkeypatch.setattr(Pair, "step", step)
    state = torch.load(tmp_path / "checkpoint.pt", weights_only=False)
    assert state["step"] == 2
    weights = train_colorist(config, tmp_path)
    state = torch.load(tmp_path / "checkpoint.pt", weights_only=False)
    assert state["step"] == SHORT.steps
    moved = torch.load(weights, map_location="cpu")
    assert not torch.allclose(moved["leave.0.weight"], Pair(SHORT).net.leave[0].weight)


def test_an_exported_folder_reads_and_colours_drawings(
    drawing_bundle: Path, drawer: Drawer
) -> None:
    sketcher = get_sketcher(drawing_bundle)
    assert sketcher is not None
    one = as_drawing(drawer.drawing(np.random.default_rng(2), 0))
    seen = sketcher.look(one)
    assert np.linalg.norm(seen.embedding) == pytest.approx(1, abs=1e-4)
    assert sum(p for _, p in seen.categories) == pytest.approx(1, abs=1e-4)
    assert seen.picture.shape == (SIDE, SIDE, 3)
    assert sketcher.look(one, "skirt").category == "skirt"
    assert sum(p.stat().st_size for p in (drawing_bundle / FOLDER).glob("*.onnx")) < 40e6


def test_settings_are_chosen_and_written(drawing_bundle: Path, data: Path, cache: Path) -> None:
    chosen = settle(drawing_bundle, data, cache, threads=1)
    config = load_config(load_bundle(drawing_bundle))
    assert config is not None
    assert config.temperature == chosen["temperature"] > 0
    best = max(value for name, value in chosen.items() if name.startswith("recall"))
    assert chosen[f"recall, picture {config.picture_share}"] == best > 0


def test_the_measurement_prints(drawing_bundle: Path, data: Path, cache: Path) -> None:
    text = table(evaluate_sketch(drawing_bundle, data, cache, threads=1))
    assert "with paint" in text and "lines alone" in text
    assert "skirt" in text and "recall@10" in text


def test_models_of_one_kind_are_compared(
    drawing_bundle: Path, colorist: Path, data: Path, cache: Path
) -> None:
    models = {"all": colorist, "skirt": colorist}
    found = compare(drawing_bundle, models, data, cache, threads=1)
    assert found["skirt"]["all"] == found["skirt"]["skirt"]
    assert 0 < found["skirt"]["all"]["ssim"] < 1
    assert np.isnan(found["headwear"]["all"]["ssim"])
    assert "recall@10" in models_table(found)


def test_networks_for_another_revision_are_refused(drawing_bundle: Path, tmp_path: Path) -> None:
    other = build_tiny_bundle(tmp_path / "other", seed=9)
    assert load_config(load_bundle(other)) is None
    assert get_sketcher(other) is None
    shutil.copytree(drawing_bundle / FOLDER, other / FOLDER)
    with pytest.raises(BundleError, match="is for the bundle of revision"):
        load_config(load_bundle(other))
    file = other / FOLDER / "config.json"
    config = json.loads(file.read_text())
    del config["kinds"]
    file.write_text(json.dumps(config))
    with pytest.raises(BundleError, match="kinds is missing"):
        load_config(load_bundle(other))


def test_without_colour_a_garment_is_light_grey_with_its_folds() -> None:
    picture = np.full((64, 64, 3), 255, np.uint8)
    mask = np.zeros((64, 64), np.uint8)
    mask[10:50, 10:50] = 255
    picture[10:50, 10:50] = (120, 30, 40)
    picture[28:30, 10:50] = (60, 10, 15)
    plain = colorless(picture, mask)
    assert (plain[..., 0] == plain[..., 1]).all()
    assert plain[0, 0, 0] == 255
    assert plain[40, 40, 0] == 205 > plain[28, 20, 0]
