"""Draws the demo's photos in processes of their own, which know nothing of Django."""

import io

from PIL import Image

from vision.render import GarmentSpec, render, render_outfit
from vision.render.outfit import Spot
from vision.types import Box
from vision.types import Image as Pixels

JPEG_QUALITY = 90
LOOK_SIZE = (1080, 1440)
"""Width and height of a look's photo in pixels: 3:4, as all photos stand on a page."""


def draw(spec: GarmentSpec) -> bytes:
    """The JPEG of a spec."""
    return _jpeg(render(spec).image)


def draw_look(laid: tuple[tuple[GarmentSpec, Spot], ...]) -> tuple[bytes, list[Box]]:
    """The JPEG of garments laid out together, each at its spot, and their boxes in pixels."""
    width, height = LOOK_SIZE
    specs, spots = zip(*laid, strict=True)
    drawn = render_outfit(specs, width=width, height=height, spots=spots)
    return _jpeg(drawn[0].image), [one.box for one in drawn]


def _jpeg(pixels: Pixels) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=JPEG_QUALITY)
    return out.getvalue()
