"""The demo shops' products and the command that draws photos into a folder."""

import argparse
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from vision.render import SHOPS, cli, demo_catalogue
from vision.taxonomy import taxonomy


@pytest.mark.parametrize("shop", SHOPS)
def test_a_demo_shop_reads_like_a_shop(shop: str) -> None:
    products = list(demo_catalogue(shop, 132, seed=1))
    assert len({p.sku for p in products}) == len({p.title for p in products}) == 132
    assert len({p.category for p in products}) >= 18
    for product in products:
        assert product.price % 1000 in (0, 900)
        assert product.sale_price is None or 0 < product.sale_price < product.price
        assert 1 <= len(product.specs) <= 2
        assert product.description and any("가" <= c <= "힣" for c in product.title_ko)
        assert product.specs[0].category == product.category
        assert product.gender in taxonomy().ids("gender")
        assert product.season in taxonomy().ids("season")


@pytest.mark.parametrize("shop", SHOPS)
def test_colourways_of_a_group_share_the_design(shop: str) -> None:
    groups: dict[str, list[tuple[int, str]]] = {}
    for product in demo_catalogue(shop, 132, seed=1):
        spec = product.specs[0]
        groups.setdefault(product.group, []).append((spec.seed, f"{spec.color}{spec.color2}"))
    assert max(len(members) for members in groups.values()) >= 3
    for members in groups.values():
        assert len({seed for seed, _ in members}) == 1
        assert len({colors for _, colors in members}) == len(members)


def test_a_catalogue_is_the_same_twice_and_longer_when_asked() -> None:
    assert list(demo_catalogue("street", 200, 4)) == list(demo_catalogue("street", 200, 4))
    assert len({p.sku for p in demo_catalogue("street", 300, 4)}) == 300


def test_an_unknown_shop_is_named() -> None:
    with pytest.raises(ValueError, match="flea-market"):
        next(demo_catalogue("flea-market"))


def command(*words: str) -> int:
    parser = argparse.ArgumentParser()
    cli.add_commands(parser.add_subparsers())
    args = parser.parse_args(["render", *words])
    return int(args.run(args))


def test_the_command_writes_photos_labels_and_masks(tmp_path: Path) -> None:
    size = ("--width", "120", "--height", "160")
    out = str(tmp_path / "new")
    words = (
        "--out",
        out,
        "--count",
        "3",
        "--seed",
        "5",
        "--category",
        "coat",
        "--labels",
        "--masks",
    )
    assert command(*words, *size) == 0
    rows = [json.loads(line) for line in (tmp_path / "new/labels.jsonl").read_text().splitlines()]
    assert len(rows) == 3
    for row in rows:
        photo = tmp_path / "new" / row["file"]
        mask = np.asarray(Image.open(photo.with_suffix(".png"))) > 127
        assert Image.open(photo).size == (120, 160)
        assert row["labels"]["category"] == "coat"
        x0, y0, x1, y1 = row["box"]
        assert mask[y0:y1, x0:x1].sum() == mask.sum() > 0


def test_a_count_of_nothing_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command("--out", str(tmp_path), "--count", "0")
    assert "not a positive number" in capsys.readouterr().err
