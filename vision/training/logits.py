"""A bundle's raw answers for labelled photos, as calibration needs them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vision.analyzer import Analyzer
from vision.looks import Piece, look
from vision.training.kfashion.reading import KFashion
from vision.training.labels import Labels, labels
from vision.training.predictions import BATCH, batched, part_of
from vision.training.progress import bar
from vision.training.sets import open_photos, read_rows
from vision.training.sightings import regions_wanted


@dataclass(frozen=True)
class Answers:
    """What the tagger says of N labelled garments: logits [N,V] by head."""

    labels: list[Labels]
    logits: dict[str, np.ndarray]
    pieces: list[Piece]

    def truth(self, head: str, values: list[str]) -> np.ndarray:
        """bool [N,V]: the values that each label allows."""
        return np.array([[v in label.get(head, ()) for v in values] for label in self.labels])

    def kinds(self, categories: list[str]) -> list[str]:
        """The likeliest category of each garment, of the values of that head."""
        return [categories[at] for at in self.logits["category"].argmax(1)]


def answer(
    analyzer: Analyzer, data: Path, cache: Path, name: str, part: str, *, most: int = 0
) -> Answers:
    """For a split of a set (`most` > 0: for at most so many photos of it): the main garment of
    `phone` and `hm`, the labelled one's region in `myntra`, as when the bundle is measured."""
    photos, rows = open_photos(data, cache, name), read_rows(data, name)
    chosen = part_of(data, name, part, most)
    pieces = []
    for batch in batched(bar(chosen, f"{name} {part}"), BATCH):
        for i, found in zip(batch, analyzer.find([photos[i] for i in batch]), strict=True):
            wanted = regions_wanted(name, rows[i]) if name == "myntra" else set()
            first = min(found, key=lambda one: one.region not in wanted)
            pieces.append(Piece(photos[i], first.box, first.mask))
    _, logits = look(analyzer.networks, pieces)
    return Answers([labels(name, rows[i]) for i in chosen], dict(logits), pieces)


def answer_kfashion(analyzer: Analyzer, source: KFashion, part: str) -> Answers:
    """For the garments of a split of K-Fashion, within the boxes and polygons of its labels."""
    chosen = [one for one in source.garments if source.parts[one.photo] == part]
    pieces = []
    for one in chosen:
        x0, y0, x1, y1 = (round(v) for v in one.box)
        mask = one.mask[y0:y1, x0:x1] > 127
        pieces.append(Piece(source.photos[one.photo], (x0, y0, x1, y1), mask))
    _, logits = look(analyzer.networks, pieces)
    return Answers([one.labels for one in chosen], dict(logits), pieces)
