"""Labelled garments as their dyes: what the table of colour families is fitted to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from vision.color_dyes import Dye, dyes
from vision.color_families import Floats
from vision.color_names import METALS, table
from vision.taxonomy import taxonomy
from vision.training.categories import categories
from vision.training.labels import labels
from vision.training.parser_data import open_cutouts
from vision.training.progress import bar
from vision.training.sets import Pixels, open_photos, read_rows
from vision.training.sightings import Sightings
from vision.training.splits import TRAIN, splits

SEEN, CUT = "seen", "cut"
# longer side in pixels from which a photo's colours are worth learning from
LARGE = 200
# what a photo of each set counts, by who drew its mask
WEIGHTS = {("hm", SEEN): 0.6, ("hm", CUT): 0.4, ("myntra", SEEN): 0.5}
# the named colours as lessons: copies of each, what one counts, how far in CIELAB it strays
ANCHOR_COPIES, ANCHOR_WEIGHT, ANCHOR_STRAY = 6, 0.3, 1.5


@dataclass(frozen=True)
class Lessons:
    """Labelled garments as their dyes. By dye: `labs`, `middles` [n,3], `spreads`, `shares`,
    `depths` [n], and its garment `owner` [n], ascending. By garment: the families that its label
    allows [m, families], whether it may be gold or silver and what it counts [m]."""

    labs: Floats
    middles: Floats
    spreads: Floats
    shares: Floats
    depths: Floats
    owner: npt.NDArray[np.intp]
    allowed: npt.NDArray[np.bool_]
    metals: npt.NDArray[np.bool_]
    weight: Floats

    def __len__(self) -> int:
        return len(self.weight)

    def chosen(self, garments: npt.NDArray[np.intp]) -> Lessons:
        """The lessons of some garments, in the order given."""
        first = np.searchsorted(self.owner, garments)
        count = np.searchsorted(self.owner, garments, side="right") - first
        owner = np.repeat(np.arange(len(garments)), count)
        at = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
        at += np.repeat(first, count)
        return Lessons(
            labs=self.labs[at],
            middles=self.middles[at],
            spreads=self.spreads[at],
            shares=self.shares[at],
            depths=self.depths[at],
            owner=owner,
            allowed=self.allowed[garments],
            metals=self.metals[garments],
            weight=self.weight[garments],
        )


def families() -> tuple[str, ...]:
    """The families that pixels can be of: all but multicolour."""
    return tuple(name for name in taxonomy().ids("color") if name != "multicolour")


def lessons(data: Path, cache: Path, name: str, kind: str, part: str = TRAIN) -> Lessons:
    """The large labelled photos of a split of a set, under the parser's masks or as cut-outs.
    Takes minutes."""
    rows, photos = read_rows(data, name), open_photos(data, cache, name)
    usable = (photos.shapes[:, :2].max(1) >= LARGE) & (np.array(splits(name, rows)) == part)
    if kind == CUT:
        cut = open_cutouts(data, cache, name)
        usable, masks = usable & cut.safe, cut.masks
    else:
        masks = Sightings.load(cache, name).masks
    found, allowed, metals = [], [], []
    for i in bar(np.flatnonzero(usable), f"dyes of {name} {kind}"):
        ware = "accessory" in categories(name, rows[i])
        told = labels(name, rows[i]).get("color", frozenset()) - (set() if ware else set(METALS))
        its = [family in told for family in families()]
        if any(its):
            seen = dyes(*_cropped(photos[i], masks[i]))
            # the shades would keep every photo's pixels in memory
            found.append([replace(dye, shades=tuple) for dye in seen])
            allowed.append(its)
            metals.append(ware)
    return collected(found, allowed, metals, WEIGHTS.get((name, kind), 1.0))


def collected(
    found: Sequence[Sequence[Dye]],
    allowed: Sequence[Sequence[bool]],
    metals: Sequence[bool],
    weight: float,
) -> Lessons:
    """Lessons of garments of equal weight."""
    flat = [dye for garment in found for dye in garment]
    return Lessons(
        labs=np.array([dye.lab for dye in flat], np.float64),
        middles=np.array([dye.middle for dye in flat], np.float64),
        spreads=np.array([dye.spread for dye in flat]),
        shares=np.array([dye.share for dye in flat]),
        depths=np.array([dye.depth for dye in flat]),
        owner=np.repeat(np.arange(len(found)), [len(garment) for garment in found]),
        allowed=np.array(allowed, bool),
        metals=np.array(metals, bool),
        weight=np.full(len(found), weight),
    )


def anchors() -> Lessons:
    """The named colours as plain garments, a few times each and never quite the same."""
    rng = np.random.default_rng(0)
    named, labs = table()
    found, allowed = [], []
    for color, lab in zip(named, labs, strict=True):
        for _ in range(ANCHOR_COPIES):
            seen, spread = lab + rng.normal(0, ANCHOR_STRAY, 3), float(rng.uniform(0, 8))
            middle = seen - np.array((0.7 * spread, 0, 0))
            found.append([Dye(seen, middle, share=1.0, spread=spread, depth=1.0)])
            allowed.append([color.family == family for family in families()])
    metals = [any(its[families().index(name)] for name in METALS) for its in allowed]
    return collected(found, allowed, metals, ANCHOR_WEIGHT)


def joined(parts: Sequence[Lessons]) -> Lessons:
    starts = np.cumsum([0, *(len(part) for part in parts)])
    merged = {
        field.name: np.concatenate([getattr(part, field.name) for part in parts])
        for field in fields(Lessons)
    }
    owner = [part.owner + start for part, start in zip(parts, starts[:-1], strict=True)]
    return Lessons(**{**merged, "owner": np.concatenate(owner)})


def _cropped(photo: Pixels, mask: Pixels) -> tuple[Pixels, npt.NDArray[np.bool_]]:
    """The garment's box, as the analyzer gives it; all of the photo where the mask is empty."""
    x, y, w, h = cv2.boundingRect(np.ascontiguousarray(mask))
    part = np.s_[y : y + h, x : x + w] if w else np.s_[:, :]
    return np.ascontiguousarray(photo[part]), np.ascontiguousarray(mask[part] > 127)
