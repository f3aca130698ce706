"""Where the trained parser sees the labelled garment in every photo: what the tagger learns on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnxruntime as ort

from vision.crops import letterbox, planes
from vision.regions import read_logits, soft_resize, to_photo
from vision.taxonomy import taxonomy
from vision.training.categories import categories, region
from vision.training.crops import Seen, box_of
from vision.training.cutouts import large_parts
from vision.training.export import export_parser
from vision.training.sets import Pixels, Row, Store, open_photos, read_rows, write_store

# the letterbox for a photo, by its longer side: a small photo is not worth a large one
SIDES = ((100, 128), (10_000, 192))
PARSER_SIDE, GREY = 192, 114
LEAST_FOREGROUND = 0.01


@dataclass(frozen=True)
class Sightings:
    """A box [N,4] in pixels and a mask (0 or 255, of the photo's size) for every photo of a set;
    `found` is False where the parser saw nothing and the box is the whole photo."""

    boxes: np.ndarray
    found: np.ndarray
    masks: Store

    @classmethod
    def load(cls, cache: Path, name: str) -> Sightings:
        stem = cache / f"{name}-sightings"
        with np.load(stem.with_name(f"{name}-boxes.npz")) as kept:
            return cls(kept["boxes"], kept["found"], Store(stem))

    @classmethod
    def of_masks(cls, masks: Store) -> Sightings:
        """Known masks as sightings."""
        boxes = np.array([box_of(masks[i]) for i in range(len(masks))], np.float32)
        return cls(boxes, np.ones(len(boxes), bool), masks)

    def seen(self, photos: Store, i: int) -> Seen:
        box = tuple(float(v) for v in self.boxes[i])
        return Seen(photos[i], (box[0], box[1], box[2], box[3]), self.masks[i])


def regions_wanted(name: str, row: Row) -> set[str]:
    """The parser classes in which the garment that a row names may be seen."""
    one = region(name, row)
    if one:
        return {one}
    return {r for c in categories(name, row) for r in taxonomy().categories[c].regions}


def look(photo: Pixels, wanted: set[str] | None, session: ort.InferenceSession) -> Seen:
    """The garment of a wanted class, else the main one; with None everything that is garment, for
    photos of one garment. The whole photo (mask None) where nothing is found."""
    h, w = photo.shape[:2]
    side = next(side for most, side in SIDES if max(h, w) <= most)
    canvas, inside = letterbox(photo, side, side, GREY)
    logits = session.run(["logits"], {"image": planes([canvas], mean=127.5, scale=127.5)})[0]
    parsed = read_logits(logits[0], inside, (side, side), taxonomy().regions)
    if wanted is None:
        full = large_parts(soft_resize(parsed.foreground, (0, 0, w, h)).astype(np.uint8)) * 255
        found = bool((full > 0).mean() > LEAST_FOREGROUND)
        return Seen(photo, box_of(full), full.astype(np.uint8) if found else None)
    fitting = [r for r in parsed.regions if r.name in wanted] or list(parsed.regions)
    if not fitting:
        return Seen(photo, (0.0, 0.0, float(w), float(h)), None)
    (x0, y0, x1, y1), mask = to_photo(fitting[0], h, w)
    full = np.zeros((h, w), np.uint8)
    full[y0:y1, x0:x1] = mask * np.uint8(255)
    return Seen(photo, (float(x0), float(y0), float(x1), float(y1)), full)


def sight(parser: Path, data: Path, cache: Path, name: str, threads: int) -> Sightings:
    """Look at every photo of a set with an exported parser and keep the result in the cache."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    session = ort.InferenceSession(str(parser), options, providers=["CPUExecutionProvider"])
    photos, rows = open_photos(data, cache, name), read_rows(data, name)
    boxes, found = np.zeros((len(rows), 4), np.float32), np.zeros(len(rows), bool)

    def masks() -> Iterator[tuple[str, Pixels]]:
        for i, row in enumerate(rows):
            wanted = regions_wanted(name, row) if name == "myntra" else None
            seen = look(photos[i], wanted, session)
            boxes[i], found[i] = seen.box, seen.mask is not None
            empty = np.zeros(photos.shapes[i][:2], np.uint8)
            yield photos.names[i], empty if seen.mask is None else seen.mask

    write_store(cache / f"{name}-sightings", masks())
    np.savez(cache / f"{name}-boxes.npz", boxes=boxes, found=found)
    return Sightings.load(cache, name)


def sight_all(parser: Path, data: Path, cache: Path, *, threads: int, names: Sequence[str]) -> None:
    """Look at the named sets with a trained parser (parser.pt, or a bundle's folder), unless it
    has already."""
    bundled = parser.is_dir()
    exported = parser / "parser.onnx" if bundled else cache / "parser.onnx"
    source = exported if bundled else parser
    known = f"{sha256(source.read_bytes()).hexdigest()} {' '.join(names)}"
    mark = cache / "sightings.txt"
    if mark.exists() and mark.read_text() == known:
        return
    if not bundled:
        export_parser(parser, cache, PARSER_SIDE)
    for part in names:
        sight(exported, data, cache, part, threads)
    mark.write_text(known)
