"""A messy photo of a product must find its clean one: cut-outs on grounds against the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from vision.analyzer import Analyzer
from vision.training.composites import Piece, camera, paste
from vision.training.grounds import Grounds
from vision.training.parser_data import open_cutouts
from vision.training.predictions import Served, analyzed
from vision.training.progress import bar
from vision.training.sets import Pixels, open_photos, read_rows
from vision.training.splits import TEST, splits

QUERIES, SIDE = 400, 320


def pasted_recall(
    analyzer: Analyzer, data: Path, cache: Path, held: Served, *, whole: bool = True
) -> dict[str, float]:
    """Recall@1 and @10 of products of `held` (a split of `hm`) pasted on held-out grounds, sought
    by their vectors among all photos of `hm`, or among those of `held` alone."""
    cut = open_cutouts(data, cache, "hm")
    rng = np.random.default_rng(11)
    usable = held.indices[cut.safe[held.indices]]
    asked = rng.choice(usable, min(QUERIES, len(usable)), replace=False)
    indices, vectors = held.indices, held.embeddings
    if whole:
        others = np.setdiff1d(np.arange(len(cut.photos)), held.indices)
        looked_at = (cut.photos[i] for i in bar(others, "hm, all"))
        seen = [one.main.embedding for one in analyzed(analyzer, looked_at)]
        indices = np.concatenate([indices, others])
        vectors = np.concatenate([vectors, np.reshape(seen, (len(others), -1))])
    here = np.stack(
        [one.main.embedding for one in analyzed(analyzer, pasted(rng, data, cache, asked))]
    )
    order = np.argsort(-(here @ vectors.T), axis=1)[:, :10]
    hits = indices[order] == asked[:, None]
    return {
        "queries": len(asked),
        "catalogue": len(indices),
        "recall@1": float(hits[:, :1].any(1).mean()),
        "recall@10": float(hits.any(1).mean()),
    }


def pasted(
    rng: np.random.Generator, data: Path, cache: Path, asked: np.ndarray
) -> Iterator[Pixels]:
    """The cut-outs of these rows of `hm`, each on a held-out ground and as a camera sees it."""
    cut, phone = open_cutouts(data, cache, "hm"), open_photos(data, cache, "phone")
    held = np.flatnonzero(np.array(splits("phone", read_rows(data, "phone"))) == TEST)
    grounds = Grounds((phone, held), (phone, held), open_photos(data, cache, "textures"))
    for i in bar(asked, "pasted"):
        ground = grounds.draw(rng, SIDE, round(SIDE * 0.75))
        piece = Piece(cut.photos[i], cut.masks[i], 1)
        photo, _ = paste(rng, ground, [piece], [float(rng.uniform(0.55, 1.05))])
        yield camera(rng, photo)
