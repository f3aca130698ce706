"""How often the tagger looks at a garment, and what it makes of its looks."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from tests.support.tiny_bundle import CLOTH, TAGGER_SIZE, build_tiny_bundle
from vision.bundle import load_bundle, revision_of
from vision.errors import BundleError
from vision.looks import GARMENTS, Piece, look
from vision.networks import Networks
from vision.training.joint import joint_matrix


def networks(folder: Path, *, seed: int = 0, **tagger: object) -> Networks:
    """The tiny bundle with other keys for its tagger."""
    build_tiny_bundle(folder, seed=seed)
    config = json.loads((folder / "config.json").read_text())
    config["tagger"] |= tagger
    config["revision"] = revision_of(folder, config)
    (folder / "config.json").write_text(json.dumps(config))
    return Networks(load_bundle(folder))


def piece(seed: int) -> Piece:
    """A garment of two colours, its left half unlike its right, in the middle of a photo."""
    rng = np.random.default_rng(seed)
    image = np.full((90, 120, 3), 250, np.uint8)
    image[10:80, 20:60], image[10:80, 60:100] = rng.integers(0, 255, (2, 3))
    mask = np.ones((70, 80), bool)
    return Piece(image, (20, 10, 100, 80), mask)


def mirrored(one: Piece) -> Piece:
    return Piece(np.ascontiguousarray(one.image[:, ::-1]), one.box, one.mask[:, ::-1])


def test_one_look_tells_left_from_right_and_two_do_not(tmp_path: Path) -> None:
    pieces = [piece(1), mirrored(piece(1))]
    once, _ = look(networks(tmp_path / "once"), pieces)
    assert once[0] @ once[1] < 0.999
    twice, logits = look(networks(tmp_path / "twice", mirror=True), pieces)
    assert np.allclose(twice[0], twice[1], atol=1e-5)
    assert np.allclose(logits["category"][0], logits["category"][1], atol=1e-4)
    assert np.allclose(np.linalg.norm(twice, axis=1), 1, atol=1e-5)


def test_the_pattern_is_weighed_between_garment_and_cloth(tmp_path: Path) -> None:
    pieces = [piece(2), piece(3)]
    plain = look(networks(tmp_path / "plain"), pieces)[1]
    cloth = {"output": CLOTH, "share": 1.0}
    close = look(networks(tmp_path / "close", cloth=cloth), pieces)[1]
    half = look(networks(tmp_path / "half", cloth={**cloth, "share": 0.5}), pieces)[1]
    assert set(half) == set(plain)
    assert not np.allclose(plain["pattern"], close["pattern"], atol=0.1)
    assert np.allclose(half["pattern"], (plain["pattern"] + close["pattern"]) / 2, atol=1e-4)
    assert np.allclose(half["category"], plain["category"], atol=1e-5)


def test_a_second_tagger_has_its_share_of_the_heads_that_it_has(tmp_path: Path) -> None:
    pieces = [piece(4), piece(5)]
    other = look(networks(tmp_path / "other", seed=9), pieces)
    alone = look(networks(tmp_path / "alone"), pieces)

    def both(share: float) -> tuple[np.ndarray, Mapping[str, np.ndarray]]:
        folder = tmp_path / f"both-{share}"
        second = {"file": "second.onnx", "size": TAGGER_SIZE, "share": share}
        folder.mkdir()
        shutil.copy(tmp_path / "other" / "tagger.onnx", folder / "second.onnx")
        return look(networks(folder, second=second), pieces)

    vectors, logits = both(1.0)
    assert np.allclose(logits["category"], other[1]["category"], atol=1e-4)
    assert np.allclose(vectors, alone[0], atol=1e-5)
    half = both(0.5)[1]["style"]
    assert np.allclose(half, (alone[1]["style"] + other[1]["style"]) / 2, atol=1e-4)


def test_one_embedding_is_made_of_both_taggers(tmp_path: Path) -> None:
    pieces = [piece(seed) for seed in range(8)]
    theirs = look(networks(tmp_path / "other", seed=9), pieces)[0]
    mine = look(networks(tmp_path / "alone"), pieces)[0]
    folder = tmp_path / "joint"
    folder.mkdir()
    shutil.copy(tmp_path / "other" / "tagger.onnx", folder / "second.onnx")
    np.save(folder / "joint.npy", joint_matrix(theirs, mine, 0.75))
    keys = {"file": "second.onnx", "size": TAGGER_SIZE, "share": 0.5, "joint": "joint.npy"}
    vectors, _ = look(networks(folder, second=keys), pieces)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    wanted = 0.75 * theirs @ theirs.T + 0.25 * mine @ mine.T
    assert np.allclose(vectors @ vectors.T, wanted, atol=1e-3)


def test_a_joint_that_is_no_matrix_is_named(tmp_path: Path) -> None:
    build_tiny_bundle(tmp_path / "other")
    folder = tmp_path / "joint"
    folder.mkdir()
    shutil.copy(tmp_path / "other" / "tagger.onnx", folder / "second.onnx")
    (folder / "joint.npy").write_text("no matrix")
    keys = {"file": "second.onnx", "size": TAGGER_SIZE, "share": 0.5, "joint": "joint.npy"}
    with pytest.raises(BundleError, match=r"joint\.npy: is no matrix"):
        networks(folder, second=keys)


def test_many_garments_are_answered_in_their_order(tmp_path: Path) -> None:
    pieces = [piece(seed) for seed in range(GARMENTS + 3)]
    made = networks(tmp_path, mirror=True, cloth={"output": CLOTH, "share": 0.3})
    vectors, logits = look(made, pieces)
    assert vectors.shape == (GARMENTS + 3, 256)
    last, said = look(made, pieces[-1:])
    assert np.allclose(vectors[-1], last[0], atol=1e-5)
    assert np.allclose(logits["pattern"][-1], said["pattern"][0], atol=1e-4)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("mirror", "yes", "tagger.mirror must be true or false"),
        ("cloth", {"share": 0.5}, "tagger.cloth.output is missing"),
        ("cloth", {"output": CLOTH, "share": 2}, "tagger.cloth.share is 2; 0 to 1"),
        ("cloth", {"output": "none", "share": 0.5}, "lacks the outputs none"),
    ],
)
def test_a_wrong_look_is_named(tmp_path: Path, key: str, value: object, message: str) -> None:
    with pytest.raises(BundleError, match=message):
        networks(tmp_path, **{key: value})
