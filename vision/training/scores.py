"""The quality figures, from answers and masks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from vision.training.calibrate import answers, calibration_error
from vision.training.kinds import FOOTWEAR, PHONE
from vision.training.labels import ALL_OVER, STRIPES
from vision.training.predictions import Answers

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
# a class with fewer photos in the split says nothing
FEWEST = 5

Recalls = dict[str, tuple[float, int]]


def phone_recalls(found: Answers, heads: Mapping[str, Sequence[str]]) -> Recalls:
    """Recall and count of each of the 14 kinds. A t-shirt is right for a Longsleeve photo only
    when the sleeve head says long."""
    category = heads["category"]
    best = found.logits["category"].argmax(1)
    long = np.zeros(len(best), bool)
    if "long" in heads.get("sleeve", ()):
        long = found.logits["sleeve"].argmax(1) == list(heads["sleeve"]).index("long")
    out: Recalls = {}
    for kind in PHONE_KINDS:
        rows = [i for i, row in enumerate(found.rows) if row["label"] == kind]
        right = [category[best[i]] in PHONE[kind].split() for i in rows]
        if kind == "Longsleeve":
            right = [
                ok and (category[best[i]] != "t-shirt" or long[i])
                for i, ok in zip(rows, right, strict=True)
            ]
        if kind == "Shoes":
            right = [category[best[i]] in FOOTWEAR.split() for i in rows]
        if rows:
            out[kind] = (float(np.mean(right)), len(rows))
    return out


def overall(recalls: Recalls) -> float:
    """Share of all photos that are right, from recalls and counts."""
    return sum(r * n for r, n in recalls.values()) / max(1, sum(n for _, n in recalls.values()))


def mean_recall(recalls: Recalls) -> float:
    kept = [r for r, n in recalls.values() if n >= FEWEST]
    return float(np.mean(kept)) if kept else float("nan")


def category_recalls(found: Answers, values: Sequence[str]) -> Recalls:
    """Recall and count of each category among rows whose label is one category."""
    truth = found.truth("category", list(values))
    best = found.logits["category"].argmax(1)
    out: Recalls = {}
    for at, value in enumerate(values):
        rows = np.flatnonzero(truth[:, at] & (truth.sum(1) == 1))
        if len(rows):
            out[value] = (float((best[rows] == at).mean()), len(rows))
    return out


def pattern_recalls(found: Answers, values: Sequence[str]) -> Recalls:
    """Recall of the six patterns; an all-over print may be answered by its kind."""
    best = np.array(values)[found.logits["pattern"].argmax(1)]
    out: Recalls = {}
    for name, ids in PATTERNS.items():
        allowed = set(ids.split())
        rows = [
            i
            for i, label in enumerate(found.labels)
            if label.get("pattern") and label["pattern"] <= allowed
        ]
        if rows:
            out[name] = (float(np.mean([best[i] in allowed for i in rows])), len(rows))
    return out


def head_recalls(
    found: Answers, head: str, values: Sequence[str], among: Sequence[str] = ()
) -> Recalls:
    """Recall of each value where the label names it alone; `among` lets only these answer."""
    logits = found.logits[head].copy()
    if among:
        logits[:, [v not in among for v in values]] = -np.inf
    truth = found.truth(head, list(values))
    best = logits.argmax(1)
    out: Recalls = {}
    for at, value in enumerate(values):
        rows = np.flatnonzero(truth[:, at] & (truth.sum(1) == 1))
        if len(rows) and (not among or value in among):
            out[value] = (float((best[rows] == at).mean()), len(rows))
    return out


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


def ece(found: Answers, head: str, values: Sequence[str], heat: float) -> float:
    """Calibration error of a head on the labelled rows."""
    return calibration_error(*answers(found.logits[head], found.truth(head, list(values)), heat))


def iou(mine: np.ndarray, truth: np.ndarray) -> float:
    union = np.logical_or(mine, truth).sum()
    return float(np.logical_and(mine, truth).sum() / union) if union else 1.0
