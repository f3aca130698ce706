"""Photos, boxes and labels for the tagger, and the batches drawn from them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from vision.taxonomy import taxonomy
from vision.training.composites import Piece, paste
from vision.training.crops import Seen, box_of, disturbed_crop
from vision.training.drawn import open_drawn
from vision.training.grounds import Grounds, Rng
from vision.training.labels import HEADS, STRIPES, Labels, labels
from vision.training.parser_data import Cutouts, open_cutouts
from vision.training.sets import Store, open_photos, read_rows
from vision.training.sightings import Sightings
from vision.training.splits import TRAIN, group_of, splits
from vision.training.stripes import stripe_kind

SETS = ("phone", "hm", "myntra")
# a value is an output when at least this many training photos name it alone
FEWEST = 15
# photos of each set in a hundred of a batch; all but those of phone come as pairs of one design
SHARES = {"phone": 26, "hm": 42, "myntra": 20, "drawn": 12}
# of these, pasted on a messy ground
MESSY = {"hm": 0.35, "myntra": 0.25}


@dataclass(frozen=True)
class TaggedSet:
    """One set: photos, where the garment is, labels, split, and the number of its design."""

    name: str
    photos: Store
    sightings: Sightings
    labels: list[Labels]
    parts: np.ndarray
    designs: np.ndarray
    cutouts: Cutouts | None


def open_sets(data: Path, cache: Path, drawn_designs: int) -> list[TaggedSet]:
    """The three sets with the sightings that the parser left in the cache, and the renderer's
    photos, all of which train."""
    out, first = [], 0
    for name in SETS:
        rows = read_rows(data, name)
        groups = [group_of(name, row) for row in rows]
        _, designs = np.unique(groups, return_inverse=True)
        photos, sightings = open_photos(data, cache, name), Sightings.load(cache, name)
        taught = [labels(name, row) for row in rows]
        out.append(
            TaggedSet(
                name,
                photos,
                sightings,
                [_striped(label, sightings.seen(photos, i)) for i, label in enumerate(taught)],
                np.array(splits(name, rows)),
                designs + first,
                open_cutouts(data, cache, name) if name != "phone" else None,
            )
        )
        first += int(designs.max()) + 1
    if drawn_designs:
        drawn = open_drawn(cache, drawn_designs)
        parts = np.full(len(drawn.photos), TRAIN)
        out.append(
            TaggedSet(
                "drawn",
                drawn.photos,
                Sightings.of_masks(drawn.masks),
                drawn.labels,
                parts,
                drawn.designs + first,
                None,
            )
        )
    return out


def _striped(label: Labels, seen: Seen) -> Labels:
    """The label with its kind of stripe, where the set only says stripe and the photo shows it."""
    if label.get("pattern") != frozenset(STRIPES.split()):
        return label
    kind = stripe_kind(seen)
    return {**label, "pattern": frozenset([kind])} if kind else label


def head_values(sets: list[TaggedSet]) -> dict[str, list[str]]:
    """The outputs of each head: taxonomy ids that enough training photos carry, in its order."""
    out = {}
    for head in HEADS:
        seen: Counter[str] = Counter()
        for part in sets:
            for label, split in zip(part.labels, part.parts, strict=True):
                ids = label.get(head, frozenset())
                if split == TRAIN and len(ids) == 1:
                    seen.update(ids)
        values = [v for v in taxonomy().ids(head) if seen[v] >= FEWEST]
        if len(values) > 1:
            out[head] = values
    return out


def allowed(label: Labels, heads: dict[str, list[str]]) -> np.ndarray:
    """bool [all outputs, head after head]: what the label allows; a head without a label is
    all False."""
    return np.concatenate([[v in label.get(h, ()) for v in vs] for h, vs in heads.items()])


def balance(part: TaggedSet, chosen: np.ndarray) -> np.ndarray:
    """Chances of the chosen photos: the rarer the category, pattern and style, the higher."""
    weight = np.ones(len(chosen))
    for head in ("category", "pattern", "style", "gender"):
        keys = [" ".join(sorted(part.labels[i].get(head, ()))) for i in chosen]
        counts = Counter(keys)
        weight *= np.array([max(25, counts[k]) for k in keys], float) ** -0.22
    return weight / weight.sum()


class TaggerPhotos:
    """Draws training batches from the training part of the sets."""

    def __init__(self, sets: list[TaggedSet], heads: dict[str, list[str]], grounds: Grounds):
        self.sets, self.heads, self.grounds = sets, heads, grounds
        self.train = [np.flatnonzero(s.parts == TRAIN) for s in sets]
        self.chances = [balance(s, t) for s, t in zip(sets, self.train, strict=True)]
        self.allowed = [np.stack([allowed(label, heads) for label in s.labels]) for s in sets]
        self.siblings = [_siblings(s, t) for s, t in zip(sets, self.train, strict=True)]

    def seen(self, rng: Rng, which: int, i: int, size: int) -> Seen:
        """A photo as it is, or its cut-out on a messy ground."""
        part = self.sets[which]
        cut = part.cutouts
        whole = part.sightings.seen(part.photos, i)
        if cut is None or not cut.safe[i] or rng.random() > MESSY.get(part.name, 0.0):
            return whole
        if part.name == "myntra" and cut.values[i] > 8:  # worn: the cut-out is a person
            return whole
        side = int(size * 1.15)
        piece = Piece(cut.photos[i], cut.masks[i], 255)
        ground = self.grounds.draw(rng, side, side)
        photo, mask = paste(rng, ground, [piece], [float(rng.uniform(0.7, 1.0))])
        return Seen(photo, box_of(mask), mask)

    def batch(
        self, seed: tuple[int, int], count: int, size: int, grounds: tuple[float, float, float]
    ) -> tuple[list[np.ndarray], Tensor, Tensor]:
        """Crops, bool [N,outputs] allowed, int64 [N] design numbers; pairs stand together."""
        rng = np.random.default_rng(seed)
        crops, allow, designs = [], [], []
        for which, part in enumerate(self.sets):
            number = round(count * SHARES[part.name] / 100)
            paired = part.name != "phone"
            for i in rng.choice(self.train[which], number // (1 + paired), p=self.chances[which]):
                for j in self._partners(rng, which, int(i)) if paired else (int(i),):
                    seen = self.seen(rng, which, j, size)
                    crops.append(disturbed_crop(rng, seen, size, grounds))
                    allow.append(self.allowed[which][j])
                    designs.append(part.designs[j])
        return crops, torch.from_numpy(np.stack(allow)), torch.from_numpy(np.array(designs))

    def _partners(self, rng: Rng, which: int, i: int) -> tuple[int, int]:
        """A photo and another of its design; the same photo where it has no other."""
        others = self.siblings[which].get(i)
        return (i, int(rng.choice(others)) if others is not None else i)


def _siblings(part: TaggedSet, train: np.ndarray) -> dict[int, np.ndarray]:
    by_design: dict[int, list[int]] = {}
    for i in train:
        by_design.setdefault(int(part.designs[i]), []).append(int(i))
    return {
        i: np.array([j for j in members if j != i])
        for members in by_design.values()
        if len(members) > 1
        for i in members
    }
