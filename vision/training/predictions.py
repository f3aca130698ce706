"""A bundle's answers for the labelled photos of one split, through the serving path."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vision.bundle import Bundle
from vision.crops import letterbox, square_crop
from vision.networks import Networks
from vision.regions import read_logits, to_photo
from vision.training.labels import Labels, labels
from vision.training.progress import bar
from vision.training.sets import Pixels, Row, open_photos, read_rows
from vision.training.sightings import regions_wanted
from vision.training.splits import group_of, splits

BATCH = 16


@dataclass(frozen=True)
class Answers:
    """Rows of one set and split with what the bundle says: logits by head [N,V], embeddings
    [N,256] and whether the parser found a garment."""

    name: str
    indices: np.ndarray
    """Place of each row in the set."""
    rows: list[Row]
    labels: list[Labels]
    groups: np.ndarray
    logits: dict[str, np.ndarray]
    embeddings: np.ndarray
    found: np.ndarray

    def truth(self, head: str, values: list[str]) -> np.ndarray:
        """bool [N,V]: the values that each row's label allows."""
        return np.array([[v in label.get(head, ()) for v in values] for label in self.labels])


def served_crop(
    networks: Networks, photo: Pixels, wanted: set[str] | None = None
) -> tuple[Pixels, bool]:
    """The tagger's crop of the main garment (or the first of a wanted class), and whether any
    garment was found; without one the crop is the whole photo."""
    parser, tagger = networks.bundle.parser, networks.bundle.tagger
    grid = (parser.height, parser.width)
    canvas, inside = letterbox(photo, *grid, parser.pad)
    parsed = read_logits(networks.parse([canvas])[0], inside, grid, parser.classes)
    h, w = photo.shape[:2]
    box, mask = (0, 0, w, h), np.ones((h, w), bool)
    regions = [r for r in parsed.regions if wanted and r.name in wanted] or list(parsed.regions)
    if regions:
        box, mask = to_photo(regions[0], h, w)
    crop = square_crop(
        photo,
        box,
        mask,
        size=tagger.size,
        ground=tagger.ground,
        margin=tagger.margin,
        pad=tagger.pad,
    )
    return crop, bool(regions)


def tagged(networks: Networks, crops: list[Pixels]) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Embeddings and logits by head of many crops, batch by batch."""
    vectors, heads = [], []
    for start in range(0, len(crops), BATCH):
        embedding, logits = networks.tag(crops[start : start + BATCH])
        vectors.append(embedding)
        heads.append(logits)
    return np.concatenate(vectors), {k: np.concatenate([h[k] for h in heads]) for k in heads[0]}


def answer(
    bundle: Bundle, data: Path, cache: Path, name: str, part: str, *, threads: int, most: int = 0
) -> Answers:
    """Run the bundle over a split of a set (`most` > 0: over at most so many photos of it).

    `phone` and `hm` are looked at blindly, as a shopper's photo would be; in `myntra`, where a
    model wears more than the labelled garment, the labelled one's region is taken.
    """
    networks = Networks(bundle, threads)
    photos, rows = open_photos(data, cache, name), read_rows(data, name)
    chosen = np.flatnonzero(np.array(splits(name, rows)) == part)
    if most and len(chosen) > most:
        chosen = np.sort(np.random.default_rng(0).choice(chosen, most, replace=False))
    crops, found = [], []
    for i in bar(chosen, f"{name} {part}"):
        wanted = regions_wanted(name, rows[i]) if name == "myntra" else None
        crop, seen = served_crop(networks, photos[i], wanted)
        crops.append(crop)
        found.append(seen)
    embeddings, logits = tagged(networks, crops)
    mine = [rows[i] for i in chosen]
    return Answers(
        name,
        chosen,
        mine,
        [labels(name, row) for row in mine],
        np.array([group_of(name, row) for row in mine]),
        logits,
        embeddings,
        np.array(found),
    )
