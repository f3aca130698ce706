"""A bundle's config is read strictly: what is wrong is named with its file and key."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.tiny_bundle import build_tiny_bundle
from vision.analyzer import Analyzer, get_analyzer
from vision.bundle import find_bundle, load_bundle, revision_of
from vision.errors import BundleError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return build_tiny_bundle(tmp_path / "tiny")


def rewritten(folder: Path, change: Callable[[dict[str, Any]], None], *, seal: bool = True) -> Path:
    path = folder / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    change(config)
    if seal:
        config["revision"] = revision_of(folder, config)
    path.write_text(json.dumps(config), encoding="utf-8")
    return folder


def test_a_bundle_is_read(folder: Path) -> None:
    bundle = load_bundle(folder)
    assert bundle.name == "tiny"
    assert len(bundle.revision) == 12
    assert bundle.tagger.heads["sleeve"].labels == ("sleeveless", "short", "three-quarter", "long")
    assert bundle.parser.classes[0] == "background"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: c["parser"].pop("pad"), "parser.pad is missing"),
        (lambda c: c["parser"].update(height="256"), "parser.height must be a number"),
        (lambda c: c["parser"].update(width=100.5), "parser.width must be a whole number"),
        (lambda c: c["parser"]["classes"].pop(), "parser.classes must be background"),
        (lambda c: c["tagger"].update(ground="blur"), "tagger.ground is 'blur'; one of keep"),
        (lambda c: c["tagger"]["heads"].pop("style"), "tagger.heads.style is missing"),
        (
            lambda c: c["tagger"]["heads"]["pattern"]["labels"].append("tartan"),
            r"tagger.heads.pattern.labels holds \['tartan'\]",
        ),
        (
            lambda c: c["tagger"]["heads"]["fit"].update(temperature=0),
            "tagger.heads.fit.temperature is 0",
        ),
        (
            lambda c: c["tagger"]["heads"]["fit"].update(threshold=1.5),
            "tagger.heads.fit.threshold is 1.5",
        ),
        (
            lambda c: c["tagger"]["heads"]["fit"].update(bias=[0.5]),
            r"tagger.heads.fit.bias must be a list of \d+ numbers",
        ),
        (lambda c: c.update(scale=0.0078), "scale is 0.0078; 1 to 255"),
    ],
)
def test_a_wrong_config_is_refused_by_key(
    folder: Path, change: Callable[[dict[str, Any]], None], message: str
) -> None:
    rewritten(folder, change)
    with pytest.raises(BundleError, match=message) as caught:
        load_bundle(folder)
    assert str(folder / "config.json") in str(caught.value)


def test_a_head_that_the_taxonomy_does_not_know_is_refused(folder: Path) -> None:
    def add(config: dict[str, Any]) -> None:
        head = {"labels": ["a", "b"], "temperature": 1, "threshold": 0}
        config["tagger"]["heads"]["mood"] = head

    rewritten(folder, add)
    with pytest.raises(BundleError, match=r"heads\.mood\.labels no kind 'mood'"):
        load_bundle(folder)


def test_networks_that_are_not_those_of_the_revision_are_refused(folder: Path) -> None:
    other = build_tiny_bundle(folder.parent / "other", seed=1)
    (folder / "tagger.onnx").write_bytes((other / "tagger.onnx").read_bytes())
    with pytest.raises(BundleError, match="changed after it was written"):
        load_bundle(folder)


def test_the_revision_follows_networks_and_steering_but_not_remarks(folder: Path) -> None:
    before = load_bundle(folder).revision
    remarked = rewritten(folder, lambda c: c.update(trained="today"))
    assert load_bundle(remarked).revision == before
    steered = rewritten(folder, lambda c: c["tagger"].update(margin=0.2))
    assert load_bundle(steered).revision != before
    assert load_bundle(build_tiny_bundle(folder.parent / "b", seed=1)).revision != before


def test_files_outside_the_folder_and_missing_ones_are_refused(folder: Path) -> None:
    rewritten(folder, lambda c: c["parser"].update(file="../parser.onnx"), seal=False)
    with pytest.raises(BundleError, match=r"parser\.file names parser\.onnx, which is not in"):
        load_bundle(folder)


def test_a_file_that_is_no_network_is_refused(folder: Path) -> None:
    (folder / "parser.onnx").write_bytes(b"not a network")
    rewritten(folder, lambda c: None)
    with pytest.raises(BundleError, match=r"parser.onnx: cannot be loaded"):
        Analyzer(load_bundle(folder))


def test_a_network_without_a_heads_output_is_refused(folder: Path) -> None:
    def swap(config: dict[str, Any]) -> None:
        config["tagger"]["embedding"] = "vector"

    with pytest.raises(BundleError, match="lacks the outputs vector"):
        Analyzer(load_bundle(rewritten(folder, swap)))


def test_an_unknown_bundle_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="is missing"):
        find_bundle(tmp_path / "nothing")
    with pytest.raises(BundleError, match="is missing"):
        load_bundle(tmp_path)


def test_an_analyzer_is_loaded_once(folder: Path) -> None:
    assert get_analyzer(folder) is get_analyzer(str(folder))
