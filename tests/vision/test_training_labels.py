"""What the sets' words teach, and that no group is torn between training and test."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pytest

from tests.support.training_sets import make_sets
from vision.taxonomy import taxonomy
from vision.training import categories, cli, runtime
from vision.training.crops import Seen
from vision.training.labels import HEADS, labels
from vision.training.sets import read_rows
from vision.training.splits import CALIBRATE, TEST, TRAIN, group_of, split_of, splits
from vision.training.stripes import stripe_kind

HM = {
    "product_type_name": "Dress",
    "graphical_appearance_name": "Solid",
    "garment_group_name": "Dresses Ladies",
    "section_name": "Womens Everyday Collection",
    "index_group_name": "Ladieswear",
    "prod_name": "Ida",
    "detail_desc": "Calf-length, V-neck dress in a viscose weave with long sleeves, a wrapover"
    " front and a flared skirt.",
}
MYNTRA = {
    "articleType": "Tshirts",
    "usage": "Casual",
    "subCategory": "Topwear",
    "gender": "Men",
    "season": "Fall",
    "resolution": "168x224",
    "productDisplayName": "Acme Men Striped Navy Polo Neck T-shirt",
}


def test_every_id_that_a_set_maps_to_stands_in_the_taxonomy() -> None:
    known = set(taxonomy().ids("category"))
    for table in (categories.PHONE, categories.HM, categories.MYNTRA):
        assert {c for words in table.values() for c in words.split()} <= known


def test_a_catalogue_text_names_its_attributes() -> None:
    found = labels("hm", HM)
    assert found["category"] == {"dress"}
    assert found["sleeve"] == {"long"}
    assert found["neckline"] == {"v"}
    assert found["length"] == {"midi"}
    assert found["closure"] == {"wrap"}
    assert found["fit"] == {"flared"}
    assert found["material"] == {"viscose"}
    assert found["gender"] == {"women"}


def test_a_button_at_the_cuff_is_no_closure() -> None:
    row = HM | {"product_type_name": "T-shirt", "detail_desc": "Top with buttoned cuffs."}
    assert labels("hm", row)["closure"] == {"pullover"}


@pytest.mark.parametrize(
    ("changes", "category"),
    [
        ({"product_type_name": "Trousers", "garment_group_name": "Trousers Denim"}, {"jeans"}),
        ({"product_type_name": "Sweater", "detail_desc": "Hoodie in soft fabric"}, {"hoodie"}),
        ({"product_type_name": "Sweater", "detail_desc": "Printed sweatshirt"}, {"sweatshirt"}),
        ({"product_type_name": "Marker pen"}, set()),
    ],
)
def test_catalogue_kinds(changes: dict[str, str], category: set[str]) -> None:
    assert set(labels("hm", HM | changes).get("category", ())) == category


def test_a_product_name_names_category_pattern_and_style() -> None:
    found = labels("myntra", MYNTRA)
    assert found["category"] == {"polo"}
    assert found["pattern"] == {"stripe-wide", "stripe-fine", "stripe-vertical"}
    assert found["style"] == {"casual"}
    assert found["season"] == {"autumn"}
    assert "pattern" not in labels("myntra", MYNTRA | {"resolution": "60x80"})


def test_a_longsleeve_may_be_any_of_four_garments() -> None:
    found = labels("phone", {"label": "Longsleeve", "kids": "False"})
    assert found["category"] == {"sweater", "sweatshirt", "cardigan", "t-shirt"}
    assert found["sleeve"] == {"long"}


def test_labels_stay_in_the_taxonomy(tmp_path: Path) -> None:
    folder = make_sets(tmp_path)
    for name in ("phone", "hm", "myntra"):
        for row in read_rows(folder, name):
            for head, ids in labels(name, row).items():
                assert head in HEADS
                assert ids <= set(taxonomy().ids(head))


def test_no_group_is_in_two_parts_and_parts_are_of_the_promised_size() -> None:
    rows = [{"file": f"{i}", "product_code": f"{i // 3}"} for i in range(6000)]
    parts = splits("hm", rows)
    by_group: dict[str, set[str]] = {}
    for row, part in zip(rows, parts, strict=True):
        by_group.setdefault(group_of("hm", row), set()).add(part)
    assert all(len(found) == 1 for found in by_group.values())
    share = {part: parts.count(part) / len(parts) for part in (TRAIN, CALIBRATE, TEST)}
    assert 0.11 < share[TEST] < 0.17
    assert 0.04 < share[CALIBRATE] < 0.08
    assert split_of("hm/110065") == split_of("hm/110065")


def striped(period: int, *, upright: bool) -> Seen:
    at = np.arange(200)
    line = np.where(at % period < period // 2, 20, 230).astype(np.uint8)
    photo = np.repeat(line[None] if upright else line[:, None], 200, 0 if upright else 1)
    return Seen(np.repeat(photo[..., None], 3, 2), (0.0, 0.0, 200.0, 200.0))


@pytest.mark.parametrize(
    ("period", "upright", "kind"),
    [(8, True, "stripe-vertical"), (8, False, "stripe-fine"), (34, False, "stripe-wide")],
)
def test_stripes_are_told_apart_by_their_look(period: int, upright: bool, kind: str) -> None:
    assert stripe_kind(striped(period, upright=upright)) == kind


def test_a_check_is_no_kind_of_stripe() -> None:
    seen = striped(20, upright=True)
    across = striped(20, upright=False)
    assert stripe_kind(Seen(np.minimum(seen.photo, across.photo), seen.box)) is None


def test_without_torch_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(cli, "torch_is_missing", lambda: True)
    parser = argparse.ArgumentParser()
    cli.add_commands(parser.add_subparsers())
    common = ["--data", str(tmp_path), "--cache", str(tmp_path), "--weights", "w", "--run", "r"]
    args = parser.parse_args(["train", "parser", *common])
    assert args.run(args) == cli.CANNOT_START
    assert capsys.readouterr().err.strip() == runtime.ADVICE
