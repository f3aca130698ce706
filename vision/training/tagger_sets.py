"""The photos, boxes and labels that the tagger learns from, set by set."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vision.taxonomy import taxonomy
from vision.training import lessons
from vision.training.crops import Seen
from vision.training.drawn import open_drawn, styled
from vision.training.labels import HEADS, STRIPES, Labels, labels
from vision.training.parser_data import Cutouts, open_cutouts
from vision.training.sets import Store, open_photos, read_rows
from vision.training.sightings import Sightings
from vision.training.splits import TRAIN, group_of, splits
from vision.training.stripes import stripe_kind

SETS, FREE_SETS = ("phone", "hm", "myntra"), ("phone",)
# a value is an output when at least this many training photos name it alone
FEWEST = 15


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
    texts: list[set[str]]
    """The words of each photo's catalogue text; empty sets where there is none."""
    kinds: list[str]
    """The set's own name for what each photo shows; empty where it has none."""


def open_sets(
    data: Path, cache: Path, drawn_designs: int, *, free_only: bool = False
) -> list[TaggedSet]:
    """The three sets with the sightings that the parser left in the cache, and the renderer's
    photos, all of which train; with `free_only` the phone photos and the renderer's."""
    out, first = [], 0
    for name in FREE_SETS if free_only else SETS:
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
                [lessons.words(row) for row in rows],
                [lessons.kind(name, row) for row in rows],
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
                [styled(label) for label in drawn.labels] if free_only else drawn.labels,
                parts,
                drawn.designs + first,
                None,
                [set()] * len(drawn.photos),
                [""] * len(drawn.photos),
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


def siblings(part: TaggedSet, train: np.ndarray) -> dict[int, np.ndarray]:
    by_design: dict[int, list[int]] = {}
    for i in train:
        by_design.setdefault(int(part.designs[i]), []).append(int(i))
    return {
        i: np.array([j for j in members if j != i])
        for members in by_design.values()
        if len(members) > 1
        for i in members
    }
