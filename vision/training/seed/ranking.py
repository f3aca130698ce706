"""The seed project's ranking: by RGB cosine, then by category, then by pattern.

Read as: of the photos nearest by the cosine of their mean colours (the pool), those of the same
category come first, among these those of the same pattern, and the nearer colour first among
equals. How large the pool is was left open; it is chosen on photos that nothing is measured on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vision.training.seed.networks import PATTERN_SIDE
from vision.training.seed.photos import middle
from vision.training.sets import Store

# shares of all photos that the pool may hold: from colour alone to category first
POOLS = (0.0, 0.02, 0.05, 0.1, 0.25, 1.0)
# each outweighs all that stand behind it; a cosine is 1 at most
IN_POOL, SAME_CATEGORY, SAME_PATTERN = 8.0, 4.0, 2.0


@dataclass(frozen=True)
class Seen:
    """What the ranking knows of N photos: mean colours [N,3], the categories and patterns that
    the networks answered [N], and the true design of each."""

    colors: np.ndarray
    categories: np.ndarray
    patterns: np.ndarray
    designs: np.ndarray


def mean_colors(photos: Store, rows: np.ndarray) -> np.ndarray:
    """Mean RGB [N,3] of the middle of each photo, where the garment lies."""
    return np.stack([middle(photos[i], PATTERN_SIDE).mean((0, 1)) for i in rows])


def ranking_scores(seen: Seen, pool: float) -> np.ndarray:
    """Scores [N,N] whose order is the ranking of all photos for each."""
    unit = seen.colors / np.linalg.norm(seen.colors, axis=1, keepdims=True).clip(1e-9)
    scores = unit @ unit.T
    held = round(pool * len(unit))
    if not held:
        return scores
    np.fill_diagonal(scores, -1.0)
    least = np.sort(scores, axis=1)[:, -held, None]
    inside = scores >= least
    alike = seen.categories[:, None] == seen.categories[None]
    print_alike = seen.patterns[:, None] == seen.patterns[None]
    bonus = IN_POOL + SAME_CATEGORY * alike + SAME_PATTERN * print_alike
    found: np.ndarray = scores + inside * bonus
    return found


def ranking_recall(
    scores: np.ndarray, designs: np.ndarray, depths: Sequence[int] = (1, 10)
) -> list[float]:
    """Share of photos with another photo of their design among the first `depths` others; photos
    without another are not asked."""
    scores = scores.copy()
    np.fill_diagonal(scores, -np.inf)
    same = designs[:, None] == designs[None]
    np.fill_diagonal(same, False)
    asked = same.any(1)
    if not asked.any():
        return [float("nan")] * len(depths)
    order = np.argsort(-scores[asked], axis=1, kind="stable")[:, : max(depths)]
    hits = np.take_along_axis(same[asked], order, axis=1)
    return [float(hits[:, :k].any(1).mean()) for k in depths]


def best_pool(seen: Seen) -> float:
    """The pool that finds most designs among the first ten."""
    found = {p: ranking_recall(ranking_scores(seen, p), seen.designs)[-1] for p in POOLS}
    return max(found, key=lambda pool: found[pool])
