"""Paint a garment's items, back to front, into one layer with coverage."""

from __future__ import annotations

import cv2
import numpy as np

from vision.render import fields
from vision.render.fabric import FABRICS, Fabric
from vision.render.layer import SHIFT, Layer, Window
from vision.render.light import light
from vision.render.model import Garment, Piece, Stroke
from vision.render.notions import draw_dot, draw_stroke
from vision.render.palette import lab, luma
from vision.render.patterns.cloth import Cloth, Place, flat, linear
from vision.render.patterns.decals import SIDE, decal
from vision.render.spec import GarmentSpec
from vision.render.weaves import seen_weave

MARGIN = 1.0
"""Centimetres of empty layer around the garment."""

DEFAULT_MATERIAL = "cotton"

LEGIBLE = 38.0
"""Least CIELAB distance of a graphic's ink from its cloth."""


class Painter:
    """Paints one garment at `scale` pixels per cm."""

    def __init__(self, garment: Garment, spec: GarmentSpec, scale: float) -> None:
        self.garment, self.spec = garment, spec
        x0, y0, x1, y1 = garment.extent()
        around = (x0 - MARGIN, y0 - MARGIN, x1 + MARGIN, y1 + MARGIN)
        self.sheet = Layer.empty(around, scale)
        self.cloth = Cloth(spec, y1)
        self.fabric = FABRICS.get(spec.material or DEFAULT_MATERIAL, FABRICS["cotton"])
        self.rng = np.random.default_rng([spec.seed, spec.pose, 9])
        self.is_dark = luma(spec.color) < 0.3

    def layer(self) -> Layer:
        """Paint everything."""
        for item in self.garment.items:
            if isinstance(item, Piece):
                self._piece(item)
            elif isinstance(item, Stroke):
                draw_stroke(self.sheet, item, self.cloth.main, dark=self.is_dark)
            else:
                draw_dot(self.sheet, item)
        return self.sheet

    def _filled(self, points: np.ndarray, window: Window) -> np.ndarray:
        x0, y0, x1, y1 = window
        mask = np.zeros((y1 - y0, x1 - x0), np.uint8)
        fixed = np.rint((points - (x0, y0)) * (1 << SHIFT)).astype(np.int32)
        cv2.fillPoly(mask, [fixed], 255, cv2.LINE_AA, SHIFT)
        return mask

    def mask(self, piece: Piece, window: Window) -> np.ndarray:
        """What a piece covers of a window of the sheet, uint8 [h, w]."""
        mask = self._filled(self.sheet.pixels(piece.outline), window)
        for hole in piece.holes:
            mask = np.minimum(mask, 255 - self._filled(self.sheet.pixels(hole), window))
        if piece.within is not None:
            mask = np.minimum(mask, self._filled(self.sheet.pixels(piece.within), window))
        return mask

    def _fabric(self, piece: Piece) -> Fabric:
        if piece.weave is None:
            return self.fabric
        if piece.weave in FABRICS:
            return FABRICS[piece.weave]
        base = self.fabric
        return Fabric(
            piece.weave, base.drape, base.ridge, base.crumple, base.cell, base.sheen, base.tight
        )

    def _piece(self, piece: Piece) -> None:
        pixels = self.sheet.pixels(piece.outline)
        window = self.sheet.window(pixels, 1.2 * self.sheet.scale)
        x0, y0, x1, y1 = window
        if x1 - x0 < 4 or y1 - y0 < 4:
            return
        mask = self.mask(piece, window)
        if piece.cast > 0:
            self.sheet.cast(mask, window, piece.cast)
        fabric = self._fabric(piece)
        size = (x1 - x0, y1 - y0)
        corner = (
            x0 / self.sheet.scale + self.sheet.origin[0],
            y0 / self.sheet.scale + self.sheet.origin[1],
        )
        half = (max(2, size[0] // 2), max(2, size[1] // 2))
        lit = light(
            piece,
            cv2.resize(mask, half, interpolation=cv2.INTER_AREA),
            fabric,
            scale=self.sheet.scale * half[0] / size[0],
            origin=corner,
            rng=self.rng,
        )
        x = (np.arange(x0, x1, dtype=np.float32)[None, :] / self.sheet.scale) + self.sheet.origin[0]
        y = (np.arange(y0, y1, dtype=np.float32)[:, None] / self.sheet.scale) + self.sheet.origin[1]
        color = self._color(piece, lit.slope_x, lit.slope_y, np.broadcast_to(x, size[::-1]), y)
        shade = cv2.resize(lit.shade, size) * (1 + self._close_up(piece, fabric, size))
        shade = shade * np.float32(piece.tone)
        gloss = fabric.sheen if piece.gloss is None else piece.gloss
        flat_gleam = float(0.915**fabric.tight)
        gleam = np.maximum(cv2.resize(lit.gleam, size) - flat_gleam, 0)
        gleam = gleam * np.float32(gloss * piece.tone / (1 - flat_gleam))
        tint = 0.5 + 0.5 * np.sqrt(self._base(piece.dye))
        cover = mask.astype(np.float32) * (piece.sheer / 255)
        keep = 1 - cover
        for channel in range(3):
            ink = color[channel]
            ink *= shade
            ink += gleam * np.float32(tint[channel])
            ink *= cover
            under = self.sheet.rgb[channel, y0:y1, x0:x1]
            under *= keep
            under += ink
        alpha = self.sheet.alpha[y0:y1, x0:x1]
        alpha *= keep
        alpha += cover

    def _base(self, dye: str) -> np.ndarray:
        if dye == "main":
            return self.cloth.main
        return self.cloth.second if dye == "second" else linear(dye)

    def _color(
        self, piece: Piece, slope_x: np.ndarray, slope_y: np.ndarray, x: np.ndarray, y: np.ndarray
    ) -> np.ndarray:
        size = (x.shape[1], x.shape[0])
        base = self._base(piece.dye)
        plain = not piece.patterned or piece.dye.startswith("#")
        if plain or self.spec.pattern in ("solid", "graphic", "embroidery"):
            color = flat(base, x.shape)
        else:
            bent_x = x + cv2.resize(slope_x, size) * 0.34
            bent_y = y + cv2.resize(slope_y, size) * 0.34
            angle = np.deg2rad(piece.grain)
            c, s = np.float32(np.cos(angle)), np.float32(np.sin(angle))
            u = bent_x * c - bent_y * s + self.cloth.at[0]
            v = bent_x * s + bent_y * c
            other = self.cloth.main if piece.dye == "second" else self.cloth.second
            place = Place(u, v, bent_x, bent_y, 1 / self.sheet.scale)
            color = self.cloth.dyed(place, base, other)
        if piece.decal and self.spec.pattern in ("graphic", "embroidery"):
            self._add_decal(color, x + cv2.resize(slope_x, size) * 0.3, y)
        if piece.fade:
            self._wear(color, piece, x, y)
        return color

    def _add_decal(self, color: np.ndarray, x: np.ndarray, y: np.ndarray) -> None:
        middle_x, middle_y, wide = self.garment.chest
        inks = (self.cloth.second_hex, _other_ink(self.spec))
        picture = decal(self.spec.seed, *inks, self.spec.motif)
        k = np.float32(SIDE / wide)
        map_x = ((x - middle_x) * k + SIDE / 2).astype(np.float32)
        map_y = np.broadcast_to((y - middle_y) * k + SIDE / 2, x.shape).astype(np.float32)
        got = cv2.remap(picture, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
        got = got.astype(np.float32) / 255
        share = got[..., 3] * 0.94
        for channel in range(3):
            color[channel] += share * (got[..., channel] ** 2 - color[channel])

    def _wear(self, color: np.ndarray, piece: Piece, x: np.ndarray, y: np.ndarray) -> None:
        """Fade the middle of a leg or front, as washed denim does."""
        low, high = piece.outline.min(axis=0), piece.outline.max(axis=0)
        center = (low + high) / 2
        reach = (high - low) / 2
        far = ((x - center[0]) / (reach[0] * 0.62)) ** 2 + (
            (y - (center[1] - reach[1] * 0.28)) / (reach[1] * 0.62)
        ) ** 2
        amount = np.exp(-far) * piece.fade
        color += amount * (np.minimum(color * 0.5 + 0.42, 1) - color)

    def _close_up(self, piece: Piece, fabric: Fabric, size: tuple[int, int]) -> np.ndarray:
        tile, density = seen_weave(fabric.weave, self.sheet.scale)
        at = self.rng.uniform(0, tile.shape[0], 2)
        contrast = fabric.depth * (1.5 if self.is_dark else 1.0)
        texture = fields.sample(
            tile, size, cell=self.sheet.scale / density, degrees=piece.grain, at=(at[0], at[1])
        )
        return texture * contrast


def _other_ink(spec: GarmentSpec) -> str:
    """A second ink for a graphic, from a small set, unlike the cloth."""
    inks = ("#d8563c", "#e3b23c", "#3f7fb0", "#5f8f6b", "#efe7d6", "#d98ca0", "#26262a")
    grounds = [lab(spec.color)] + ([lab(spec.color2)] if spec.color2 else [])
    clear = [
        ink
        for ink in inks
        if all(float(np.linalg.norm(lab(ink) - ground)) > LEGIBLE for ground in grounds)
    ]
    clear = clear or list(inks)
    return clear[int(np.random.default_rng([spec.seed, 8]).integers(len(clear)))]
