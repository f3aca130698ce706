"""What a person calls a garment's dyes, and which of them first: learned from catalogue labels.

Each dye has two things: how likely each colour family is for its CIELAB values, and how likely a
person is to name the garment by it (a print on white is named by the print). The garment's family
is the sum over its dyes of both. The table is fitted by ``vision.training.colors``.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from vision.color_dyes import Dye
from vision.color_names import METALS, nearest

FILE = Path(__file__).with_name("color_families.json")

GREY_CHROMA = 6.0
"""Hues of less chroma than about this hardly count."""
LEAST_PRIOR = 1e-3
"""A tagger is never surer than this that a garment is not of a family."""
VIVID = (58.0, 74.0)
"""Chroma from which on the named colours count, and from which on they alone do: few garments of
the catalogues learned from reach it."""
VIVID_DOUBT = 0.05
WHITEST_METAL = 95.0
"""Lightness above which a dye is white, whatever it is made of."""
NEVER = -30.0
"""The log-probability of what is ruled out."""

Floats = npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True, eq=False)
class Layers:
    """One hidden layer with tanh: x [n, i] to [n, o]."""

    w1: Floats
    b1: Floats
    w2: Floats
    b2: Floats

    def __call__(self, x: Floats) -> Floats:
        return self.hidden(x) @ self.w2 + self.b2

    def hidden(self, x: Floats) -> Floats:
        return np.tanh(x @ self.w1 + self.b1)


@dataclass(frozen=True, slots=True, eq=False)
class FamilyTable:
    """The fitted table."""

    families: tuple[str, ...]
    naming: Layers
    """From ``naming_features`` to how much a dye, beyond its share, is what a person names."""
    calling: Layers
    """From ``calling_features`` to logits of the families."""
    prior_weight: float
    """How much a tagger's log-probability counts beside the pixels'."""

    def called(self, dyes: Sequence[Dye], *, metals: bool) -> Floats:
        """log P(family) of each dye, [n, families]; gold and silver only with ``metals``."""
        labs = np.stack([dye.lab for dye in dyes])
        return self._vivid(labs, self.learned(dyes, metals=metals))

    def learned(self, dyes: Sequence[Dye], *, metals: bool) -> Floats:
        """As ``called``, by the fitted layers alone."""
        labs, middles, spreads = _measures(dyes)[:3]
        logits = self.calling(calling_features(labs, middles, spreads))
        metal = np.array([name in METALS for name in self.families])
        none = np.full(len(dyes), not metals) | (labs[:, 0] > WHITEST_METAL)
        logits[none[:, None] & metal] = NEVER
        return log_softmax(logits)

    def _vivid(self, labs: Floats, called: Floats) -> Floats:
        """Log-probabilities in which dyes more vivid than catalogues have them are called by the
        nearest named colour: a learned border says nothing so far out."""
        chroma = np.hypot(labs[:, 1], labs[:, 2])
        share = np.clip((chroma - VIVID[0]) / (VIVID[1] - VIVID[0]), 0, 1)
        for at in np.flatnonzero(share):
            named = np.full(len(self.families), VIVID_DOUBT / len(self.families))
            named[self.families.index(nearest(labs[at]).family)] += 1 - VIVID_DOUBT
            called[at] = np.log((1 - share[at]) * np.exp(called[at]) + share[at] * named)
        return called

    def named(self, dyes: Sequence[Dye]) -> Floats:
        """log P(a person names the garment by this dye), [n]."""
        labs, _, spreads, shares, depths = _measures(dyes)
        beyond = self.naming(naming_features(labs, spreads, shares, depths, labs[0]))[:, 0]
        return log_softmax((beyond + np.log(shares))[None])[0]

    def evidence(self, dyes: Sequence[Dye], given: Mapping[str, float], *, metals: bool) -> Floats:
        """How likely it is, up to a factor, that a person names the garment by each dye and calls
        it by each family, [n, families]. ``given`` is a tagger's probability of each family, or
        empty."""
        joint = self.called(dyes, metals=metals) + self.named(dyes)[:, None]
        if given:
            prior = [max(given.get(name, 0.0), LEAST_PRIOR) for name in self.families]
            joint = joint + self.prior_weight * np.log(prior)
        return np.asarray(np.exp(joint - joint.max()))


def calling_features(labs: Floats, middles: Floats, spreads: Floats) -> Floats:
    """What a family is judged by, [n, 8]: CIELAB of the lit half [n, 3], chroma and hue, and how
    far folds darken it: its median [n, 3] and the deviation of its lightness [n]."""
    lightness, a, b = labs[:, 0], labs[:, 1], labs[:, 2]
    chroma = np.hypot(a, b)
    hue = 1 / (chroma + GREY_CHROMA)
    shade = lightness - middles[:, 0]
    columns = (
        lightness / 50 - 1,
        *(a / 30, b / 30, chroma / 30 - 0.5),
        *(a * hue, b * hue),
        *(spreads / 10 - 0.6, shade / 10 - 0.3),
    )
    return np.stack(columns, 1)


def naming_features(
    labs: Floats, spreads: Floats, shares: Floats, depths: Floats, largest: Floats
) -> Floats:
    """What naming is judged by, [n, 9]: how much of the garment a dye is, its colour, whether it
    lies at the edge (skin and ground that a mask lets in do) and how unlike the largest dye [3]
    or [n, 3] it is."""
    chroma = np.hypot(labs[:, 1], labs[:, 2])
    away = np.sqrt(((labs - largest) ** 2).sum(1))
    columns = (
        *(np.log(np.maximum(shares, 1e-3)) + 1.5, shares * 2 - 1),
        *(labs[:, 0] / 50 - 1, chroma / 30 - 0.5, labs[:, 1] / 30, labs[:, 2] / 30),
        *(np.minimum(depths, 3.0) - 1, away / 30 - 0.5, spreads / 10 - 0.6),
    )
    return np.stack(columns, 1)


def log_softmax(x: Floats) -> Floats:
    """Logits [n, v] as log-probabilities."""
    x = x - x.max(1, keepdims=True)
    return np.asarray(x - np.log(np.exp(x).sum(1, keepdims=True)))


@cache
def family_table() -> FamilyTable:
    """The table of this install."""
    return read_table(FILE)


def read_table(path: Path) -> FamilyTable:
    """A table from its file."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    layers = {
        name: Layers(*(np.array(kept[name][part]) for part in ("w1", "b1", "w2", "b2")))
        for name in ("naming", "calling")
    }
    return FamilyTable(
        families=tuple(kept["families"]), prior_weight=float(kept["prior_weight"]), **layers
    )


def _measures(dyes: Sequence[Dye]) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Of n dyes: labs [n, 3], middles [n, 3], spreads, shares and depths [n]."""
    labs, middles = (np.stack([getattr(dye, what) for dye in dyes]) for what in ("lab", "middle"))
    spreads, shares, depths = np.array([(d.spread, d.share, d.depth) for d in dyes]).T
    return labs, middles, spreads, shares, depths
