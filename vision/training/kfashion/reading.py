"""K-Fashion (AI Hub): photos of worn outfits, a polygon and Korean words for each garment.

Its photos are decoded once, into the cache; masks are drawn from the polygons when they are asked
for.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from vision.decode import decode
from vision.errors import ImageRejected
from vision.training.crops import Box
from vision.training.kfashion.annotation import Labelled, read_annotation
from vision.training.kfashion.files import Files, find_files
from vision.training.kfashion.labels import Unknown, labels_of, normal, style_ids
from vision.training.labels import Labels
from vision.training.progress import bar
from vision.training.regions import IGNORE, NOT_GROUND, classes
from vision.training.sets import Pixels, Store, write_store
from vision.training.splits import split_of

# the longer side of a photo in the cache
LONGEST = 512
# photos taken at most: 0.6 MB each in the cache, evenly from its styles
MOST = 30_000
# a photo and its label may differ so much in their ratio of width to height
RATIO_SLACK = 0.02
# a garment that lies so far within another's outline is seen through its opening: an outline has
# no holes
WITHIN = 0.9
Record = dict[str, Any]


@dataclass(frozen=True)
class Garment:
    """One labelled garment: the index of its photo, the parser class it is in, K-Fashion's word
    for its kind ("" where it has none), its box in that photo's pixels, polygons int32 [n,2], and
    what it teaches."""

    photo: int
    region: str
    kind: str
    box: Box
    shape: tuple[int, int]
    polygons: tuple[np.ndarray, ...]
    labels: Labels

    @property
    def mask(self) -> Pixels:
        """uint8 [h,w] of its photo: 255 in its polygons; empty where only its box is known."""
        out = np.zeros(self.shape, np.uint8)
        for polygon in self.polygons:  # one by one: what two of them cover is no hole
            cv2.fillPoly(out, [polygon], (255,))
        return out


class Painted(Store):
    """Pictures that are made when they are asked for, in the place of stored ones."""

    def __init__(self, names: list[str], shapes: np.ndarray, paint: Callable[[int], Pixels]):
        self.names, self.shapes, self.paint = names, shapes, paint

    def __getitem__(self, i: int) -> Pixels:
        return self.paint(int(i))


@dataclass(frozen=True)
class KFashion:
    """The photos, with their split and class masks for the parser, and the garments in them.

    `regions[i]` is uint8 [h,w] of `photos[i]`: a class index where a garment is labelled,
    NOT_GROUND where two garments claim a pixel, and IGNORE everywhere else, for skin, hair, shoes
    and bags are not labelled: such a pixel may be ground, and may be any of these.
    """

    photos: Store
    parts: np.ndarray
    garments: list[Garment]
    regions: Store
    unknown: Unknown


def open_kfashion(folder: Path, cache: Path, *, most: int = MOST) -> KFashion:
    """Read a download, its photos decoded at the first call (100 a second).

    A label that is broken or has no photo is reported on standard error and left out, words that
    no table of ours holds are reported together. Raises ValueError if no photo is left.
    """
    key = blake2b(f"{folder.resolve()} {most}".encode(), digest_size=6).hexdigest()
    stem = cache / f"kfashion-{key}"
    if not stem.with_suffix(".json").exists():
        _read(folder, stem, most)
    records: list[Record] = json.loads(stem.with_suffix(".json").read_text(encoding="utf-8"))
    photos, unknown = Store(stem), Counter[tuple[str, str]]()
    of_photo = [_garments(i, record, photos.shapes[i], unknown) for i, record in enumerate(records)]
    _report(unknown)
    shapes = photos.shapes.copy()
    shapes[:, 2] = 1
    return KFashion(
        photos,
        np.array([split_of(f"kfashion/{record['group']}") for record in records]),
        [garment for garments in of_photo for garment in garments],
        Painted(photos.names, shapes, lambda i: region_map(of_photo[i])),
        unknown,
    )


def region_map(garments: list[Garment]) -> Pixels:
    """The parser's truth of one photo from its garments; see `KFashion`."""
    out = np.full(garments[0].shape, IGNORE, np.uint8)
    masks = [(garment.mask > 0, classes().index(garment.region)) for garment in garments]
    for mask, value in sorted(masks, key=lambda one: -int(one[0].sum())):
        clash = mask & (out != IGNORE) & (out != value)
        out[mask] = value
        if clash.sum() < WITHIN * mask.sum():
            out[clash] = NOT_GROUND
    return out


def _read(folder: Path, stem: Path, most: int) -> None:
    """Decode the photos and write what their labels say beside them; that file last, for it says
    that all is there."""
    found, records = find_files(folder), list[Record]()
    labels = found.labels[:most]

    def photos() -> Iterator[tuple[str, Pixels]]:
        for at in bar(np.arange(len(labels)), "K-Fashion"):
            try:
                record, photo = _photo(labels[at], found)
            except (ValueError, OSError, ImageRejected) as problem:
                print(f"{labels[at]}: {problem}; left out", file=sys.stderr)
                continue
            records.append(record)
            yield record["id"], photo

    decoded = photos()
    first = next(decoded, None)
    if first is None:
        raise ValueError(
            f"{folder} holds no K-Fashion photo that can be used: expected are a folder a style"
            " (클래식, 프레피, ...) with one JSON a photo ('이미지 정보', '데이터셋 정보'), and the"
            " photos as <이미지 식별자>.jpg in the same folders, or in a folder 원천데이터 beside"
        )
    write_store(stem, chain([first], decoded))
    draft = stem.with_suffix(".draft")
    draft.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
    draft.rename(stem.with_suffix(".json"))


def _photo(path: Path, found: Files) -> tuple[Record, Pixels]:
    """The photo of a label file and what is kept of the label, in the photo's pixels."""
    said = read_annotation(path)
    file = found.photos.get(said.identifier)
    if file is None:
        raise ValueError(f"its photo {said.identifier}.jpg is missing")
    photo = decode(file.read_bytes(), max_side=LONGEST)
    w, h = said.size or (photo.width, photo.height)
    if abs(w * photo.height / (h * photo.width) - 1) > RATIO_SLACK:
        raise ValueError(
            f"is of a photo of {w:g}×{h:g} px, {file} has {photo.width}×{photo.height}"
        )
    height, width = photo.pixels.shape[:2]
    zoom = (width / w, height / h)
    garments = [_scaled(one, zoom, (width, height)) for one in said.garments]
    record = {
        "id": said.identifier,
        "group": said.group,
        "styles": said.styles or _style_of_folder(path),
        "garments": [one for one in garments if one],
    }
    if not record["garments"]:
        raise ValueError(f"has no garment within its photo {file}")
    return record, photo.pixels


def _style_of_folder(path: Path) -> list[str]:
    name = normal(path.parent.name)
    return [name] if name in style_ids() else []


def _scaled(one: Labelled, zoom: tuple[float, float], size: tuple[int, int]) -> Record | None:
    """What is kept of a garment, in pixels of the cache; None if it lies outside the photo."""
    polygons = [np.rint(np.array(points) * zoom) for points in one.polygons]
    corners = np.concatenate(polygons) if polygons else np.array(one.box).reshape(2, 2) * zoom
    low = np.maximum(corners.min(0), 0)
    high = np.minimum(corners.max(0) + bool(polygons), size)
    if (high - low < 2).any():
        return None
    return {
        "region": one.region,
        "box": [*low.tolist(), *high.tolist()],
        "polygons": [polygon.astype(int).tolist() for polygon in polygons],
        "words": one.words,
    }


def _garments(photo: int, record: Record, shape: np.ndarray, unknown: Unknown) -> list[Garment]:
    return [
        Garment(
            photo,
            one["region"],
            " ".join(one["words"].get("카테고리", ())),
            (one["box"][0], one["box"][1], one["box"][2], one["box"][3]),
            (int(shape[0]), int(shape[1])),
            tuple(np.array(polygon, np.int32) for polygon in one["polygons"]),
            labels_of(one["region"], one["words"], record["styles"], unknown),
        )
        for one in record["garments"]
    ]


def _report(unknown: Unknown) -> None:
    """Say once which words teach nothing because no table of ours holds them."""
    if unknown:
        words = ", ".join(f"{key} {word} ×{n}" for (key, word), n in unknown.most_common())
        print(f"K-Fashion: words without an id, which teach nothing: {words}", file=sys.stderr)
