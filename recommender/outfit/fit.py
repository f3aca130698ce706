"""How well two pieces go together: colour, style, season, and what shoppers took together."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from recommender.outfit.harmony import Codes, Floats, harmony
from recommender.outfit.pieces import Piece, Rack
from vision.taxonomy import taxonomy

COLOR, STYLE, SEASON = 0.45, 0.35, 0.20
"""What each gives to a fit. Colour is what one sees first and what the rules know best."""
TOGETHER = 0.15
"""Added in full where shoppers very often took both."""
STRANGERS = 0.2
"""Two styles of which nothing is said below: a tracksuit and an evening dress."""
NEAR_STYLES = {
    frozenset({"casual", "street"}): 0.8,
    frozenset({"casual", "sports"}): 0.7,
    frozenset({"casual", "lounge"}): 0.6,
    frozenset({"casual", "classic"}): 0.7,
    frozenset({"casual", "romantic"}): 0.6,
    frozenset({"casual", "ethnic"}): 0.6,
    frozenset({"sports", "street"}): 0.8,
    frozenset({"sports", "lounge"}): 0.7,
    frozenset({"formal", "classic"}): 0.9,
    frozenset({"formal", "party"}): 0.6,
    frozenset({"formal", "romantic"}): 0.5,
    frozenset({"classic", "romantic"}): 0.7,
    frozenset({"classic", "party"}): 0.5,
    frozenset({"classic", "ethnic"}): 0.5,
    frozenset({"party", "romantic"}): 0.7,
    frozenset({"ethnic", "romantic"}): 0.6,
}
UNKNOWN = 0.6
"""Agreement with a style or a season that nobody knows."""
NEIGHBOUR_SEASON = 0.6
"""Spring and summer, autumn and winter, and so round the year; opposite seasons share nothing."""
_LEVELS = (
    (0.6, ("hoodie", "leggings")),
    (0.9, ("sweatshirt", "tank-top", "shorts")),
    (1.1, ("t-shirt", "jeans", "sneakers", "sandals")),
    (1.5, ("polo", "sweater", "cardigan", "vest", "jacket", "jumpsuit", "boots")),
    (2.0, ("shirt", "blouse", "coat", "dress", "skirt", "trousers", "flats")),
    (2.6, ("blazer", "heels")),
)
DRESSED = {category: level for level, kinds in _LEVELS for category in kinds}
"""How dressed up a kind of garment is, from a gym (0) to an office (3); bags and the like fit
anything."""
DRESSED_ALIKE, DRESSED_APART = 1.2, 2.0
"""Levels apart up to which two pieces agree, for in the street they do (within it each distance is
as common as chance makes it), and from which they do not: leggings and heels."""
LEVEL_SHARE = 0.4
"""Of style's part, what the levels say and not the style itself."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Of n pieces with m others, all [n, m] and 0..1 but `rule`, a code of `harmony.Rule`."""

    color: Floats
    rule: Codes
    style: Floats
    season: Floats
    score: Floats


def fit(ones: Rack, others: Rack) -> Fit:
    color, rule = harmony(ones.palettes, others.palettes)
    style = _style(ones, others)
    season = _season(ones.seasons, others.seasons)
    return Fit(color, rule, style, season, COLOR * color + STYLE * style + SEASON * season)


def genders_fit(one: str, other: str) -> bool:
    """Unisex and unsaid fit grown-ups of any gender; children's wear fits children's only."""
    if "kids" in (one, other):
        return one in (other, "") or other == ""
    return one == other or not {one, other} <= {"women", "men"}


def near_styles(style: str) -> list[str]:
    """The styles that agree well with one, itself first; all where it is unknown."""
    values = taxonomy().ids("style")
    if style not in values:
        return list(values)
    at = values.index(style)
    order = sorted(range(len(values)), key=lambda one: -_styles()[at, one])
    return [values[one] for one in order if _styles()[at, one] >= UNKNOWN]


def _style(ones: Rack, others: Rack) -> Floats:
    said = _agreement(ones.styles, others.styles, _styles())
    apart = np.abs(_levels(ones.pieces)[:, None] - _levels(others.pieces)[None])
    level = 1 - np.clip((apart - DRESSED_ALIKE) / (DRESSED_APART - DRESSED_ALIKE), 0, 1)
    level = np.where(np.isnan(apart), said, level)
    return (1 - LEVEL_SHARE) * said + LEVEL_SHARE * level


def _season(ones: Floats, others: Floats) -> Floats:
    """The cosine of the two under the kinship of seasons, so that all-year goes with all-year."""
    kin = _seasons()
    meet = ones @ kin @ others.T
    lengths = [np.sqrt(np.einsum("ni,ij,nj->n", one, kin, one)) for one in (ones, others)]
    product = lengths[0][:, None] * lengths[1][None]
    known = np.divide(meet, product, out=np.full_like(meet, UNKNOWN), where=product > 0)
    return np.asarray(known)


def _agreement(ones: Floats, others: Floats, kin: Floats) -> Floats:
    """The expected kinship; what either does not know agrees as UNKNOWN."""
    known = ones.sum(1)[:, None] * others.sum(1)[None]
    return np.asarray(ones @ kin @ others.T + (1 - known) * UNKNOWN)


def _levels(pieces: tuple[Piece, ...]) -> Floats:
    return np.asarray([DRESSED.get(piece.category, np.nan) for piece in pieces])


def _styles() -> Floats:
    values = taxonomy().ids("style")
    return np.asarray(
        [[_kinship(one, other) for other in values] for one in values], dtype=np.float64
    )


def _kinship(one: str, other: str) -> float:
    return 1.0 if one == other else NEAR_STYLES.get(frozenset({one, other}), STRANGERS)


def _seasons() -> Floats:
    ring: Any = np.arange(len(taxonomy().ids("season")))
    apart = np.abs(ring[:, None] - ring[None])
    apart = np.minimum(apart, len(ring) - apart)
    return np.select([apart == 0, apart == 1], [1.0, NEIGHBOUR_SEASON], 0.0)
