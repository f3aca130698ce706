"""How alike two garments are in category, pattern and colour: numbers from 0 to 1."""

from functools import cache

import numpy as np

from catalog.shades import NUMBERS, SHADES, Floats
from recommender.query import Belief
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
SHARE = NUMBERS - 1
"""Place of the share among a colour's numbers, behind L, a and b."""
HALF_AT = 15.0
"""CIEDE2000 at which two colours are half alike: about where people change the colour's name."""
NOTHING = 1e-6
"""A share that rounding left behind."""
SHADE_LIGHTNESS = 1.5
"""k_L of CIEDE2000: a shopper's light is not the shop's, so lightness counts less."""


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


def drawn(belief: Belief, other: str) -> float:
    """As `category`, of a drawing: 1 for what it most probably is. Lines that could be a sweater's
    or a jacket's demand one of them and do not settle for something between."""
    best = max((category(belief, value) for value in belief), default=0.0)
    return min(1.0, category(belief, other) / best) if best else 0.0


def pattern(belief: Belief, other: str) -> float:
    return sum(share * patterns(value, other) for value, share in belief.items())


def palettes(one: Floats, others: Floats) -> Floats:
    """Likeness [n] of one palette [k, 4] to n others [n, 5, 4], as `catalog.shades` packs them.

    The mean CIEDE2000 on the way from one palette to the other, moving the shares of the nearest
    colours first (a greedy earth mover's distance, Rubner and others 2000), as 1 / (1 + (d/h)²).
    An empty palette, on either side, is like nothing.
    """
    # Colours first and palettes last, so that each step runs over all palettes at once.
    mine = one[one[:, SHARE] > 0].T
    theirs = np.ascontiguousarray(others.T)
    known = theirs[SHARE].any(0)
    if not mine.size or not known.any():
        return np.zeros(len(others), np.float32)
    have = np.tile(_shares(mine[SHARE])[:, None], len(others))
    need = _shares(theirs[SHARE])
    cost = np.zeros(len(others), np.float32)
    gaps = ciede2000(
        np.moveaxis(mine[:SHARE, :, None, None], 0, -1),
        np.moveaxis(theirs[:SHARE, None], 0, -1),
        lightness=SHADE_LIGHTNESS,
        dtype=np.float32,
    ).reshape(-1, len(others))
    columns = np.arange(len(others))
    for pair in np.argsort(gaps, axis=0, kind="stable"):
        if have.max() < NOTHING:
            break
        from_, to = np.divmod(pair, SHADES)
        moved = np.minimum(have[from_, columns], need[to, columns])
        have[from_, columns] -= moved
        need[to, columns] -= moved
        cost += moved * gaps[pair, columns]
    return np.where(known, 1 / (1 + (cost / HALF_AT) ** 2), np.float32(0))


def _shares(shares: Floats) -> Floats:
    """Made to sum to 1 over the first axis, or to 0 for an empty palette."""
    total = shares.sum(0)
    return np.divide(shares, total, out=np.zeros_like(shares), where=total > 0)
