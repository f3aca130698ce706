"""`lookus evaluate sketch-lines`: how well lines are found in photos of held-out designs.

Nobody drew these photos by hand. What can be measured instead:

- Drawn garments have true lines. F of precision and recall within 2 px of 128: at the one level
  that suits all photos best (ODS), and at each photo's own best (OIS), as edge detectors are
  measured since Martin, Fowlkes, Malik 2004 (https://doi.org/10.1109/TPAMI.2004.1273918).
- Photos of one design in other colours: what a person would draw comes again, prints and folds do
  not. The same F between the inner lines of two colourways, less that of two designs of one kind.
- The outline of the garment, without the help of its mask.
- Ink (share of the pixels) and pieces: people draw little.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from vision.sketch.drawing import SIDE
from vision.sketch.edges import Way, joined, strength
from vision.sketch.lines import RIM, cleaned, laid, outline_of
from vision.sketch.thin import thinned
from vision.training.parser_data import open_cutouts
from vision.training.progress import bar
from vision.training.sets import Pixels, read_rows
from vision.training.sketch.edge_data import LINE, open_drawn_lines, squares, usable_photos
from vision.training.splits import CALIBRATE, TEST
from vision.types import Mask

TRIED: dict[Way, tuple[float, ...]] = {
    "canny": (15.0, 25.0, 40.0, 60.0, 90.0, 130.0),
    "xdog": (0.3, 0.45, 0.55, 0.65, 0.75, 0.85),
    "network": (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.87, 0.93),
}
NEAR = 2.0
"""Pixels of 128 within which two lines are the same."""
PAIRS = {CALIBRATE: 40, TEST: 120}
"""How many pairs of colourways, and as many of different designs, are compared."""

Score = dict[str, float]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Pairs:
    """Catalogue photos [256,256,3] with masks, and pairs of their places."""

    photos: list[Pixels]
    masks: list[Mask]
    same: list[tuple[int, int]]
    other: list[tuple[int, int]]


def evaluate_lines(
    data: Path, cache: Path, session: ort.InferenceSession | None
) -> dict[str, Score]:
    """The scores of each way on held-out photos, at the level that suits calibration photos best.

    The network is measured where there is a session of it.
    """
    ways: list[Way] = ["canny", "xdog"]
    if session:
        ways.append("network")
    pairs = {part: colorways(data, cache, part) for part in PAIRS}
    out: dict[str, Score] = {}
    for way in ways:
        drawn = drawn_scores(cache, CALIBRATE, way, session).mean(0)
        seen = strengths(pairs[CALIBRATE], way, session)
        came = [repeated(pairs[CALIBRATE], seen, x)["margin"] for x in TRIED[way]]
        at = int(np.argmax(drawn + came))
        level, scores = TRIED[way][at], drawn_scores(cache, TEST, way, session)
        out[way] = {
            "level": level,
            "f_ods": float(scores[:, at].mean()),
            "f_ois": float(scores.max(1).mean()),
            **repeated(pairs[TEST], strengths(pairs[TEST], way, session), level),
        }
    return out


def drawn_scores(
    cache: Path, part: str, way: Way, session: ort.InferenceSession | None
) -> npt.NDArray[np.float64]:
    """F [photos, levels] against the true lines of drawn garments, from photos with their
    ground."""
    lined = open_drawn_lines(cache, part)
    rows = []
    for i in bar(np.arange(len(lined)), f"{way} on drawn garments"):
        truth = thinned(_small(lined.lines[i] == LINE))
        strong = strength(lined.photos[i], way, session)
        rows.append([_f(*matched(_lines(strong, level), truth)) for level in TRIED[way]])
    return np.array(rows)


def strengths(
    pairs: Pairs, way: Way, session: ort.InferenceSession | None
) -> list[tuple[Floats, Floats]]:
    """What a way sees of each photo: cut out, and with its ground."""
    return [
        (strength(laid(photo, mask, way), way, session), strength(photo, way, session))
        for photo, mask in zip(pairs.photos, pairs.masks, strict=True)
    ]


def repeated(pairs: Pairs, seen: list[tuple[Floats, Floats]], level: float) -> Score:
    """How inner lines come again between colourways, against other designs of the kind; how much
    is drawn; and the outline, from the photo with its ground."""
    inner, recalls, precisions, inks, pieces = [], [], [], [], []
    for (cut, whole), mask in zip(seen, pairs.masks, strict=True):
        small = _small(mask)
        depth = cv2.distanceTransform(small.astype(np.uint8), cv2.DIST_L2, 3)
        own, rim = cleaned(_lines(cut, level) & (depth > RIM)), outline_of(small)
        inner.append(_aligned(own, small))
        inks.append(float((own | rim).mean()))
        pieces.append(cv2.connectedComponents(own.astype(np.uint8))[0] - 1)
        free = _lines(whole, level)
        recalls.append(_near(rim, free))
        precisions.append(_near(free & (depth <= RIM), rim))
    same = [_f(*matched(inner[a], inner[b])) for a, b in pairs.same]
    other = [_f(*matched(inner[a], inner[b])) for a, b in pairs.other]
    alike, unlike = float(np.mean(same)), float(np.mean(other))
    return {
        "f_same": alike,
        "f_other": unlike,
        "margin": alike - unlike,
        "outline_recall": float(np.mean(recalls)),
        "outline_precision": float(np.mean(precisions)),
        "ink": float(np.mean(inks)),
        "pieces": float(np.mean(pieces)),
    }


def colorways(data: Path, cache: Path, part: str) -> Pairs:
    """Pairs of photos of a part: of one design, and of two designs of one kind."""
    cut, rows = open_cutouts(data, cache, "hm"), read_rows(data, "hm")
    usable = np.flatnonzero(usable_photos(cut) & (cut.parts == part))
    designs: dict[str, list[int]] = defaultdict(list)
    for i in usable:
        designs[rows[i]["product_code"]].append(int(i))
    rng = np.random.default_rng(17)
    several = [kept for kept in designs.values() if len(kept) > 1]
    order = rng.permutation(len(several))[: PAIRS[part]]
    same = [(several[k][0], several[k][1]) for k in order]
    kinds: dict[str, list[int]] = defaultdict(list)
    for first, _ in same:
        kinds[rows[first]["product_type_name"]].append(first)
    other = [(a, b) for group in kinds.values() for a, b in pairwise(group)]
    wanted = sorted({i for pair in same for i in pair})
    place = {i: k for k, i in enumerate(wanted)}
    squared = [squares(cut.photos[i], cut.masks[i]) for i in wanted]
    return Pairs(
        [photo for photo, _ in squared],
        [mask > 0 for _, mask in squared],
        [(place[a], place[b]) for a, b in same],
        [(place[a], place[b]) for a, b in other],
    )


def matched(lines: Mask, truth: Mask) -> tuple[float, float]:
    """Precision and recall of lines within `NEAR` pixels."""
    return _near(lines, truth), _near(truth, lines)


def _near(lines: Mask, others: Mask) -> float:
    """The share of the pixels of lines that have another line near; 0 where there are none."""
    if not lines.any() or not others.any():
        return 0.0
    away = cv2.distanceTransform((~others).astype(np.uint8), cv2.DIST_L2, 5)
    return float((away[lines] <= NEAR).mean())


def _f(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(precision + recall, 1e-9)


def _lines(strong: Floats, level: float) -> Mask:
    """One pixel wide, bool [128, 128]."""
    return cleaned(thinned(joined(strong, level)))


def _small(lines: npt.NDArray[np.bool_]) -> Mask:
    halved = cv2.resize(lines.astype(np.float32), (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    return np.asarray(halved > 0.4)


def _aligned(lines: Mask, solid: Mask) -> Mask:
    """Lines in the box of their mask, stretched to the whole square."""
    rows, columns = np.flatnonzero(solid.any(1)), np.flatnonzero(solid.any(0))
    y, x = np.nonzero(lines)
    out = np.zeros((SIDE, SIDE), bool)
    if not len(rows) or not len(y):
        return out
    down = (y - rows[0]) * (SIDE - 1) / max(1, rows[-1] - rows[0])
    right = (x - columns[0]) * (SIDE - 1) / max(1, columns[-1] - columns[0])
    out[
        np.rint(down).astype(int).clip(0, SIDE - 1), np.rint(right).astype(int).clip(0, SIDE - 1)
    ] = True
    return out


def table(scores: dict[str, Score]) -> str:
    """The scores for a person: a row a way."""
    names = list(next(iter(scores.values())))
    lines = [f"{'way':10}" + "".join(f"{name:>19}" for name in names)]
    for way, found_ in scores.items():
        lines.append(f"{way:10}" + "".join(f"{found_[name]:19.3f}" for name in names))
    return "\n".join(lines)
