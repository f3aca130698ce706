"""The photo sets on disk: NAME.zip of photos with NAME.csv of rows, decoded once into a cache.

A decoded set is one flat file of uint8 pixels, mapped into memory, with an index of offsets and
sizes: photos of any size side by side, read at random without decoding again.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

Pixels = npt.NDArray[np.uint8]
Row = dict[str, str]


def read_rows(data: Path, name: str) -> list[Row]:
    """The rows of data/NAME.csv. Raises FileNotFoundError naming the set that is missing."""
    path = data / f"{name}.csv"
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: --data must hold {name}.csv and {name}.zip")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


class Store:
    """Decoded pictures: `store[i]` is uint8 [h,w,3], or [h,w] for masks."""

    def __init__(self, stem: Path):
        with np.load(stem.with_suffix(".npz")) as index:
            self.names: list[str] = index["names"].tolist()
            self.shapes = index["shapes"]
        sizes = self.shapes.astype(np.int64).prod(1)
        self.offsets = np.concatenate([[0], sizes.cumsum()])
        self.pixels = np.memmap(stem.with_suffix(".bin"), np.uint8, mode="r")

    def __len__(self) -> int:
        return len(self.names)

    def __getitem__(self, i: int) -> Pixels:
        h, w, channels = self.shapes[i]
        flat = self.pixels[self.offsets[i] : self.offsets[i + 1]]
        return flat.reshape(h, w) if channels == 1 else flat.reshape(h, w, channels)


def write_store(stem: Path, pictures: Iterable[tuple[str, Pixels]]) -> Store:
    """Write pictures one after another; the index last, so that a broken run starts over."""
    stem.parent.mkdir(parents=True, exist_ok=True)
    names, shapes = [], []
    with stem.with_suffix(".bin").open("wb") as out:
        for name, picture in pictures:
            names.append(name)
            shapes.append((*picture.shape, 1)[:3])
            out.write(np.ascontiguousarray(picture).tobytes())
    np.savez(
        stem.with_suffix(".npz"),
        names=np.array(names),
        shapes=np.array(shapes, np.int32).reshape(-1, 3),
    )
    return Store(stem)


def decoded(archive: Path, names: Iterable[str], mode: str) -> Iterator[tuple[str, Pixels]]:
    """The named pictures of a zip in Pillow's `mode` ("RGB", or "" for the stored values)."""
    with zipfile.ZipFile(archive) as pack:
        for name in names:
            with Image.open(BytesIO(pack.read(name))) as picture:
                yield name, np.asarray(picture.convert(mode) if mode else picture)


def open_photos(data: Path, cache: Path, name: str) -> Store:
    """The photos of a set in the order of its rows, decoded at the first call."""
    stem = cache / f"{name}-photos"
    if stem.with_suffix(".npz").exists():
        return Store(stem)
    rows = read_rows(data, name)
    column = "file" if "file" in rows[0] else "photo"
    return write_store(stem, decoded(data / f"{name}.zip", [r[column] for r in rows], "RGB"))


def open_pixel_masks(data: Path, cache: Path, name: str) -> Store:
    """The class masks of a set that has them (column `mask`), values as stored."""
    stem = cache / f"{name}-masks"
    if stem.with_suffix(".npz").exists():
        return Store(stem)
    rows = read_rows(data, name)
    return write_store(stem, decoded(data / f"{name}.zip", [r["mask"] for r in rows], ""))
