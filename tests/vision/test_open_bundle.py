"""The bundle that learned only from what is free for any purpose."""

import json
from pathlib import Path

import numpy as np
import pytest

from vision.analyzer import Analyzer, get_analyzer
from vision.bundle import BUNDLES, load_bundle
from vision.render import GarmentSpec, render

ALL_MEGABYTES = 60


@pytest.fixture(scope="module")
def open_() -> Analyzer:
    return get_analyzer("open")


@pytest.mark.parametrize(
    ("category", "color", "family"),
    [("dress", "#b3202e", "red"), ("t-shirt", "#1d2b50", "navy"), ("skirt", "#1f7a44", "green")],
)
def test_it_finds_a_laid_garment_and_names_it(
    open_: Analyzer, category: str, color: str, family: str
) -> None:
    made = render(GarmentSpec(category, "solid", color, seed=5), width=450, height=600)
    analysis = open_.analyze(made.image)
    assert analysis.found
    both = np.count_nonzero(analysis.mask & made.mask)
    assert both > 0.8 * np.count_nonzero(analysis.mask | made.mask)
    assert analysis.main.category == category
    assert analysis.main.palette[0].family == family


def test_its_colours_come_from_no_catalogue() -> None:
    table = load_bundle(BUNDLES / "open").colors
    assert table is not None
    assert json.loads(table.read_text())["source"].endswith(
        "the named colours of color_names.json alone"
    )


def test_its_card_names_only_free_sets() -> None:
    card = (BUNDLES / "open" / "MODEL_CARD.md").read_text()
    learned = card.split("## Learned from")[1].split("## How")[0]
    assert "`phone`" in learned
    for name in ("`hm`", "`myntra`", "`ccp`", "`textures`"):
        assert f"| {name} |" not in learned


def test_both_bundles_fit_the_repository() -> None:
    files = [file for file in Path(BUNDLES).rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) < ALL_MEGABYTES * 2**20
