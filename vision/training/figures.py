"""The main figures of a report, each beside the floor and the goal that were set for it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from vision.training import scores

Report = Mapping[str, Any]
Found = tuple[float, int]


@dataclass(frozen=True)
class Figure:
    """What is measured, how it is read from a report, and how well it should be; floor and goal
    are empty for what nobody asked for."""

    what: str
    read: Callable[[Report], Found]
    floor: str = ""
    goal: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the table: what, how much, on how many photos, and what was wanted."""

    what: str
    value: float
    photos: int
    floor: str
    goal: str


def lines(report: Report) -> list[Line]:
    """The report's main figures, in the order of a quality table; those that nothing was measured
    for are left out."""
    found = [(figure, *figure.read(report)) for figure in FIGURES]
    return [
        Line(one.what, value, photos, one.floor, one.goal)
        for one, value, photos in found
        if photos and not math.isnan(value)
    ]


def _overall(name: str) -> Callable[[Report], Found]:
    return lambda report: (scores.overall(report[name]), _count(report[name]))


def _mean(name: str) -> Callable[[Report], Found]:
    return lambda report: (scores.mean_recall(report[name]), _count(report[name]))


def _value(part: str, key: str, count: str = "photos") -> Callable[[Report], Found]:
    return lambda report: (report[part][key], report[part][count])


def _ece(head: str) -> Callable[[Report], Found]:
    return lambda report: (report["ece"][head], report["same_design"]["photos"])


def _details(report: Report) -> Found:
    means = [scores.mean_recall(one) for one in report["details"].values()]
    kept = [mean for mean in means if not math.isnan(mean)]
    counts = [_count(one) for one in report["details"].values()]
    return (sum(kept) / len(kept) if kept else math.nan), max(counts, default=0)


def _count(recalls: scores.Recalls) -> int:
    return sum(n for _, n in recalls.values())


FIGURES = (
    Figure("category on phone photos, 14 kinds", _overall("phone_category"), ".87", "≥ .93"),
    Figure("category on catalogue photos, 30 product types", _overall("hm_types"), ".88", "≥ .94"),
    Figure("… by product type or as the text says", _overall("hm_types_or_text")),
    Figure("… of photos whose text leaves one category", _overall("hm_category")),
    Figure("pattern on catalogue photos, mean recall of 6", _mean("hm_pattern"), ".89", "≥ .94"),
    Figure("pattern of worn upper garments, mean recall", _mean("worn_pattern"), ".62", "≥ .78"),
    Figure("colour family, first colour", _value("color", "first"), ".80", "≥ .90"),
    Figure("colour family, within the first two", _value("color", "first_two"), ".90", "≥ .97"),
    Figure("… first colour, either filed name", _value("color", "first_by_either")),
    Figure("… within the first two, either name", _value("color", "first_two_by_either")),
    Figure("colour of worn upper garments, mean recall", _mean("worn_color"), ".60", "≥ .78"),
    Figure("style, mean recall of 4", _mean("style"), ".75", "≥ .90"),
    Figure("sleeve, neckline, length, fit, mean recall", _details, ".65", "≥ .82"),
    Figure("person IoU on street photos", _value("street", "foreground_iou"), ".86", "≥ .90"),
    Figure("garments IoU on street photos (lookus parse)", _value("street", "garments_iou")),
    Figure("mean IoU of 8 classes on street photos", _value("street", "mean_iou"), ".53", "≥ .65"),
    Figure(
        "foreground IoU on flat-lays (lookus parse)",
        _value("flat_lays", "foreground_iou"),
        ".95",
        "≥ .975",
    ),
    Figure("same design, recall@1", _value("same_design", "recall@1"), ".50", "≥ .72"),
    Figure("same design, recall@10", _value("same_design", "recall@10"), ".78", "≥ .93"),
    Figure(
        "pasted photo finds its clean one, recall@1",
        _value("pasted", "recall@1", "queries"),
        ".70",
        "≥ .92",
    ),
    Figure("calibration error of category", _ece("category"), ".06", "≤ .03"),
    Figure("calibration error of pattern", _ece("pattern"), ".06", "≤ .03"),
)
