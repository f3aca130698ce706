"""A messy photo of a product must find its clean one: cut-outs on grounds against the catalogue."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from vision.bundle import Bundle
from vision.networks import Networks
from vision.training.composites import Piece, camera, paste
from vision.training.grounds import Grounds
from vision.training.parser_data import open_cutouts
from vision.training.predictions import Answers, served_crop, tagged
from vision.training.progress import bar
from vision.training.sets import open_photos, read_rows
from vision.training.splits import TEST, splits

QUERIES, SIDE = 400, 320


def pasted_recall(
    bundle: Bundle, data: Path, cache: Path, catalogue: Answers, *, threads: int
) -> dict[str, float]:
    """Recall@1 and @10 of held-out products pasted on held-out grounds, sought by their vectors
    among the photos of `catalogue` (the answers for a split of `hm`)."""
    networks = Networks(bundle, threads)
    cut = open_cutouts(data, cache, "hm")
    rng = np.random.default_rng(11)
    usable = catalogue.indices[cut.safe[catalogue.indices]]
    asked = rng.choice(usable, min(QUERIES, len(usable)), replace=False)
    phone = open_photos(data, cache, "phone")
    held = np.flatnonzero(np.array(splits("phone", read_rows(data, "phone"))) == TEST)
    grounds = Grounds((phone, held), (phone, held), open_photos(data, cache, "textures"))
    messy = []
    for i in bar(asked, "pasted"):
        ground = grounds.draw(rng, SIDE, round(SIDE * 0.75))
        piece = Piece(cut.photos[i], cut.masks[i], 1)
        photo, _ = paste(rng, ground, [piece], [float(rng.uniform(0.55, 1.05))])
        messy.append(served_crop(networks, camera(rng, photo))[0])
    here, _ = tagged(networks, messy)
    order = np.argsort(-(here @ catalogue.embeddings.T), axis=1)[:, :10]
    hits = catalogue.indices[order] == asked[:, None]
    return {
        "queries": len(asked),
        "catalogue": len(catalogue.rows),
        "recall@1": float(hits[:, :1].any(1).mean()),
        "recall@10": float(hits.any(1).mean()),
    }
