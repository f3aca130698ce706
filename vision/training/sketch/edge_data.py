"""Photos with the lines that belong to them, for the edge network.

Two sources. Drawn garments come with their true lines (`vision.render`). Catalogue photos come
with what can be told of them: the outline of their mask is right; inside it, edges that a fine and
a coarse look at the photo agree on are taken for lines where the cloth is plain, and nothing is
learned where it is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from vision.crops import square_crop
from vision.render.compose import studio_lines
from vision.sketch.drawing import MARGIN
from vision.sketch.edges import FINE
from vision.training.crops import box_of
from vision.training.drawn import DESIGNS, HEIGHT, SEED, WIDTH, drawn_specs, open_drawn
from vision.training.parser_data import Cutouts, open_cutouts
from vision.training.progress import bar
from vision.training.regions import NOT_GROUND
from vision.training.sets import Pixels, Row, Store, read_rows, write_store
from vision.training.splits import TRAIN

PLAIN = ("Solid", "Melange", "Denim")
"""Values of `graphical_appearance_name` whose cloth has no lines of its own."""
SMALLEST = 100
DRAWN = {"train": (0, 1800), "calibrate": (1800, 1850), "test": (1850, 2000)}
"""Which designs of the drawn set are in each part."""
CATALOGUE = 1000
DARK = 100
"""Of 255: from here on a soft line of the renderer counts."""
LINE, FAINT, UNKNOWN = 255, 128, 64
"""Values of a map of lines [256, 256]: a line; an edge that may be one; not known. 0 is none."""


Found = tuple[str, Pixels, Pixels, Pixels]


@dataclass(frozen=True)
class Lined:
    """N garments: `photos[i]` uint8 [256,256,3], a square around the garment with what is behind
    it; `masks[i]` and `lines[i]` uint8 [256,256], of `LINE` and the other values."""

    photos: Store
    masks: Store
    lines: Store

    def __len__(self) -> int:
        return len(self.photos)


def open_drawn_lines(cache: Path, part: str) -> Lined:
    """Drawn studio photos of a part with their true lines, a photo a design but for training."""
    first, end = DRAWN[part]

    def found() -> Iterator[Found]:
        drawn = open_drawn(cache)
        last = -1
        for i, (design, spec) in enumerate(drawn_specs(DESIGNS, SEED)):
            again = part != "train" and design == last
            if spec.view != "studio" or not first <= design < end or again:
                continue
            last = design
            lines = studio_lines(spec, width=WIDTH, height=HEIGHT)
            soft = np.rint(lines * 255).clip(0, 255).astype(np.uint8)
            photo, mask, squared = squares(drawn.photos[i], drawn.masks[i], soft)
            lined = np.where(squared > DARK, LINE, 0).astype(np.uint8)
            yield drawn.photos.names[i], photo, mask, lined

    return _kept(cache / f"edges-drawn-{part}", found)


def open_catalogue_lines(data: Path, cache: Path, name: str = "hm") -> Lined:
    """Training photos of a catalogue set with the lines that they tell; made at the first call."""
    cut, rows = open_cutouts(data, cache, name), read_rows(data, name)
    usable = np.flatnonzero(usable_photos(cut) & (cut.parts == TRAIN))
    chosen = np.sort(np.random.default_rng(5).permutation(usable)[:CATALOGUE])

    def found() -> Iterator[Found]:
        for i in bar(chosen, "catalogue photos"):
            photo, mask = squares(cut.photos[i], cut.masks[i])
            yield cut.photos.names[i], photo, mask, told_lines(photo, mask, plain(rows[i]))

    return _kept(cache / f"edges-{name}-{len(chosen)}", found)


def usable_photos(cut: Cutouts) -> npt.NDArray[np.bool_]:
    """Which photos of a catalogue set show a garment by itself, with a mask that is right."""
    large = cut.photos.shapes[:, :2].min(1) > SMALLEST
    return np.asarray(cut.safe & large & (cut.values != NOT_GROUND))


def plain(row: Row) -> bool:
    return row["graphical_appearance_name"] in PLAIN


def squares(photo: Pixels, cover: Pixels, *more: Pixels) -> tuple[Pixels, ...]:
    """The square around the garment of a photo [h,w,3] with its mask [h,w] (0, 255): the photo
    [256,256,3], its mask, and further maps [h,w] likewise."""
    x0, y0, x1, y1 = (round(v) for v in box_of(cover))
    box, own = (x0, y0, x1, y1), cover[y0:y1, x0:x1] > 0

    def square(picture: Pixels, pad: int) -> Pixels:
        return square_crop(picture, box, own, size=FINE, ground="keep", margin=MARGIN, pad=pad)

    maps = [square(np.repeat(m[..., None], 3, 2), 0)[..., 0] for m in (cover, *more)]
    sharp = np.where(maps[0] > 127, np.uint8(255), np.uint8(0))
    return (square(photo, 255), sharp, *maps[1:])


def told_lines(photo: Pixels, mask: Pixels, is_plain: bool) -> Pixels:
    """The lines that a photo [256,256,3] and its mask tell."""
    solid = (mask > 0).astype(np.uint8)
    outline = cv2.dilate(solid, np.ones((3, 3))) - cv2.erode(solid, np.ones((3, 3)))
    inside = cv2.erode(solid, np.ones((9, 9))) > 0
    lines = np.where(inside, FAINT if is_plain else UNKNOWN, 0).astype(np.uint8)
    if is_plain:
        lines[inside] = np.where(agreed_edges(photo)[inside], FAINT, 0)
    lines[outline > 0] = LINE
    return lines


def agreed_edges(photo: Pixels) -> npt.NDArray[np.bool_]:
    """Edges that a fine look finds and a coarse one confirms, none short; bool [h,w]."""
    gray = cv2.cvtColor(photo, cv2.COLOR_RGB2LAB)[..., 0]
    fine = cv2.Canny(cv2.GaussianBlur(gray, (0, 0), 1.1), 30, 75, L2gradient=True)
    coarse = cv2.Canny(cv2.GaussianBlur(gray, (0, 0), 2.2), 14, 36, L2gradient=True)
    both = (fine > 0) & (cv2.dilate(coarse, np.ones((5, 5))) > 0)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(both.astype(np.uint8))
    long = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= 18
    long[0] = False
    return np.asarray(cv2.dilate(long[labels].astype(np.uint8), np.ones((2, 2))) > 0)


def _kept(stem: Path, found: Callable[[], Iterator[Found]]) -> Lined:
    names = [stem.with_name(stem.name + kind) for kind in ("-photos", "-masks", "-lines")]
    if not names[-1].with_suffix(".npz").exists():
        rows = list(found())
        photos, masks, lines = names
        write_store(photos, ((name, photo) for name, photo, _, _ in rows))
        write_store(masks, ((name, mask) for name, _, mask, _ in rows))
        write_store(lines, ((name, lined) for name, _, _, lined in rows))
    return Lined(*(Store(name) for name in names))
