"""How well drawings find their products, and how like them the pictures are: held-out designs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from vision.analyzer import Analyzer
from vision.sketch.kinds import kind_of
from vision.training.categories import categories
from vision.training.predictions import part_of
from vision.training.sets import Pixels, read_rows
from vision.training.sketch.drawings import Drawer, Layers, framed
from vision.training.sketch.pairs import Garments, vectors_of
from vision.training.sketch.strokes import Style
from vision.training.splits import TEST

POOL, QUERIES = 1500, 500
DROPPED = 0.3
SIX = 6
WHITE = 255
SEED = 29
SEED_KINDS = ("top", "trousers", "skirt", "headwear")
"""The seed project's four: tops, trousers, skirts and hats."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Pool:
    """The held-out products to find: their vectors [M,256], designs [M] and categories."""

    vectors: Floats
    designs: np.ndarray
    categories: list[frozenset[str]]
    asked: np.ndarray
    """The garments that are drawn, and the place of each in the pool."""
    places: np.ndarray


@dataclass(frozen=True)
class Asked:
    """The drawings of the pool's garments."""

    drawings: list[Layers]
    pool: Pool


def drawn(drawer: Drawer, pool: Pool, *, painted: bool, style: Style = "held-out") -> Asked:
    """A crooked drawing of each, 30 % of its strokes missing."""
    rng = np.random.default_rng(SEED)
    drawings = [
        drawer.drawing(
            rng,
            int(i),
            style=style,
            dropped=DROPPED,
            strength=1.0,
            painted=1.0 if painted else 0.0,
        )
        for i in pool.asked
    ]
    return Asked(drawings, pool)


def found(asked: Asked, vectors: Floats) -> dict[str, float]:
    """Recall of the own product and of its design (any colour), and how many of the first six
    share its category, when `vectors` [N,256] look for the drawings."""
    pool = asked.pool
    order = np.argsort(-(vectors @ pool.vectors.T), axis=1)
    own = order == pool.places[:, None]
    design = pool.designs[order] == pool.designs[pool.places][:, None]
    share = [
        np.mean([bool(pool.categories[p] & pool.categories[j]) for j in row[:SIX]])
        for p, row in zip(pool.places, order, strict=True)
        if pool.categories[p]
    ]
    return {
        "recall@1": float(own[:, 0].mean()),
        "recall@10": float(own[:, :10].any(1).mean()),
        "design@1": float(design[:, 0].mean()),
        "design@10": float(design[:, :10].any(1).mean()),
        "six_share_category": float(np.mean(share)),
    }


def ssim(a: Pixels, b: Pixels) -> float:
    """Structural similarity of two pictures [h,w,3] in grey (Wang et al., 2004: a Gaussian window
    of 11 px, σ 1.5), as the seed project's paper reports it."""
    x, y = (cv2.cvtColor(p, cv2.COLOR_RGB2GRAY).astype(np.float64) for p in (a, b))

    def blurred(v: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.asarray(cv2.GaussianBlur(v, (11, 11), 1.5)[5:-5, 5:-5], np.float64)

    mx, my = blurred(x), blurred(y)
    vx, vy = blurred(x * x) - mx * mx, blurred(y * y) - my * my
    both = blurred(x * y) - mx * my
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    score = (2 * mx * my + c1) * (2 * both + c2) / ((mx * mx + my * my + c1) * (vx + vy + c2))
    return float(score.mean())


Painter = Callable[[Sequence[Layers], Sequence[str]], list[Pixels]]
"""Pictures of drawings of these kinds."""


@dataclass(frozen=True)
class Likeness:
    """The held-out garments of a kind, drawn; what each drawing should come out as."""

    kind: str
    garments: np.ndarray
    drawings: list[Layers]
    goals: list[Pixels]

    def score(self, paint: Painter) -> float:
        """Mean SSIM of the pictures; NaN where there is no garment of the kind."""
        made = paint(self.drawings, [self.kind] * len(self.drawings))
        scores = [ssim(a, b) for a, b in zip(made, self.goals, strict=True)]
        return float(np.mean(scores)) if scores else float("nan")


def drawn_kind(drawer: Drawer, kind: str, *, whole: bool, most: int = 120) -> Likeness:
    """Painted drawings of a kind: `whole`, all their lines in place, as the seed project measured;
    else crooked and with 30 % of the strokes missing."""
    garments = drawer.garments
    rng = np.random.default_rng(SEED)
    held = [
        int(i)
        for i in garments.of(TEST)
        if garments.categories[i] and kind_of(min(garments.categories[i])) == kind
    ]
    chosen = np.array(held if len(held) <= most else rng.choice(held, most, replace=False), int)
    dropped, strength = (0.0, 0.0) if whole else (DROPPED, 1.0)
    drawings = [
        drawer.drawing(rng, i, style="held-out", painted=1.0, dropped=dropped, strength=strength)
        for i in chosen.tolist()
    ]
    goals = [
        framed(garments.crops[i], d.window, WHITE)
        for i, d in zip(chosen.tolist(), drawings, strict=True)
    ]
    return Likeness(kind, chosen, drawings, goals)


def pool_of(analyzer: Analyzer, garments: Garments, data: Path, cache: Path) -> Pool:
    """1,500 held-out photos of `hm` with the vectors that a shop would store, 500 of which are
    drawn."""
    rng = np.random.default_rng(SEED)
    rows = read_rows(data, "hm")
    held = part_of(data, "hm", TEST)
    at = {name: i for i, name in enumerate(garments.crops.names) if garments.sets[i] == "hm"}
    drawable = [i for i in held if rows[i]["file"] in at]
    asked = np.sort(rng.choice(drawable, min(QUERIES, len(drawable)), replace=False))
    more = rng.permutation(np.setdiff1d(held, asked))[: POOL - len(asked)]
    there = np.concatenate([asked, more])
    return Pool(
        vectors_of(analyzer, data, cache, "hm")[there],
        np.array([rows[i]["product_code"] for i in there]),
        [categories("hm", rows[i]) for i in there],
        np.array([at[rows[i]["file"]] for i in asked]),
        np.arange(len(asked)),
    )
