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


def nearest_of(lab: npt.NDArray[np.floating], family: str) -> NamedColor:
    """The named colour of a family that is nearest by CIEDE2000 to one CIELAB colour [3].

    Raises ``KeyError`` for a family without named colours.
    """
    named, anchors = _of_family()[family]
    return named[int(np.argmin(ciede2000(lab, anchors)))]


@cache
def plainest(family: str) -> tuple[NamedColor, npt.NDArray[np.float32]] | None:
    """The colour that stands for a family, with its CIELAB value [3]: the one that has the family's
    name, else the first; None for a family without named colours ("multicolour").
    """
    if family not in _of_family():
        return None
    named, anchors = _of_family()[family]
    at = next((at for at, color in enumerate(named) if color.en.lower() == family), 0)
    return named[at], anchors[at]


@cache
def _of_family() -> dict[str, tuple[tuple[NamedColor, ...], npt.NDArray[np.float32]]]:
    """The table family by family."""
    named, anchors = table()
    rows: dict[str, list[int]] = {}
    for at, color in enumerate(named):
        rows.setdefault(color.family, []).append(at)
    return {
        family: (tuple(named[at] for at in places), anchors[places])
        for family, places in rows.items()
    }
