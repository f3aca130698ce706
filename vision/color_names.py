"""The table of named colours: a fine name in English and Korean, and the family it belongs to."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from vision.colorspace import ciede2000, hex_to_lab

_FILE = Path(__file__).with_name("color_names.json")

METALS = ("gold", "silver")


@dataclass(frozen=True, slots=True)
class NamedColor:
    en: str
    ko: str
    family: str


@cache
def table() -> tuple[tuple[NamedColor, ...], npt.NDArray[np.float32]]:
    """The named colours and their CIELAB values [n, 3]."""
    rows = json.loads(_FILE.read_text(encoding="utf-8"))
    named = tuple(NamedColor(row["en"], row["ko"], row["family"]) for row in rows)
    return named, np.stack([hex_to_lab(row["hex"]) for row in rows])


def nearest(lab: npt.NDArray[np.floating], *, metals: bool = False) -> NamedColor:
    """The named colour nearest by CIEDE2000 to one CIELAB colour [3].

    Gold and silver compete only with ``metals``: without their shine they are mustard and grey.
    """
    named, anchors = table()
    distance = ciede2000(lab, anchors)
    if not metals:
        distance = np.where([color.family in METALS for color in named], np.inf, distance)
    return named[int(np.argmin(distance))]
