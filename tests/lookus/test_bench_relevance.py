"""`lookus bench relevance`: a small catalogue with labels is stocked, tagged and asked."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from analytics.good import LEAST_SCORE
from tests.support.tiny_bundle import build_tiny_bundle
from tests.support.training_sets import make_sets

PRODUCTS, SHAPES = 60, ("t-shirt", "trousers", "skirt")
PLEATED = 18
"""Six of each shape: enough to be asked for, and not most of them."""


pytestmark = pytest.mark.bench


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Any]]:
    folder = tmp_path_factory.mktemp("relevance")
    words, kept = folder / "words.json", folder / "kept.json"
    words.write_text(
        json.dumps(
            [
                {"text": "blue t-shirt", "lang": "en", "category": ["t-shirt"], "color": ["blue"]},
                {"text": "우주복", "lang": "ko", "category": ["jumpsuit"]},
            ]
        )
    )
    sets = make_sets(folder / "sets", photos=PRODUCTS)
    _pleat(sets / "hm.csv")
    command = [
        *(sys.executable, "-m", "lookus.cli", "bench", "relevance", "--json"),
        *("--data", sets, "--products", str(PRODUCTS), "--photos", "6"),
        *("--bundle", build_tiny_bundle(folder / "tiny"), "--words", words, "--keep", kept),
    ]
    hidden = ("DATABASE_URL", "OWNER_DATABASE_URL")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), json.loads(kept.read_text(encoding="utf-8"))


def test_every_photo_is_answered_with_and_without_the_second_ranking(measured: Any) -> None:
    figures, kept = measured
    for name in ("photo", "photo_embedding_alone"):
        assert figures[f"{name}_queries"] == len(kept[name]) > 0
        assert figures[f"{name}_without_result"] == 0
        assert 0 <= figures[f"{name}_category"] <= 1


def test_shares_are_counted_from_the_labels(measured: Any) -> None:
    figures, kept = measured
    found = [sku for line in kept["photo"] for sku in line["found"]]
    assert figures["photo_results"] == len(found)
    # make_sets draws its kinds by turns, and names its files by number.
    right = sum(
        SHAPES[int(sku) % len(SHAPES)] in line["wanted"]["category"]
        for line in kept["photo"]
        for sku in line["found"]
    )
    assert figures["photo_category"] == round(right / len(found), 4)


def test_words_that_nothing_has_are_counted_as_without_result(measured: Any) -> None:
    figures, _ = measured
    assert figures["words_queries"] == 2
    assert figures["words_ko_queries"] == figures["words_en_queries"] == 1
    assert figures["words_ko_without_result"] == 1


def test_a_photo_with_a_word_is_asked_by_every_method(measured: Any) -> None:
    figures, kept = measured
    for method in ("served", "linear_0.30_of_100", "rank_60", "rank_10"):
        asked = sum(figures.get(f"fused_{method}_{half}_queries", 0) for half in "ab")
        assert asked == figures[f"fused_{method}_literal_queries"] == len(kept["photo"])
    for share in ("category", "word", "both", "ndcg"):
        assert 0 <= figures[f"fused_served_literal_{share}"] <= 1


def test_without_the_words_share_a_photo_finds_less_of_the_word(measured: Any) -> None:
    figures, _ = measured
    assert figures["fused_served_literal_word"] > figures["fused_linear_0.00_literal_word"]


def test_the_mark_of_a_good_answer_is_measured(measured: Any) -> None:
    figures, kept = measured
    for kind in ("photo", "product"):
        assert figures[f"good_{kind}_mark"] == LEAST_SCORE[kind]
        assert 0 < figures[f"good_{kind}_best_mark"] < 1
    assert 0 < figures["good_photo_right"] <= len(kept["photo"])


def _pleat(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as read:
        rows = list(csv.DictReader(read))
    for row in rows[:PLEATED]:
        row["detail_desc"] += " Pleated."
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
