"""The order of results: shape from the embedding, re-ranked by colour, category and pattern."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from catalog.shades import shades_of, unpacked
from recommender import alike
from recommender.candidates import Candidate
from recommender.query import Belief, QueryGarment

DIGITS = 4
PARTS = ("shape", "color", "pattern", "category")

Numbers = npt.NDArray[np.float64]


class Parts(NamedTuple):
    """How alike in each respect, 0..1; or how much each gave to a score."""

    shape: float
    color: float
    pattern: float
    category: float


class NothingWeighed(ValueError):
    """Weights that sum to nothing order nothing."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts; they sum to 1."""

    shape: float
    color: float
    pattern: float
    category: float

    @classmethod
    def of(cls, said: Mapping[str, float]) -> "Weights":
        """Of numbers that need not sum to 1; a part that is not named counts nothing.

        Raises NothingWeighed where all are zero. The numbers must not be negative.
        """
        total = sum(said.get(name, 0.0) for name in PARTS)
        if total <= 0:
            raise NothingWeighed
        return cls(**{name: said.get(name, 0.0) / total for name in PARTS})

    def only(self, names: Collection[str]) -> "Weights":
        """These for the parts that the query shows; the others count nothing. Where these were all
        for others, what is shown counts as by `DRAWN_WEIGHTS`."""
        for weights in (self, DRAWN_WEIGHTS):
            shown = {name: getattr(weights, name) for name in names}
            if sum(shown.values()) > 0:
                return Weights.of(shown)
        raise NothingWeighed

    def gave(self, parts: Parts) -> Parts:
        """What each part gave to the score."""
        return Parts(*(round(getattr(self, name) * getattr(parts, name), DIGITS) for name in PARTS))


# Category keeps a coat from standing among dresses: a shopper forgives nothing less, and the
# embedding alone, which knows a design from its look-alikes, holds a phone photo's category in only
# .35 of the top 6. The embedding, which knows cut and print, comes next, then colour, which it is
# taught to mind little; pattern settles what is left. `lookus bench relevance`, 2,000 products of
# `hm` and 300 photos of `phone`: category right in .80 of the top 6. Chosen among about 1,000 with
# an earlier bundle: .77, against .75 with .35 / .20 / .35 / .10; more weight for the category gave
# no more, and both halves of the photos agreed.
DEFAULT_WEIGHTS = Weights(shape=0.30, color=0.20, category=0.40, pattern=0.10)
# Where no garment was made out, its palette is the room's and its tags are guesses.
WHOLE_PHOTO_WEIGHTS = Weights(shape=1.0, color=0.0, category=0.0, pattern=0.0)
# Of a drawing; what it does not show counts nothing (`as_shown`). The category is what a shopper
# draws first and forgives least: it is a filter that gives way only where the shop has too little.
# Without paint its .45 are .6: of 70 crooked drawings among 1,500 held-out products, the kind
# told by the shopper, all of the first six are of the kind; with .45 .988 are, with .3 .936.
DRAWN_WEIGHTS = Weights(shape=0.30, color=0.15, category=0.45, pattern=0.10)
# Where nobody can tell what is drawn, its lines and paint are all there is.
WHOLE_DRAWING_WEIGHTS = Weights(shape=0.8, color=0.2, category=0.0, pattern=0.0)


@dataclass(slots=True)
class Ranked:
    """A result before its page is made. Not frozen, only because that would take thrice as long to
    make: change it by `dataclasses.replace`. `boost` is what merchandising or this visitor's clicks
    added to the score, `place` the position, from 0, that a person pinned it to."""

    candidate: Candidate
    parts: Parts
    score: float
    boost: float = 0.0
    place: int | None = None


def rank(
    garment: QueryGarment, found: Sequence[Candidate], weights: Weights = DEFAULT_WEIGHTS
) -> list[Ranked]:
    """Best first; equal scores by product id, so that the same query always has one order."""
    if not found:
        return []
    mine = shades_of((shade.lab, shade.share) for shade in garment.palette)
    alikes = (
        _shapes(found),
        alike.palettes(mine, unpacked([one.shades for one in found])),
        _agreement(garment.patterns, [one.pattern for one in found], alike.pattern),
        _agreement(
            garment.categories,
            [one.category for one in found],
            alike.drawn if garment.drawn else alike.category,
        ),
    )
    columns = np.round(np.stack(alikes, axis=1, dtype=np.float64), DIGITS)
    scores = np.round(columns @ [getattr(weights, name) for name in PARTS], DIGITS)
    order = np.lexsort(([one.product_id for one in found], -scores)).tolist()
    rows, scored = columns.tolist(), scores.tolist()
    return [Ranked(found[at], tuple.__new__(Parts, rows[at]), scored[at]) for at in order]


def usual_weights(garment: QueryGarment, *, found: bool) -> Weights:
    """What counts where nobody said otherwise; `found`: whether a garment was made out."""
    if garment.drawn:
        return DRAWN_WEIGHTS if found else WHOLE_DRAWING_WEIGHTS
    return DEFAULT_WEIGHTS if found else WHOLE_PHOTO_WEIGHTS


def as_shown(weights: Weights, garment: QueryGarment) -> Weights:
    """The weights of a search: of a drawing nothing counts that it does not show, as a colour
    where there is no paint."""
    if not garment.drawn:
        return weights
    shown = {"shape": True, "color": garment.palette, "pattern": garment.patterns}
    shown["category"] = garment.categories
    return weights.only([name for name in PARTS if shown[name]])


def _shapes(found: Sequence[Candidate]) -> Numbers:
    """The cosine of two unit vectors; those that point apart share nothing."""
    return np.clip(1.0 - np.array([one.distance for one in found]), 0.0, 1.0)


def _agreement(
    belief: Belief, values: Sequence[str], alike: Callable[[Belief, str], float]
) -> Numbers:
    """Of each value; hundreds of candidates share a few."""
    known = {value: alike(belief, value) for value in set(values)}
    return np.array([known[value] for value in values])
