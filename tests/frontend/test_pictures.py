"""The pictures in the docs show the lens as it is; what moved is looked at, and drawn anew."""

from __future__ import annotations

import os
import subprocess

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.frontend.pictures import PICTURES, drawn, path_of

FONT = "Noto Sans CJK KR"
# Both are made so many times smaller: the rims of letters blur away, a place does not.
SMALLER = 6
# A cell differs from this on, of 255 greys; of all cells so many may.
MIN_STEP = 20
MAX_SHARE = 0.0015
MAX_BYTES = 1_200_000


def moved(one: Image.Image, other: Image.Image) -> float:
    """The share of cells that differ; 1 for another size."""
    if one.size != other.size:
        return 1.0
    cells = [
        np.asarray(image.convert("RGB").convert("L").reduce(SMALLER), dtype=np.int16)
        for image in (one, other)
    ]
    return float((abs(cells[0] - cells[1]) >= MIN_STEP).mean())


@pytest.fixture(scope="module")
def font() -> None:
    """Letters of another font stand elsewhere: nothing could be compared. CI installs this one."""
    found = subprocess.run(["fc-match", FONT], capture_output=True, text=True, check=False).stdout
    if FONT not in found:
        absent = pytest.fail if os.environ.get("CI") else pytest.skip
        absent(f"no {FONT}: install Debian's package fonts-noto-cjk")


@pytest.mark.parametrize("name", PICTURES)
def test_the_docs_show_the_lens_as_it_is(font: None, chromium: Browser, name: str) -> None:
    share = moved(Image.open(path_of(name)), drawn(chromium, name))
    assert share <= MAX_SHARE, (
        f"{share:.1%} of {path_of(name).name} moved: look at it, then run "
        f"python -m tests.frontend.pictures '{name}'"
    )


@pytest.mark.parametrize(
    ("block", "by"),
    [((0, 560, 390, 844), (0, 8)), ((16, 90, 374, 380), (0, 12)), ((560, 80, 780, 180), (10, 0))],
    ids=["the list, 8 px lower", "the photo, 12 px lower", "the chips, 10 px to the right"],
)
def test_a_moved_block_is_seen(block: tuple[int, int, int, int], by: tuple[int, int]) -> None:
    name = "results, wide" if block[2] > 390 else "results"
    before = Image.open(path_of(name)).convert("RGB")
    after = before.copy()
    after.paste(before.crop(block), (block[0] + by[0], block[1] + by[1]))
    assert moved(before, before) == 0
    assert moved(before, after) > MAX_SHARE


def test_the_pictures_are_small_and_all_of_them_are_shown() -> None:
    folder = path_of("results").parent
    assert {path_of(name) for name in PICTURES} == set(folder.iterdir())
    assert sum(path.stat().st_size for path in folder.iterdir()) <= MAX_BYTES
    guide = (folder.parents[1] / "widget.md").read_text(encoding="utf-8")
    for name in PICTURES:
        assert f"(pictures/lens/{path_of(name).name})" in guide
