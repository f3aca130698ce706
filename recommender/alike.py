"""How alike two garments are in category, pattern and colour: numbers from 0 to 1."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from recommender.query import Belief, Shade
from vision.colorspace import ciede2000
from vision.taxonomy import taxonomy

KIN = 0.7
"""Parent and kind, or two kinds of one parent: a shirt and a blouse, boots and sandals."""
SAME_GROUP = 0.35
"""A sweater and a t-shirt: worn in the same place, not what was asked for."""
SAME_LOOK = 0.6
"""Patterns that a shopper takes for one another at a distance."""
LOOKS = (
    {"stripe-wide", "stripe-fine", "stripe-vertical"},
    {"solid", "melange", "denim"},
    {"floral", "print", "animal"},
    {"graphic", "print", "embroidery"},
    {"lace", "jacquard", "embroidery"},
    {"check", "color-block"},
)
COLORS = 5
"""Colours of a palette that count."""
HALF_AT = 15.0
"""CIEDE2000 at which two colours are half alike: about where people change the colour's name."""
SHADE_LIGHTNESS = 1.5
"""k_L of CIEDE2000: a shopper's light is not the shop's, so lightness counts less."""

Floats = npt.NDArray[np.float64]


@cache
def categories(one: str, other: str) -> float:
    if one == other:
        return 1.0
    known = taxonomy().categories
    if one not in known or other not in known:
        return 0.0
    a, b = known[one], known[other]
    if b.id == a.parent or a.id == b.parent or (a.parent is not None and a.parent == b.parent):
        return KIN
    return SAME_GROUP if a.group == b.group else 0.0


@cache
def patterns(one: str, other: str) -> float:
    if one == other:
        return 1.0
    return SAME_LOOK if any({one, other} <= look for look in LOOKS) else 0.0


def category(belief: Belief, other: str) -> float:
    """Agreement with what the query probably is: an uncertain query demands less."""
    return sum(share * categories(value, other) for value, share in belief.items())


def pattern(belief: Belief, other: str) -> float:
    return sum(share * patterns(value, other) for value, share in belief.items())


def palettes(one: Sequence[Shade], others: Sequence[Sequence[Shade]]) -> Floats:
    """Likeness [n] of one palette to n others.

    The mean CIEDE2000 on the way from one palette to the other, moving the shares of the nearest
    colours first (a greedy earth mover's distance, Rubner and others 2000), as 1 / (1 + (d/h)²).
    """
    if not others:
        return np.zeros(0)
    labs, have = _arrays([one] * len(others))
    other_labs, need = _arrays(others)
    gaps = ciede2000(labs[:, :, None], other_labs[:, None], lightness=SHADE_LIGHTNESS)
    gaps = gaps.reshape(len(others), -1)
    rows = np.arange(len(others))
    cost = np.zeros(len(others))
    for pair in np.argsort(gaps, axis=1, kind="stable").T:
        mine, theirs = np.divmod(pair, COLORS)
        moved = np.minimum(have[rows, mine], need[rows, theirs])
        have[rows, mine] -= moved
        need[rows, theirs] -= moved
        cost += moved * gaps[rows, pair]
    likeness: Floats = 1 / (1 + (cost / HALF_AT) ** 2)
    return likeness


def _arrays(palettes: Sequence[Sequence[Shade]]) -> tuple[Floats, Floats]:
    """CIELAB [n, COLORS, 3] and shares [n, COLORS] that sum to 1, or to 0 for an empty palette."""
    labs = np.zeros((len(palettes), COLORS, 3))
    shares = np.zeros((len(palettes), COLORS))
    for at, palette in enumerate(palettes):
        for place, shade in enumerate(palette[:COLORS]):
            labs[at, place] = shade.lab
            shares[at, place] = shade.share
    total = shares.sum(1, keepdims=True)
    return labs, np.divide(shares, total, out=shares, where=total > 0)
