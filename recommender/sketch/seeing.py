"""From a shopper's drawing to a `Query`. Slow: call it outside a scope."""

from catalog import seeing
from recommender.field_words import worded
from recommender.query import Named, Query, QueryGarment, Shade
from recommender.sketch.sent import Sketch
from recommender.sources import Seen
from recommender.timing import Timings
from tenants.problems import Problem
from vision.decode import Limits, decode
from vision.errors import ImageRejected
from vision.sketch.drawing import Drawing, DrawingRejected, read_drawing
from vision.sketch.sketcher import SURE, Sketched, Sketcher
from vision.types import Box

LIMITS = Limits(max_bytes=5 * 2**20, max_pixels=16_000_000)
"""Of a drawing: a pad has a tenth of it."""
WORK_SIDE = 1024
"""Longer side, in pixels, that it is decoded to."""
MOST_CATEGORIES = 5
"""Of the reader's answer that are compared with."""
LIKELY = 0.02
"""A category under this is not meant."""
PLAIN = "solid"
"""The pattern that stands in the reply, unsure: lines do not show any."""
WORDED = {"too_large": "sketch_too_large", "too_many_pixels": "sketch_too_many_pixels"}
"""What is too much of a drawing is not what is too much of a photo."""


def sketcher_of(revision: str) -> Sketcher:
    """The networks that read drawings as the shop's vectors were made. Raises Problem."""
    sketcher = seeing.sketcher(revision)
    if sketcher is None:
        raise Problem("sketch_unavailable")
    return sketcher


def drawing_read(sketch: Sketch, timings: Timings) -> tuple[Drawing, tuple[int, int], Box]:
    """The drawing, the size of its picture, and where in it something is drawn. Raises Problem."""
    with timings.part("decode"):
        try:
            picture = decode(sketch.data, limits=LIMITS, max_side=WORK_SIDE, alpha=True)
            drawing = read_drawing(picture.pixels, sketch.colors)
        except ImageRejected as rejected:
            raise _problem(rejected) from rejected
        except DrawingRejected as rejected:
            raise Problem(rejected.code) from rejected
    return drawing, (picture.width, picture.height), picture.to_full(drawing.box)


def sketch_looked_at(sketch: Sketch, *, revision: str, timings: Timings) -> Seen:
    """See a drawing. Raises Problem: what is no drawing, and a bundle that reads none."""
    sketcher = sketcher_of(revision)
    drawing, (width, height), box = drawing_read(sketch, timings)
    with timings.part("infer"):
        seen = sketcher.look(drawing, sketch.category or None)
    garment = drawn_garment(seen, box)
    found = not garment.tags["category"].unsure
    query = Query(width=width, height=height, garments=(garment,), found=found)
    return Seen(query, sketch.digest, new=True)


def drawn_garment(seen: Sketched, box: Box) -> QueryGarment:
    """What was drawn, in the terms of ranking; `box` in pixels of the picture."""
    category, probability = seen.categories[0]
    likely = {
        name: float(share) for name, share in seen.categories[:MOST_CATEGORIES] if share >= LIKELY
    }
    total = sum(likely.values())
    return QueryGarment(
        box=box,
        tags={
            "category": Named(category, float(probability), probability < SURE),
            "pattern": Named(PLAIN, 0.0, True),
        },
        palette=tuple(Shade.seen(color) for color in seen.palette),
        embedding=seen.embedding,
        categories={name: share / total for name, share in likely.items()} if total else {},
        patterns={},
        drawn=True,
    )


def too_large() -> Problem:
    return _told("too_large")


def _problem(rejected: ImageRejected) -> Problem:
    if rejected.code in WORDED:
        return _told(rejected.code)
    return Problem(rejected.code, rejected.message)


def _told(code: str) -> Problem:
    message = worded(WORDED[code])
    return Problem(code, errors=[{"field": "sketch", "code": code, "message": message}])
