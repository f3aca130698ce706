"""The lines of a product's own photo, to draw over."""

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.core.cache import caches
from django.core.files.storage import default_storage

from catalog import seeing
from catalog.selectors import live_revision
from catalog.services.photo_sight import SIGHT_SIDE
from recommender.sketch.seeing import sketcher_of
from recommender.sources import product_garment
from tenants.models import Shop
from tenants.problems import Problem
from tenants.scope import shop_scope
from vision.analyzer import Find
from vision.decode import decode
from vision.errors import ImageRejected
from vision.sketch.lines import line_art, png_of
from vision.types import WHOLE_PHOTO, Box, Image, Mask

SIDE = 512
"""Pixels: a pad shows them as large as it is."""
KEPT_SECONDS = 24 * 3600
"""In the cache: a photo's lines change with the bundle alone."""


@dataclass(frozen=True, slots=True)
class ProductLines:
    """What lines are made of: the garment in its photo, and the revision that saw it."""

    file: str
    box: Box
    revision: str

    @property
    def etag(self) -> str:
        said = f"{self.revision}:{self.box}:{self.file}"
        return f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


def product_lines(*, shop: Shop, sku: str) -> ProductLines:
    """The photo that a product's lines are of. Raises Problem."""
    revision = live_revision(shop)
    with shop_scope(shop):
        garment: Any = product_garment(sku, revision=revision)
        x0, y0, x1, y1 = garment.box
        if not garment.photo.file:
            raise Problem("product_not_ready")
        lines = ProductLines(str(garment.photo.file.name), (x0, y0, x1, y1), revision)
    sketcher_of(revision)
    return lines


def lines_png(lines: ProductLines) -> bytes:
    """A PNG of ink on nothing, `SIDE` pixels, framed as drawings are. Slow the first time: call it
    outside a scope. Raises Problem."""
    key = f"lines:{lines.etag}"
    png: bytes | None = caches["pictures"].get(key)
    if png is None:
        try:
            with default_storage.open(lines.file) as file:
                photo = decode(file.read(), max_side=SIGHT_SIDE)
        except (OSError, ValueError, ImageRejected) as error:
            raise Problem("product_not_ready") from error
        mask = _mask(photo.pixels, photo.from_full(lines.box), lines.revision)
        edges = sketcher_of(lines.revision).edges
        png = png_of(line_art(photo.pixels, mask, side=SIDE, edges=edges))
        caches["pictures"].set(key, png, KEPT_SECONDS)
    return png


def _mask(photo: Image, box: Box, revision: str) -> Mask | None:
    """The pixels [h, w] of the garment that lies where the product's does; None where the parser
    makes out none."""
    (finds,) = seeing.analyzer(revision).find([photo])
    best = max(finds, key=lambda one: _shared(one, box))
    if best.region == WHOLE_PHOTO or not best.mask.any():
        return None
    x0, y0, x1, y1 = best.box
    mask = np.zeros(photo.shape[:2], bool)
    mask[y0:y1, x0:x1] = best.mask
    return mask


def _shared(find: Find, box: Box) -> int:
    """Pixels of the find's box inside this one."""
    width = min(find.box[2], box[2]) - max(find.box[0], box[0])
    height = min(find.box[3], box[3]) - max(find.box[1], box[1])
    return max(0, width) * max(0, height)
