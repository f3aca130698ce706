"""Which of the drawn pixels are ink and which are paint, and of what colour."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from vision.color_dyes import Dye
from vision.color_families import family_table
from vision.color_names import nearest_of
from vision.colorspace import hex_to_lab, lab_to_hex, rgb_to_lab
from vision.sketch.ground import Floats, Marks
from vision.types import Color, Image, Mask

INK = "#1a1a1a"
COLORED = 16.0
"""Chroma from which a pixel is paint where nobody said which colours were painted with."""
LIGHT = 70.0
"""Lightness from which a grey on a transparent ground is white paint and no pencil."""
SAME_PAINT = 14.0
"""CIEDE76 up to which two pixels are of one paint."""
MOST_PAINTS = 5
LEAST_PAINT = 0.02
"""Share of the paint under which a colour is its neighbours' edge."""
BITS = 6
"""Of each channel, by which pixels of one value are looked up once."""
FRINGE = np.ones((5, 5), np.uint8)
"""Paint that lies no farther than this from ink is the blend of ink and ground."""

Labels = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """The drawn pixels of a picture [h, w] in two."""

    ink: Mask
    paint: Labels
    """Which of `paints` a pixel has; -1 for none."""
    paints: Image
    """[n, 3]"""

    @property
    def painted(self) -> Mask:
        return np.asarray(self.paint >= 0)


def split(marks: Marks, colors: Sequence[str]) -> Split:
    """Ink and paint. `colors` are those that were painted with, as ``#rrggbb``: every pixel is then
    of the nearest of ground, ink and these. Without any, paint is what has a hue; black and white
    paint are told by the width of what they fill (see `drawing`)."""
    return _nearest(marks, colors) if colors else _by_hue(marks)


def palette_of(paint: Labels, paints: Image) -> tuple[Color, ...]:
    """The paints as a palette, the one with the largest area first; shares of the painted area."""
    counts = np.bincount(paint[paint >= 0], minlength=len(paints))
    order = [at for at in np.argsort(-counts, kind="stable") if counts[at]][:MOST_PAINTS]
    total = sum(int(counts[at]) for at in order)
    return tuple(_color(paints[at], int(counts[at]) / total) for at in order)


def _nearest(marks: Marks, colors: Sequence[str]) -> Split:
    named = [*dict.fromkeys(color.lower() for color in colors)]
    paints = np.array([list(bytes.fromhex(one[1:])) for one in named], np.uint8)
    anchors = [hex_to_lab(INK), *([marks.ground] if marks.ground is not None else [])]
    first = len(anchors)
    known = np.stack([*anchors, *(hex_to_lab(one) for one in named)])
    codes, inverse = _codes(marks)
    apart = np.linalg.norm(codes[:, None] - known[None], axis=2)
    nearest = apart.argmin(1).astype(np.int16)[inverse]
    label = np.full(marks.drawn.shape, -1, np.int16)
    label[marks.drawn] = np.where(nearest >= first, nearest - first, -1)
    ink = np.zeros(marks.drawn.shape, bool)
    ink[marks.drawn] = nearest == 0
    return _without_fringe(Split(ink, label, paints), marks)


def _by_hue(marks: Marks) -> Split:
    codes, inverse = _codes(marks)
    hued = np.hypot(codes[:, 1], codes[:, 2]) >= COLORED
    if marks.ground is None:
        hued |= codes[:, 0] >= LIGHT
    counts = np.bincount(inverse, minlength=len(codes))
    paints = _paints(codes[hued], counts[hued])
    label = np.full(marks.drawn.shape, -1, np.int16)
    ink = np.zeros(marks.drawn.shape, bool)
    ink[marks.drawn] = ~hued[inverse]
    if len(paints):
        nearest = np.linalg.norm(codes[:, None] - paints[None], axis=2).argmin(1)
        label[marks.drawn] = np.where(hued, nearest, -1).astype(np.int16)[inverse]
    rgb = [list(bytes.fromhex(lab_to_hex(one)[1:])) for one in paints]
    return _without_fringe(Split(ink, label, np.array(rgb, np.uint8).reshape(-1, 3)), marks)


def _codes(marks: Marks) -> tuple[Floats, npt.NDArray[np.intp]]:
    """The different colours of the drawn pixels in CIELAB [n, 3], and which each of them has."""
    packed = marks.colors[marks.drawn].astype(np.int32) >> (8 - BITS)
    code = (packed[:, 0] << (2 * BITS)) | (packed[:, 1] << BITS) | packed[:, 2]
    there = np.flatnonzero(np.bincount(code, minlength=1 << (3 * BITS)))
    place = np.zeros(1 << (3 * BITS), np.intp)
    place[there] = np.arange(len(there))
    mask = (1 << BITS) - 1
    parts = np.stack([there >> (2 * BITS), (there >> BITS) & mask, there & mask], 1)
    # The ends of the range stay what they are: white is white.
    full = np.rint(parts * (255 / mask)).astype(np.uint8)
    return rgb_to_lab(full), place[code]


def _paints(codes: Floats, counts: npt.NDArray[np.intp]) -> Floats:
    """The colours that were painted with, the most frequent first: what lies near to one is its
    edge."""
    found: list[Floats] = []
    left = np.ones(len(codes), bool)
    least = LEAST_PAINT * counts.sum()
    while left.any() and len(found) < MOST_PAINTS:
        best = int(np.argmax(np.where(left, counts, 0)))
        near = left & (np.linalg.norm(codes - codes[best], axis=1) <= SAME_PAINT)
        if counts[near].sum() < least:
            break
        found.append(codes[best])
        left &= ~near
    return np.array(found, np.float32).reshape(-1, 3)


def _without_fringe(found: Split, marks: Marks) -> Split:
    """On an opaque ground the edge of a line blends into it and may come near to some paint."""
    if marks.ground is None or not found.ink.any():
        return found
    near = cv2.dilate(found.ink.astype(np.uint8), FRINGE) > 0
    fringe = np.zeros_like(found.ink)
    for at in np.unique(found.paint[near & found.painted]):
        here = found.paint == at
        _, pieces = cv2.connectedComponents(here.astype(np.uint8), connectivity=8)
        free = np.zeros(int(pieces.max()) + 1, bool)
        free[np.unique(pieces[here & ~near])] = True
        fringe |= here & ~free[pieces]
    paint = np.where(fringe, np.int16(-1), found.paint)
    return Split(found.ink | fringe, paint, found.paints)


def _color(rgb: npt.NDArray[np.uint8], share: float) -> Color:
    """As `vision.color` would name a garment of nothing but this colour."""
    lab = rgb_to_lab(rgb.reshape(1, 3))[0]
    dye = Dye(lab=lab, middle=lab, share=1.0, spread=0.0, depth=1.0)
    table = family_table()
    family = table.families[int(table.called([dye], metals=False)[0].argmax())]
    named = nearest_of(lab, family)
    return Color(
        name=named.en,
        name_ko=named.ko,
        family=named.family,
        hex="#" + bytes(rgb.tolist()).hex(),
        share=round(share, 4),
        lab=(float(lab[0]), float(lab[1]), float(lab[2])),
    )
