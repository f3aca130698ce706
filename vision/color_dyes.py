"""The dyes of a garment: K-means in CIELAB over its own pixels, shades of one dye put together.

Folds and lights must not become colours of their own. Two clusters are one dye when CIEDE2000
between them is under ``MERGE_BOUND``, or when it is under ``SHADE_BOUND`` with lightness counted
at ``1 / SHADE_LIGHTNESS`` and there is no valley between them: a fold shades a dye without a gap,
between the dyes of a stripe hardly a pixel lies.
"""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from vision.colorspace import ciede2000, rgb_to_lab
from vision.crops import resized
from vision.types import Image, Mask

CLUSTERS = 5
SAMPLE = 2000
WORK_SIDE = 256
"""Longer side, in pixels, of what is sampled: evens out weave and noise and keeps stripes."""
INSIDE = 250
"""A reduced pixel counts where this much of 255 is garment."""
MERGE_BOUND = 8.0
SHADE_BOUND = 10.0
SHADE_LIGHTNESS = 2.0
VALLEY_WIDTH = 0.15
"""Half the width of the three bands compared, in distances between the two centres."""
VALLEY_DEPTH = 0.6
"""A valley holds fewer pixels than this share of the smaller of the bands at the centres."""
MIN_SHARE = 0.04
"""A smaller cluster (a button, a label) counts to its nearest colour."""
_ROUNDS = 12
_SEED = 7

Labs = npt.NDArray[np.float32]
Labels = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Dye:
    """Pixels of a garment that are of one dye, or one shade of it."""

    lab: Labs
    """CIELAB [3], the median of its lit half: folds darken a dye, nothing makes it lighter."""
    middle: Labs
    """CIELAB [3], the median of all its pixels."""
    share: float
    """Of the garment's pixels, 0..1."""
    spread: float
    """Standard deviation of its lightness."""
    depth: float
    """Mean distance of its pixels from the mask's edge, 1 for the garment's mean."""
    shades: Callable[[], tuple["Dye", ...]] = tuple
    """The clusters it was put together from, where there were several: measured when asked for."""


def dyes(image: Image, mask: Mask) -> tuple[Dye, ...]:
    """The dyes of an image [h, w, 3] under a mask [h, w], largest share first, never empty.

    The same pixels give the same answer; an empty mask counts as the whole image.
    """
    labs, depths = _sample(image, mask)
    fine = _kmeans(labs)
    merged = _merged(labs, fine)
    found = [_dye(labs, depths, fine, merged == group) for group in np.unique(merged)]
    return tuple(sorted(found, key=lambda dye: -dye.share))


def _sample(image: Image, mask: Mask) -> tuple[Labs, Labs]:
    """CIELAB [n, 3] of at most ``SAMPLE`` pixels inside the mask, away from its edge and evenly
    spread, with their distances [n] from the edge."""
    height, width = mask.shape
    scale = WORK_SIDE / max(height, width)
    if scale < 1:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        image = resized(image, size)
        mask = resized(mask.view(np.uint8) * np.uint8(255), size) > INSIDE
    inner = cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8), borderValue=0)
    for chosen in (inner, mask, np.ones_like(mask)):
        inside = np.flatnonzero(chosen)
        if len(inside) > np.count_nonzero(mask) // 3 and len(inside):
            break
    if len(inside) > SAMPLE:
        spread = np.arange(SAMPLE) + np.random.default_rng(_SEED).random(SAMPLE)
        inside = inside[(spread * len(inside) / SAMPLE).astype(np.intp)]
    depths = _depths(mask).reshape(-1)[inside]
    return rgb_to_lab(image.reshape(-1, 3)[inside]), depths / max(float(depths.mean()), 1e-6)


def _depths(mask: Mask) -> Labs:
    """Distance [h, w] in pixels from what is outside the mask; the frame is outside too."""
    framed = cv2.copyMakeBorder(mask.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=(0,))
    return np.asarray(cv2.distanceTransform(framed, cv2.DIST_L2, 3)[1:-1, 1:-1], np.float32)


def _kmeans(labs: Labs) -> Labels:
    """Lloyd's algorithm from the farthest-point start; labels [n]."""
    centers = _far_apart(labs, CLUSTERS)
    labels = np.zeros(len(labs), np.intp)
    for _ in range(_ROUNDS):
        distance = (centers**2).sum(1) - 2 * labs @ centers.T
        fresh = distance.argmin(1)
        if np.array_equal(fresh, labels):
            break
        labels = fresh
        sizes = np.bincount(labels, minlength=len(centers))
        for axis in range(3):
            sums = np.bincount(labels, weights=labs[:, axis], minlength=len(centers))
            centers[:, axis] = np.where(sizes, sums / np.maximum(sizes, 1), centers[:, axis])
    return labels


def _far_apart(labs: Labs, count: int) -> Labs:
    """Starting centres: k-means++ (Arthur and Vassilvitskii, 2007) with a fixed seed."""
    generator = np.random.default_rng(_SEED)
    centers = [np.median(labs, axis=0)]
    gap = ((labs - centers[0]) ** 2).sum(1)
    for _ in range(count - 1):
        total = float(gap.sum())
        if total <= 0:
            break
        at = int(np.searchsorted(np.cumsum(gap), generator.random() * total))
        centers.append(labs[min(at, len(labs) - 1)])
        gap = np.minimum(gap, ((labs - centers[-1]) ** 2).sum(1))
    return np.stack(centers).astype(np.float32)


def _merged(labs: Labs, labels: Labels) -> Labels:
    """Join the two nearest clusters until each is a dye of its own and none is tiny."""
    labels = np.unique(labels, return_inverse=True)[1]
    while (count := int(labels.max()) + 1) > 1:
        sizes = np.bincount(labels)
        centers = np.stack([labs[labels == group].mean(0) for group in range(count)])
        smallest = int(sizes.argmin())
        if sizes[smallest] < MIN_SHARE * len(labs):
            gaps = ciede2000(centers[smallest], centers)
            gaps[smallest] = np.inf
            one, other = smallest, int(gaps.argmin())
        else:
            gaps = _gaps(labs, labels, centers)
            one, other = (int(at) for at in np.unravel_index(gaps.argmin(), gaps.shape))
            if gaps[one, other] >= 1:
                break
        labels = np.where(labels == one, other, labels)
        labels = np.unique(labels, return_inverse=True)[1]
    return labels


def _gaps(labs: Labs, labels: Labels, centers: Labs) -> npt.NDArray[np.float64]:
    """How far apart each two clusters are, [k, k]; under 1 they are one colour."""
    gaps = ciede2000(centers[:, None], centers[None]) / MERGE_BOUND
    shades = ciede2000(centers[:, None], centers[None], lightness=SHADE_LIGHTNESS) / SHADE_BOUND
    for one, other in np.argwhere(np.triu(shades < np.minimum(gaps, 1), 1)):
        both = labs[(labels == one) | (labels == other)]
        if not _valley(both, centers[one], centers[other]):
            gaps[one, other] = gaps[other, one] = shades[one, other]
    np.fill_diagonal(gaps, np.inf)
    return np.asarray(gaps, np.float64)


def _valley(members: Labs, one: Labs, other: Labs) -> bool:
    """Whether few pixels lie halfway between two centres: two dyes, not one that light shades."""
    way = other - one
    at = (members - one) @ way / (way @ way)
    low, middle, high = (
        int(np.count_nonzero(np.abs(at - where) < VALLEY_WIDTH)) for where in (0.0, 0.5, 1.0)
    )
    return middle < VALLEY_DEPTH * min(low, high)


def _dye(labs: Labs, depths: Labs, fine: Labels, chosen: npt.NDArray[np.bool_]) -> Dye:
    members = labs[chosen]
    middle = np.median(members, axis=0)
    lit = members[members[:, 0] >= middle[0]]

    def shades() -> tuple[Dye, ...]:
        parts = np.unique(fine[chosen])
        found = (_dye(labs, depths, fine, chosen & (fine == part)) for part in parts)
        return tuple(found) if len(parts) > 1 else ()

    return Dye(
        lab=np.median(lit, axis=0),
        middle=middle,
        share=len(members) / len(labs),
        spread=float(members[:, 0].std()),
        depth=float(depths[chosen].mean()),
        shades=shades,
    )
