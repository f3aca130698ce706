"""Draws the demo's photos in processes of their own, which know nothing of Django."""

import io

from PIL import Image

from vision.render import GarmentSpec, render

JPEG_QUALITY = 90


def draw(spec: GarmentSpec) -> bytes:
    """The JPEG of a spec."""
    out = io.BytesIO()
    Image.fromarray(render(spec).image).save(out, "JPEG", quality=JPEG_QUALITY)
    return out.getvalue()
