"""How the tagger looks at a garment: at the whole of it, mirrored too, and at its cloth."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vision.bundle import TaggerConfig
from vision.crops import cloth_crop, square_crop
from vision.networks import Logits, Networks
from vision.types import Box, Image, Mask

GARMENTS = 16
"""Garments looked at in one run: more do not go faster on a CPU and take more memory."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A garment of a photo: its box in pixels and its mask [h, w] of the box."""

    image: Image
    box: Box
    mask: Mask


def look(
    networks: Networks, pieces: Sequence[Piece]
) -> tuple[npt.NDArray[np.float32], Mapping[str, Logits]]:
    """Unit embeddings [n, 256] and each head's logits [n, labels] of garments.

    The bundle says what is looked at: with ``mirror`` a crop and its mirror image, which count
    alike; with ``second`` another network gives its opinion; with ``cloth`` also a square of the
    garment's own cloth from close by, whose pattern is weighed against that of the whole.
    """
    seen = [_some(networks, pieces[at]) for at in _batches(len(pieces))]
    embeddings = np.concatenate([vectors for vectors, _ in seen])
    heads = seen[0][1]
    return embeddings, {name: np.concatenate([said[name] for _, said in seen]) for name in heads}


def _batches(count: int) -> Iterator[slice]:
    return (slice(start, start + GARMENTS) for start in range(0, count, GARMENTS))


def _some(
    networks: Networks, pieces: Sequence[Piece]
) -> tuple[npt.NDArray[np.float32], dict[str, Logits]]:
    tagger, count = networks.bundle.tagger, len(pieces)
    crops = [whole(piece, tagger, tagger.size) for piece in pieces]
    if tagger.mirror:
        crops += [np.ascontiguousarray(crop[:, ::-1]) for crop in crops[:count]]
    views = len(crops) // count
    if tagger.cloth:
        crops += [
            cloth_crop(piece.image, piece.box, piece.mask, size=tagger.size, pad=tagger.pad)
            for piece in pieces
        ]
    vectors, said = networks.tag(crops)
    mean = vectors[: views * count].reshape(views, count, -1).mean(0)
    mean /= np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-12)
    logits = {
        name: answers[: views * count].reshape(views, count, -1).mean(0)
        for name, answers in said.items()
    }
    if tagger.second:
        crops = [whole(piece, tagger, tagger.second.size) for piece in pieces]
        share = tagger.second.share
        theirs = dict(networks.second_opinion(crops))
        mean = networks.joined(mean, theirs.pop(tagger.embedding, mean))
        for name, answers in theirs.items():
            logits[name] = (1 - share) * logits[name] + share * answers
    if tagger.cloth:
        del logits[tagger.cloth.output]
        close, share = said[tagger.cloth.output][views * count :], tagger.cloth.share
        logits["pattern"] = (1 - share) * logits["pattern"] + share * close
    return mean, logits


def whole(piece: Piece, tagger: TaggerConfig, size: int) -> Image:
    """The crop of a whole garment, [size, size, 3]."""
    return square_crop(
        piece.image,
        piece.box,
        piece.mask,
        size=size,
        ground=tagger.ground,
        margin=tagger.margin,
        pad=tagger.pad,
    )
