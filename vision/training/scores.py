"""Right and wrong answers, and the figures that are counted from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from vision.tags import KIN
from vision.training.calibrate import calibration_error
from vision.training.kinds import FOOTWEAR, HM, PHONE
from vision.training.labels import ALL_OVER, STRIPES, Labels
from vision.training.predictions import Served
from vision.training.sets import Row
from vision.types import Garment, Prediction

# the 14 kinds of phone photo that a shopper would name
PHONE_KINDS = [kind for kind in PHONE if kind not in ("Top", "Blouse")]
PATTERNS = {
    "solid": "solid",
    "stripe": STRIPES,
    "check": "check",
    "all-over": ALL_OVER,
    "graphic": "graphic",
    "denim": "denim",
}
STYLES = ("casual", "sports", "formal", "ethnic")
DETAILS = ("sleeve", "neckline", "length", "fit")
MORE = ("closure", "material")
# the product types with most photos, of those that mean a garment
HM_TYPES = 30
# a class with fewer photos in the split says nothing
FEWEST = 5
SILENT = "-"
"""The answer of a head that says nothing about the garment's category."""

Recalls = dict[str, tuple[float, int]]


@dataclass(frozen=True)
class Judged:
    """One answer about one photo of a set, beside its label."""

    set: str
    index: int
    truth: str
    """The class of the label; empty where the label allows several."""
    answer: str
    probability: float
    right: bool


def recalls(judged: Iterable[Judged]) -> Recalls:
    """Recall and count of each class."""
    rights: dict[str, list[bool]] = {}
    for one in judged:
        if one.truth:
            rights.setdefault(one.truth, []).append(one.right)
    return {truth: (float(np.mean(found)), len(found)) for truth, found in rights.items()}


@dataclass(frozen=True)
class ClassLine:
    """How one class of a table fares."""

    name: str
    photos: int
    recall: float
    precision: float
    """Of the photos answered so; nan where it was never answered."""
    mistaken_for: str
    """The wrong answer given most often; empty when there was none."""


def by_class(judged: Iterable[Judged]) -> list[ClassLine]:
    """Each class that stands in the labels, those with most photos first."""
    kept = [one for one in judged if one.truth]
    out = []
    for truth, (recall, photos) in recalls(kept).items():
        # an allowed synonym is no answer of this name, but no mistake of it either
        named = [one.right for one in kept if one.answer == truth]
        wrong = Counter(one.answer for one in kept if one.truth == truth and not one.right)
        precision = float(np.mean(named)) if named else float("nan")
        mistaken = wrong.most_common(1)[0][0] if wrong else ""
        out.append(ClassLine(truth, photos, recall, precision, mistaken))
    return sorted(out, key=lambda line: -line.photos)


def overall(recalls: Recalls) -> float:
    """Share of all photos that are right, from recalls and counts."""
    return sum(r * n for r, n in recalls.values()) / max(1, sum(n for _, n in recalls.values()))


def mean_recall(recalls: Recalls) -> float:
    kept = [r for r, n in recalls.values() if n >= FEWEST]
    return float(np.mean(kept)) if kept else float("nan")


def ece(judged: Sequence[Judged]) -> float:
    """Calibration error of the answers; nan without any."""
    if not judged:
        return float("nan")
    confidence = np.array([one.probability for one in judged])
    return calibration_error(confidence, np.array([one.right for one in judged]))


def phone_kinds(served: Served) -> list[Judged]:
    """The category by the 14 kinds. A t-shirt is right for a Longsleeve photo only when its
    sleeve is said to be long."""

    def right(kind: str, garment: Garment, _: Labels) -> bool:
        allowed = FOOTWEAR if kind == "Shoes" else PHONE[kind]
        tee = kind == "Longsleeve" and garment.category == "t-shirt"
        return garment.category in allowed.split() and (
            not tee or _said(garment, "sleeve").value == "long"
        )

    rows = [(row["label"] if row["label"] in PHONE_KINDS else "") for row in served.rows]
    return _judged(served, "category", rows, right)


def product_types(served: Served, types: Sequence[str], *, or_text: bool = False) -> list[Judged]:
    """The category by product type as filed: any that one of `types` may mean is right. The texts
    are not read, or, with `or_text`, what they say is right as well (denim trousers are filed as
    trousers, hoodies as sweaters)."""
    kinds = [row["product_type_name"] for row in served.rows]
    return _judged(
        served,
        "category",
        [kind if kind in types else "" for kind in kinds],
        lambda kind, garment, label: (
            garment.category in HM[kind].split()
            or (or_text and garment.category in label.get("category", ()))
        ),
    )


def frequent_types(rows: Iterable[Row]) -> list[str]:
    """The HM_TYPES product types with most photos, of those that mean a garment."""
    counts = Counter(row["product_type_name"] for row in rows)
    return [kind for kind, _ in counts.most_common() if HM.get(kind)][:HM_TYPES]


def patterns(served: Served) -> list[Judged]:
    """The six patterns; an all-over print may be answered by its kind."""
    groups = {name: frozenset(ids.split()) for name, ids in PATTERNS.items()}

    def name_of(label: Labels) -> str:
        ids = label.get("pattern", frozenset())
        return next((name for name, allowed in groups.items() if ids and ids <= allowed), "")

    return _judged(
        served,
        "pattern",
        [name_of(label) for label in served.labels],
        lambda name, garment, _: garment.pattern in groups[name],
        called=lambda answer: next((n for n, ids in groups.items() if answer in ids), answer),
    )


def head_answers(
    served: Served, head: str, *, among: Sequence[str] = (), by_kin: bool = False
) -> list[Judged]:
    """A head's answers for the rows that have a label of it. With `among` only these may answer,
    and only rows that are one of them count; `by_kin` lets the kin of a right value be right, as a
    probability counts them together."""
    out = []
    for index, label, garment in zip(served.indices, served.labels, served.main, strict=True):
        allowed = label.get(head, frozenset())
        truth = next(iter(allowed)) if len(allowed) == 1 else ""
        if not allowed or (among and truth not in among):
            continue
        value, probability = _first(_said(garment, head), among)
        right = bool(allowed & (_kin_of(head, value) if by_kin else {value}))
        out.append(Judged(served.name, int(index), truth, value, probability, right))
    return out


def _kin_of(head: str, value: str) -> set[str]:
    return {value, *next((names for names in KIN.get(head, ()) if value in names), ())}


def _judged(
    served: Served,
    head: str,
    truths: Sequence[str],
    right: Callable[[str, Garment, Labels], bool],
    called: Callable[[str], str] = str,
) -> list[Judged]:
    """The rows whose truth is not empty; `called` names an answer as the truths are named."""
    out = []
    seen = zip(served.indices, truths, served.main, served.labels, strict=True)
    for index, truth, garment, label in seen:
        said = _said(garment, head)
        if truth:
            ok = right(truth, garment, label)
            out.append(
                Judged(served.name, int(index), truth, called(said.value), said.probability, ok)
            )
    return out


def _said(garment: Garment, head: str) -> Prediction:
    return garment.tags.get(head, Prediction(SILENT, 0.0, ((SILENT, 0.0),), True))


def _first(said: Prediction, among: Sequence[str]) -> tuple[str, float]:
    """The likeliest of the top answers that may be given."""
    return next((pair for pair in said.top if not among or pair[0] in among), said.top[0])


def design_recall(
    vectors: np.ndarray, groups: np.ndarray, depths: Sequence[int] = (1, 10)
) -> list[float]:
    """Share of photos with another photo of their design among the nearest `depths` others."""
    scores = vectors @ vectors.T
    np.fill_diagonal(scores, -np.inf)
    same = groups[:, None] == groups[None]
    np.fill_diagonal(same, False)
    asked = same.any(1)
    order = np.argsort(-scores[asked], axis=1)[:, : max(depths)]
    hits = np.take_along_axis(same[asked], order, axis=1)
    return [float(hits[:, :k].any(1).mean()) for k in depths]


def iou(mine: np.ndarray, truth: np.ndarray) -> float:
    union = np.logical_or(mine, truth).sum()
    return float(np.logical_and(mine, truth).sum() / union) if union else 1.0
