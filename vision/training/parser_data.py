"""Photos with masks for the parser: streets, catalogue photos, and cut-outs laid on grounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from vision.training import negatives
from vision.training.categories import region
from vision.training.composites import Piece, camera, paste, recolored, toward_ground
from vision.training.crops import PAD
from vision.training.cutouts import cut_out
from vision.training.drawn import open_drawn
from vision.training.grounds import Grounds, Rng
from vision.training.regions import IGNORE, NOT_GROUND, classes, street_table
from vision.training.sets import (
    Pixels,
    Row,
    Store,
    open_photos,
    open_pixel_masks,
    read_rows,
    write_store,
)
from vision.training.sightings import Sightings
from vision.training.splits import TRAIN, splits

# how often each kind of photo is drawn
KINDS = {
    "street": 0.45,
    "catalogue": 0.1,
    "composite": 0.25,
    "drawn": 0.05,
    "phone": 0.12,
    "nothing": 0.06,
    "head": 0.03,
    "kfashion": 0.4,
}
# street photos that show one of these rare classes are drawn so many times as often
RARE, RARE_FACTOR = ("headwear", "bag", "full-body"), (4.0, 1.5, 1.5)
# pixels on either side of an edge that an earlier parser drew, which teach nothing
UNSURE_EDGE = 3
SMALLEST_CUTOUT = 100


@dataclass(frozen=True)
class Cutouts:
    """The cut-outs of a catalogue set: masks (0, or 255 where the garment is), one a photo, the
    parser class of each (NOT_GROUND where a person wears it), and which are safe as truth."""

    photos: Store
    masks: Store
    values: np.ndarray
    safe: np.ndarray
    parts: np.ndarray


def open_cutouts(data: Path, cache: Path, name: str) -> Cutouts:
    """Cut out every photo of a catalogue set, at the first call (minutes)."""
    photos, rows = open_photos(data, cache, name), read_rows(data, name)
    stem = cache / f"{name}-cutouts"
    if not stem.with_name(f"{name}-safe.npy").exists():
        found = [
            cut_out(photos[i]) if photos.shapes[i][0] >= SMALLEST_CUTOUT else None
            for i in range(len(photos))
        ]
        blank = np.zeros((1, 1), np.uint8)
        write_store(
            stem, ((n, c.mask if c else blank) for n, c in zip(photos.names, found, strict=True))
        )
        np.save(stem.with_name(f"{name}-safe.npy"), np.array([bool(c and c.safe) for c in found]))
    order = classes()
    named = [region(name, row) for row in rows]
    worn = [name == "myntra" and r in ("upper", "outer", "lower", "full-body") for r in named]
    values = [
        NOT_GROUND if w or r is None else order.index(r) for r, w in zip(named, worn, strict=True)
    ]
    safe = np.load(stem.with_name(f"{name}-safe.npy"))
    return Cutouts(photos, Store(stem), np.array(values), safe, np.array(splits(name, rows)))


def flattened(
    rng: Rng, photo: Pixels, mask: Pixels, size: int, zoom: float = 1.0
) -> tuple[Pixels, Pixels]:
    """Photo and mask letterboxed into a square of `size` px; jittered when `zoom` is not 1."""
    h, w = mask.shape
    scale = size / max(h, w) * zoom
    turn = rng.normal(0, 0.08) if zoom != 1.0 else 0.0
    flip = -1.0 if rng.random() < 0.5 and zoom != 1.0 else 1.0
    c, s = np.cos(turn) * scale, np.sin(turn) * scale
    m = np.array([[c * flip, -s], [s * flip, c]])
    spare = 0.5 * abs(zoom - 1) + 0.02 if zoom != 1.0 else 0.0
    center = size * (0.5 + rng.uniform(-spare, spare, 2))
    matrix = np.concatenate([m, (center - m @ np.array((w / 2, h / 2)))[:, None]], 1)
    matrix = matrix.astype(np.float32)
    fill = (PAD,) * 3 if rng.random() < 0.7 else tuple(int(v) for v in rng.integers(0, 256, 3))
    mode = cv2.INTER_AREA if scale < 0.6 else cv2.INTER_LINEAR
    out = cv2.warpAffine(photo, matrix, (size, size), flags=mode, borderValue=fill)
    truth = cv2.warpAffine(mask, matrix, (size, size), flags=cv2.INTER_NEAREST, borderValue=0)
    return np.asarray(out, np.uint8), np.asarray(truth, np.uint8)


class PhonePhotos:
    """Self-training: phone photos with the masks that an earlier parser saw (the sightings in the
    cache) and the class that the set's own label gives them."""

    def __init__(self, photos: Store, cache: Path, rows: list[Row], train: np.ndarray):
        self.photos, self.sightings = photos, Sightings.load(cache, "phone")
        order = classes()
        self.values = {
            int(i): order.index(named)
            for i in train
            if (named := region("phone", rows[i])) and self.sightings.found[i]
        }

    def draw(self, rng: Rng, size: int) -> tuple[Pixels, Pixels]:
        i = int(rng.choice(list(self.values)))
        mask = self.sightings.masks[i]
        square = np.ones((UNSURE_EDGE, UNSURE_EDGE), np.uint8)
        inner, outer = cv2.erode(mask, square), cv2.dilate(mask, square)
        truth = np.where(inner > 0, self.values[i], np.where(outer > 0, IGNORE, 0))
        zoom = float(np.exp(rng.uniform(-0.3, 0.3)))
        return flattened(rng, self.photos[i], truth.astype(np.uint8), size, zoom)


class StreetPhotos:
    """Photos of people in the street with a class for every pixel."""

    def __init__(self, data: Path, cache: Path):
        self.photos = open_photos(data, cache, "ccp")
        self.masks = open_pixel_masks(data, cache, "ccp")
        self.table = street_table(read_rows(data, "ccp_classes"))
        parts = np.array(splits("ccp", read_rows(data, "ccp")))
        self.train = np.flatnonzero(parts == TRAIN)
        self.chances = self._chances()

    def _chances(self) -> np.ndarray:
        """How likely each photo is drawn: oftener with a rare class in it."""
        weight = np.ones(len(self.train))
        for at, i in enumerate(self.train):
            there = np.bincount(self.table[self.masks[int(i)]].ravel(), minlength=256) > 100
            for name, factor in zip(RARE, RARE_FACTOR, strict=True):
                weight[at] *= factor if there[classes().index(name)] else 1.0
        return weight / weight.sum()

    def draw(self, rng: Rng, size: int) -> tuple[Pixels, Pixels]:
        i = int(rng.choice(self.train, p=self.chances))
        zoom = float(np.exp(rng.uniform(-0.25, 0.9)))
        return flattened(rng, self.photos[i], self.table[self.masks[i]], size, zoom)

    def head(self, rng: Rng, size: int) -> tuple[Pixels, Pixels]:
        """The head of a person: a face that is no garment."""
        i = int(rng.choice(self.train))
        truth = self.table[self.masks[i]]
        skin = truth[: len(truth) // 3] == classes().index("skin-hair")
        x, y, w, h = cv2.boundingRect(skin.astype(np.uint8))
        side = int(max(w, h, 24) * rng.uniform(1.0, 1.6))
        left, top = max(0, x + w // 2 - side // 2), max(0, y + h // 2 - side // 2)
        part = np.s_[top : top + side, left : left + side]
        zoom = float(np.exp(rng.uniform(-0.2, 0.2)))
        return flattened(rng, self.photos[i][part], truth[part], size, zoom)


class Pieces:
    """Cut-outs to lay on grounds; the rarer classes oftener than they occur."""

    def __init__(self, cutouts: list[Cutouts], chances: tuple[float, ...]):
        self.cutouts, self.chances = cutouts, chances
        usable = [c.safe & (c.parts == TRAIN) for c in cutouts]
        self.by_value: list[dict[int, np.ndarray]] = [
            {int(v): np.flatnonzero(u & (c.values == v)) for v in np.unique(c.values[u])}
            for c, u in zip(cutouts, usable, strict=True)
        ]

    def draw(self, rng: Rng) -> Piece:
        which = int(rng.choice(len(self.cutouts), p=self.chances))
        groups = self.by_value[which]
        values = list(groups)
        weight = np.array([len(groups[v]) ** 0.5 for v in values])
        value = int(rng.choice(values, p=weight / weight.sum()))
        i = int(rng.choice(groups[value]))
        cut = self.cutouts[which]
        return Piece(cut.photos[i], cut.masks[i], value)


Draw = Callable[[Rng, int], tuple[Pixels, Pixels]]


class ParserPhotos:
    """Draws training photos for the parser; `draw(rng, size)` gives a photo uint8 [size,size,3]
    and its mask uint8 [size,size] of class indices, IGNORE or NOT_GROUND.

    With `free_only` nothing but what is free for any purpose teaches: phone photos and drawn ones.
    """

    def __init__(
        self,
        data: Path,
        cache: Path,
        drawn_designs: int,
        *,
        self_training: bool,
        free_only: bool = False,
        kinds: Mapping[str, float] = KINDS,
    ):
        self.kinds = kinds
        self.drawn = open_drawn(cache, drawn_designs)
        self.drawn_values = self.drawn.regions()
        phone, rows = open_photos(data, cache, "phone"), read_rows(data, "phone")
        train = np.flatnonzero(np.array(splits("phone", rows)) == TRAIN)
        self.sources: dict[str, Draw] = {
            "drawn": self._drawn,
            "composite": self._composite,
            "nothing": lambda rng, size: negatives.draw(rng, self.grounds, size),
        }
        if free_only:
            self.pieces = Pieces([self._drawn_cutouts()], (1.0,))
            self.grounds = Grounds((phone, train), None, None)
        else:
            street = StreetPhotos(data, cache)
            self.pieces = Pieces(
                [open_cutouts(data, cache, name) for name in ("hm", "myntra")], (0.6, 0.4)
            )
            textures = open_photos(data, cache, "textures")
            self.grounds = Grounds((phone, train), (street.photos, street.train), textures)
            self.sources |= {"street": street.draw, "head": street.head}
            self.sources["catalogue"] = self._catalogue
        if self_training:
            self.sources["phone"] = PhonePhotos(phone, cache, rows, train).draw

    def draw(self, rng: Rng, size: int) -> tuple[Pixels, Pixels]:
        chance = np.array([self.kinds[kind] for kind in self.sources])
        kind = str(rng.choice(list(self.sources), p=chance / chance.sum()))
        photo, truth = self.sources[kind](rng, size)
        return camera(rng, photo), truth

    def _drawn_cutouts(self) -> Cutouts:
        count = len(self.drawn.photos)
        parts = np.full(count, TRAIN)
        return Cutouts(
            self.drawn.photos, self.drawn.masks, self.drawn_values, np.ones(count, bool), parts
        )

    def _drawn(self, rng: Rng, size: int) -> tuple[Pixels, Pixels]:
        i = int(rng.integers(len(self.drawn.photos)))
        truth = np.where(self.drawn.masks[i] > 0, self.drawn_values[i], 0).astype(np.uint8)
        zoom = float(np.exp(rng.uniform(-0.2, 0.4)))
        return flattened(rng, self.drawn.photos[i], truth, size, zoom)

    def _catalogue(self, rng: Rng, size: int) -> tuple[Pixels, Pixels]:
        piece = self.pieces.draw(rng)
        truth = np.where(piece.mask > 0, piece.value, 0).astype(np.uint8)
        zoom = float(np.exp(rng.uniform(-0.3, 0.4)))
        return flattened(rng, piece.photo, truth, size, zoom)

    def _composite(self, rng: Rng, size: int) -> tuple[Pixels, Pixels]:
        aspect = float(rng.choice((0.75, 0.75, 0.67, 1.0, 1.0, 1.33)))
        h, w = (size, round(size * aspect)) if aspect <= 1 else (round(size / aspect), size)
        pieces = [
            self.pieces.draw(rng) for _ in range(int(rng.choice((1, 2, 3), p=(0.72, 0.2, 0.08))))
        ]
        pieces = [
            Piece(recolored(rng, p.photo), p.mask, p.value) if rng.random() < 0.4 else p
            for p in pieces
        ]
        ground = self.grounds.draw(rng, h, w)
        if rng.random() < 0.25:
            ground = toward_ground(rng, ground, pieces[0].photo, pieces[0].mask)
        most = {1: 1.15, 2: 0.7, 3: 0.6}[len(pieces)]
        shares = [float(rng.uniform(0.35, most)) for _ in pieces]
        photo, truth = paste(rng, ground, pieces, shares)
        if h == w:
            return photo, truth
        top, left = (size - h) // 2, (size - w) // 2
        box = (top, size - h - top, left, size - w - left, cv2.BORDER_CONSTANT)
        photo = np.asarray(cv2.copyMakeBorder(photo, *box, value=(PAD,) * 3), np.uint8)
        return photo, np.asarray(cv2.copyMakeBorder(truth, *box, value=(0,)), np.uint8)
