"""How hands draw, and strokes as a hand repeats them.

Two hands. `train` is what networks learn from; `held-out` is only measured with, and differs from
it in every way that a hand can differ:

| | train | held-out |
|---|---|---|
| lines come from (`drawings`) | Canny, fine and coarse | XDoG |
| simplification | chords of Douglas and Peucker, rounded or not | few points, rounded |
| wobble | two waves of 24 to 72 px | a random walk with a tremor of 8 to 16 px |
| brush | one width a drawing | swelling in the middle, tapered at its ends, pressure |

No two drawings to learn from are by one hand: how coarse, broken and doubled its strokes are is
drawn for each, so that networks do not learn a hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from vision.sketch.trace import Polyline

Style = Literal["train", "held-out"]
FRAME = 128.0
"""Pixels are of a frame this large: of other frames, scale the points first."""


@dataclass(frozen=True)
class Hand:
    """How one kind of hand draws; pixels of a frame of 128, (least, most) of an even choice."""

    extractor: str
    slack: tuple[float, float]
    rounded: bool
    step: float
    sway: tuple[float, float]
    waves: tuple[float, float]
    walk: float
    misplaced: float
    over: tuple[float, float]
    doubled: float
    gaps: float
    tilt: float
    aspect: float
    tapered: bool


HANDS: dict[Style, Hand] = {
    "train": Hand(
        extractor="canny",
        slack=(0.5, 1.8),
        rounded=False,
        step=4.0,
        sway=(0.2, 1.1),
        waves=(24.0, 72.0),
        walk=0.0,
        misplaced=0.7,
        over=(-1.5, 3.0),
        doubled=0.12,
        gaps=0.12,
        tilt=6.0,
        aspect=0.1,
        tapered=False,
    ),
    "held-out": Hand(
        extractor="xdog",
        slack=(1.8, 2.8),
        rounded=True,
        step=3.0,
        sway=(0.15, 0.4),
        waves=(8.0, 16.0),
        walk=0.35,
        misplaced=1.0,
        over=(-3.0, 4.0),
        doubled=0.2,
        gaps=0.2,
        tilt=7.0,
        aspect=0.12,
        tapered=True,
    ),
}


def simplify(polylines: Sequence[Polyline], slack: float) -> list[Polyline]:
    """Fewer points, none of what goes further off than `slack` pixels.

    Douglas and Peucker, https://doi.org/10.3138/FM57-6770-U75U-7727.
    """
    few = (cv2.approxPolyDP(line[:, None], slack, False)[:, 0] for line in polylines)
    return [np.asarray(line, np.float32) for line in few]


def wobble(
    rng: np.random.Generator,
    polylines: Sequence[Polyline],
    style: Style = "train",
    strength: float = 1.0,
) -> list[Polyline]:
    """Strokes of a frame of 128 px as a hand repeats them; `strength` 0 keeps them in place.

    Simplified, some doubled or broken, each swaying and set down a little off, its ends shot over
    or short; at last the whole drawing leans and is stretched.
    """
    hand = _hand(rng, style)
    strokes = [line for line in simplify(polylines, rng.uniform(*hand.slack)) if len(line) > 1]
    if not strokes:
        return []
    if hand.rounded:
        strokes = [_rounded(line) for line in strokes]
    points, counts = _resampled(_doubled(rng, strokes, hand.doubled * strength), hand.step)
    first = np.cumsum(counts) - counts
    _ends(rng, points, first, counts, hand, strength)
    points += strength * _sway(rng, points, counts, hand)
    points = _leaning(rng, points, hand, strength)
    return _broken(rng, np.split(points, first[1:]), hand.gaps * strength)


def _hand(rng: np.random.Generator, style: Style) -> Hand:
    """The held-out hand, or one of many that are learned from."""
    if style == "held-out":
        return HANDS[style]
    return replace(
        HANDS[style],
        slack=(0.5, float(rng.uniform(1.2, 3.0))),
        rounded=bool(rng.random() < 0.4),
        sway=(0.2, float(rng.uniform(0.6, 1.6))),
        misplaced=float(rng.uniform(0.4, 1.4)),
        doubled=float(rng.uniform(0, 0.3)),
        gaps=float(rng.uniform(0, 0.3)),
        tilt=float(rng.uniform(2, 9)),
        aspect=float(rng.uniform(0.05, 0.18)),
    )


def _rounded(line: Polyline) -> Polyline:
    """Corners cut off twice (Chaikin 1974, https://doi.org/10.1016/0146-664X(74)90028-8)."""
    for _ in range(2):
        cut = np.stack([0.75 * line[:-1] + 0.25 * line[1:], 0.25 * line[:-1] + 0.75 * line[1:]], 1)
        line = np.concatenate([line[:1], cut.reshape(-1, 2)[1:-1], line[-1:]])
    return line


def _doubled(rng: np.random.Generator, strokes: list[Polyline], chance: float) -> list[Polyline]:
    """Some strokes twice: the second time only a part of it."""
    again = np.flatnonzero(rng.random(len(strokes)) < chance)
    twice = []
    for k in again:
        line = strokes[k]
        start = int(rng.integers(0, max(1, len(line) // 2)))
        twice.append(line[start:] if len(line) - start > 1 else line)
    return strokes + twice


def _resampled(
    strokes: Sequence[Polyline], step: float
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    """All strokes' points about `step` pixels apart, [n, 2], and how many each stroke has."""
    points = np.concatenate(list(strokes))
    sizes = np.array([len(line) for line in strokes])
    last = np.cumsum(sizes) - 1
    gaps = np.zeros(len(points))
    gaps[1:] = np.hypot(*(points[1:] - points[:-1]).T)
    gaps[last[:-1] + 1] = 1.0
    at = np.cumsum(gaps)
    begin, end = at[last - sizes + 1], at[last]
    counts = np.maximum(2, np.rint((end - begin) / step).astype(np.int64) + 1)
    within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    share = within / np.repeat(counts - 1, counts)
    wanted = np.repeat(begin, counts) + share * np.repeat(end - begin, counts)
    spaced = np.stack([np.interp(wanted, at, points[:, axis]) for axis in (0, 1)], 1)
    return spaced.astype(np.float32), counts


def _ends(  # noqa: PLR0917 - a stroke's parts
    rng: np.random.Generator,
    points: npt.NDArray[np.float32],
    first: npt.NDArray[np.int64],
    counts: npt.NDArray[np.int64],
    hand: Hand,
    strength: float,
) -> None:
    """The first and last point of each stroke moved along it, beyond its end or back."""
    for end, inner in ((first, first + 1), (first + counts - 1, first + counts - 2)):
        ahead = points[end] - points[inner]
        ahead /= np.maximum(np.linalg.norm(ahead, axis=1, keepdims=True), 1e-3)
        points[end] += strength * rng.uniform(*hand.over, (len(end), 1)) * ahead


def _sway(
    rng: np.random.Generator,
    points: npt.NDArray[np.float32],
    counts: npt.NDArray[np.int64],
    hand: Hand,
) -> npt.NDArray[np.float32]:
    """How far each point [n, 2] comes off its place."""
    n, k = len(points), len(counts)
    along = np.arange(n)[:, None, None] * hand.step
    turns = 2 * np.pi / rng.uniform(*hand.waves, (k, 2, 2))
    phases = rng.uniform(0, 2 * np.pi, (k, 2, 2))
    waves = np.sin(along * np.repeat(turns, counts, 0) + np.repeat(phases, counts, 0)).sum(2)
    off = rng.uniform(*hand.sway) * waves
    off += np.repeat(rng.normal(0, hand.misplaced, (k, 2)), counts, 0)
    if hand.walk:
        steps = np.cumsum(rng.normal(0, hand.walk, (n, 2)), 0)
        starts = np.cumsum(counts) - counts
        walked = steps - np.repeat(steps[starts + counts // 2], counts, 0)
        off += np.clip(walked, -2.5, 2.5)
    return off.astype(np.float32)


def _leaning(
    rng: np.random.Generator, points: npt.NDArray[np.float32], hand: Hand, strength: float
) -> npt.NDArray[np.float32]:
    """The whole drawing turned, stretched and sheared about the middle of the frame."""
    angle = strength * np.deg2rad(rng.uniform(-hand.tilt, hand.tilt))
    stretch = np.exp(strength * rng.uniform(-hand.aspect, hand.aspect) / 2)
    shear = strength * rng.uniform(-0.05, 0.05)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    change = turn @ np.array([[stretch, shear], [0, 1 / stretch]])
    middle = FRAME / 2
    return ((points - middle) @ change.T + middle).astype(np.float32)


def _broken(rng: np.random.Generator, strokes: list[Polyline], chance: float) -> list[Polyline]:
    """Some longer strokes with a piece left out."""
    drawn = []
    for line, broken in zip(strokes, rng.random(len(strokes)) < chance, strict=True):
        if broken and len(line) > 6:
            at = int(rng.integers(2, len(line) - 3))
            drawn += [line[:at], line[at + 1 :]]
        else:
            drawn.append(line)
    return drawn
