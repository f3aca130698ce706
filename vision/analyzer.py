"""A photo in, its garments out."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import cv2
import numpy as np

from vision.bundle import Bundle, find_bundle, load_bundle
from vision.color import palette
from vision.color_families import read_table
from vision.crops import letterbox
from vision.looks import Piece, look
from vision.networks import Networks
from vision.regions import Parsed, Region, read_logits, region_in_box, soft_resize, to_photo
from vision.static import is_static
from vision.tags import COLOR, color_prior, predict
from vision.types import WHOLE_PHOTO, Analysis, Box, Garment, Image, Mask

METAL_WARE = ("accessory",)
"""Categories whose yellows and greys may be gold and silver."""


@dataclass(frozen=True, slots=True, eq=False)
class Find:
    """A garment before it is tagged: its parser class, its box and its mask [h, w] of the box."""

    region: str
    box: Box
    mask: Mask


@dataclass(slots=True)
class _Clock:
    """Milliseconds spent in each part."""

    spent: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.spent[name] = self.spent.get(name, 0.0) + (time.perf_counter() - start) * 1000


class Analyzer:
    """Finds, tags, measures and embeds the garments of photos; threads may share one.

    ``threads`` is what one inference may use; a server that answers requests in parallel gives 1.
    """

    def __init__(self, bundle: Bundle, threads: int = 1) -> None:
        self.bundle = bundle
        self.networks = Networks(bundle, threads)
        self._colors = read_table(bundle.colors) if bundle.colors else None

    @property
    def revision(self) -> str:
        return self.bundle.revision

    def analyze(self, image: Image, *, box: Box | None = None) -> Analysis:
        """The garments of an RGB photo [h, w, 3], the main one first.

        With ``box``, in pixels and clipped to the photo, this part of it is the only garment.
        Raises ``ValueError`` for a box that is empty or outside, and for a photo of another shape.
        """
        return self._analyze([image], [box])[0]

    def analyze_many(self, images: Sequence[Image]) -> list[Analysis]:
        """As ``analyze`` for each photo, the networks run on all of them together.

        The timings of each are its share of the batch. Memory grows with the number: a worker
        gives 8 to 16.
        """
        return self._analyze(list(images), [None] * len(images)) if images else []

    def parse(self, image: Image, *, size: tuple[int, int] | None = None) -> Mask:
        """The foreground of a photo: garments and accessories, without skin and hair.

        The mask is [h, w] of the photo, or of ``size`` = (width, height) where the photo was
        reduced when it was decoded.
        """
        _check_photo(image)
        width, height = size or (image.shape[1], image.shape[0])
        return _foreground(self._parse([image])[0], width, height)

    def find(self, images: Sequence[Image]) -> list[list[Find]]:
        """The garments of photos before they are tagged, the main one first; the whole photo
        where there is none."""
        images = list(images)
        return [
            _finds(seen, image) for seen, image in zip(self._parse(images), images, strict=True)
        ]

    def _analyze(self, images: list[Image], boxes: Sequence[Box | None]) -> list[Analysis]:
        clock = _Clock()
        for image in images:
            _check_photo(image)
        with clock.part("parse"):
            parsed = self._parse(images)
            finds = [
                [_in_box(seen, image, box)] if box else _finds(seen, image)
                for seen, image, box in zip(parsed, images, boxes, strict=True)
            ]
            masks = [
                _foreground(seen, image.shape[1], image.shape[0])
                for seen, image in zip(parsed, images, strict=True)
            ]
        garments = self._garments(images, finds, clock)
        timings = {name: spent / len(images) for name, spent in clock.spent.items()}
        return [
            Analysis(
                width=image.shape[1],
                height=image.shape[0],
                garments=found,
                mask=mask,
                revision=self.revision,
                timings=timings,
            )
            for image, found, mask in zip(images, garments, masks, strict=True)
        ]

    def _parse(self, images: list[Image]) -> list[Parsed]:
        parser = self.bundle.parser
        grid = (parser.height, parser.width)
        boxed = [letterbox(image, *grid, parser.pad) for image in images]
        logits = self.networks.parse([canvas for canvas, _ in boxed])
        read = [
            read_logits(one, inside, grid, parser.classes, canvas)
            for one, (canvas, inside) in zip(logits, boxed, strict=True)
        ]
        return [
            replace(one, regions=(), foreground=np.zeros_like(one.foreground))
            if is_static(image)
            else one
            for one, image in zip(read, images, strict=True)
        ]

    def _garments(
        self, images: list[Image], finds: list[list[Find]], clock: _Clock
    ) -> list[tuple[Garment, ...]]:
        """Tag all finds of all photos in batches, then put each photo's together."""
        heads = self.bundle.tagger.heads
        flat = [
            Piece(image, find.box, find.mask)
            for image, here in zip(images, finds, strict=True)
            for find in here
        ]
        regions = [find.region for here in finds for find in here]
        with clock.part("tag"):
            embeddings, logits = look(self.networks, flat)
            said = [
                {name: answers[at] for name, answers in logits.items()} for at in range(len(flat))
            ]
            tags = [
                predict(heads, one, all_unsure=region == WHOLE_PHOTO)
                for one, region in zip(said, regions, strict=True)
            ]
        out: list[Garment] = []
        with clock.part("color"):
            for at, (piece, region) in enumerate(zip(flat, regions, strict=True)):
                x0, y0, x1, y1 = piece.box
                out.append(
                    Garment(
                        box=piece.box,
                        region=region,
                        area=float(np.count_nonzero(piece.mask) / np.prod(piece.image.shape[:2])),
                        mask=piece.mask,
                        tags=tags[at],
                        palette=palette(
                            piece.image[y0:y1, x0:x1],
                            piece.mask,
                            metals=region != WHOLE_PHOTO
                            and tags[at]["category"].value in METAL_WARE,
                            prior=color_prior(heads[COLOR], said[at][COLOR])
                            if COLOR in heads
                            else None,
                            table=self._colors,
                        ),
                        embedding=embeddings[at],
                    )
                )
        waiting = iter(out)
        return [tuple(next(waiting) for _ in here) for here in finds]


def _check_photo(image: Image) -> None:
    if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8 or 0 in image.shape:
        raise ValueError(f"a photo is uint8 [h, w, 3], not {image.dtype} {list(image.shape)}")


def _finds(parsed: Parsed, image: Image) -> list[Find]:
    height, width = image.shape[:2]
    if not parsed.regions:
        return [Find(WHOLE_PHOTO, (0, 0, width, height), np.ones((height, width), bool))]
    return [Find(one.name, *to_photo(one, height, width)) for one in parsed.regions]


def _in_box(parsed: Parsed, image: Image, box: Box) -> Find:
    height, width = image.shape[:2]
    x0, y0 = max(0, box[0]), max(0, box[1])
    x1, y1 = min(width, box[2]), min(height, box[3])
    if x0 >= x1 or y0 >= y1:
        raise ValueError(f"box {list(box)} holds no pixel of the photo of {width}×{height}")
    clipped = (x0, y0, x1, y1)
    region = region_in_box(parsed, clipped, height, width)
    if region is None:
        return Find(WHOLE_PHOTO, clipped, np.ones((y1 - y0, x1 - x0), bool))
    return Find(region.name, clipped, _cells_in(region, clipped, height, width))


def _cells_in(region: Region, box: Box, height: int, width: int) -> Mask:
    x0, y0, x1, y1 = box
    grown = cv2.resize(region.cells.astype(np.uint8) * 255, (width, height))
    return np.asarray(grown[y0:y1, x0:x1] > 127)


def _foreground(parsed: Parsed, width: int, height: int) -> Mask:
    return soft_resize(parsed.foreground, (0, 0, width, height))


_analyzers: dict[tuple[Path, int], Analyzer] = {}
_loading = threading.Lock()


def get_analyzer(name_or_path: str | Path, threads: int = 1) -> Analyzer:
    """The analyzer of a bundle (``full``, or a folder), loaded once a process.

    Raises ``BundleError``.
    """
    key = (find_bundle(name_or_path).resolve(), threads)
    with _loading:
        if key not in _analyzers:
            _analyzers[key] = Analyzer(load_bundle(key[0]), threads)
        return _analyzers[key]
