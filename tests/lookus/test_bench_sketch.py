"""`lookus bench sketch`: a small catalogue is stocked, tagged and asked with drawings of it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from analytics.good import LEAST_SCORE
from tests.support.tiny_bundle import build_tiny_bundle
from tests.support.tiny_sketch import add_tiny_sketch
from tests.support.training_sets import make_sets

PRODUCTS, DRAWINGS = 30, 4


@pytest.mark.bench
def test_every_drawing_is_asked_in_every_way(tmp_path: Path) -> None:
    bundle = build_tiny_bundle(tmp_path / "tiny")
    add_tiny_sketch(bundle)
    command = [
        *(sys.executable, "-m", "lookus.cli", "bench", "sketch", "--json"),
        *("--data", make_sets(tmp_path / "sets", photos=PRODUCTS), "--cache", tmp_path / "cache"),
        *("--products", str(PRODUCTS), "--drawings", str(DRAWINGS), "--bundle", bundle),
    ]
    hidden = ("DATABASE_URL", "OWNER_DATABASE_URL")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["drawings"] == DRAWINGS
    assert figures["products"] == PRODUCTS
    assert figures["good_drawing_mark"] == LEAST_SCORE["drawing"]
    assert 0 <= figures["good_drawing_without_pass"] <= 1
    for paint in ("paint", "lines"):
        for told in ("told", "guessed"):
            name = f"{paint}_{told}_as_served"
            assert 0 <= figures[f"{name}_recall@1"] <= figures[f"{name}_recall@10"] <= 1
            # A third of the shop is of each kind: answers come, or nothing could share it.
            assert figures[f"{name}_six_share_category"] > 0
