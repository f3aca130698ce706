"""The palette of a garment: K-means in CIELAB over its own pixels.

Folds and lights must not become colours of their own. Two clusters are one colour when CIEDE2000
between them is under ``MERGE_BOUND``, or when it is under ``SHADE_BOUND`` with lightness counted
at ``1 / SHADE_LIGHTNESS`` and there is no valley between them: a fold shades a dye without a gap,
between the dyes of a stripe hardly a pixel lies.
"""

import cv2
import numpy as np
import numpy.typing as npt

from vision.color_names import nearest
from vision.colorspace import ciede2000, lab_to_hex, rgb_to_lab
from vision.crops import resized
from vision.types import Color, Image, Mask

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
MULTI_FAMILIES = 4
MULTI_SHARE = 0.10
MULTI_LARGEST = 0.45
MULTICOLOUR = "multicolour"
_ROUNDS = 12
_SEED = 7

Labs = npt.NDArray[np.float32]
Labels = npt.NDArray[np.intp]


def palette(image: Image, mask: Mask, *, metals: bool = False) -> tuple[Color, ...]:
    """Colours of an image [h, w, 3] under a mask [h, w], largest share first, never empty.

    With ``MULTI_FAMILIES`` families of at least ``MULTI_SHARE`` each and no colour above
    ``MULTI_LARGEST``, the first colour's family is ``multicolour``. The same pixels give the
    same answer; an empty mask counts as the whole image. ``metals`` lets colours be gold or
    silver, which pixels alone cannot tell from mustard and grey: for jewellery and the like.
    """
    labs = _sample(image, mask)
    labels = _merged(labs, _kmeans(labs))
    colors = [_color(labs[labels == group], len(labs), metals) for group in np.unique(labels)]
    colors.sort(key=lambda color: -color.share)
    if _is_multicolour(colors):
        colors[0] = _renamed(colors[0], MULTICOLOUR)
    return tuple(colors)


def _sample(image: Image, mask: Mask) -> Labs:
    """CIELAB of at most ``SAMPLE`` pixels inside the mask, away from its edge, evenly spread."""
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
    return rgb_to_lab(image.reshape(-1, 3)[inside])


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
    return gaps


def _valley(members: Labs, one: Labs, other: Labs) -> bool:
    """Whether few pixels lie halfway between two centres: two dyes, not one that light shades."""
    way = other - one
    at = (members - one) @ way / (way @ way)
    low, middle, high = (
        int(np.count_nonzero(np.abs(at - where) < VALLEY_WIDTH)) for where in (0.0, 0.5, 1.0)
    )
    return middle < VALLEY_DEPTH * min(low, high)


def _color(members: Labs, total: int, metals: bool) -> Color:
    """One colour by the median of its lit half: folds darken a dye, nothing makes it lighter."""
    lit = members[members[:, 0] >= np.median(members[:, 0])]
    lab = np.median(lit, axis=0)
    named = nearest(lab, metals=metals)
    return Color(
        name=named.en,
        name_ko=named.ko,
        family=named.family,
        hex=lab_to_hex(lab),
        share=round(len(members) / total, 4),
        lab=(float(lab[0]), float(lab[1]), float(lab[2])),
    )


def _is_multicolour(colors: list[Color]) -> bool:
    families = {color.family for color in colors if color.share >= MULTI_SHARE}
    return len(families) >= MULTI_FAMILIES and colors[0].share <= MULTI_LARGEST


def _renamed(color: Color, family: str) -> Color:
    return Color(color.name, color.name_ko, family, color.hex, color.share, color.lab)
