"""Settles what the parser split: which of the classes that share a body of clothes is meant."""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from vision.colorspace import ciede2000, rgb_to_lab
from vision.types import Image, Mask

Grid = npt.NDArray[np.float32]
Cells = npt.NDArray[np.int64]

CLOTHES = ("upper", "outer", "full-body", "lower")
TORSO = ("upper", "outer", "full-body")
SPLIT = (("upper", "outer"), ("upper", "full-body"), ("outer", "full-body"), ("full-body", "lower"))
"""Pairs of classes that the parser takes for each other within one garment."""
SWALLOW = 0.25
"""A torso piece touching another of at least 1 / SWALLOW its size belongs to it."""
ONE_CLOTH = 11.0
"""Two touching regions of which the parser confuses the classes are one garment when CIEDE2000
between their mean colours is under this."""
LAID_SKIN = 0.03
"""Under this share of skin and hair among all that is no ground, nobody wears the clothes."""
RIVAL = 0.25
"""A second class with a piece of this share of a laid body may be a garment, no mistake."""
OTHER_CLOTH = 18.0
"""... if CIEDE2000 between the mean colours is at least this."""


def is_worn(labels: Cells, free: Mask) -> bool:
    """Whether a person is in the photo, by the classes [h, w] of its cells."""
    garment = int(np.count_nonzero(~free[labels]))
    skin = int(np.count_nonzero(labels > 0)) - garment
    return skin > LAID_SKIN * max(1, skin + garment)


def one_class_a_laid_body(
    probabilities: Grid, labels: Cells, free: Mask, photo: Image | None
) -> Cells:
    """Classes [h, w] where each body of clothes that nobody wears is one garment, from the
    probabilities [classes, h, w] and the likeliest classes [h, w].

    Its class is the likeliest of the body; a second class with a good part of it stays where its
    colour in ``photo`` is another: shoes beside a dress, a shirt laid on trousers.
    """
    garment = ~free[labels]
    if is_worn(labels, free):
        return labels
    labs = None if photo is None else _labs(photo)
    out = labels.copy()
    count, body = cv2.connectedComponents(garment.astype(np.uint8), connectivity=8)
    for number in range(1, count):
        here = body == number
        votes = np.where(free, -1.0, probabilities[:, here].sum(axis=1))
        main = int(votes.argmax())
        for at in np.unique(labels[here]):
            rival = here & (labels == at)
            if at != main and not _stands_alone(rival, here & (labels == main), here, labs):
                out[rival] = main
    return out


def _stands_alone(rival: Mask, main: Mask, body: Mask, labs: Grid | None) -> bool:
    """Whether a second class in a laid body is a garment of its own."""
    if _largest_piece(rival) < RIVAL * np.count_nonzero(body):
        return False
    if labs is None or not main.any():
        return True
    return float(ciede2000(labs[rival].mean(axis=0), labs[main].mean(axis=0))) >= OTHER_CLOTH


def _labs(photo: Image) -> Grid:
    return rgb_to_lab(photo).reshape(photo.shape)


def _largest_piece(mask: Mask) -> int:
    """Cells of the largest connected piece."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    return int(stats[1:, cv2.CC_STAT_AREA].max(initial=0))


def one_torso(cells: dict[str, Mask], photo: Image | None) -> dict[str, Mask]:
    """Regions by class, with a dress labelled half upper and a shirt with an outer sleeve mended.

    In each connected body of clothes the regions of one colour become one, by ``photo`` [h, w, 3]
    where it is given; then a full-body that outweighs upper and lower takes them, one that is
    outweighed goes to the larger of them, and a small torso piece goes to the large one.
    """
    out = {name: mask.copy() for name, mask in cells.items()}
    together = np.logical_or.reduce([out[name] for name in CLOTHES])
    count, body = cv2.connectedComponents(together.astype(np.uint8), connectivity=8)
    labs = None if photo is None else _labs(photo)
    for number in range(1, count):
        here = body == number
        if labs is not None:
            _join_one_cloth(out, here, labs)
        sizes = _sizes(out, here)
        split = sizes["upper"] + sizes["lower"]
        if 0 < split <= sizes["full-body"]:
            _move(out, ("upper", "lower"), "full-body", here)
        elif 0 < sizes["full-body"] < SWALLOW * split:
            larger = "lower" if sizes["lower"] > sizes["upper"] else "upper"
            _move(out, ("full-body",), larger, here)
        _swallow(out, here)
    return out


def _join_one_cloth(out: dict[str, Mask], here: Mask, labs: Grid) -> None:
    """Give the smaller of two confusable regions to the larger, the likest in colour first."""
    while True:
        sizes = _sizes(out, here)
        means = {name: labs[out[name] & here].mean(axis=0) for name in CLOTHES if sizes[name]}
        pairs = [
            (float(ciede2000(means[one], means[other])), one, other)
            for one, other in SPLIT
            if one in means and other in means
        ]
        gap, one, other = min(pairs, default=(np.inf, "", ""))
        if gap >= ONE_CLOTH:
            return
        smaller, larger = sorted((one, other), key=lambda name: sizes[name])
        _move(out, (smaller,), larger, here)


def _swallow(out: dict[str, Mask], here: Mask) -> None:
    sizes = _sizes(out, here)
    largest = max(TORSO, key=lambda name: sizes[name])
    for name in TORSO:
        # an inner shirt under an open jacket is a garment of its own
        inner = (name, largest) == ("upper", "outer")
        if name != largest and not inner and 0 < sizes[name] < SWALLOW * sizes[largest]:
            _move(out, (name,), largest, here)


def _sizes(out: dict[str, Mask], here: Mask) -> dict[str, int]:
    return {name: int(np.count_nonzero(out[name] & here)) for name in CLOTHES}


def _move(out: dict[str, Mask], sources: Sequence[str], target: str, here: Mask) -> None:
    for name in sources:
        moved = out[name] & here
        out[target] |= moved
        out[name] &= ~moved
