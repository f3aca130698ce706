"""What a bundle says of the labelled photos of one split, through the serving path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np

from vision.analyzer import Analyzer
from vision.bundle import Bundle
from vision.crops import letterbox
from vision.looks import Piece, look
from vision.networks import Networks
from vision.regions import read_logits, to_photo
from vision.training.labels import Labels, labels
from vision.training.progress import bar
from vision.training.sets import Pixels, Row, open_photos, read_rows
from vision.training.sightings import regions_wanted
from vision.training.splits import group_of, splits
from vision.types import Analysis, Garment

BATCH = 16
NO_MASK = np.zeros((0, 0), bool)


@dataclass(frozen=True)
class Part:
    """Rows of one set with what their labels say."""

    name: str
    indices: np.ndarray
    """Place of each row in the set."""
    rows: list[Row]
    labels: list[Labels]
    groups: np.ndarray

    def truth(self, head: str, values: list[str]) -> np.ndarray:
        """bool [N,V]: the values that each row's label allows."""
        return np.array([[v in label.get(head, ()) for v in values] for label in self.labels])


@dataclass(frozen=True)
class Answers(Part):
    """... with the tagger's logits by head [N,V], embeddings [N,256] and whether the parser found
    a garment: what calibration needs."""

    logits: dict[str, np.ndarray]
    embeddings: np.ndarray
    found: np.ndarray


@dataclass(frozen=True)
class Served(Part):
    """... with the garments of each photo as the analyzer returns them (their masks left out), the
    one that the label means first: what is measured."""

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


def serve(analyzer: Analyzer, data: Path, cache: Path, name: str, chosen: np.ndarray) -> Served:
    """Analyze the chosen photos of a set.

    `phone` and `hm` are looked at blindly, as a shopper's photo would be; in `myntra`, where a
    model wears more than the labelled garment, the first garment of its region comes first.
    """
    photos, rows = open_photos(data, cache, name), read_rows(data, name)
    garments = []
    looked_at = (photos[i] for i in bar(chosen, name))
    for i, seen in zip(chosen, analyzed(analyzer, looked_at), strict=True):
        wanted = _wanted(name, rows[i])
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


def _wanted(name: str, row: Row) -> set[str]:
    return regions_wanted(name, row) if name == "myntra" else set()


def analyzed(analyzer: Analyzer, photos: Iterable[Pixels]) -> Iterator[Analysis]:
    """Each photo's analysis, batch by batch."""
    for batch in batched(photos, BATCH):
        yield from analyzer.analyze_many(batch)


def batched(photos: Iterable[Pixels], size: int) -> Iterator[list[Pixels]]:
    waiting = iter(photos)
    while batch := list(islice(waiting, size)):
        yield batch


def piece(networks: Networks, photo: Pixels, wanted: set[str]) -> tuple[Piece, bool]:
    """The main garment of a photo (or the first of a wanted class), and whether any garment was
    found; without one it is the whole photo."""
    parser = networks.bundle.parser
    grid = (parser.height, parser.width)
    canvas, inside = letterbox(photo, *grid, parser.pad)
    parsed = read_logits(networks.parse([canvas])[0], inside, grid, parser.classes, canvas)
    h, w = photo.shape[:2]
    regions = sorted(parsed.regions, key=lambda one: one.name not in wanted)
    if not regions:
        return Piece(photo, (0, 0, w, h), np.ones((h, w), bool)), False
    return Piece(photo, *to_photo(regions[0], h, w)), True


def answer(
    bundle: Bundle, data: Path, cache: Path, name: str, part: str, *, threads: int, most: int = 0
) -> Answers:
    """The tagger's logits for a split of a set (`most` > 0: for at most so many photos of it), the
    garment chosen as in `serve`."""
    networks = Networks(bundle, threads)
    photos, rows = open_photos(data, cache, name), read_rows(data, name)
    chosen = part_of(data, name, part, most)
    pieces, found = [], []
    for i in bar(chosen, f"{name} {part}"):
        one, seen = piece(networks, photos[i], _wanted(name, rows[i]))
        pieces.append(one)
        found.append(seen)
    embeddings, logits = look(networks, pieces)
    mine = [rows[i] for i in chosen]
    return Answers(
        name,
        chosen,
        mine,
        [labels(name, row) for row in mine],
        np.array([group_of(name, row) for row in mine]),
        dict(logits),
        embeddings,
        np.array(found),
    )
