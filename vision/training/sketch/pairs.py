"""Garments to draw: catalogue photos cut out on white, with their masks and their vectors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vision.analyzer import Analyzer
from vision.crops import WHITE, square_crop
from vision.sketch.drawing import MARGIN, SIDE
from vision.training.categories import categories
from vision.training.crops import box_of
from vision.training.parser_data import Cutouts, open_cutouts
from vision.training.predictions import analyzed
from vision.training.progress import bar
from vision.training.regions import NOT_GROUND
from vision.training.sets import Pixels, Store, open_photos, read_rows, write_store

SETS = ("hm", "myntra")
DESIGN_COLUMN = {"hm": "product_code", "myntra": "productDisplayName"}
SMALLEST = 100


@dataclass(frozen=True)
class Garments:
    """N garments of all sets. `crops[i]` is uint8 [128,128,3] on white, `masks[i]` [128,128] of 0
    and 255; `vectors` float32 [N,256] is what the bundle says of the whole photo."""

    crops: Store
    masks: Store
    vectors: np.ndarray
    designs: np.ndarray
    """int64 [N]: photos of one design share a number."""
    categories: list[frozenset[str]]
    parts: np.ndarray
    sets: np.ndarray

    def of(self, part: str, name: str | None = None) -> np.ndarray:
        """The garments of a part, of one set where it is named."""
        here = self.parts == part
        return np.flatnonzero(here & (self.sets == name) if name else here)


def open_garments(analyzer: Analyzer, data: Path, cache: Path) -> Garments:
    """The drawable garments of the sets: safe cut-outs that nobody wears. The first call makes the
    crops and asks the bundle for the vectors (20 minutes on two cores)."""
    names = [n for n in SETS if len(drawable(open_cutouts(data, cache, n)))]
    parts = [_open(analyzer, data, cache, name) for name in names]
    firsts = np.cumsum([0] + [int(p.designs.max()) + 1 for p in parts])
    return Garments(
        _Joined([p.crops for p in parts]),
        _Joined([p.masks for p in parts]),
        np.concatenate([p.vectors for p in parts]),
        np.concatenate([p.designs + first for p, first in zip(parts, firsts, strict=False)]),
        [c for p in parts for c in p.categories],
        np.concatenate([p.parts for p in parts]),
        np.concatenate([p.sets for p in parts]),
    )


class _Joined(Store):
    """Stores behind one another."""

    def __init__(self, stores: list[Store]):
        self.stores = stores
        self.starts = np.cumsum([0] + [len(s) for s in stores])
        self.names = [n for s in stores for n in s.names]
        self.shapes = np.concatenate([s.shapes for s in stores])

    def __getitem__(self, i: int) -> Pixels:
        which = int(np.searchsorted(self.starts, i, side="right")) - 1
        return self.stores[which][int(i - self.starts[which])]


def _open(analyzer: Analyzer, data: Path, cache: Path, name: str) -> Garments:
    cut, rows = open_cutouts(data, cache, name), read_rows(data, name)
    usable = drawable(cut)
    crops, masks = _squares(cut, cache, name, usable)
    codes = [rows[i][DESIGN_COLUMN[name]] for i in usable]
    return Garments(
        crops,
        masks,
        vectors_of(analyzer, data, cache, name)[usable],
        np.unique(codes, return_inverse=True)[1],
        [categories(name, rows[i]) for i in usable],
        cut.parts[usable],
        np.full(len(usable), name),
    )


def drawable(cut: Cutouts) -> np.ndarray:
    """The photos of a set that show a garment by itself with a mask that is right."""
    large = cut.photos.shapes[:, :2].min(1) > SMALLEST
    return np.flatnonzero(cut.safe & large & (cut.values != NOT_GROUND))


def _squares(cut: Cutouts, cache: Path, name: str, usable: np.ndarray) -> tuple[Store, Store]:
    crops, masks = cache / f"{name}-drawable", cache / f"{name}-drawable-masks"
    if not masks.with_suffix(".npz").exists():
        write_store(crops, _cropped(cut, usable, mask=False))
        write_store(masks, _cropped(cut, usable, mask=True))
    return Store(crops), Store(masks)


def _cropped(cut: Cutouts, usable: np.ndarray, *, mask: bool) -> Iterator[tuple[str, Pixels]]:
    for i in bar(usable, "masks" if mask else "crops"):
        yield cut.photos.names[i], squared(cut.photos[i], cut.masks[i], mask=mask)


def squared(photo: Pixels, cover: Pixels, *, mask: bool = False) -> Pixels:
    """The garment of a photo [h,w,3] with its mask [h,w] as a drawing of it is seen: [128,128,3]
    on white, or with `mask` its mask [128,128] of 0 and 255."""
    x0, y0, x1, y1 = (round(v) for v in box_of(cover))
    own = cover[y0:y1, x0:x1] > 0
    if mask:
        photo = np.repeat(255 - cover[..., None], 3, 2)
    square = square_crop(
        photo, (x0, y0, x1, y1), own, size=SIDE, ground="white", margin=MARGIN, pad=WHITE
    )
    return np.where(square[..., 0] < 128, np.uint8(255), np.uint8(0)) if mask else square


def vectors_of(analyzer: Analyzer, data: Path, cache: Path, name: str) -> np.ndarray:
    """float32 [N,256]: the bundle's vector of the main garment of every photo of `hm`, and of what
    can be drawn of another set (zeros for the rest). Kept in the cache by the bundle's revision."""
    file = cache / f"{name}-vectors-{analyzer.revision}.npy"
    if not file.exists():
        cut = open_cutouts(data, cache, name)
        photos = open_photos(data, cache, name)
        usable = np.arange(len(photos)) if name == "hm" else drawable(cut)
        out = np.zeros((len(photos), 256), np.float16)
        looked = analyzed(analyzer, (photos[i] for i in bar(usable, f"vectors of {name}")))
        for i, one in zip(usable, looked, strict=True):
            out[i] = one.main.embedding
        np.save(file, out)
    return np.load(file).astype(np.float32)
