"""Stand-ins for street photos of people: catalogue photos of upper garments, most of them worn.

The garment is chosen as someone who asks for "the upper garment" would: the first that the
analyzer calls a top, an outer or a full-body garment, whatever the label says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from vision.taxonomy import taxonomy
from vision.training.labels import ALL_OVER, STRIPES
from vision.training.predictions import Served
from vision.training.scores import SILENT, Judged
from vision.training.sets import Row, read_rows
from vision.training.splits import TEST, splits
from vision.types import Garment

UPPER_GROUPS = ("top", "outer", "full-body")
UPPER_KINDS = (
    *("Tshirts", "Shirts", "Tops", "Sweaters", "Sweatshirts", "Jackets", "Dresses", "Kurtas"),
    *("Kurtis", "Tunics", "Blazers", "Shrug", "Waistcoat", "Rain Jacket", "Camisoles"),
)
LARGE = "168x224"
# what a product name says of the pattern, and the answers that are right then; the first that
# matches counts. A name says `printed` of a chest print as of an all-over one, of tees mostly the
# first
PATTERN_WORDS = {
    "check": (r"\bcheck(?:s|ed|ered)?\b|\bplaid\b|\btartan\b|\bgingham\b", "check"),
    "stripe": (r"\bstrip(?:e|es|ed|er)\b", STRIPES),
    "dot": (r"\bpolka\b|\bdots?\b|\bdotted\b", "dot"),
    "floral": (r"\bfloral\b|\bflowers?\b", "floral"),
    "graphic": (r"\bgraphic\b|\bprint(?:ed)? .*(?:t-?shirt|tshirt|sweatshirt)", "graphic print"),
    "printed": (r"\bprint(?:ed|s)?\b", f"{ALL_OVER} graphic"),
    "solid": (r"\bsolid\b|\bplain\b", "solid melange denim"),
}
# ten families: the colours that a row may name and the answers that are right
COLORS = {
    "black": ("Black", "black"),
    "white": ("White, Off White", "white"),
    "grey": ("Grey, Charcoal, Grey Melange", "grey silver"),
    "blue": ("Blue, Navy Blue, Turquoise Blue", "blue navy sky mint"),
    "brown": ("Brown, Coffee Brown, Tan, Beige, Rust", "brown beige"),
    "red": ("Red, Maroon, Burgundy", "red"),
    "pink": ("Pink, Magenta", "pink"),
    "green": ("Green, Olive, Sea Green, Fluorescent Green", "green khaki mint"),
    "purple": ("Purple, Lavender, Mauve", "purple"),
    "yellow": ("Yellow, Mustard", "yellow"),
}
_COLOR_OF = {word: name for name, (words, _) in COLORS.items() for word in words.split(", ")}


def worn_rows(data: Path, part: str = TEST) -> np.ndarray:
    """The rows of `myntra` that stand in: large photos of upper garments of a split."""
    rows = read_rows(data, "myntra")
    return np.array(
        [
            i
            for i, (row, its) in enumerate(zip(rows, splits("myntra", rows), strict=True))
            if its == part and row["resolution"] == LARGE and row["articleType"] in UPPER_KINDS
        ],
        int,
    )


def upper(garments: tuple[Garment, ...]) -> Garment | None:
    """The first garment of a photo that covers the upper body, by its category."""
    groups = ((taxonomy().group_of(one.category), one) for one in garments)
    return next((one for group, one in groups if group in UPPER_GROUPS), None)


def named_pattern(row: Row) -> str:
    """The pattern that a row's product name says; empty where it says none."""
    name = row["productDisplayName"].lower()
    return next((p for p, (words, _) in PATTERN_WORDS.items() if re.search(words, name)), "")


def named_color(row: Row) -> str:
    """Which of the ten families a row names; empty for another."""
    return _COLOR_OF.get(row["baseColour"], "")


def worn_patterns(served: Served) -> list[Judged]:
    """The pattern of each upper garment whose name says one."""
    return _judged(
        served,
        named_pattern,
        {name: ids for name, (_, ids) in PATTERN_WORDS.items()},
        lambda garment: (garment.pattern, garment.tags["pattern"].probability),
    )


def worn_colors(served: Served) -> list[Judged]:
    """The family of each upper garment's first colour."""
    return _judged(
        served,
        named_color,
        {name: ids for name, (_, ids) in COLORS.items()},
        lambda garment: (garment.palette[0].family, garment.palette[0].share),
    )


def _judged(
    served: Served,
    truth_of: Callable[[Row], str],
    allowed: Mapping[str, str],
    says: Callable[[Garment], tuple[str, float]],
) -> list[Judged]:
    out = []
    for index, row, garments in zip(served.indices, served.rows, served.garments, strict=True):
        truth, one = truth_of(row), upper(garments)
        answer, probability = says(one) if one else (SILENT, 0.0)
        if truth:
            right = answer in allowed[truth].split()
            out.append(Judged(served.name, int(index), truth, answer, probability, right))
    return out
