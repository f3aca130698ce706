"""What the analyzer says of the labelled photos of one split, exactly as it is served."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np

from vision.analyzer import Analyzer
from vision.training.labels import Labels, labels
from vision.training.progress import bar
from vision.training.sets import Pixels, Row, open_photos, read_rows
from vision.training.sightings import regions_wanted
from vision.training.splits import group_of, splits
from vision.types import Analysis, Garment

BATCH = 16
T = TypeVar("T")
NO_MASK = np.zeros((0, 0), bool)


@dataclass(frozen=True)
class Served:
    """Rows of one set, what their labels say, and the garments of each photo as the analyzer
    returns them (their masks left out), the one that is measured first."""

    name: str
    indices: np.ndarray
    """Place of each row in the set."""
    rows: list[Row]
    labels: list[Labels]
    groups: np.ndarray
    garments: list[tuple[Garment, ...]]

    @property
    def main(self) -> list[Garment]:
        return [found[0] for found in self.garments]

    @property
    def embeddings(self) -> np.ndarray:
        """float32 [N,256]."""
        return np.stack([garment.embedding for garment in self.main])


def part_of(data: Path, name: str, part: str, most: int = 0) -> np.ndarray:
    """The rows of a split of a set; with `most` > 0 at most so many, drawn once and for all."""
    chosen = np.flatnonzero(np.array(splits(name, read_rows(data, name))) == part)
    if most and len(chosen) > most:
        chosen = np.sort(np.random.default_rng(0).choice(chosen, most, replace=False))
    return chosen


def serve(
    analyzer: Analyzer,
    data: Path,
    cache: Path,
    name: str,
    chosen: np.ndarray,
    *,
    blind: bool = False,
) -> Served:
    """Analyze the chosen photos of a set.

    `phone` and `hm` are looked at blindly, as a shopper's photo would be; in `myntra`, where a
    model wears more than the labelled garment, the first garment of its region comes first, unless
    it is to be `blind` too.
    """
    photos, rows = open_photos(data, cache, name), read_rows(data, name)
    garments = []
    looked_at = (photos[i] for i in bar(chosen, name))
    for i, seen in zip(chosen, analyzed(analyzer, looked_at), strict=True):
        known = name == "myntra" and not blind
        wanted = regions_wanted(name, rows[i]) if known else set()
        order = sorted(seen.garments, key=lambda one: one.region not in wanted)
        garments.append(tuple(replace(one, mask=NO_MASK) for one in order))
    mine = [rows[i] for i in chosen]
    return Served(
        name,
        chosen,
        mine,
        [labels(name, row) for row in mine],
        np.array([group_of(name, row) for row in mine]),
        garments,
    )


def analyzed(analyzer: Analyzer, photos: Iterable[Pixels]) -> Iterator[Analysis]:
    """Each photo's analysis, batch by batch."""
    for batch in batched(photos, BATCH):
        yield from analyzer.analyze_many(batch)


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of `size` items, the last with what is left."""
    waiting = iter(items)
    while batch := list(islice(waiting, size)):
        yield batch
