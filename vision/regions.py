"""From the parser's logits to garments: which pixels, which box, in which order.

Works on the parser's grid (a few hundred cells a side); boxes and masks are scaled to the photo
at the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from vision.bundle import GARMENT_FREE
from vision.crops import resized
from vision.settle import is_worn, one_class_a_laid_body, one_torso
from vision.types import Box, Image, Mask

Grid = npt.NDArray[np.float32]

MAX_GARMENTS = 6
FINER = 2
"""The grid has this many times the cells of the logits a side: more only smooths the outlines."""
MIN_AREA = {"footwear": 0.002, "headwear": 0.002, "bag": 0.002}
MIN_AREA_CLOTHES = 0.006
"""Share of the photo under which a region is taken for a mistake of the parser."""
MIN_FOREGROUND = 0.88
"""Mean probability of garment under which a region is no garment: of photos of garments the least
sure fiftieth have 0.93, what is found in drawn faces, places and things has mostly less."""
LAID_SMALL = 0.06
"""Beside a laid garment, what is smaller than this share of it is a hanger or a thing."""
FRAGMENT_OF_LARGEST = 0.06
"""A piece smaller than this share of its class's largest piece is noise or a fold."""
SAME_GARMENT_GAP = {"outer": 1.0, "footwear": 2.5, "lower": 0.5}
SAME_GARMENT_GAP_OTHER = 0.25
"""Pieces are one garment when the gap is at most this many times the smaller one's longer side:
an open jacket shows as two panels, shoes come as a pair."""
CENTER_SIGMA = 0.33
"""Width of the pull toward the middle, in photo sides."""
MIN_BOX_COVER = 0.05
"""Share of a drawn box that a garment must cover to be what the box means."""


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """Pixels of one garment on the parser's grid."""

    name: str
    cells: Mask
    """[h, w] of the grid that covers the photo."""

    @property
    def size(self) -> int:
        return int(np.count_nonzero(self.cells))


@dataclass(frozen=True, slots=True, eq=False)
class Parsed:
    """What the parser saw in one photo, on its grid."""

    regions: tuple[Region, ...]
    """The main garment first; empty where none was found."""
    foreground: Grid
    """[h, w] probability of garment or accessory."""


def read_logits(
    logits: Grid,
    inside: Box,
    grid: tuple[int, int],
    classes: Sequence[str],
    canvas: Image | None = None,
) -> Parsed:
    """Garments in the logits [classes, h, w] of one letterboxed photo.

    ``inside`` is where the photo lies in the letterbox of ``grid`` = (height, width) pixels.
    With ``canvas``, the letterboxed photo [*grid, 3], regions of one colour are told from two
    garments by it.
    """
    x0, y0, x1, y1 = inside
    finer = min(FINER, grid[0] / logits.shape[1])
    full = _sampled(logits, np.divide(inside, (grid[1], grid[0]) * 2), finer)
    free = np.array([name in GARMENT_FREE for name in classes])
    full = np.exp(full - full.max(axis=0))
    full /= full.sum(axis=0)
    foreground = full[~free].sum(axis=0)
    photo = None if canvas is None else resized(canvas[y0:y1, x0:x1], foreground.shape[::-1])
    likeliest = full.argmax(axis=0)
    labels = one_class_a_laid_body(full, likeliest, free, photo)
    cells = {name: labels == at for at, name in enumerate(classes) if not free[at]}
    regions = [
        region
        for region in _by_weight(_garments(one_torso(cells, photo)))
        if foreground[region.cells].mean() >= MIN_FOREGROUND
    ]
    if regions and not is_worn(likeliest, free):
        regions = [one for one in regions if one.size >= LAID_SMALL * regions[0].size]
    return Parsed(regions=tuple(regions[:MAX_GARMENTS]), foreground=foreground)


def _sampled(logits: Grid, part: npt.NDArray[np.float64], finer: float) -> Grid:
    """The part (x0, y0, x1, y1), in shares of the whole, of planes [n, h, w], ``finer`` times as
    dense, by linear interpolation."""
    height, width = logits.shape[1:]
    x0, y0, x1, y1 = part * (width, height, width, height)
    columns, rows = max(1, round((x1 - x0) * finer)), max(1, round((y1 - y0) * finer))
    across, down = (x1 - x0) / columns, (y1 - y0) / rows
    to_logits = np.array([[across, 0, x0 + (across - 1) / 2], [0, down, y0 + (down - 1) / 2]])
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    planes = [
        cv2.warpAffine(
            plane, to_logits, (columns, rows), flags=how, borderMode=cv2.BORDER_REPLICATE
        )
        for plane in np.asarray(logits, np.float32)
    ]
    return np.stack(planes).astype(np.float32)


def _garments(cells: dict[str, Mask]) -> list[Region]:
    found: list[Region] = []
    for name, mask in cells.items():
        least = MIN_AREA.get(name, MIN_AREA_CLOTHES) * mask.size
        joined = _joined(name, _pieces(mask))
        found += [Region(name, piece) for piece in joined if np.count_nonzero(piece) >= least]
    return found


def _pieces(mask: Mask) -> list[Mask]:
    """Connected pieces, largest first, without specks."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(
        mask.astype(np.uint8), connectivity=8
    )
    sizes = stats[1:count, cv2.CC_STAT_AREA]
    order = [int(at) for at in np.argsort(-sizes)]
    largest = sizes.max(initial=0)
    return [labels == at + 1 for at in order if sizes[at] >= FRAGMENT_OF_LARGEST * largest]


def _joined(name: str, pieces: list[Mask]) -> list[Mask]:
    """Pieces of one garment put together, the largest taking its neighbours first."""
    reach = SAME_GARMENT_GAP.get(name, SAME_GARMENT_GAP_OTHER)
    garments: list[Mask] = []
    for piece in pieces:
        box = _box(piece)
        side = max(box[2] - box[0], box[3] - box[1])
        near = [at for at, other in enumerate(garments) if _gap(_box(other), box) <= reach * side]
        if near:
            garments[near[0]] = garments[near[0]] | piece
        else:
            garments.append(piece)
    return garments


def _gap(one: Box, other: Box) -> float:
    """Distance between two boxes, 0 when they meet."""
    across = max(one[0], other[0]) - min(one[2], other[2])
    down = max(one[1], other[1]) - min(one[3], other[3])
    return float(np.hypot(max(0, across), max(0, down)))


def _by_weight(regions: list[Region]) -> list[Region]:
    """Most pixels first, pixels in the middle of the photo counting more."""
    if not regions:
        return regions
    height, width = regions[0].cells.shape
    down = (np.arange(height) + 0.5) / height - 0.5
    across = (np.arange(width) + 0.5) / width - 0.5
    pull = np.exp(-(down[:, None] ** 2 + across**2) / (2 * CENTER_SIGMA**2))
    return sorted(regions, key=lambda region: -float(pull[region.cells].sum()))


def _box(mask: Mask) -> Box:
    down, across = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return int(across[0]), int(down[0]), int(across[-1]) + 1, int(down[-1]) + 1


def to_photo(region: Region, height: int, width: int) -> tuple[Box, Mask]:
    """A region's box in the photo's pixels, and its mask [h, w] of that box."""
    rows, columns = region.cells.shape
    x0, y0, x1, y1 = _box(region.cells)
    across, down = width / columns, height / rows
    box = (
        min(width - 1, int(x0 * across)),
        min(height - 1, int(y0 * down)),
        min(width, int(np.ceil(x1 * across))),
        min(height, int(np.ceil(y1 * down))),
    )
    return box, soft_resize(region.cells[y0:y1, x0:x1].astype(np.float32), box)


def soft_resize(values: Grid, box: Box) -> Mask:
    """Values 0..1 on the grid stretched linearly over a box of the photo, cut at one half."""
    size = (max(1, box[2] - box[0]), max(1, box[3] - box[1]))
    levels = np.rint(values * 255).astype(np.uint8)
    return np.asarray(cv2.resize(levels, size, interpolation=cv2.INTER_LINEAR) > 127)


def region_in_box(parsed: Parsed, box: Box, height: int, width: int) -> Region | None:
    """What a box that a person drew holds most of: the region with most cells in it, cut to it.

    None where garments cover less than ``MIN_BOX_COVER`` of the box.
    """
    rows, columns = parsed.foreground.shape
    x0, y0 = box[0] * columns // width, box[1] * rows // height
    x1, y1 = -(-box[2] * columns // width), -(-box[3] * rows // height)
    window = np.zeros((rows, columns), bool)
    window[y0:y1, x0:x1] = True
    cut = [replace(region, cells=region.cells & window) for region in parsed.regions]
    cut = [region for region in cut if region.size >= MIN_BOX_COVER * np.count_nonzero(window)]
    return max(cut, key=lambda region: region.size, default=None)
