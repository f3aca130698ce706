"""A picture of the garment that a drawing means."""

import io
from dataclasses import dataclass

from PIL import Image as Pillow

from catalog.selectors import live_revision
from recommender.sketch.seeing import drawing_read, sketcher_of
from recommender.sketch.sent import Sketch
from recommender.timing import Timings
from tenants.models import Shop


@dataclass(frozen=True, slots=True)
class Preview:
    """A PNG of 128 × 128 pixels, and the category that it was coloured as, "" where none was
    made out."""

    png: bytes
    category: str


def sketch_preview(*, shop: Shop, sketch: Sketch, timings: Timings) -> Preview:
    """The garment as the networks see it; nothing is kept or counted. Raises Problem."""
    sketcher = sketcher_of(live_revision(shop))
    drawing, _, _ = drawing_read(sketch, timings)
    with timings.part("infer"):
        category = sketch.category or sketcher.made_out(drawing)
        picture = sketcher.paint(drawing, category)
    out = io.BytesIO()
    Pillow.fromarray(picture).save(out, "PNG")
    return Preview(out.getvalue(), category)
