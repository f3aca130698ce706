"""One embedding of two taggers': both side by side, brought back to 256 dimensions."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from vision.analyzer import Analyzer
from vision.looks import Piece, whole
from vision.networks import EMBEDDING
from vision.training.predictions import BATCH, batched, part_of
from vision.training.progress import bar
from vision.training.sets import open_photos
from vision.training.splits import TRAIN

PHOTOS = 2400
# the second's share of the likeness; chosen on calibration photos between finding another colour
# of a design and finding the product in a messy photo, by how far the second still knows either
SHARE = 0.4


def both(analyzer: Analyzer, data: Path, cache: Path, chosen: np.ndarray) -> np.ndarray:
    """Unit embeddings of photos of `hm` by both taggers, [2,N,256]: the second's, the first's."""
    photos, networks = open_photos(data, cache, "hm"), analyzer.networks
    tagger = analyzer.bundle.tagger
    assert tagger.second is not None
    out: list[list[np.ndarray]] = [[], []]
    for batch in batched((photos[i] for i in bar(chosen, "both embeddings")), BATCH):
        found = [one[0] for one in analyzer.find(batch)]
        pieces = [Piece(p, f.box, f.mask) for p, f in zip(batch, found, strict=True)]
        crops = [whole(piece, tagger, tagger.second.size) for piece in pieces]
        out[0].append(networks.second_opinion(crops)[tagger.embedding])
        out[1].append(networks.tag([whole(piece, tagger, tagger.size) for piece in pieces])[0])
    return np.stack([np.concatenate(one) for one in out])


def joint_matrix(second: np.ndarray, first: np.ndarray, share: float = SHARE) -> np.ndarray:
    """The matrix [512,256] under which dot products are nearest to the weighted sum of both
    taggers' (the leading directions of the vectors [N,256] given)."""
    weigh = np.repeat(np.sqrt([share, 1 - share]), EMBEDDING)
    side_by_side = np.concatenate([second, first], axis=1) * weigh
    _, directions = np.linalg.eigh(side_by_side.T.astype(np.float64) @ side_by_side)
    leading = directions[:, ::-1][:, :EMBEDDING]
    matrix: np.ndarray = (weigh[:, None] * leading).astype(np.float32)
    return matrix


def write_joint(analyzer: Analyzer, data: Path, cache: Path, out: Path) -> None:
    """Fit the matrix to training photos and write it."""
    chosen = part_of(data, "hm", TRAIN, PHOTOS)
    np.save(out, joint_matrix(*both(analyzer, data, cache, chosen)))
