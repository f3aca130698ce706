"""Pictures that the stand-in answers with where a drawing is asked about."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

BODY = [(40, 24), (88, 24), (104, 60), (92, 112), (36, 112), (24, 60)]


def garment_picture(hue: str = "#b3382c") -> bytes:
    """What a drawing is seen as: PNG, 128 × 128 px."""
    picture = Image.new("RGB", (128, 128), "#efece7")
    ImageDraw.Draw(picture).polygon(BODY, hue)
    return as_png(picture)


def product_lines() -> bytes:
    """A product's own lines: the transparent PNG of a box, 256 × 256 px."""
    lines = Image.new("RGBA", (256, 256), (0, 0, 0, 0))
    ImageDraw.Draw(lines).rectangle((64, 40, 192, 216), outline="#1a1a1a", width=5)
    return as_png(lines)


def as_png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
