"""`lookus tag`, `embed` and `parse` over real files."""

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from vision.cli import add_commands

Draw = Callable[..., np.ndarray]
SHIRT = ("upper", (100, 60, 300, 260))
TROUSERS = ("lower", (120, 265, 280, 480))


@pytest.fixture
def lookus(tiny_bundle: Path) -> Callable[..., int]:
    def run(*words: object) -> int:
        parser = argparse.ArgumentParser()
        add_commands(parser.add_subparsers(required=True))
        options = parser.parse_args([*map(str, words), "--bundle", str(tiny_bundle)])
        return options.run(options)

    return run


@pytest.fixture
def photos(tmp_path: Path, draw: Draw) -> Path:
    """Two photos, one of them in a sub-folder and turned by EXIF."""
    folder = tmp_path / "photos"
    (folder / "worn").mkdir(parents=True)
    Image.fromarray(draw(SHIRT)).save(folder / "shirt.png")
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = Image.fromarray(draw(SHIRT, TROUSERS)).transpose(Image.Transpose.ROTATE_90)
    lying.save(folder / "worn" / "outfit.jpg", quality=95, exif=exif)
    (folder / ".DS_Store").write_bytes(b"hidden")
    return folder


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def ruined(photos: Path) -> Sequence[str]:
    (photos / "notes.txt").write_text("not a photo")
    (photos / "cut.png").write_bytes((photos / "shirt.png").read_bytes()[:200])
    return "cut.png", "notes.txt"


def test_tag_prints_one_json_object_a_photo(
    lookus: Callable[..., int], photos: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lookus("tag", photos, "--json") == 0
    shirt, outfit = lines(capsys.readouterr().out)
    assert shirt["file"] == "shirt.png" and outfit["file"] == "worn/outfit.jpg"
    assert len(outfit["garments"]) == 2
    garment = shirt["garments"][0]
    assert np.allclose(garment["box"], SHIRT[1], atol=8)
    assert isinstance(garment["category"], str) and isinstance(garment["attributes"], dict)
    assert garment["colors"][0] == {
        "name": "Bright red",
        "family": "red",
        "hex": "#dc1414",
        "share": 1.0,
    }
    heads = {"category", "pattern", "style", *garment["attributes"]}
    assert set(garment["confidence"]) == heads
    assert all(0 < value <= 1 for value in garment["confidence"].values())
    assert set(garment["unsure"]) <= heads


def test_tag_of_one_photo_names_it_as_it_was_given(
    lookus: Callable[..., int], photos: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lookus("tag", photos / "shirt.png", "--json") == 0
    (answer,) = lines(capsys.readouterr().out)
    assert answer["file"] == str(photos / "shirt.png")


def test_boxes_of_a_large_photo_are_in_its_own_pixels(
    lookus: Callable[..., int], tmp_path: Path, draw: Draw, capsys: pytest.CaptureFixture[str]
) -> None:
    large = Image.fromarray(draw(SHIRT)).resize((2400, 3000), Image.Resampling.NEAREST)
    large.save(tmp_path / "large.jpg")
    assert lookus("tag", tmp_path / "large.jpg", "--json") == 0
    (answer,) = lines(capsys.readouterr().out)
    assert (answer["width"], answer["height"]) == (2400, 3000)
    assert np.allclose(answer["garments"][0]["box"], np.multiply(SHIRT[1], 6), atol=50)


def test_tag_in_words(
    lookus: Callable[..., int], photos: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lookus("tag", photos) == 0
    said = capsys.readouterr().out
    assert "shirt.png" in said and "Bright red 100%" in said


@pytest.mark.parametrize("command", ["tag", "embed", "parse"])
def test_bad_files_are_reported_and_the_others_done(
    lookus: Callable[..., int],
    photos: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    command: str,
) -> None:
    bad = ruined(photos)
    rest = ("--json",) if command == "tag" else ("--out", tmp_path / "out.npz")
    assert lookus(command, photos, *rest) == 1
    said = capsys.readouterr()
    assert all(f"{name}: The " in said.err for name in bad)
    assert "truncated" in said.err and "not_an_image" in said.err
    if command == "tag":
        assert len(lines(said.out)) == 2
    elif command == "embed":
        assert len(np.load(tmp_path / "out.npz")["files"]) == 2
    else:
        assert len(list((tmp_path / "out.npz").rglob("*.png"))) == 2


def test_embed_writes_a_row_a_photo(
    lookus: Callable[..., int], photos: Path, tmp_path: Path
) -> None:
    assert lookus("embed", photos, "--out", tmp_path / "new" / "x.npz") == 0
    with np.load(tmp_path / "new" / "x.npz", allow_pickle=False) as out:
        assert list(out["files"]) == ["shirt.png", "worn/outfit.jpg"]
        assert out["boxes"].shape == (2, 4)
        assert np.allclose(out["boxes"][0], SHIRT[1], atol=8)
        assert out["embeddings"].shape == (2, 256)
        assert np.allclose(np.linalg.norm(out["embeddings"], axis=1), 1, atol=1e-5)


def test_parse_writes_a_mask_of_the_photos_upright_size(
    lookus: Callable[..., int], photos: Path, tmp_path: Path
) -> None:
    assert lookus("parse", photos, "--out", tmp_path / "masks") == 0
    mask = Image.open(tmp_path / "masks" / "worn" / "outfit.png")
    assert mask.mode == "L" and mask.size == (400, 500)
    values = np.asarray(mask)
    assert set(np.unique(values)) == {0, 255}
    assert (values[80:240, 120:280] == 255).all() and (values[:, :60] == 0).all()


def test_photos_that_differ_in_their_ending_only_keep_a_mask_each(
    lookus: Callable[..., int], photos: Path, tmp_path: Path, draw: Draw
) -> None:
    Image.fromarray(draw()).save(photos / "shirt.jpg")
    assert lookus("parse", photos, "--out", tmp_path / "masks") == 0
    found = {path.name for path in (tmp_path / "masks").glob("*.png")}
    assert found == {"shirt.png", "shirt.png.png"}


def test_an_empty_folder_and_a_missing_one_are_told_apart(
    lookus: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    assert lookus("tag", tmp_path / "empty") == 1
    assert "no file in this folder" in capsys.readouterr().err
    assert lookus("tag", tmp_path / "missing") == 2
    assert "no such file or folder" in capsys.readouterr().err


def test_an_unknown_bundle_is_said_in_words(
    photos: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers(required=True))
    options = parser.parse_args(["tag", str(photos), "--bundle", str(tmp_path)])
    assert options.run(options) == 2
    assert "config.json: is missing" in capsys.readouterr().err
